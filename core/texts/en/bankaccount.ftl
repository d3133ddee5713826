# A customer's bank account
button-bank-account = Bank details
bank-account = Bank details of <b>{ $customer }</b>
    <code>{ $account }</code>
    Shown for today only. It is on record that you looked.
bank-account-concealed = A customer’s bank details were shown here, for one day. If you need them again, open the customer and tap Bank details.
bank-account-unreadable = The bank details cannot be opened: the secret key is not the one that they were sealed with. Ask the administrator to put the former key back, as the runbook says.
refusal-bank-account-not-yours = Bank details of { $customer } are for finance and the customer’s own salesperson. If you need something checked, ask the finance manager.
refusal-bank-account-none = The file of { $customer } holds no bank details now. The salesperson can add them.
refusal-bank-account-wrong-key = The bank details of { $customer } cannot be opened: the secret key is not the one that they were sealed with. Ask the administrator to put the former key back, as the runbook says; if it is lost, the salesperson has to give them anew.
