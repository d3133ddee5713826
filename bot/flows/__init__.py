"""All that can be said to the bot: forms, buttons, typed words, files; and what becomes of any other text."""

from bot.dialog.engine import Flows
from bot.dialog.filling import Filling
from bot.dialog.talk import Talk
from bot.flows import (
    activation,
    appeal,
    company,
    credit,
    customers,
    dealcheck,
    decide,
    file_change,
    finding,
    imports,
    leave,
    requests,
    reviews,
    sheets,
    start,
    statement_file,
    statement_form,
    survey,
)
from bot.flows.buttons import CARD_VERBS, VERBS
from bot.flows.typed import COMMANDS

FORMS = {
    form.name: form
    for form in (
        customers.CUSTOMER,
        file_change.FILE_CHANGE,
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
        reviews.OVERRIDE,
        reviews.CLOSE,
        reviews.RETURN,
        reviews.EVENT,
        appeal.APPEAL,
        sheets.SHEET,
    )
}


def file(talk: Talk, filling: Filling) -> None:
    """A file that somebody sends: statements or evidence where these are being given, else one to import."""
    if appeal.expected(talk):
        appeal.received(talk, filling)
    elif statement_file.expected(talk):
        statement_file.received(talk)
    else:
        imports.received(talk, filling)


def free_text(talk: Talk, filling: Filling, typed: str) -> None:
    """A text that answers no question: a file to change, or a customer, perhaps; else the menu, with what can be asked."""
    if not file_change.asked(talk, filling, typed) and not customers.found(talk, typed):
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
