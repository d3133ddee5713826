# What the command line says of itself, and of its wrong use; each text is named after its command
help-zixin = Zixin: the company’s credit desk inside its chat.
help-run = Bot and worker in one process.
help-bot = The bot alone.
help-demo = The sample company and the browser chat; no token needed.
help-doctor = What may keep it from serving, and what to do about it; exit code 1 when something has to be mended.
help-worker = The worker alone; or one of its jobs.
help-worker-run = One job for one day; again is harmless.
help-worker-run-due = Everything that is due by then; again is harmless.
help-staff = The people of the company.
help-staff-add = Add somebody, or a role or place to somebody who is there.
help-staff-list = Who is there, with roles and channels.
help-staff-invite = Print a code that lets NAME in, once, within a week.
help-staff-shut-out = Cut off every conversation of NAME at once: a lost phone, or somebody who leaves.
help-staff-unbind = Take NAME out of a channel, or of all; messages go by those that are left.
help-import = Customers, invoices, receipts and more from an Excel or CSV file.
help-statement = Financial statements of customers.
help-statement-template = Write an empty workbook of statements to fill in.
help-statement-import = Keep the statements of FILE: a customer’s own balance sheet, income and cash flow statements, or our template.
help-check = May AMOUNT be shipped to CUSTOMER on credit today? Asks, and changes nothing.
help-customer = Customer files.
help-customer-show = The head of a customer’s file.
help-rate = Rate a set of facts without storing anything.
help-report = Receivables by age, what is overdue, the register of grades, overrides, what may be published.
help-policy = Policy files.
help-policy-list = The library: every policy and limit model with its grades, what it needs and what is still to be set.
help-policy-show = A policy: what each grade brings, what it is made from, and its parameters with value or suggestion.
help-policy-schema = A JSON Schema of policy files, of facts or of cases, for an editor that completes and checks while one writes.
help-policy-check = Check a policy file as strictly as it is loaded; an error names file, line, what is wrong and an example.
help-policy-simulate = All customers under DRAFT, a policy’s id or a file, beside the policy in force. Changes nothing.
help-policy-validate = How the grades of POLICY, an id or a file, did against what happened. Changes nothing.
help-policy-activate = Propose policy ID to be in force from a day; tolerances are the company’s own for contradictions. A CFO or the general manager confirms it in chat.
help-policy-facts = Every fact that a policy may name, or those with WORD in their name or question, with type and answers.
help-audit = The audit trail.
help-audit-verify = Prove the trail whole, or name the first record that does not hold.
help-audit-replay = Replay stored assessments, of REQUEST or all, from their own inputs; each comes out the same or is told.
help-audit-export = Every record as a line of JSON.
help-db = The database.
help-db-upgrade = Bring the database to the schema of this version.
help-db-backup = A whole copy, while people work.
help-db-restore = Put a copy in the database’s place; what was there is kept beside it.

option-help = Show this help.
option-version = Show the version.
option-json = Print JSON.
option-output = Where an xlsx or png goes; here, if not told.
option-format = What it is printed as.
option-demo-open = Open the page in the browser.
option-worker-run-on = The day to run it for.
option-worker-run-due-at = Company time.
option-staff-add-name = The name.
option-staff-add-role = A role; again for a further one.
option-staff-add-english = The name in English.
option-staff-add-telegram = Telegram’s number of the person.
option-staff-add-wecom = The person’s user id in WeCom.
option-staff-add-region = The region.
option-staff-add-reports-to = The name of whom they report to.
option-staff-add-deputy = The name of who signs while they are away.
option-staff-shut-out-leaves = The person leaves the company.
option-staff-unbind-channel = Only this one: telegram, wecom, web.
option-import-all-or-nothing = Refuse the file when any row is bad.
option-import-dry-run = Tell what would change, and change nothing.
option-import-template = Write an empty file to fill in.
option-statement-import-customer = The customer’s code, or a part of the name.
option-statement-import-source = Where the statements come from.
option-statement-import-audited = The periods of which the file does not say so are audited.
option-statement-import-ends = The end of the period, where the file does not tell.
option-statement-import-dry-run = Tell what was read, and keep nothing.
option-rate-policy = A policy or limit model, by its id or its file.
option-rate-facts = The facts, a JSON file.
option-rate-kind = Long-term or temporary.
option-rate-asked = The amount asked for; the lowest ceiling is the limit without it.
option-report-on = Of which day; today, if not told.
option-policy-check-cases = Its case file.
option-policy-simulate-on = As of which day; today, if not told; again for a further day.
option-policy-validate-from = The day of the grades; a year before the end, if not told.
option-policy-validate-to = The day up to which it is looked at; today, if not told.
option-policy-validate-overdue-days = From how many days overdue it counts as a default.
option-policy-activate-from = The first day on which it is in force.
option-audit-verify-head = A seal noted earlier: it must still be in the chain.

help-usage = Usage: { $usage }
help-options = Options:
help-commands = Commands:
help-required = { $words } (required)
help-default = { $words } ({ $value }, if not told)

misuse-no-command = There is no command “{ $name }”.{ $near ->
        [none] {""}
       *[other] { " " }Perhaps { $near }?
    }
misuse-no-option = There is no option { $name }.{ $near ->
        [none] {""}
       *[other] { " " }Perhaps { $near }?
    }
misuse-missing = { $what } is missing{ $wanted ->
        [none] .
       *[other] : { $wanted }.
    }
misuse-bad-value = { $what } cannot be that{ $wanted ->
        [none] .
       *[other] : { $wanted }.
    }
misuse-option-value = { $what } is not written so: an option that takes a value needs one, a switch takes none.
misuse-too-many = That is too much, or in another order: write it as above.
misuse-file-or-template = A file is missing; for an empty one to fill in there is --template.
misuse-no-workbook = There is no xlsx of { $name }; take text or json.
misuse-wanted-one-of = it is one of { $choices }
misuse-wanted-moment = for example { $example }
misuse-wanted-file = the name of a file that is there
misuse-wanted-number = a whole number from { $least } to { $most }
misuse-help = More about it: { $command } --help
