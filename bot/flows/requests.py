"""Following a request: see it, all of it, answer a question, take it back (3.3, 3.4)."""

from collections.abc import Mapping, Sequence

from bot.dialog import read
from bot.dialog.filling import Filling
from bot.dialog.form import Ask, Form
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from bot.flows import explain
from bot.flows.finding import told_all
from core.queries.credit.requests import may_see, request_view, requests_of
from core.queries.customers.survey import KnownFact
from core.queries.policies.grade_names import grade_name
from core.queries.rating.inputs import answered, unit
from core.records.request import CreditRequest
from core.rules.lifecycles.request_lifecycle import RequestState
from core.rules.policy.facts import FactKind
from core.rules.refusal import Refusal
from core.services.credit.request import AnswerQuestion, Withdraw
from core.texts.message import Button, rows
from core.texts.wire import Label, Named


def requests(talk: Talk, _filling: Filling) -> None:
    """What I have asked for, and how it stands."""
    mine = requests_of(talk.session, talk.me.person or 0)
    if not mine:
        talk.say("requests-none", rows(Button("credit", "button-credit"), MENU))
        return
    buttons = [
        Button(
            f"request:{request.id}",
            "button-request",
            {"number": request.number, "customer": customer.name, "state": Label(f"state-{request.state}")},
        )
        for request, customer in mine
    ]
    talk.say("requests", (*rows(*buttons, across=1), (MENU,)))


def request(talk: Talk, _filling: Filling, number: str) -> None:
    """Show a request as it stands."""
    if may_see(talk.session, talk.me, int(number)) is None:
        raise Refusal("request-not-yours")
    talk.show(f"request:{number}")


def withdraw(talk: Talk, _filling: Filling, number: str, version: str) -> None:
    talk.do(Withdraw(int(number), int(version)))
    talk.say("request-withdrawn", ((MENU,),), number=talk.session.get_one(CreditRequest, int(number)).number)


def answer(talk: Talk, filling: Filling, number: str) -> None:
    """Answer what an approver asked."""
    held = talk.session.get(CreditRequest, int(number))
    if held is None or held.requester != talk.me.person:
        raise Refusal("request-not-yours")
    if held.state != RequestState.RETURNED:
        raise Refusal("request-moved-on", number=held.number, state=held.state)
    filling.open(talk, "answer", number)


def _answer_finish(talk: Talk, subject: str, answers: Answers) -> None:
    held = talk.session.get_one(CreditRequest, int(subject))
    if held.state != RequestState.RETURNED:
        talk.drop_draft("answer", subject)
        talk.state.clear()
        raise Refusal("request-moved-on", number=held.number, state=held.state)
    talk.do(AnswerQuestion(int(subject), held.version, answers["answer"]))
    talk.say("answer-sent", ((MENU,),), number=held.number)


ANSWER = Form(
    name="answer",
    asks=lambda _talk, _subject: (
        Ask(
            "answer",
            read.text(most=300),
            facts=lambda talk, _a: {
                "question": talk.session.get_one(CreditRequest, int(talk.state.subject)).question
            },
        ),
    ),
    finish=_answer_finish,
    counted=False,
)


def _by_day_and_source(
    kinds: Sequence[FactKind], known: Mapping[str, KnownFact]
) -> list[tuple[FactKind, KnownFact]]:
    """The newest first; what comes from one source on one day stands under one heading."""
    found = [(kind, known[kind.key]) for kind in kinds if kind.key in known]
    return sorted(found, key=lambda pair: (-pair[1].as_of.toordinal(), pair[1].source))


def everything(talk: Talk, _filling: Filling, number: str) -> None:
    """One tap from the card: every criterion as it was rated, every ceiling, every answer with its source."""
    held = may_see(talk.session, talk.me, int(number))
    if held is None:
        raise Refusal("request-not-yours")
    office = talk.desk.office
    view = request_view(talk.session, office, int(number), talk.today)
    talk.say(
        "request-everything",
        rows(
            Button(f"request:{number}", "button-back"),
            Button(f"customer:{held.customer}", "button-details"),
            MENU,
            across=3,
        ),
        number=held.number,
        customer=view.customer.name,
        policy=f"{view.policy.id} {view.policy.version}",
        grade=grade_name(view.policy, view.rating.grade),
        items=explain.items(office, view.policy, view.rating),
        ceilings=explain.ceilings(view.ceilings),
        asked=view.asked,
        proposed=view.proposed,
        findings=told_all(talk.session, office, view.findings),
        survey=[
            {
                "name": Named(kind.zh, kind.en),
                "value": answered(kind, fact.value),
                "unit": unit(kind),
                "source": Label(f"source-{fact.source}"),
                "as_of": fact.as_of,
            }
            for kind, fact in _by_day_and_source(office.vocabulary.kinds, view.survey)
        ],
    )
