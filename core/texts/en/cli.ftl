# Command line
demo-loaded = The sample company is ready: 40 customers, a year of invoices and receipts.
demo-address = Browser chat: { $address } (Ctrl-C ends it)
serves-chat = Browser chat: { $address }
serves-health = Health: { $address } (Ctrl-C ends it)
worker-nothing-due = Nothing is due.
staff-added = Added: { $name }
staff-shut-out = Cut off: every conversation of { $name }
aging-column-outstanding = Outstanding
aging-column-total = Total
overdue-column-code = Code
overdue-column-amount = Overdue
overdue-column-days = Oldest, days
overdue-column-invoices = Invoices
overdue-column-name = Customer
template-written = The template is in { $path }
import-result = { $added ->
    [one] One row imported.
   *[other] { $added } rows imported.
}
policy-in-order = { $path }: { $blanks ->
        [0] { $remarks ->
            [0] in order.
            [one] nothing wrong; one thing to look at once more:
           *[other] nothing wrong; { $remarks } things to look at once more:
        }
        [one] nothing wrong, but it cannot be used before its blank is filled in.
       *[other] nothing wrong, but it cannot be used before its { $blanks } blanks are filled in.
    }
remark-cap-at-best = · “{ $of }” caps at the best grade, which is no cap.
remark-chinese-grade = · Who reads English reads “{ $of }”, in Chinese. Give the grade a name beside its code: name = {"{"} zh = "{ $of }", en = "..." {"}"}
remark-few-months = · The largest figure of “{ $of }” is { $months } months. They are months: three years are 36.
remark-few-yuan = · The largest figure of “{ $of }” is { $yuan } yuan. Amounts are in yuan: a million is 1000000.
remark-low-points = · “{ $of }” gives { $most } points at most. Points run to 100; how much they count is for weight to say.
remark-many-times = · “{ $of }” is { $times } times the amount. If { $times }% is meant, write times = { $share }.
remark-small-percent = · A band of “{ $of }” ends at { $value }, which is { $value }%. If { $percent }% is meant, write { $percent }.
policy-no-limit = Grades without a limit rule: { $grades }. Approvers decide how much of what is asked.
audit-whole = The trail is whole: { $records } records, head { $head }
audit-broken = The trail does not hold from record { $broken } on ({ $records } before it are sound).
audit-cut = The trail holds up to record { $records }, but the given head is not in it: its end may have been cut off.
db-upgraded = The database is at revision { $revision }.
db-backed-up = The backup is in { $path }
db-restored = Restored from { $path }; the database that was there is kept beside it, its name ending in .before-restore.
refusal-db-missing = There is no such file: { $path }
refusal-db-damaged = { $path } is not a sound database: { $detail }
refusal-job-unknown = There is no job { $job }. There are: { $known }
refusal-file-missing = There is no such file: { $path }
refusal-customer-which = “{ $name }” fits more than one: { $names }. Give the customer's code.
refusal-policy-not-in-force = There is no policy “{ $policy }”, or it is not yet in force on { $on }. “zixin policy list” tells what there is; one that is still being written is named by its file, such as draft/md-score.toml.
command-menu = Menu
command-check = May I ship?
command-credit = Ask for credit
command-requests = My requests
command-waiting = Waiting for me
command-customers = Customers
command-change = Change a customer’s file
command-overdue = Overdue
command-aging = Aging
command-import = Import a file
command-language = Language / 语言
command-help = Help
refusal-port-taken = Port { $port } of { $host } is taken: stop what holds it, or choose another with ZIXIN_HTTP_PORT.
refusal-host-not-here = Nothing can be served at { $host }: that is no address of this machine. As a rule ZIXIN_HTTP_HOST is 127.0.0.1; write 0.0.0.0 to let other machines connect directly. Correct it and start again.
refusal-port-not-allowed = Port { $port } of { $host } may not be used: ports below 1024 are the system administrator’s. Choose a higher one with ZIXIN_HTTP_PORT, for example 8321, and start again.
refusal-not-listening = Nothing can be served at port { $port } of { $host }: { $problem }. Check ZIXIN_HTTP_HOST and ZIXIN_HTTP_PORT and start again.
refusal-facts-not-json-at = { $path } is not JSON: line { $line } or the one above it is wrong. Names and texts stand in double quotes, a comma between one thing and the next, none behind the last. What would be right: {"{"}"quick_ratio": 0.85, "law_abiding": true{"}"}
refusal-facts-not-utf8 = { $path } is not UTF-8. Save it anew with UTF-8 as its encoding.
refusal-facts-no-object = { $path } is JSON, and no file of facts: all of it stands in one pair of braces, each fact by its name. For example: {"{"}"quick_ratio": 0.85, "law_abiding": true{"}"}
refusal-facts-not-json = { $path } is not JSON: { $detail }. What would be right: {"{"}"quick_ratio": 0.85, "law_abiding": true{"}"}
facts-rated = { $policy }: { graded } { $score }
facts-not-rated = { $policy }: not ratable
facts-gate = Gate: { $title } [{ $article }] → { $effect }{ $unsure ->
        [1] {" "}(not all is known, so it holds for now)
       *[0] {""}
    }
