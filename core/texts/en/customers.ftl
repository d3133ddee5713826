# The customer file
customers = { $first }–{ $last }. Tap one, or type a name or code.
customers-none = You have no customers yet. Open a file, or ask the administrator to assign you some.
customer-opened = ✅ File opened: <b>{ $name }</b> · { $code }. Fill in the survey next, then it can be rated and get credit.

customer-rated = { graded } (until { $until })
customer-line = line <b>{ $limit }</b> / { $days ->
        [0] term as in the contract
       *[other] { $days } days
    } ({ $state }, until { $ends })
customer-no-line = no line
customer-exposure = in use { $amount }
customer-over-line = <b>{ $amount } over the line</b>
customer-advance = paid ahead { $amount }
customer-overdue = <b>overdue { $amount }</b>, { $count ->
        [one] 1 invoice
       *[other] { $count } invoices
    }, the oldest { $days ->
        [one] 1 day
       *[other] { $days } days
    }
customer-no-overdue = nothing overdue
customer-owner = { $name } in charge
customer-legal = legal representative { $name }
customer-capital = capital { $amount }
customer-founded = founded { $day }
customer-contacts = Contacts: { $names }

review-title = <b>Look it over; save if it is right</b>
review-name = Name: <b>{ $value }</b>
review-uscc = Credit code: <code>{ $value }</code>
review-contact = Contact: { $value }
review-second_contact = Second contact: { $value }
review-address = Address: { $value }
review-phone = Phone: { $value }
review-legal_representative = Legal representative: { $value }
review-registered_capital = Registered capital: { $value }
review-founded = Founded: { $value }
review-scope = Business scope: { $value }
review-bank_account = Bank and account: { $value }
review-industry = Industry: { $value }
review-size = Size: { $value }
review-region = Region: { $value }

ask-customer-name = <i>{ $progress }</i> Full name of the firm? (as on its business licence)
ask-customer-distinct = <i>{ $progress }</i> There are similar customers: { $names }. The same firm needs no second file; if it is another one, tap below.
ask-customer-uscc = <i>{ $progress }</i> Unified social credit code? (18 characters, on the business licence)
ask-customer-contact = <i>{ $progress }</i> Contact and phone? (for example 陈芳 13800000000)
ask-customer-second_contact = <i>{ $progress }</i> Second contact and phone?
ask-customer-address = <i>{ $progress }</i> Address?
ask-customer-phone = <i>{ $progress }</i> Company phone?
ask-customer-legal_representative = <i>{ $progress }</i> Legal representative?
ask-customer-registered_capital = <i>{ $progress }</i> Registered capital? (30,000,000 and 3000万 both do)
ask-customer-founded = <i>{ $progress }</i> Founded when? (for example 2009-04-17)
ask-customer-scope = <i>{ $progress }</i> Business scope? (the main lines)
ask-customer-bank_account = <i>{ $progress }</i> Bank and account? (kept encrypted)
ask-customer-industry = <i>{ $progress }</i> Which industry?
ask-customer-size = <i>{ $progress }</i> What size?
ask-customer-region = <i>{ $progress }</i> Which region? (tap, or type)

short-customer-name = Name
short-customer-distinct = Another firm?
short-customer-uscc = Credit code
short-customer-contact = Contact
short-customer-second_contact = Second contact
short-customer-address = Address
short-customer-phone = Phone
short-customer-legal_representative = Legal representative
short-customer-registered_capital = Registered capital
short-customer-founded = Founded
short-customer-scope = Business scope
short-customer-bank_account = Bank and account
short-customer-industry = Industry
short-customer-size = Size
short-customer-region = Region

choice-another-firm = Another firm, go on
industry-manufacturing = Manufacturing
industry-wholesale = Wholesale
industry-retail = Retail
industry-construction = Construction
industry-logistics = Logistics
industry-it = IT
industry-other = Other
size-large = Large
size-medium = Medium
size-small = Small
size-micro = Micro

button-survey = Survey
button-rating = See the rating
button-save-file = Save the file

# Changing a file
file-change-whose = Whose file is to be changed? Tap one, or send “change file 华东机械”.
file-change-title = <b>{ $customer }</b> · change what?
file-field = { $field }: { $value }
file-now = Now: { $value }
file-nothing = blank
file-sealed = on file, encrypted
file-account = ending in { $end }, encrypted
ask-file-change-distinct = There are similar customers: { $names }. If it is the same firm, leave the name: one firm has one file. If it is another one, tap below.
choice-nothing = There is none
choice-another-firm-renamed = Another firm, go on
short-file-change-field = Change what
short-file-change-distinct = Another firm?
ask-file-change-value-short = { $field }
file-old-new = { $field }: { $old } → <b>{ $new }</b>
file-changed-title = ✅ The file of <b>{ $customer }</b> is changed.
file-as-it-was = The file of <b>{ $customer }</b> says so already ({ $field }); nothing was changed.
touches-rating = The policy looks at this: the grade in force stands, and the next rating sees what is new.
touches-answered = The policy looks at this, and first at what the survey says of it. If that is not true any more, fill in the survey again.
touches-scope = With the region it changes which managers see this customer.
file-changes-title = <b>{ $customer }</b> · changes of the file, the newest first
file-changes-none = Nothing has been changed yet.
file-change-by = { $at } { $who }
button-change-file = Change the file
button-file-changes = Changes of the file
button-save-change = Change it so
button-change-more = Change another
