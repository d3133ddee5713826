# Deciding
waiting = { $count ->
        [one] One request waits
       *[other] { $count } requests wait
    } for you, the longest waiting first:
waiting-none = No request waits for you.
button-waiting-request = { $customer } { $amount } · { $hours ->
        [0] new
       *[other] { $hours } h
    }
button-approve = Approve { $amount }
button-approve-less = Approve less
button-send-back = Return with a question
button-reject = Reject

ask-decision-amount = Approve how much? (less than now; 200k and 200,000 both do)
ask-decision-approve = This is above the old line or the proposal, so approval needs a reason. One sentence:
ask-decision-approve-less = Why less? One sentence, for the record.
ask-decision-return = What do you want to know? It comes back to you with the answer.
ask-decision-reject = Why not? One sentence; the requester will see it.
choice-amount = { $amount }
reason-payer-reliable = Pays reliably
reason-demand = Orders are growing
reason-overdue = Overdue not settled
reason-start-small = Start small, watch it
reason-risk = Too much risk

decided-approve = ✅ { $number }: you approved { $amount }.
decided-approve-less = ✅ { $number }: you approved { $amount }, less than asked.
decided-return = ↩ { $number } returned; it comes back to you with the answer.
decided-reject = ⛔ { $number } rejected; the requester has been told why.

question-answered =
    { $number } has an answer.
    You asked: “{ $question }”
    Answer: “{ $answer }”
request-returned =
    ↩ { $number } is back with you. { $who } asks:
    “{ $question }”
outcome-granted-line = ✅ <b>{ $customer }</b>: <b>{ $amount }</b> { $days ->
        [0] on the contract’s terms
       *[other] for { $days } days
    } granted, the line is open ({ $number })
outcome-granted-grade = Grade { $grade }
outcome-rejected-line = ⛔ Credit for <b>{ $customer }</b> was rejected ({ $number })
outcome-said = { $who }: “{ $reason }”
outcome-again = Ask again when things have changed.

# The request card
request-your-turn = your turn
request-in-place = your turn, standing in
request-waits-for = waits for { $roles }
request-asks = <b>{ $customer }</b> asks for <b>{ $amount }</b> / { $days ->
        [0] term as in the contract
       *[other] { $days } days
    } · { $kind }
request-now = line now { $limit }
request-cut = cut to <b>{ $amount }</b>
request-grade = <b>Grade { $grade }</b> (last { $last })
request-first-grade = <b>Grade { $grade }</b> (first rating)
request-proposed = proposed { $amount }
request-exposure = In use { $amount }
request-overdue = <b>overdue { $amount } / { $days ->
        [one] 1 day
       *[other] { $days } days
    }</b>
request-no-overdue = nothing overdue
request-receipts = received { $amount } in 12 months
request-late = { $days ->
        [one] 1 day late on average
       *[other] { $days } days late on average
    }
request-collateral = Collateral { $amount }
request-collateral-note = Collateral { $amount } ({ $note })
request-says = { $who }: “{ $reason }”
request-made-by = Requested by { $who }
request-watch = Note:{" "}
request-raised = above the line now, approval needs a reason{ article }
request-above = above the proposal, approval needs a reason
request-conflict = the conditions of a good grade and of a bad one are both met, please check the facts
request-question = Waiting for an answer: “{ $question }”
request-signed = ✓ { $role } { $who } { $verdict } { $amount } · { $at }
request-turned = · { $role } { $who } { $verdict } · { $at }
request-because = {" "}“{ $reason }”

everything-title = <b>{ $customer }</b> · { $number }
everything-grade = Grade { $grade } · policy { $policy }
everything-asked = asked { $asked } · proposed { $proposed }
everything-survey = <b>{ $source }</b> ({ $day })
