# Importing a file: read, preview, confirm, done
import-kind-customers = customers
import-kind-invoices = invoices
import-kind-receipts = receipts
import-state-opened = being read
import-state-previewed = waiting to be confirmed
import-state-running = being imported
import-state-done = imported
import-state-cancelled = dropped
import-state-unreadable = unreadable

import-how = Send me an Excel (xlsx) or CSV file of customers, invoices or receipts: you see what it would change, and nothing is imported until you confirm. No file at hand? Take a template:
import-how-page = Send me an Excel (xlsx) or CSV file of customers, invoices or receipts: you see what it would change, and nothing is imported until you confirm. Where no file can be sent, open { $page } and send it there (the administrator gives the code). No file at hand? Take a template:
import-template = Template for { $kind }. Leave the header row as it is and fill in from the second row; the second sheet explains every column. Then send it back.
import-reading = Got “{ $file }”, reading it…
import-begun = Importing; I will tell you when it is done.
import-dropped = Dropped: nothing of this file was imported. Send it again whenever you like.
button-template = Template: { $kind }
button-import-confirm = { NUMBER($new) ->
        [one] Import 1 row
       *[other] Import { $new } rows
    }
button-import-cancel = { $bad ->
        [0] Do not import
       *[other] I will fix it first
    }
button-import-marked = Get the marked file
import-marking = Marking it; it comes in a moment.
import-marked = “{ $file }”: bad cells are red, the last column says why. Mend it and send it back; what is booked already is not booked twice.
import-marked-heading = Problem
import-marked-cell = { $column }: { $why }

import-read = <b>{ $file }</b>: { $rows ->
        [one] 1 row
       *[other] { $rows } rows
    } of { $kind }
import-new = New: <b>{ $new }</b>
import-new-amount = New: <b>{ $new }</b>, <b>{ $amount }</b> in all
import-unchanged = Already there, unchanged: { $unchanged }
import-bad = ⚠️ <b>{ $bad ->
        [one] 1 row has
       *[other] { $bad } rows have
    } a problem</b> and will not be imported:
import-bad-cell = Row { $row }, “{ $column }”: { $value } — { $why }
import-bad-empty = Row { $row }, “{ $column }”: { $why }
import-bad-row = Row { $row }: { $why }
import-bad-more = … and { $more } more
import-ignored = Columns not used: { $columns }
import-added = ✅ { $file } imported: { $kind }, <b>{ $added }</b> new
import-added-amount = ✅ { $file } imported: { $kind }, <b>{ $added }</b> new, <b>{ $amount }</b> in all
import-refused = ⚠️ Not imported because the books say otherwise: { $refused }. Fix them and send the file again; rows already imported are not repeated.

refusal-import-unknown = There is no such file, or it is not yours. Please send the file again.
refusal-import-not-allowed = Finance does the imports: please pass the file on to the credit controller or the finance manager. For a customer’s statements, open the customer first, tap Statements, and send the file then.
refusal-import-not-waiting = This file is not waiting to be confirmed: { $state }. To import it, send it again.
refusal-import-nothing-new = There is nothing new to import: { $unchanged } rows are in the books already, { $bad } have a problem. Fix those and send the file again.
refusal-import-has-bad-rows = { $bad ->
        [one] 1 row has
       *[other] { $bad } rows have
    } a problem, and you asked for all or nothing: nothing was imported. Fix the file and send it again.
refusal-import-kind-unclear = I cannot tell whether these are customers, invoices or receipts. The header says: { $header }. Name the columns as in the template and send it again.
refusal-allocation-not-standing = There is no such allocation, or it is reversed already. Please look at the latest account.

# A row that does not go with the books
books-other-content = the books have { $was } under the same number
books-customer-unknown = no customer has this code
books-customer-mistyped = no customer has this code; the nearest is { $nearest } { $name }
books-other-currency = the books are kept in CNY only, not in { $currency }
books-no-terms = no due date, and the customer has no terms; fill in the due date
books-invoice-of-other = invoice { $invoice } is another customer's
books-owner-unknown = nobody on the staff has this name
books-uscc-taken = this credit code is customer { $code }'s
row-kind-invoice = invoice
row-kind-credit_note = credit note
row-kind-customer = customer
row-kind-supplier = supplier

# A cell that cannot be read
cell-empty = empty, and the column is required
cell-too-long = too long; at most { $limit } characters
cell-too-many = too many; at most { $limit }
cell-digits-lost = the number is so long that Excel has lost its last digits; make the column text and fill it in again
cell-not-a-choice = must be one of: { $choices }
cell-repeated = the same as in row { $first_row }
day-unreadable = not a date, such as 2026-03-31
day-no-such-day = there is no such day
day-no-year = has no year, as in 2026-03-31
day-out-of-range = { $day } is too early or too far ahead; probably the year is wrong
amount-unreadable = not an amount, such as 12300.50
amount-negative = must not be below zero; mark a credit note in the column “kind”
amount-zero = must not be zero
amount-too-large = too large; at most 10^12 yuan
amount-too-precise = finer than a cent; at most two decimals
amount-disputed-above = more than the invoice's { $amount }
uscc-length = not 18 characters
uscc-alphabet = has a character that never occurs (I, O, S, V and Z are not used)
uscc-check-digit = the check digit is wrong; probably one character was miscopied
row-too-many-cells = has more cells than the header; probably a comma inside an amount has split one
