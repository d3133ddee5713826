# Rating reviews: due, for an event, on appeal, or because finance sees a reason
reviews =
    <b>For you to review</b> · { $count }{ $appeals ->
        [0] {""}
       *[other] , on appeal { $appeals }
    }{ $late ->
        [0] {""}
       *[other] , past their day { $late }
    }
    { $pages ->
        [0] Tap a customer to see what changed.
       *[other] Here are { $first }–{ $last }, the most urgent first. Tap a customer to see what changed.
    }
reviews-none = No customer waits for your review.
review-heading = Review · { $customer }
review-state-open = To be reviewed
review-state-proposed = Waits for approval
review-state-returned = Returned
review-state-in_force = In force
review-state-withdrawn = Ended
review-cause-due = Rating comes to its end
review-cause-event = Something happened
review-cause-appeal = The customer appeals
review-cause-manual = Taken up by finance
review-event-overdue = Newly overdue
review-event-new_statements = New financial statements
review-event-policy_changed = The policy has changed
review-event-negative_event = Bad news
review-because = { $cause } · to be done by { $day }
review-because-ended = { $cause }
review-about = “{ $words }”
review-about-by = { $who }: “{ $words }”
review-grade-moves = Grade { $former } → <b>{ $grade }</b>
review-grade-stays = Grade stays <b>{ $grade }</b>
review-grade-first = Grade <b>{ $grade }</b> (never rated before)
review-grade-anew = Grade <b>{ $grade }</b> (the former { $former } was made by another policy, so the two do not compare)
review-grade-none = No grade can be made now
review-grade-lost = Grade taken away (it was { $former })
review-grade-none-ever = No grade was made
review-until = the former rating holds until { $day }
review-by-policy = by “{ $policy }”
review-score = { $score } points
review-changed = Changed since the last rating: { $count }
review-change = { $name }: { $before } → { $now } ({ $source }, { $day })
review-change-gone = { $name }: { $before } → not known now
review-changed-more = { $count } more under “See all facts”
review-changed-none = Nothing has changed since the last rating.
review-changed-first = No facts were kept of a rating before. “Confirm and submit” confirms the { $count } known now.
review-picture = { $customer } by today’s facts: { $grade ->
        [none] no grade
       *[other] { graded }
    }. { $changed ->
        [first] No facts were kept of a rating before.
        [0] Nothing has changed since the last rating.
        [one] The one thing that changed since the last rating stands at the top.
       *[other] The { $changed } that changed since the last rating stand at the top.
    }
review-unchanged = Unchanged: { $count }. “Confirm and submit” confirms them all.
review-unknown = Not known ({ $count }): { $names }
review-line-suspends = ⚠ The new grade may have no credit: the line of { $limit } will be suspended.
review-line-restores = The line of { $limit } can be used again.
review-line-run-down = ⚠ The line of { $limit } is { $amount } above what the new grade allows; the excess is to be run down.
review-sheets = Experts: asked { $asked }, answered { $given }
review-overridden = { $who } set { $grade } where the policy gives { $policy }: “{ $reason }”
review-assessed-by = assessed by { $who }
review-approved-by = approved by { $who }
review-answered = Returned by { $who }: “{ $answer }”
review-closed-because = Not rated again: “{ $answer }”
review-evidence = What { $customer } sent with its appeal
review-confirmed = { $grade ->
        [none] In force: { $customer } has no grade now.
       *[other] In force: { $customer } has { graded }. The salesperson has been told.
    }
review-closed = Ended; the grade stays as it is until its last day.
review-asked = The salesperson has been asked to update the file of { $customer }. The card follows as it changes.
review-facts-asked = { $unknown ->
        [none] { $who } is reviewing { $customer }. Please bring its file up to date.
       *[other] { $who } is reviewing { $customer }. Please fill in: { $unknown }
    }
review-outcome-moved = 📌 { $customer } reviewed: { $former } → { $grade } ({ $cause }; { $who })
review-outcome-kept = 📌 { $customer } reviewed: stays { $grade } ({ $cause }; { $who })
review-outcome-first = 📌 { $customer } rated { $grade } ({ $cause }; { $who })
review-outcome-lost = 📌 { $customer } reviewed: grade taken away (was { $former }; { $cause }; { $who })
review-outcome-until = Holds until { $day }
review-outcome-why = Main reasons: { $reasons }
review-outcome-overridden = Set by people: “{ $reason }”
review-outcome-suspended = ⛔ The line is suspended: this grade may not buy on credit.
review-outcome-restored = The line can be used again.
review-outcome-run-down = ⚠ The line is { $amount } above what the new grade allows: run it down before anything new goes out.

