# Financial statements: on file, filling in, files, findings
button-statements = Statements
button-statement-type = Type statements
button-statement-file = Send Excel
button-statement-template = Get a template
button-statement-correct = Correct or withdraw
button-statement-save = Save statements
button-statement-keep = Keep
button-statement-audited = Keep (audited)
button-statement-unaudited = Keep (not audited)
button-statement-drop = Do not keep
button-rest-by-excel = The rest by Excel
button-next-period = Next period
button-all-ratios = All ratios
button-ratios-solvency = Solvency
button-ratios-profit = Profit
button-ratios-turnover = Turnover
button-ratios-growth = Growth
button-explain-finding = Explain no. { $place }
button-change-period = Change { $ends }
button-withdraw-period = Withdraw { $ends }
operator = the operator (command line)

statements-title = <b>{ $customer }</b> · Financial statements
statements-none = No statements yet. Two years and the latest period are wanted; the year three years back helps with growth.
statements-ratios = <b>Ratios that the rating uses</b>
statements-findings = <b>{ $count ->
        [one] One thing
       *[other] { $count } things
    } to look at</b>
statement-year = full year
statement-months = { $months ->
        [one] 1 month
       *[other] { $months } months
    }
statement-is-audited = audited
statement-not-audited = not audited
statement-head = <b>{ $ends }</b> ({ $span }, { $audited })
statement-origin = { $source }; kept by { $who } { $at }
statement-figure = { $name } { $amount }
ratio-line = { $name } <b>{ $value }{ $unit }</b> ({ $ends })
ratio-line-none = { $name }: { $reason }
ratio-formula = { $name } <b>{ $value }{ $unit }</b> = { $formula }
ratio-formula-none = { $name } = { $formula }: <b>{ $reason }</b>
ratio-figures = this period: { $figures }
ratio-earlier = opening or before: { $figures }
ratios-title = <b>{ $customer }</b> · Ratios of { $ends } ({ $span })

ask-statement-ends = <i>{ $progress }</i> Which period of “{ $customer }”? (Tap one, or write its last day, such as 2025-12-31.)
ask-statement-audited = <i>{ $progress }</i> Were they audited?
ask-statement-source = <i>{ $progress }</i> Where are the statements from?
ask-statement-unit = <i>{ $progress }</i> Which unit are they in? (What follows is read by it, unless you write 万 yourself.)
ask-statement-figure =
    <i>{ $progress } · { $ends } · { $unit }</i>
    { $figure }? (A loss or an outflow is negative, such as -30.5.)
ask-statement-figure-short = { $short }
ask-statement-figure-page = { $ends } · { $unit }
short-statement-ends = Period ends
short-statement-audited = Audited
short-statement-source = Source
short-statement-unit = Unit
unit-yuan = yuan
unit-thousand = thousand yuan
unit-ten_thousand = 万元 (10,000 yuan)
bad-figure = “{ $typed }” is not a figure. For example 1234.5, -30, 5万; if it is not to be had, tap “Cannot find out”.
bad-month-end = Statements run to the end of a month, which { $day } is not. For example 2025-12-31.
bad-send-file = Please send the Excel file, for example the customer's balance sheet; without one, tap “Get a template”.
form-statement = Statements
form-statement_file = Statement file
form-explanation = Explanation

statement-review-title = <b>{ $customer }</b> · { $ends } ({ $span }, { $audited }) · { $source }
statement-review-unknown = What cannot be found out is not zero, and leaves what was kept before as it is.
statement-review-check = Please check before saving:
statement-kept = ✅ The statements of “{ $customer }” for { $ends } are kept. What was there before stays on record.
statement-unchanged = The statements of “{ $customer }” for { $ends } are what was kept already; nothing changed.
statement-which = Which period of “{ $customer }”? One that is withdrawn no longer counts for ratings and stays on record.

ask-statement_file-source = Where are the statements of “{ $customer }” from?
ask-statement_file-file = Send the statements of “{ $customer }”: the customer's own balance sheet, income and cash flow statements (xlsx or csv), in one file or several.{ $page ->
        [none] {""}
       *[other] {" "}Where no file can be sent, open { $page } and send it there (the administrator gives the code).
    }
statement-template = A workbook for “{ $customer }”, with what is known filled in. An empty cell is unknown; do not write 0. Send it back when it is filled in.
statement-reading = Got “{ $file }” for “{ $customer }”, reading it…
preview-title = <b>{ $file }</b>: statements of “{ $customer }”
preview-period = <b>{ $ends }</b> ({ $span }): { $count ->
        [one] 1 figure
       *[other] { $count } figures
    }
preview-changed = Would change what is kept: { $names }
preview-no-unit = ⚠️ The file tells no unit, so it was read as yuan. If that is wrong, write “单位：万元” above the table and send it again.
preview-another-firm = ⚠️ The file says “{ $firm }”, not “{ $customer }”. Look again before you keep it, so that it goes to the right customer.
preview-remarks = ⚠️ Please look at these; the rest was read:
preview-remark = “{ $sheet }” { $cell } { $label }: { $value } — { $why }
preview-remark-empty = “{ $sheet }” { $cell } { $label }: { $why }
preview-remark-sheet = “{ $sheet }”: { $why }
preview-more = … and { $more } more
statement-file-kept = ✅ { $count ->
        [one] One period is
       *[other] { $count } periods are
    } kept. Tap Statements for the ratios and what to look at.
