# Asking for credit, following it, the rating
ask-credit-customer = <i>{ $progress }</i> Credit for whom? (tap, or type the name)
ask-credit-amount = <i>{ $progress }</i> How much for { $customer }? (300k, 300,000 and 30万 all do)
ask-credit-kind = <i>{ $progress }</i> Long-term, or temporary, for this once?
ask-credit-collateral = <i>{ $progress }</i> This grade needs collateral. What is it worth? (for example 260,000)
ask-credit-collateral_note = <i>{ $progress }</i> What is pledged? (for example: factory building, registered)
ask-credit-reason = <i>{ $progress }</i> Why this credit? (one sentence; needed above the proposed limit)
short-credit-customer = Customer
short-credit-amount = Amount
short-credit-kind = Long-term or temporary
short-credit-collateral = Collateral value
short-credit-collateral_note = What is pledged
short-credit-reason = Reason
choice-long-term = Long-term
choice-temporary = Temporary
choice-no-collateral = No collateral

credit-asks = asks for { $amount } · { $kind }
credit-proposal = Provisional <b>{ graded }</b> · proposed limit <b>{ $limit }</b> · { $days ->
        [0] term as in the contract
       *[other] { $days } days
    }
credit-needs-collateral = against collateral
credit-now = line now { $amount }
credit-graded = Provisional <b>{ graded }</b>
credit-no-ground = ⛔ No credit yet:
credit-unset = ⛔ Cannot be rated yet: the company’s standard is not set ({ $parameters }). The credit controller sets it in the policy file.
credit-reasons = What weighs most:
credit-lifts = What would raise it:{" "}
credit-lift = { $fact } → { graded }
credit-lowest = The limit is the lowest of:{" "}
credit-ceiling = { $name } { $amount }
credit-ceiling-asked = asked { $amount }
credit-months = { $months ->
        [one] (averages over 1 month with business)
       *[other] (averages over { $months } months with business)
    }
credit-path = Goes to:{" "}
credit-watch = Note:{" "}
credit-unknown = { $count ->
        [one] 1 fact is unknown, and the unknown never counts as good
       *[other] { $count } facts are unknown, and the unknown never counts as good
    }
credit-capped = the answers alone would make { graded }; a new customer or an incomplete file is held below it
credit-conflict = the conditions of a good grade and of a bad one are both met; the bad one holds, please check the facts
credit-necessary = only where truly necessary, with a reason
credit-vacant = ⛔ Nobody else can sign as { $roles }. The administrator has to appoint somebody first.

credit-submitted = ✅ { $number } submitted. You will be told how it goes.
requests = Your requests; tap one to see how it stands:
requests-none = You have not asked for credit yet.
request-withdrawn = ✖ { $number } withdrawn; the approvers’ cards say so.
ask-answer-answer =
    The approver asks: “{ $question }”
    Your answer, and the request goes on.
answer-sent = Answer to { $number } sent; the request goes on.

rating-now = by today’s facts <b>{ graded }</b>
rating-not = by today’s facts <b>not ratable</b>
rating-in-force = in force: { graded } until { $until }
rating-none-in-force = no rating in force
rating-little-known = ⚠ Only { $percent }% of what the policy looks at is known. The grade is what the policy says of that; complete the file before using it.
rating-policy = { $policy } · file { $percent }% complete
rating-for = Grade { $grade } takes all of these (✓ met, ✗ not, ? unknown)
rating-against = Grade { $grade } takes one of these (✓ not so, ✗ so, ? unknown)
rating-score = { $score } points
rating-gated = the score alone would make { graded }, but: { $gates }
rating-lifts = <b>Any one of these would raise it</b>
rating-no-lift = No single fact would raise the grade.

button-request = { $number } { $customer } · { $state }
button-submit-amount = Submit { $amount }
button-insist = Insist on { $amount }
button-collateral = Change collateral
button-all-criteria = See all { $count }
button-answer = Answer
button-withdraw = Withdraw