# Appeals
ask-appeal-words = { $customer } has { graded }. Why does the customer not accept it? Write it down in their words.
ask-appeal-evidence = If there is something to show, send a photo or a file; else skip.
appeal-filed = The appeal of { $customer } is filed. Somebody who neither rated it nor sells to it rates it again; you will be told.
appeal-withdrawn = The appeal is withdrawn; the grade stays.
appeal-outcome-changed = The appeal is decided: { $customer } goes from { $former } to { $grade }.
appeal-outcome-kept = The appeal is decided: { $customer } stays { $grade }.
appeal-outcome-lost = The appeal is decided: { $customer } is not rated for now.
appeal-forward = You can send this on:
appeal-letter-changed = To { $customer }: somebody else has looked again at the rating that you objected to. Your credit grade changes from { $former } to { $grade }, until { $day }.
appeal-letter-kept = To { $customer }: somebody else has looked again at the rating that you objected to. Your credit grade remains { $grade }, until { $day }.
appeal-letter-lost = To { $customer }: somebody else has looked again at the rating that you objected to. With what is known to us, we cannot rate you for now.
appeal-letter-why = The main grounds: { $reasons }.
appeal-letter-end = New documents are welcome at any time, and we will rate by them.

# Overrides
ask-override-grade = The policy gives { $grade }. Which grade instead?
ask-override-why = Why? One line; whoever approves it and whoever audits it will read it.
override-sent = Sent for approval as { $grade }. Until then the former grade holds.
override-returned = { $who } did not approve { $grade } for { $customer }: “{ $reason }”. Please look again.
override-returned-noted = Returned to the assessor.
ask-review-return-why = Why not? One line; the assessor will read it.
ask-review-close-why = Why not rate again? For example: it buys no more.

# Bad news
ask-event-what = What happened to { $customer }? For example a lawsuit, a frozen account, a plant at a standstill. Say where you heard it.
event-recorded = Noted; { $customer } is under review, and finance will look.

# Experts
expert-asked = { $who } asks you for an expert’s marks on { $customer }. Everybody marks alone; nobody sees another’s marks.
experts =
    <b>Experts</b> · { $customer }
    Answered: { $given ->
        [none] nobody yet
       *[other] { $given }
    }
    Still open: { $open ->
        [none] nobody
       *[other] { $open }
    }
    Tap somebody to ask for marks.
ask-sheet-mark = ({ $progress }) { $customer } · <b>{ $indicator }</b> (weight { $weight }): A is best, E worst. Which mark?
sheet-kept = Thank you. Marks are not changed once they are given.

# Register, overrides, publication
register-title = Register of grades · { $day }
register-count = Customers with a grade: { $count }
register-grade = { $grade }: { $count } ({ $policy })
register-overridden = set by people: { $count }
register-expired = past their last day: { $count }
register-row = { $name } · { $grade } · until { $day }
register-row-of = { $grade } ({ $policy })
register-row-expired = { " " }(over)
register-row-overridden = { " " }(the policy gives { $grade })
register-row-assessor = { " " }· { $who }
register-more = { $count } more in the Excel file.
register-empty = No customer has a grade yet.
register-file = Register of grades { $day }
register-sheet = Register
register-nobody = no assessor on record
register-column-code = Code
register-column-name = Name
register-column-grade = Grade
register-column-policy = Policy
register-column-version = Version
register-column-since = Since
register-column-until = Until
register-column-assessor = Assessor
register-column-overridden = Policy’s grade, where overridden
overrides-title = Overrides · { $begin } to { $end }
overrides-share = { $count } of { $ratings } ratings, { $percent }%: { $up } up, { $down } down
overrides-none = Nobody was rated in this time.
overrides-by = { $who }: of { $ratings }, { $up } up, { $down } down
override-sheet = Overrides
override-column-assessor = Assessor
override-column-ratings = Ratings
override-column-up = Up
override-column-down = Down
publication-title = Customers of { graded }, { $year }
publication-count = { $count } in all. Only this grade is listed; of no other is a word said.
publication-nobody = No customer has this grade now.
publication-off = Off. It takes two people of finance, one after the other, to turn it on.
publication-waits = Somebody proposed to turn it on; another of finance has to confirm.
publication-risk = ⚠ Publishing grades carries legal risk: a wrong one harms a firm’s name, and facts may be trade secrets. Have legal look first, and get each customer’s written consent.
publication-asked = { $who } proposes to publish the yearly list (best grade only). It takes your confirmation, and it carries legal risk: ask legal first.

