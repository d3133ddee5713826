# The policy library: look, try out, propose, confirm
policies =
    <b>Credit policies</b> · { $count } in the library
    In force: { $title } ({ $version }). Tap one for its grades and what it needs to know.
policy-in-force = ✅ In force
policy-ready = Can be put in force
policy-not-ready = ⏳ Not all is set yet, so it cannot be put in force
policy-document = document { $document }
policy-article = {" "}[{ $article }]
policy-upkeep = Approval and review
policy-limit-open-for = No rule of amount for { $grades }: the approvers decide how much
limit-models =
    <b>Limit models</b> · { $count }
    They make limits and no grades; a policy file that names one holds its limits to it too. Tap one for what it needs.
button-limit-models = Limit models
policy-grades = Grades
policy-no-credit = no credit
policy-needs = { $count ->
    [one] It needs one fact:{" "}
   *[other] It needs { $count } facts:{" "}
}
policy-needs-more = , and { $count } more
policy-unset = The company has { $count } to set first
policy-blank = { $name } [{ $article }]
policy-suggestion = Suggested: { $value } ({ $source }); it counts only once you set it
policy-limit-model = Limit model: it makes limits and no grades; a policy file names it
policy-limit = { $cases } [{ $article }]: { $count ->
    [0] no ceiling
    [1] at most { $ceilings }
   *[other] at most the lowest of { $ceilings }
}; { $terms }
policy-limit-refused = { $cases } [{ $article }]: none, { $why }
policy-limit-open = no rule of amount: the approvers decide how much
policy-credit-before = had credit before
policy-no-credit-before = no credit before
policy-when-necessary = when really necessary
policy-guarantee = collateral needed
policy-ceiling = A limit is at most: { $name } [{ $article }]
policy-approval = Every limit is approved ({ $chain } { $version }): { $path }
approval-step = { $roles } [{ $article }]
approval-then = { $before } → { $then }
policy-house-rule = a rule of this product
policy-validity = A rating holds { $months } months [{ $article }]{ $count ->
    [0] {""}
   *[other] ; reminders { $days } days before its end
}
policy-cycle-grade = Grade { $grade } is reviewed every { $months } months [{ $article }]
policy-cycle-key = Key customers are reviewed every { $months } months [{ $article }]
policy-rerated-on = Reviewed early by { $roles }, on: { $events } [{ $article }]
policy-override = Override: { $up ->
    [0] never up
    [1] at most one grade up
   *[other] at most { $up } grades up
}, { $down ->
    [1] at most one down
   *[other] at most { $down } down
}, with the consent of { $roles } [{ $article }]
policy-appeal = A customer may appeal within { $days } days [{ $article }]
policy-published = Grades may be published [{ $article }]
policy-unpublished = Grades are not published [{ $article }]
policy-gate-not_rated = not rated
policy-gate-veto = straight to { graded }
policy-gate-cap = no better than { graded }
policy-gate-downgrade = { $notches ->
    [1] one grade down
   *[other] { $notches } grades down
}

ask-activation-from_day = From which day is “{ $title }” to be in force? A CFO or the general manager then has to confirm.
choice-day = From { $day }
activation-sent = Sent to the CFO and the general manager to confirm; to be in force from { $from_day }.
activation-state-proposed = Waits to be confirmed
activation-state-confirmed = Confirmed
activation-state-declined = Declined
activation-state-withdrawn = Withdrawn
activation-from = In force from { $day }, proposed by { $who }
activation-replaces = Replaces { $title } ({ $version })
activation-others = ⚠ Customers graded under another policy: { $count }. The letters do not compare, so they are to be rated anew; granted lines run to their end.
activation-tried = Tried out on the facts of { $on }:{" "}
activation-not-tried = Not tried out yet, so nobody knows what it would do to lines.
activation-file-changed = ⚠ The file has changed since, so this cannot be confirmed. Withdraw it and propose it again.
activation-decided = { $state } by { $who } · { $at }
activation-confirmed = Done: from { $from_day } everybody is rated by the new policy.
activation-withdrawn = Withdrawn; what is in force stays.
activation-declined-noted = The proposer has been told; what is in force stays.
activation-declined = { $who } declined to put { $policy } in force: “{ $reason }”
activation-news = 📌 From { $from_day } ratings go by “{ $title }” ({ $version }).
ask-activation-decline-reason = Why not? One line; the proposer will read it.
who-operator = the operator

