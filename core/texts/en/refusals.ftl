# No: why, and what to do now
refusal-not-allowed = Your roles do not allow this. If you need it, ask the administrator.
refusal-button-forged = This button no longer works: it is too old, or was not sent to you. Start again from the menu.
refusal-form-gone = This form is no longer open: it was sent off, or thrown away. See the chat for what came of it, or start again from the menu.
refusal-code-unknown = The code is wrong, used, or expired (it is good for 7 days). Check it and send it again, or ask the administrator for a new one.
refusal-person-unknown = There is nobody called “{ $name }”. See the names with staff list.
refusal-role-unknown = There is no role “{ $role }”. The roles are: { $known }.
refusal-deputy-not-possible = This person cannot sign for you: gone, or you yourself. Choose somebody else.

refusal-customer-not-yours = There is no such customer, or it is not in your scope. If you need it, ask the salesperson in charge or the administrator.
refusal-customer-not-found = Nobody is called “{ $name }”. Try a part of the name, or the code, for example C0001.
refusal-customer-code-taken = The credit code <code>{ $uscc }</code> has a file already: <b>{ $name }</b> ({ $code }). One firm has one file; if the code was miscopied, correct it and save again.
refusal-field-not-changeable = “{ $field }” cannot be changed here. Ask the administrator.
refusal-field-never-blank = { $field } cannot be left blank. Give the new one and save again.
refusal-field-moved-on = Somebody else has changed this meanwhile: { $field }. Yours was not saved. See what it says now; to change it, give it once more.

refusal-fact-unknown = The survey has no “{ $fact }”. Use the names of the survey.
refusal-fact-kind = “{ $fact }” is answered with something else than was asked for. Change that answer.
refusal-fact-range = “{ $fact }” has to be between { $low } and { $high }, for example { $low }. Change that answer.
refusal-source-unknown = There is no source “{ $source }”. Choose one of those listed.
refusal-as-of-future = { $day } is still to come. The facts have to be of today or earlier: change the answer to As of.

refusal-request-not-yours = There is no such request, or it is not in your scope. See My requests or Waiting for me in the menu.
refusal-request-open-already = { $customer } has an open request already, { $number }. Wait for it to end, or withdraw it, then ask again.
refusal-request-moved-on = { $number } has moved on. It is now: { $state ->
        [in_approval] { state-in_approval }
        [returned] { state-returned }
        [awaiting_cap] { state-awaiting_cap }
        [granted] { state-granted }
        [rejected] { state-rejected }
       *[withdrawn] { state-withdrawn }
    }. Look at the latest card before you decide.
refusal-policy-unset = Nobody can be rated yet: the company’s standard is not set ({ $parameters }). The credit controller sets it in the policy file; then try again.
refusal-no-ground = No credit now: { $why ->
        [no_earlier_credit] { noground-no_earlier_credit }{ article }; { opens-temporary_credit }
        [grade_has_no_credit] { noground-grade_has_no_credit }{ article }; { opens-better_grade }
        [new_customer] { noground-new_customer }{ article }; { opens-trade_for_cash }
        [collateral_missing] { noground-collateral_missing }{ article }; { opens-pledge_collateral }
        [amount_unknown] { noground-amount_unknown }{ article }; { opens-supply_amount }
        [ceiling_is_zero] { noground-ceiling_is_zero }{ article }; { opens-trade_for_cash }
        [figure_unknown] { noground-figure_unknown }{ article }; { opens-supply_figure }
        [figure_is_zero] { noground-figure_is_zero }{ article }; { opens-trade_for_cash }
        [term_unknown] { noground-term_unknown }{ article }; { opens-supply_figure }
       *[not_rated] { noground-not_rated }{ article }; { opens-rating }
    }.
refusal-above-hard-ceiling = { $asked } is above the ceiling of { $ceiling } that nobody may exceed. Ask for no more than that, or add collateral.
refusal-reason-needed = Above the proposed ceiling of { $ceiling }, and for temporary credit of necessity, a reason is needed. Tap Change an answer, add one, submit.
refusal-chain-vacant = Nobody else can sign as { $roles }. Ask the administrator to appoint somebody; your draft is kept.

refusal-own-request = You cannot decide your own request. It goes to the other approvers.
refusal-signed-already = You have signed { $number } already. It is now with: { $roles }.
refusal-not-your-turn = { $number } is not yours to sign now. It is with: { $roles }. You will get it when it is your turn.
refusal-question-needed = A return needs a question. Write one, then return it.
refusal-reason-due = This decision needs a reason. Write a sentence, then send it.
refusal-less-is-not-less = Less has to be more than nothing and less than the { $current } of now. To approve it all, tap Approve.
refusal-above-cap = { $granted } is more than the { $room } that the total of lines leaves [policy art. 23]. Approve less, or have finance raise the total.

refusal-db-in-use = { $path } is open, so nothing was changed. Stop every Zixin process first, then restore.
refusal-db-onto-itself = { $path } is the database itself. Give the backup another name.

refusal-file-empty = The file has no data. Column names in the first row, data below; then send it again.
refusal-file-too-large = The file is too large: at most { $limit_mib } MiB. Split it and send the parts.
refusal-file-wrong-type = “{ $suffix }” files cannot be read. Save it as xlsx or csv and send that.
refusal-file-encrypted = The file has a password, or is an old xls. Remove the password, save it as xlsx and send that.
refusal-file-macros = The file has macros, so it is not read. Save it as xlsx without macros and send that.
refusal-file-bomb = The file unpacks to too much and was not read. Keep the data only, save it as a new xlsx and send that.
refusal-file-encoding = The file’s encoding is not known. Save it as csv in UTF-8, or as xlsx, and send that.
refusal-file-unreadable = The file cannot be read; it may be damaged. Open it in Excel, save it as xlsx and send that.
refusal-file-not-a-table = This is not a table. Save it as xlsx or csv and send that.
refusal-file-too-many-rows = More than { $limit } rows. Split the file and send the parts.
refusal-file-too-many-columns = More than { $limit } columns. Delete those that are not needed and send it again.
refusal-file-took-too-long = Not read within { $seconds } seconds, so it was stopped. Split the file and send the parts.
refusal-file-not-fetched = The file did not arrive. Send it again.
refusal-file-missing-columns = Required columns are missing: { $missing }. Add them, or fill in the template, and send it again.
refusal-file-repeated-columns = Two columns mean the same: { $columns }. Keep one and send it again.

refusal-amount-empty = { bad-amount-empty }
refusal-amount-unreadable = { bad-amount-unreadable }
refusal-amount-negative = { bad-amount-negative }
refusal-amount-zero = { bad-amount-zero }
refusal-amount-too-large = { bad-amount-too-large }
refusal-amount-too-precise = { bad-amount-too-precise }
