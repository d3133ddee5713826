"""All that can be said to the bot, on one screen."""

from bot.dialog.engine import Flows, Verb
from bot.dialog.filling import Filling
from bot.dialog.talk import Talk
from bot.flows import (
    activation,
    company,
    credit,
    customers,
    dealcheck,
    decide,
    finding,
    forms,
    imports,
    leave,
    ledger,
    places,
    policies,
    rating,
    requests,
    start,
    statement_file,
    statement_form,
    statements,
    survey,
)

FORMS = {
    form.name: form
    for form in (
        customers.CUSTOMER,
        survey.SURVEY,
        statement_form.STATEMENT,
        statement_file.STATEMENT_FILE,
        finding.EXPLANATION,
        credit.CREDIT,
        requests.ANSWER,
        decide.DECISION,
        dealcheck.CHECK,
        company.CAP,
        leave.LEAVE,
        activation.ACTIVATION,
        activation.DECLINE,
    )
}

VERBS: dict[str, Verb] = {
    "start": start.start,
    "menu": start.menu,
    "help": start.help_,
    "language": start.language,
    "draft": forms.draft,
    "form.later": forms.later,
    "form.discard": forms.discard,
    "form.back": forms.back,
    "form.again": forms.again,
    "form.submit": forms.submit,
    "form.change": forms.change,
    "form.ask": forms.ask_again,
    "leave": leave.leave,
    "leave.back": leave.back,
    "places": places.places,
    "places.leave": places.leave,
    "staff": places.staff,
    "staff.person": places.person,
    "staff.unbind": places.unbind,
    "staff.shut-out": places.shut_out,
    "customers": customers.customers,
    "customer": customers.customer,
    "customer.new": customers.customer_new,
    "survey": survey.survey,
    "survey.source": survey.source,
    "statements": statements.statements,
    "statement-ratios": statements.ratios_of,
    "statement-correct": statements.correct,
    "statement-withdraw": statements.withdraw,
    "statement": statement_form.statement,
    "statement-change": statement_form.change,
    "statement-file": statement_file.statement_file,
    "statement-workbook": statement_file.workbook,
    "statement-keep": statement_file.keep,
    "statement-drop": statement_file.drop,
    "finding": finding.finding,
    "check": dealcheck.check,
    "credit": credit.credit,
    "credit.submit": credit.submit,
    "rating": rating.rating,
    "rating-items": rating.items,
    "requests": requests.requests,
    "request": requests.request,
    "request.answer": requests.answer,
    "waiting": decide.waiting,
    "overdue": ledger.overdue,
    "aging": ledger.aging,
    "cap": company.cap,
    "policies": policies.policies,
    "policy": policies.policy,
    "policy.activate": activation.activate,
    "policy.simulate": policies.simulate,
    "activation": activation.activation,
    "import": imports.begin,
    "import-template": imports.template,
    "import-confirm": imports.confirm,
    "import-cancel": imports.cancel,
    "import-marked": imports.marked,
    # what a request card carries
    "approve": decide.approve,
    "approve-less": decide.approve_less,
    "send-back": decide.send_back,
    "reject": decide.reject,
    "request-all": requests.everything,
    "request-answer": requests.answer,
    "withdraw": requests.withdraw,
    # what an activation card carries
    "activation-confirm": activation.confirm,
    "activation-decline": activation.decline,
    "activation-withdraw": activation.withdraw,
}

# The numbers after the subject: the version that the card showed.
CARD_VERBS = {
    "request": {
        "approve": 1,
        "approve-less": 1,
        "send-back": 1,
        "reject": 1,
        "withdraw": 1,
        "request-all": 0,
        "request-answer": 0,
    },
    "activation": {"activation-confirm": 0, "activation-decline": 0, "activation-withdraw": 0},
}

COMMANDS = {
    "/start": "start",
    "/menu": "menu",
    "菜单": "menu",
    "menu": "menu",
    "/help": "help",
    "帮助": "help",
    "help": "help",
    "?": "help",
    "？": "help",
    "/cancel": "form.later",
    "取消": "form.later",
    "/discard": "form.discard",
    "作废": "form.discard",
    "/check": "check",
    "发货": "check",
    "/credit": "credit",
    "申请授信": "credit",
    "ask for credit": "credit",
    "/requests": "requests",
    "/waiting": "waiting",
    "待审批": "waiting",
    "/customers": "customers",
    "客户": "customers",
    "/overdue": "overdue",
    "逾期": "overdue",
    "overdue": "overdue",
    "/aging": "aging",
    "账龄": "aging",
    "aging": "aging",
    "/policies": "policies",
    "制度": "policies",
    "信用制度": "policies",
    "/import": "import",
    "/leave": "leave",
    "/places": "places",
    "/staff": "staff",
    "/language": "language",
}


def file(talk: Talk, filling: Filling) -> None:
    """A file that somebody sends: a customer's statements where these are being given, else one to import."""
    if statement_file.expected(talk):
        statement_file.received(talk)
    else:
        imports.received(talk, filling)


def free_text(talk: Talk, filling: Filling, typed: str) -> None:
    """A text that answers no question: a customer, perhaps; else the menu, with what can be asked."""
    if not customers.found(talk, typed):
        talk.say("not-understood", typed=typed.strip()[:60])
        start.menu(talk, filling)


FLOWS = Flows(
    forms=FORMS,
    verbs=VERBS,
    card_verbs=CARD_VERBS,
    commands=COMMANDS,
    interrupts=dealcheck.asked,
    free_text=free_text,
    file=file,
    stranger=start.meet,
)