form-activation = Put in force
form-activation-decline = Decline a proposal
button-tolerances = Tolerances
button-policies = Credit policies
button-policy = See the policy
button-policy-named = { $title }
button-policy-activate = Put in force
button-policy-simulate = Try it out
button-activation = Policy to confirm
button-activation-tolerances = Tolerances to confirm
button-activation-confirm = Confirm
button-activation-decline = Decline

bad-activation-day = { $day } has passed; it can come into force today or later. For example 2026-12-31.
refusal-policy-file-gone = The file of { $policy } { $version }, the policy in force, is gone or has changed since. Ask the administrator to put the file back, or propose it again for somebody else to confirm.
refusal-activation-in-force = “{ $title }” is what will be in force on { $from_day } anyway. There is nothing to do.
refusal-activation-rates-nobody = “{ $title }” makes limits and no grades, so it cannot be in force by itself. Name it in a policy file.
refusal-activation-waits = { $policy } (from { $from_day }) still waits. Confirm or withdraw it first, then propose again.
refusal-activation-nobody = There is no other { $roles } to confirm. Ask the administrator to appoint one.
refusal-activation-past = { $from_day } has passed; it can come into force today or later. Choose another day.
refusal-activation-changed = The file of { $policy } { $version } has changed since it was proposed, and nobody has looked at what it says now. Withdraw it and propose it again.
refusal-activation-own = You proposed this, so another CFO or general manager has to confirm it.
refusal-activation-moved-on = Putting { $policy } in force: { $state }, nothing more to be done. To change it, propose anew.
refusal-activation-unknown = Nothing waits to be confirmed. See “Credit policies” in the menu.

# The tolerances for contradictions: look, compare, put in force
tolerances-title = Tolerances for contradictions
tolerances-own = In force: the company’s { $version }, since { $since }. Within this nobody is asked:
tolerances-shipped = In force: those of the product. Within this nobody is asked:
tolerances-gone = ⚠ The file of { $version } is gone or has changed since it was confirmed, so nobody can be rated. Ask the administrator to put it back, or propose it as it is now.
tolerances-newest = The company’s new file { $version } can be in force from { $begins }.
tolerances-to-come = The company’s new file { $version } is confirmed from { $day }.
tolerances-replace = Replaces the company’s { $version }
tolerances-says = It says:
tolerances-changes = What would change:
tolerances-unchanged = It says the same as what is in force.
tolerances-replace-shipped = Replaces the tolerances of the product
tolerances-confirmed = Done: from { $from_day } doubts go by the new tolerances.
tolerances-news = 📌 From { $from_day } the company’s “{ $title }” ({ $version }) say what in the material is in doubt.
tolerances-entered = 📌 After the upgrade, the company’s own tolerances for contradictions count once one person has proposed them and a CFO or general manager has confirmed.{ $former ->
    [0] {""}
   *[other] {" "}{ $in_force } counted before and still do.
}{ $later ->
    [0] {""}
   *[other] {" "}{ $coming } will not come into force by themselves when their day comes: propose them.
}
tolerance-is = { $name }: { $value }
tolerance-changed = { $name }: { $before } → { $after }
tolerance-unlooked = not looked at
tolerance-jumps = { $ratio } may change in a year by
tolerance-of-least = a sum may be out by
tolerance-of-share = a sum may be out by, of the larger number
tolerance-of-unit_jump = times larger or smaller total assets in a year that look like another unit
tolerance-of-copied_share = share of figures the same as a period before that looks copied
tolerance-of-copied_fewest = fewest figures to compare before two periods can look copied
tolerance-of-stale_months = the newest statements are stale after
tolerance-of-source_share = two sources may differ by
tolerance-of-source_days = two sources further apart than this are not compared
tolerance-in-percent = { $value }%
tolerance-in-points = { $value } points
tolerance-in-times = { $value }
tolerance-in-figures = { $value }
tolerance-in-months = { $value } months
tolerance-in-days = { $value } days
refusal-tolerances-file-gone = The file of the tolerances in force, { $version }, is gone or has changed since it was confirmed. Ask the administrator to put it back, or propose it as it is now for somebody else to confirm.
refusal-tolerances-none = The company has no tolerances file that can be in force on { $on }. The guide to policies says how to write one, under “Tolerances for contradictions”.