facts-criterion = { $answer } { $grade } { $title } [{ $article }]{ $inputs }
facts-indicator-unknown = { $title } ({ $article }): not known, no points
facts-indicator = { $title } [{ $article }]{ $inputs }; { $points } points, { $contribution } of { $weight }
facts-ceiling = Ceiling: { $name } [{ $article }] { $amount }{ $binds ->
        [1] {" "}(binds)
       *[0] {""}
    }{ $inputs }
facts-no-credit = No credit: { $why } [{ $article }]
facts-completeness = Known: { $percent }% of what the policy looks at{ $missing ->
        [0] {""}
        [one] , one fact is not
       *[other] , { $missing } facts are not
    }
facts-held = The facts alone would make { graded }; it is held below that:
facts-band = in the band { $band }
facts-source = { $source } { $day }
facts-beside = : { $facts }
facts-lift = One thing would do: { $change } → { graded }
facts-unknown = Not known: { $names }
facts-limit-needs = No limit can be made without: { $names }
facts-limit = Limit { $limit }, { $days ->
        [0] term as in the contract
       *[other] { $days } days
    }
answered-yes = yes
answered-no = no
answered-unknown = unknown
obstacle-unset = the company has still to set: { $of }
obstacle-figure_missing = nobody is rated without: { $of }
obstacle-coverage_too_low = too little is known of: { $of } (only { $percent }% by weight)
obstacle-gate = not rated: { $of }
obstacle-too_few_experts = too few experts have reviewed: only { $of }
obstacle-expert_twice = one expert gave two sheets: { $of }
obstacle-sheet_incomplete = a review sheet is incomplete: { $of }
refusal-facts-too-large = { $path } is too large: a file of facts has at most { $most } bytes.
library-policy = { $id } { $version } { $title }: { $count ->
        [0] limit model
       *[other] { $grades }
    }, looks at { $needs ->
        [one] one fact
       *[other] { $needs } facts
    }{ $unset ->
        [0] {""}
       *[other] , { $unset } still to be set
    }{ $in_force ->
        [1] , in force
       *[0] {""}
    }
library-grade = Grade { $grade } [{ $article }]{ $count ->
        [0] {""}
       *[other] : { $brings }
    }{ $no_credit ->
        [1] {" "}(no credit)
       *[0] {""}
    }
library-standing = { $standing } · document { $document } · from { $since }
library-term-days = { $days } days
library-term-key-days = { $days } days ({ $key_days } for key customers)
library-term-fact = for as long as “{ $fact }”, the longest still to be set
library-term-fact-up-to = for as long as “{ $fact }”, { $days } days at most
library-term-open = term still to be set
library-term-contract = term as in the contract
library-line = · { $of } { $title } [{ $article }]
library-weighed = · { $of }: { $title } [{ $article }], up to { $weight } points
library-weight-open = · { $of }: { $title } [{ $article }], weight still to be set
library-basic = · { $of }: { $title } [{ $article }], basic, up to { $weight } points
library-modifying = · { $of }: { $title } [{ $article }], modifying, weight { $weight }
library-gate = · { $title } [{ $article }] → { $effect }{ $unsure ->
        [1] {" "}(also while it is not known)
       *[0] {""}
    }
library-needs = { $count ->
        [one] It needs one fact
       *[other] It needs { $count } facts
    }: { $names }
library-parameter = { $key } = { $value }  { $note } [{ $article }]
library-blank = { $key } is not set: { $note } [{ $article }]
library-suggested = { $key } is not set: { $note } [{ $article }]; suggested: { $value } ({ $source })
vocabulary-fact = { $key }  { $name }: { $type }{ $count ->
        [0] {""}
       *[other] {""} ({ $choices })
    }{ $asked ->
        [1] {""}
       *[0] {""}; the system knows it
    }
vocabulary-none = No fact has “{ $word }” in its name or its question{ $near ->
        [0] .
       *[other] ; those above are like it.
    } Try another word (sales are shipments, payment on time is the share overdue), or add one of your own, see docs/policy.md.
fact-type-yes_no = yes or no
fact-type-number = a number
fact-type-percent = percent (65% is 65)
fact-type-money = an amount (yuan)
fact-type-count = a whole number
fact-type-date = a day
fact-type-choice = one of these
fact-type-sheets = experts' sheets
fact-type-text = a word
case-broken = The case “{ $title }” does not hold: it states { $stated }, the policy gives { $found }
replay-counted = { $count } assessments replayed, { $same } came out the same.
replay-policy-gone = { $number }: the policy file of then ({ $policy }) is not in the library, so it cannot be replayed.
replay-differs = { $number }: what came out otherwise: { $what }
refusal-request-unknown = There is no request numbered { $number }.