statement-file-unchanged = It is what was kept already; nothing changed.
statement-file-dropped = Nothing was kept. You can send it again.
statement-file-state-opened = being read
statement-file-state-read = waiting for you
statement-file-state-kept = kept
statement-file-state-dropped = dropped
statement-file-state-unreadable = unreadable

figure-unreadable = not a figure, or an absurdly large one; left out
figure-too-large = too large, probably the wrong unit; left out
figure-twice = the same line as { $at } with { $other }; the first one counts
figure-of-a-month = a single month; ratings need the year to date, so it was left out
figure-of-the-future = { $ends } has not come yet; left out
figure-months = months are 1 to 12; calendar months were taken
total-missing = { $ends } has no “{ $total }”. Please add it; nobody adds it up for you
subtotal-missing = { $ends } has no “{ $total }”, so these ratios will be unknown: { $ratios }. Please add it; nobody adds it up for you
sum-differs = “{ $total }” of { $ends } and its parts, { $made }, are { $difference } apart

refusal-statement-not-found = No lines of financial statements were found in the file. Send a balance sheet, an income or a cash flow statement, or fill in the template.
refusal-statement-no-date = There is no telling which period “{ $sheet }” is of. Write the day, such as 2025-12-31, above the table and send it again.
refusal-statement-currency = The statements are in { $currency }; only yuan are used here. Please convert them and send them again.
refusal-statement-too-many-periods = A file may have { $limit } periods at most. Keep the latest years and send it again.
refusal-statement-unit-unclear = The file tells no unit, and sizes are a thousand times apart: { $before } on { $earlier }, { $now } on { $later }. Write “单位：元” or “单位：万元” above the table and send it again.
refusal-statement-file-unknown = There is no such file, or it is not yours. Please send it again.
refusal-statement-file-not-waiting = This file is not waiting for an answer: { $state }. To keep it, send it again.
refusal-statement-empty = There is not one figure. Fill in at least one, then save.
refusal-statement-future = { $ends } has not come yet. Statements are of a period that is over; change “Period ends”.
refusal-statement-not-month-end = { $ends } is not the end of a month. Change “Period ends” to the last day of one.
refusal-statement-unknown = There are no statements for { $ends }. See under “Statements” which periods are kept.
refusal-finding-gone = This is no longer there: the figures were changed, or agree now. See the latest statements.
refusal-explanation-empty = The explanation is empty. Write a line and send it again.

request-findings = { $count ->
        [one] one contradiction
       *[other] { $count } contradictions
    } in the financial material ({ $open } not explained), see “Everything”
everything-findings = <b>Contradictions in the financial material</b>
finding-ask = How did this come about at “{ $customer }”? One line; approvers will see it:
finding-explained = ✅ The explanation is kept; approvers will see it.
finding-said = Explained: “{ $words }” ({ $who }, { $at })
finding-unsaid = not explained yet
severity-refuse = ⛔
severity-blocks_best_grade = ⚠️
severity-explain = ·
finding-balance_identity = { $ends }: total assets { $total_assets }, liabilities and equity { $liabilities_and_equity }, { $difference } apart. Correct it by the original; until then the best grade is out of reach.
finding-part_over_whole = { $ends }: { $part } { $amount } is more than { $whole } { $of }. Correct it by the original; until then the best grade is out of reach.
finding-cash_flow_sum = { $ends }: the three cash flows make { $flows }, the change in cash is { $change }, { $difference } apart. Add the effect of exchange rates, or correct it by the original.
finding-cash_tie = { $ends }: opening cash { $opening } and the change { $change } do not make the closing { $closing }. Correct it by the original; until then the best grade is out of reach.
finding-cash_opening = Cash was { $closing } at the end of { $earlier } and { $opening } at the opening of { $later }. Ask the customer why; until then the best grade is out of reach.
finding-ratio_jump = { $ratio } went from { $before } to { $now }; more than { $allowed } needs a reason. Ask, and write a line.
finding-copied_year = { $earlier } and { $later } have { $same } figures that are exactly the same, of { $compared } compared: they look copied. Ask for the originals; until then the best grade is out of reach.
finding-unit_jump = Total assets { $before } at { $earlier } and { $now } at { $later } are a thousand times apart: probably yuan and 万元. Correct it; if it is so, explain it, or there is no rating.
finding-sources_disagree = { $fact }: { $source } says { $value }, { $other_source } says { $other_value }. Find out which is right and write a line.
finding-stale_statements = The newest statements are of { $ends }, { $months } months ago. Ask the customer for new ones.
source-filed_statements = Statements on file
statements-read = Read { $count ->
        [one] one period
       *[other] { $count } periods
    } ({ $ends }); nothing is kept.
statements-imported = { $count ->
        [0] There was nothing new to keep.
        [one] One period is kept.
       *[other] { $count } periods are kept.
    }
