"""A file of financial statements sent to the bot (1.5): for which customer, what it says, keep or drop."""

from io import BytesIO

from bot.dialog import read
from bot.dialog.filling import Filling
from bot.dialog.form import Ask, BadAnswer, Choice, Form
from bot.dialog.page_link import files_link
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from bot.flows.find import the_customer
from bot.followup import STATEMENT_FILE as READ_IT
from core.files.statement_template import empty_statements, write_statements
from core.queries.customers.statements import kept_statements
from core.records.statement import StatementFile
from core.rules.permission import Permission
from core.rules.refusal import Refusal
from core.services import uploads
from core.services.customers.survey import SOURCES
from core.services.statements.statement_files import DropStatementFile, KeepStatementFile, OpenStatementFile
from core.texts.message import Button, rows

_FORMS = ("statement_file", "statement")
"""Where these forms are open, a file is a customer's statements."""


def statement_file(talk: Talk, filling: Filling, customer: str) -> None:
    """Where the statements come from, then the file."""
    if not talk.may(Permission.EDIT_CUSTOMER):
        raise Refusal("not-allowed")
    the_customer(talk, int(customer))
    filling.open(talk, "statement_file", customer)


def expected(talk: Talk) -> bool:
    """Whether a file that comes now is a customer's statements."""
    return talk.state.form in _FORMS and bool(talk.state.subject)


def received(talk: Talk) -> None:
    """Have the file read. What was typed so far is put away as a draft, so that nothing is lost."""
    incoming = talk.incoming
    customer, source = int(talk.state.subject), talk.state.answers.get("source", "customer")
    file = talk.do(
        OpenStatementFile(
            customer,
            incoming.upload,
            source,
            conversation=incoming.conversation,
        )
    )
    if talk.state.form == "statement":
        talk.keep_draft()
    else:
        talk.state.clear()
    talk.say("statement-reading", file=incoming.file_name, customer=the_customer(talk, customer).name)
    talk.followups.append((READ_IT, file))


def workbook(talk: Talk, _filling: Filling, customer: str = "") -> None:
    """A workbook to fill in, with what is known already in its place."""
    number = int(customer or talk.state.subject)
    held = the_customer(talk, number)
    kept = {each.statement.ends: each for each in kept_statements(talk.session, number)}
    periods = {each.ends: each for each in empty_statements(talk.today)}
    periods |= {ends: each.statement for ends, each in kept.items()}
    content = BytesIO()
    write_statements(
        content,
        talk.language,
        [periods[ends] for ends in sorted(periods)],
        {ends: each.audited for ends, each in kept.items()},
    )
    data = content.getvalue()
    upload = uploads.keep(talk.session, f"{held.code}-statements.xlsx", data, at=talk.at, by=talk.me.person)
    talk.say(
        "statement-template",
        rows(Button(f"statement-file:{number}", "button-statement-file"), MENU),
        upload=upload.id,
        customer=held.name,
    )


def keep(talk: Talk, _filling: Filling, file: str, audited: str) -> None:
    """Keep what was read."""
    changed = talk.do(KeepStatementFile(int(file), audited == "yes"))
    customer = talk.session.get_one(StatementFile, int(file)).customer
    talk.say(
        "statement-file-kept" if changed else "statement-file-unchanged",
        rows(Button(f"statements:{customer}", "button-statements"), MENU),
        count=changed,
    )


def drop(talk: Talk, _filling: Filling, file: str) -> None:
    """Keep nothing of it."""
    talk.do(DropStatementFile(int(file)))
    talk.say("statement-file-dropped", ((MENU,),))


def _file(_typed: str, _talk: Talk) -> None:
    raise BadAnswer("send-file")


def _finish(_talk: Talk, _subject: str, _answers: Answers) -> None:
    raise AssertionError("a file ends this form, not an answer")


STATEMENT_FILE = Form(
    name="statement_file",
    of_customer=True,
    asks=lambda _talk, _subject: (
        Ask(
            "source",
            read.one_of(*SOURCES),
            lambda _t, _a: [Choice(s, f"source-{s}") for s in SOURCES],
            facts=lambda talk, _answers: {"customer": the_customer(talk, int(talk.state.subject)).name},
        ),
        Ask(
            "file",
            _file,
            facts=lambda talk, _answers: {
                "customer": the_customer(talk, int(talk.state.subject)).name,
                "page": files_link(talk.desk.office.settings, talk.incoming.channel) or "none",
            },
            beside=(Button("statement-workbook", "button-statement-template"),),
        ),
    ),
    finish=_finish,
    counted=False,
)
