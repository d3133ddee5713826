# 客户的银行账户
button-bank-account = 银行账户
bank-account = <b>{ $customer }</b> 的银行账户
    <code>{ $account }</code>
    只在今天显示，你看过已经记录在案。
bank-account-concealed = 这里显示过一个客户的银行账户，只显示一天。还要用，打开客户资料，再点「银行账户」。
bank-account-unreadable = 银行账户解不开：现在的密钥不是当初加密用的那一个。请管理员按运维手册把原来的密钥放回去。
refusal-bank-account-not-yours = { $customer } 的银行账户，只有财务和这家客户的业务员能看。需要的话，请财务主管核对。
refusal-bank-account-none = { $customer } 的资料里现在没有银行账户。可以请业务员补上。
refusal-bank-account-wrong-key = { $customer } 的银行账户解不开：现在的密钥不是当初加密用的那一个。请管理员按运维手册把原来的密钥放回去；找不回来，就请业务员重新填一次。
