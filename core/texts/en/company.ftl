# The total of lines (B9 art. 23)
ask-cap-amount =
    What may all lines of { $year } come to? In principle no more than last year’s closing receivables [policy art. 23].
    Now: { $now }, granted { $granted }.
choice-closing = Closing: { $amount }
cap-now = ✅ Total of lines set to <b>{ $amount }</b>, granted { $granted }.
cap-opened = { $opened ->
        [one] One waiting line is open now.
       *[other] { $opened } waiting lines are open now.
    }
cap-waiting = { $waiting ->
        [one] One more does not fit and goes on waiting.
       *[other] { $waiting } more do not fit and go on waiting.
    }
cap-needed = { $number } has every signature and waits for the total of lines of { $year } [policy art. 23]. Set it, and the line opens.
