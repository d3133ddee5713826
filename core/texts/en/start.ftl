# Coming in, the menu, the language, leave
welcome-stranger =
    I am <b>Zixin</b>, the company’s credit desk: look up customers, ask whether goods may ship, request and approve credit.
    Send me your invitation code. No code yet? Ask the administrator.
menu =
    <b>{ $name }</b> · { $roles }
    { $example }
menu-example-sales = Just ask: “can we ship 50k to 华东机械”. Or choose:
menu-example-other = Send a customer’s name to see the file. Or choose:
menu-example-none = Choose:
help =
    <b>Send me</b>
    · “can we ship 50k to 华东机械”: yes or no, and what is short
    · a customer’s name or code: grade, limit, exposure, overdue
    · “change file 华东机械”: changes one thing in a customer’s file (sales)
    · “overdue”, “aging”, “/waiting”: the lists
    · an Excel or CSV file: imports invoices, receipts, customers (finance)
    “/cancel” in the middle of a form saves it; “menu” goes back to the start.
    Amounts may be 50k, 50,000 or 5万; dates 12-31 or 2026-12-31.
choose-language = 中文还是英文？/ Chinese or English?
language-chosen = English it is, from now on.
leave-noted = Noted: you are away until { $until }, and { $deputy } signs for you.
leave-over = Welcome back. Decisions come to you again.

ask-leave-until = <i>{ $progress }</i> Away until when? (for example 3-20)
ask-leave-deputy = <i>{ $progress }</i> Who signs for you meanwhile?

button-draft = Go on: { $form_name }
button-draft-of = Go on: { $form_name } · { $customer }
button-check = May it ship?
button-credit = Ask for credit
button-waiting = Waiting for me
button-customers = Customers
button-customer-new = New customer file
button-requests = My requests
button-overdue = Overdue
button-aging = Aging
button-import = Import a file
button-set-cap = Set the total of lines
button-leave = Go on leave
button-leave-back = I am back
button-language = 中文
button-zh = 中文
button-en = English
