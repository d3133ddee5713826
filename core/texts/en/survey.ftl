# The survey
survey-as-of = <i>{ $progress }</i> The facts about { $customer } are as of which day?
ask-survey-source = <i>{ $progress }</i> Where do the next answers come from? (you can change it on the way)
ask-survey-question =
    <i>{ $progress } · { $source }</i>
    { $question }
ask-survey-question-short = { $short }
ask-survey-question-page = { $question } · { $source }
short-survey-as_of = As of
short-survey-source = Source

source-customer = The customer
source-bank = Bank
source-authority = Authorities
source-visit = Visit
source-own_records = Our own records
source-agency = Agency
source-statements = Financial statements

choice-yes = Yes
choice-no = No
choice-unknown = Cannot find out
choice-today = Today
choice-last-year-end = End of last year

survey-title = <b>{ $customer }</b> · survey · as of { $day }
survey-line = { $name }: { $value }{ $unit }
survey-line-changed = { $name }: <b>{ $value }{ $unit }</b> (changed)
survey-known = Known already, so it is not asked (if it is wrong, correct the statements or the customer file):
survey-known-of = { $source } · { $day }
survey-nothing-to-ask = Everything that { $customer } would be asked for is known already. There is nothing to ask.
survey-asks-nothing = For { $customer } the policy in force looks only at what the system knows. There is nothing to ask.
survey-sign = By signing, { $who } answers for the truth of these facts [policy art. 9].
survey-kept = ✅ { $count ->
        [one] One fact
       *[other] { $count } facts
    } about { $customer } kept. Ask for credit now, or see the rating first.
button-sign-survey = Sign and send
button-change-source = Other source
