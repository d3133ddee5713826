# Words used everywhere
literal = { $text }
unknown = unknown
list-comma = ,{" "}
list-semicolon = ;{" "}
grade-none = not rated yet
graded = grade { $grade }

state-in_approval = In approval
state-returned = Returned
state-awaiting_cap = Waiting for the total
state-granted = Granted
state-rejected = Rejected
state-withdrawn = Withdrawn

verdict-approve = approved
verdict-approve_less = approved less:
verdict-return = returned
verdict-reject = rejected

kind-long_term = long-term
kind-temporary = temporary

line-open = open
line-suspended = suspended
line-closed = closed

ceiling-average_month_receipts = average month’s receipts
ceiling-average_month_shipments = average month’s shipments
ceiling-last_year_average_exposure = last year’s average exposure
ceiling-collateral = collateral

# Why there can be no credit yet, and what opens the door
noground-no_earlier_credit = no long-term line without earlier credit
noground-grade_has_no_credit = this grade gets no credit
noground-new_customer = a new customer has no dealings to size a limit by
noground-not_rated = not rated yet
noground-collateral_missing = no collateral yet
noground-amount_unknown = a figure that the limit needs is missing
noground-figure_unknown = a figure of the customer’s that the limit needs is missing
noground-figure_is_zero = the customer’s figures come to a limit of nothing
noground-term_unknown = the figure that the term is made from is missing
noground-ceiling_is_zero = the last 12 months of dealings come to nothing
opens-temporary_credit = ask for temporary credit where it is truly necessary
opens-better_grade = raise the grade first
opens-trade_for_cash = trade for cash for some months first
opens-rating = fill in the survey first
opens-pledge_collateral = arrange collateral, then enter its value
opens-supply_amount = ask finance to complete the ledger
opens-supply_figure = complete the survey or the statements first

# One ground of a rating: Quick ratio 0.71 < 0.745
input-value = { $value }{ $unit }
input-is = { $name }: { $value }{ $unit }
input-compared = { $name } { $value }{ $unit } { $sign } { $threshold }{ $unit }
lift = { $name } { $sign } { $threshold }{ $unit }
lift-answer = { $name }: { $threshold }
gate-unsure = { $gate } (not all is known, so it holds for now)
criterion-why = { $title } [{ $article }]: { $inputs }
indicator-why = { $title } [{ $article }]: { $inputs }, { $loss } points short
indicator-earned = { $inputs }: { $points } points, { $contribution } of { $weight }
indicator-left-out = { $title }: unknown, left out
group-not-scored = { $group } (only { $percent }% known by weight: too little to score)

# Forms
form-customer = new customer file
form-file-change = Change a file
form-survey = survey
form-credit = credit request
form-answer = answer to a question
form-decision = decision
form-cap = total of lines
form-leave = leave
form-taken-up = Going on where you left off: { $count ->
        [one] one answer is
       *[other] { $count } answers are
    } there already.
form-kept = Saved. Take it up again from the menu whenever you like.
form-discarded = Discarded.
form-change = Change which one? The others stay.
form-not-open = “{ $form_name }” is not open now. Enter it again from the menu; what you saved is there.
form-answered-already = That question has been answered. This is the one that is open:
draft-gone = This draft has been sent off or discarded.

button-menu = Menu
button-later = Save for later
button-as-page = Fill in on a page
button-skip = Skip
button-back = Back
button-previous = Previous
button-next = Next
button-change = Change an answer
button-discard = Discard
button-details = See the customer
button-see = See the request
button-all = Everything

card-not-yours = This card is not yours to see.
trouble = Sorry, something went wrong and nothing was changed. Please try again; if it fails again, give the administrator this number: <code>{ $reference }</code>
left-undone = Sorry, something went wrong, and this was not finished. { $resumes ->
    [yes] What was recorded is kept and is not recorded twice; the program goes on with it at its next start. Please give
   *[no] Please tap again; if it fails again, give
} the administrator this number: <code>{ $reference }</code>
not-understood = I did not understand “{ $typed }”. Send a customer’s name, or ask “can we ship 50k to 华东机械”.
not-understood-kind = I cannot read this kind of message. Send text, or an Excel or CSV file.
not-understood-kind-page = I cannot read this kind of message here. Send text; for an Excel or CSV file that cannot be sent here, open { $page } and send it there.