# Trying a policy out: every customer by both
simulation-title = Tried out: { $draft } ({ $version })
simulation-about = Customers: { $customers }, on facts as of { $on }, beside “{ $current }”. Nobody’s grade or line has changed.
simulation-moves = Same { $same } · better { $better } · worse { $worse }
simulation-anew = rated for the first time: { $count }
simulation-lost = no longer rated: { $count }
simulation-two-schemes = The two have different grades: letters stand side by side, with no better or worse.
simulation-table = Grade in force → grade tried out
simulation-table-apart = Grade in force ｜ grade tried out
simulation-cell = { $grade }: { $count }
simulation-not-rated = not rated
simulation-lines = Lines: { $shrinking } smaller, { $ending } ended, { $lost } less in all (of { $lines })
simulation-exposure = Those customers owe { $amount } today
simulation-no-lines = No line would shrink or end.
simulation-cases = Who is affected
simulation-line-shrinks = line { $limit } → { $proposed }
simulation-line-ends = line of { $limit } ends
simulation-unrated = no grade can be made
simulation-not-so = not so: { $title }
simulation-not-known = not known: { $title }
simulation-more = { $count } more in the Excel file.
simulation-sheet-cases = Affected customers
simulation-sheet-everybody = All customers
simulation-sheet-table = Grades
simulation-column-code = Code
simulation-column-name = Name
simulation-column-before = Grade in force
simulation-column-after = Grade tried out
simulation-column-exposure = Exposure
simulation-column-limit = Line
simulation-column-proposed = Line tried out
simulation-column-why = Why
simulation-begun = Working on it. You will have it here when it is done; do something else meanwhile.
simulation-table-picture = The grades as a picture
refusal-policy-rates-nobody = “{ $title }” is a limit model: it makes limits and no grades, so there is nothing to try out or hold to account.
refusal-simulation-own-customers = Trying a policy out takes every customer, so only those who see all of them can. Ask finance to do it.
simulation-file-changed = The file of { $policy } changed meanwhile, so nothing was worked out. Try it again.

# Back-test: did the grades of then come true
backtest-title = Back-test: { $title } ({ $version })
backtest-about = Grades of { $begin }, followed to { $end }; bad is more than { $days } days overdue. { $basis }
backtest-basis-stored = Grades are those on record then.
backtest-basis-back_dated = Nobody was rated by it then, so everybody is rated on the facts of that day.
backtest-lack-rated = ⚠ Too little data: { $count ->
    [one] one customer
   *[other] { $count } customers
}, where { $fewest } would begin to tell. Take the figures as hints.
backtest-lack-bad = ⚠ Customers gone bad: { $count }, where it takes { $fewest } to tell two policies apart.
backtest-lack-no_bad = ⚠ Nobody went bad (it takes { $fewest }), so nothing can be said about the grades.
backtest-lack-no_good = ⚠ Everybody went bad, so nothing can be said about the grades.
backtest-lack-in_grade = ⚠ Grade { $grade } has { $count ->
    [one] one customer
   *[other] { $count } customers
}, fewer than { $fewest }: its rate is a matter of luck.
backtest-rates = How many of each grade went bad (95 % interval)
backtest-rate = { $bad } of { $rated } = { $rate } % ({ $low }–{ $high } %)
backtest-nobody = nobody
backtest-not-rated = Left out, because no grade could be made: { $count }.
backtest-bad-before = Left out, because they were as late as that to begin with: { $count }.
backtest-reversal = ⚠ Grade { $better } did worse than { $worse }, by { $by } points,{ " " }
backtest-certain = and not by chance.
backtest-perhaps = perhaps by chance.
backtest-auc = Good from bad by grade: AUC { $auc } ({ $low }–{ $high }), KS { $ks }
backtest-auc-score = Good from bad by score: AUC { $auc } ({ $low }–{ $high }), KS { $ks }
backtest-no-auc = All good or all bad: there is nothing to tell apart.
backtest-psi = Shift between grades: PSI { $psi } ({ $shift }; by chance alone: { $p })
backtest-p-below = p below 0.0001
backtest-p = p = { $p }
backtest-shift-stable = stable
backtest-shift-watch = to be watched
backtest-shift-act = large, look into it
backtest-hhi = Crowding: HHI { $hhi }, most of all in { $grade } with { $share } %
backtest-crowded = ⚠ More than half of all customers have one grade.
backtest-overrides = Overrides: { $count } of { $assessed } ratings ({ $up } up, { $down } down)
backtest-migration = From { $begin } to { $end }
backtest-sheet = Back-test
backtest-column-grade = Grade
backtest-column-rated = Customers
backtest-column-bad = Gone bad
backtest-column-rate = Rate
backtest-column-low = From
backtest-column-high = To
refusal-backtest-days = { $begin } to { $end } is no time to look at: it has to begin before it ends, and end by today.
file-written = Written: { $path }

# A grade of the policy before
grade-formerly = rated { $grade } under the former policy, re-rate
