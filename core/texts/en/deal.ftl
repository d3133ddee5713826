# Deal check
deal-pass = ✅ <b>{ $customer } · { $amount }</b> · may ship
deal-hold = ⛔ <b>{ $customer } · { $amount }</b> · hold
deal-left = { $available } of the line is free.
deal-remedy = <b>What would change it</b>
article = {" "}[policy art. { $article }]

hold-no_line = no credit line (owes { $exposure }): cash only
hold-line_suspended = the line is suspended (ended { $ends }); a new rating is due
hold-line_closed = the line is closed
hold-line_not_started = the line starts on { $starts }
hold-line_ended = the line ended on { $ends }
hold-not_rated = not rated yet
hold-rating_expired = the rating ({ $grade }) ended on { $rated_until }
hold-grade_has_no_credit = { graded } gets no credit
hold-overdue = { $count ->
        [one] { $amount } overdue ({ $days ->
            [one] 1 day
           *[other] { $days } days
        }, invoice { $oldest })
       *[other] { $amount } overdue on { $count } invoices (the oldest { $days ->
            [one] 1 day
           *[other] { $days } days
        }, invoice { $oldest })
    }
hold-not_cleared = { $exposure } of earlier credit is not settled
hold-over_limit = { $available } of the line is free, { $short } short
hold-run_down = owes { $exposure }, { $above } above the line of { $limit }: it may only fall

remedy-collect_overdue = collect the overdue { $receive }
remedy-collect_exposure = collect { $receive } of what is owed
remedy-deal_less = ship no more than { $up_to }
remedy-request_line = ask for a credit line
remedy-renew_line = ask for credit again (the rating is renewed with it)
remedy-wait_for_start = wait until the line starts
remedy-rate_customer = fill in the survey and ask for credit
remedy-renew_rating = renew the survey and the rating
remedy-deal_for_cash = deal for cash
remedy-then-passes = {" "}→ { $available } free: the whole order may ship
remedy-then-up-to = {" "}→ up to { $up_to } may ship

form-check = deal check
ask-check-customer = Ship to whom? (tap, or type the name)
ask-check-amount = How much? (50k, 50,000 and 5万 all do)
