"""The customer objects through its salesperson (2.8): the words, and a file where there is one."""

from bot.dialog import read
from bot.dialog.filling import Filling
from bot.dialog.form import Ask, BadAnswer, Form
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from bot.flows.find import the_customer
from core.queries.policies.grade_names import grade_in_force
from core.queries.rating.objection import objected_to
from core.rules.permission import Permission
from core.rules.refusal import Refusal
from core.services.rating.appeal import FileAppeal
from core.texts.message import Button, rows


def appeal(talk: Talk, filling: Filling, customer: str) -> None:
    """Begin with what the customer says; whoever comes too late hears it before they write it down."""
    if not talk.may(Permission.REQUEST_CREDIT):
        raise Refusal("not-allowed")
    objected_to(talk.session, talk.desk.office, the_customer(talk, int(customer)), talk.today)
    filling.open(talk, "appeal", customer)


def expected(talk: Talk) -> bool:
    """Whether a file that comes now is evidence for an objection."""
    return talk.state.form == "appeal" and talk.state.ask == "evidence"


def received(talk: Talk, filling: Filling) -> None:
    """A photo or file answers the question for evidence."""
    filling.answer(talk, str(talk.incoming.upload), tapped=True)


def _file(typed: str, talk: Talk) -> int:
    """Only a file that was sent is one; a number typed is not."""
    if talk.incoming.kind != "file":
        raise BadAnswer("file-wanted")
    return int(typed)


def _finish(talk: Talk, subject: str, answers: Answers) -> None:
    number = talk.do(FileAppeal(int(subject), answers["words"], answers.get("evidence")))
    talk.say(
        "appeal-filed",
        rows(Button(f"review:{number}", "button-review-see"), MENU),
        customer=the_customer(talk, int(subject)).name,
    )


APPEAL = Form(
    name="appeal",
    of_customer=True,
    asks=lambda _talk, _subject: (
        Ask(
            "words",
            read.text(most=600, least=4),
            facts=lambda talk, _a: {
                "customer": the_customer(talk, int(talk.state.subject)).name,
                "grade": grade_in_force(
                    talk.desk.office.library, the_customer(talk, int(talk.state.subject))
                ),
            },
        ),
        Ask("evidence", _file, optional=True),
    ),
    finish=_finish,
    counted=False,
)