# A line of the digest
digest-reviews = { $count ->
        [one] One customer for you to review
       *[other] { $count } customers for you to review
    }
digest-late-reviews = Reviews past their day: { $count }. Please see to it
digest-see-reviews = See reviews

form-override = Another grade
form-review-close = End a review
form-review-return = Return an override
form-event = Bad news
form-appeal = Customer’s appeal
form-sheet = Expert’s marks

command-reviews = Reviews that wait for you
command-register = Register of grades
button-reviews = Reviews
button-review = Review
button-review-named = { $customer } · by { $day }
button-review-confirm = Confirm and submit
button-review-ask = Ask for facts
button-review-override = Another grade
button-review-experts = Ask experts
button-review-close = No need to rate
button-review-approve = Approve
button-review-evidence = See what they sent
button-review-see = See the review
button-review-facts = See all facts
button-review-picture = See the picture
button-appeal = Customer’s appeal
button-event = Report bad news
button-sheet = Begin
button-register = Register of grades
button-register-file = Excel file
button-overrides = Overrides
button-publication = Yearly list
button-publication-propose = Propose to turn it on
button-publication-confirm = Confirm
button-publication-end = Turn it off

source-ledger = ledger
source-findings = contradictions
source-customer_file = customer file
source-review = experts
assess-not-assessor = the policy does not name you among its assessors
assess-own-customer = it is your own customer, or you brought the appeal
assess-former-assessor = the customer appeals against your rating

bad-file-wanted = A photo or a file is wanted here, for example a stamped letter. If there is none, tap “Skip”.
refusal-review-unknown = There is no such review, or the customer is not yours to see. “Reviews” in the menu shows yours.
refusal-review-not-independent = You cannot assess { $customer }: { $why }. Somebody else has to.
refusal-review-moved-on = { $number }: { $state }. Nothing was done; open the card to see how it stands.
refusal-review-facts-changed = The facts of { $number } changed while you looked, and so did the result. Open the card and look again.
refusal-review-not-ratable = Too little is known for { $number } to be rated. Tap “Ask for facts” first.
refusal-review-appeal-decided-only = An appeal has to be decided. To keep the grade, confirm and submit.
refusal-review-no-owner = { $customer } has no salesperson. Ask the administrator to appoint one.
refusal-review-over = { $number } is over; no marks are needed any more.
refusal-override-out-of-bounds = { $allowed ->
        [none] { $grade } cannot be set: the policy does not allow it, or a veto, a cap or a finding stands against it. Submit the policy’s grade.
       *[other] { $grade } cannot be set. The policy allows: { $allowed }.
    }
refusal-override-nobody = There is no other { $roles } to approve it. Ask the administrator to appoint one.
refusal-override-own = You assessed this, so somebody else has to approve it.
refusal-override-not-yours = This is for the { $roles } to approve.
refusal-appeal-not-owner = The salesperson of { $customer } files its appeals.
refusal-appeal-under-way = { $number } is under way; wait for its outcome.
refusal-appeal-nobody = Nobody else can rate { $customer } again: neither its salesperson nor the former assessor may. Ask the administrator to appoint somebody.
refusal-appeal-not-yours = Only who filed { $number } can withdraw it.
refusal-appeal-no-grade = { $customer } has no grade to appeal against. Ask for credit, or ask finance to rate it.
refusal-appeal-too-late = Appeals are taken within { $days } days. { $customer } was rated on { $since }, so the last day was { $last_day }. With new facts, ask finance for a review.
refusal-appeal-decided = The grade of { $customer } is the outcome of an appeal ({ $number }) already. With new facts, ask finance for a review.
refusal-expert-not-possible = This person cannot mark { $customer }: they sell to it, or may not see its file. Choose somebody else.
refusal-sheet-not-yours = This sheet is not yours.
refusal-sheet-given = This sheet was given on { $at } and is not changed any more.
refusal-sheet-incomplete = All { $count } indicators need a mark. Complete it and send it again.
refusal-sheet-not-asked = Neither the policy in force nor one confirmed to follow it asks experts.
refusal-publication-not-allowed = The policy in force, { $policy }, does not let grades be published. Write [publication] allowed = true into its file and put it in force first.
refusal-publication-off = Publication is off. One of finance proposes it, another confirms.
refusal-publication-nobody = There is no second person of finance to confirm. Ask the administrator to appoint one.
refusal-publication-not-proposed = Nothing waits to be confirmed. Somebody has to propose it first.
refusal-publication-own = You proposed it, so another of finance has to confirm.
