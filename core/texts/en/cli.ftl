# Command line
demo-loaded = The sample company is ready: 40 customers, a year of invoices and receipts.
demo-address = Browser chat: { $address } (Ctrl-C ends it)
worker-nothing-due = Nothing is due.
staff-added = Added: { $name }
staff-shut-out = Cut off: every conversation of { $name }
template-written = The template is in { $path }
import-result = { $added ->
    [one] One row imported.
   *[other] { $added } rows imported.
}
policy-in-order = { $path }: in order.
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
refusal-policy-not-in-force = No policy { $policy } is in force on { $on }.
command-menu = Menu
command-check = May I ship?
command-credit = Ask for credit
command-requests = My requests
command-waiting = Waiting for me
command-customers = Customers
command-overdue = Overdue
command-aging = Aging
command-import = Import a file
command-language = Language / 语言
command-help = Help
refusal-port-taken = Port { $port } of { $host } is taken: stop what holds it, or choose another with ZIXIN_HTTP_PORT.
refusal-facts-not-json = { $path } is not JSON: { $detail }. What would be right: {"{"}"quick_ratio": 0.85, "law_abiding": true{"}"}
facts-rated = { $policy }: grade { $grade } { $score }
facts-not-rated = { $policy }: not ratable
facts-gate = Gate: { $title } [{ $article }]
facts-criterion = { $answer } { $grade } { $title } [{ $article }]
facts-indicator = { $title } [{ $article }]: { $points } points, { $contribution } of { $weight }
facts-ceiling = Ceiling: { $name } { $amount }{ $binds ->
        [1] {" "}(binds)
       *[0] {""}
    }
facts-no-credit = No credit: { $why }
facts-limit = Limit { $limit }, { $days ->
        [0] term as in the contract
       *[other] { $days } days
    }
answered-yes = yes
answered-no = no
answered-unknown = unknown
obstacle-unset = the company has still to set: { $of }
obstacle-figure_missing = nobody is rated without: { $of }
obstacle-coverage_too_low = too little is known of: { $of }
obstacle-gate = not rated: { $of }
obstacle-too_few_experts = too few experts have reviewed: only { $of }
obstacle-expert_twice = one expert gave two sheets: { $of }
obstacle-sheet_incomplete = a review sheet is incomplete: { $of }
refusal-facts-too-large = { $path } is too large: a file of facts has at most { $most } bytes.
library-policy = { $id } { $version } { $title }: { $count ->
        [0] limit model
       *[other] { $grades }
    }, looks at { $needs } facts{ $unset ->
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
library-limit = · Grade { $grade }, { $kind } [{ $article }]: { $count ->
        [0] no ceiling
       *[other] at most { $ceilings }
    }, { $term }
library-term-days = { $days } days
library-term-fact = for as long as “{ $fact }”, up to a bound
library-term-open = term still to be set
library-term-contract = term as in the contract
library-line = · { $of } { $title } [{ $article }]
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
vocabulary-none = No fact has “{ $word }” in its name. A company may add its own, see docs/policy.md.
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
