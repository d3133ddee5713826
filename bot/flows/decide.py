"""Deciding by a tap (3.4): the card's buttons, and the reason where one is due."""

from collections.abc import Sequence

from bot.dialog import read
from bot.dialog.filling import Filling
from bot.dialog.form import Ask, BadAnswer, Choice, Form
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from core.queries.credit.requests import may_see, request_view, waiting_on
from core.records.customer import Customer
from core.records.request import CreditRequest
from core.rules.credit.approval import Verdict
from core.rules.money import Money
from core.rules.permission import Permission
from core.rules.refusal import Refusal
from core.services.credit.decide import Decide, reason_due, role_to_sign
from core.texts.catalog import plain
from core.texts.message import Button, rows

_REASONS = {
    Verdict.APPROVE: ("reason-payer-reliable", "reason-demand"),
    Verdict.APPROVE_LESS: ("reason-overdue", "reason-start-small"),
    Verdict.REJECT: ("reason-overdue", "reason-risk"),
}


def waiting(talk: Talk, _filling: Filling) -> None:
    """What waits for my decision, the longest waiting first."""
    if not talk.may(Permission.APPROVE):
        raise Refusal("not-allowed")
    mine = waiting_on(talk.session, talk.desk.office, talk.me.person or 0, talk.today)
    if not mine:
        talk.say("waiting-none", ((MENU,),))
        return
    buttons = [
        Button(
            f"request:{request.id}",
            "button-waiting-request",
            {
                "customer": talk.session.get_one(Customer, request.customer).name,
                "amount": Money(request.granted_minor, request.currency),
                "hours": int((talk.at - request.step_since).total_seconds() // 3600),
            },
        )
        for request in mine[:10]
    ]
    talk.say("waiting", (*rows(*buttons, across=1), (MENU,)), count=len(mine))


def approve(talk: Talk, filling: Filling, number: str, version: str) -> None:
    """One tap, unless the policy wants a reason for so much (art. 42)."""
    request = _to_decide(talk, number, version)
    if reason_due(talk.session, request, Money(request.granted_minor, request.currency), Verdict.APPROVE):
        filling.open(talk, "decision", f"{number}:{version}:{Verdict.APPROVE}")
    else:
        _decide(talk, int(number), int(version), Verdict.APPROVE)


def approve_less(talk: Talk, filling: Filling, number: str, version: str) -> None:
    _ask_why(talk, filling, number, version, Verdict.APPROVE_LESS)


def send_back(talk: Talk, filling: Filling, number: str, version: str) -> None:
    _ask_why(talk, filling, number, version, Verdict.RETURN)


def reject(talk: Talk, filling: Filling, number: str, version: str) -> None:
    _ask_why(talk, filling, number, version, Verdict.REJECT)


def _ask_why(talk: Talk, filling: Filling, number: str, version: str, verdict: Verdict) -> None:
    _to_decide(talk, number, version)
    filling.open(talk, "decision", f"{number}:{version}:{verdict}")


def _to_decide(talk: Talk, number: str, version: str) -> CreditRequest:
    """The request, for whoever may decide on it now; others are told so before they write any reason."""
    request = may_see(talk.session, talk.me, int(number))
    if request is None:
        raise Refusal("request-not-yours")
    role_to_sign(talk.session, talk.desk.office, request, int(version), talk.me.person, talk.today)
    return request


def _decide(
    talk: Talk, number: int, version: int, verdict: Verdict, amount: Money | None = None, reason: str = ""
) -> None:
    talk.do(Decide(number, version, verdict, amount, reason))
    request = talk.session.get_one(CreditRequest, number)
    talk.say(
        f"decided-{verdict.replace('_', '-')}",
        rows(Button(f"request:{number}", "button-see"), Button("waiting", "button-waiting")),
        number=request.number,
        amount=Money(request.granted_minor, request.currency),
    )


def _subject(subject: str) -> tuple[int, int, Verdict]:
    number, version, verdict = subject.split(":")
    return int(number), int(version), Verdict(verdict)


def _still_open(talk: Talk, subject: str) -> CreditRequest:
    """The request that the form is about; a refusal once it has moved on."""
    number, version, _ = _subject(subject)
    request = talk.session.get_one(CreditRequest, number)
    if request.version != version:
        talk.drop_draft("decision", subject)
        talk.state.clear()
        raise Refusal("request-moved-on", number=request.number, state=request.state)
    return request


def _smaller(talk: Talk, _answers: Answers) -> Sequence[Choice]:
    """The old limit, the proposal, half: whichever is less than what stands now."""
    number, _, _ = _subject(talk.state.subject)
    view = request_view(talk.session, talk.desk.office, number, talk.today)
    half = Money(view.granted.minor // 2 // 1_000_000 * 1_000_000)
    amounts = {view.old_limit, view.proposed, half}
    less = sorted((a for a in amounts if a is not None and a and a < view.granted), reverse=True)
    return [Choice(str(amount.amount), "choice-amount", {"amount": amount}) for amount in less]


def _less(typed: str, talk: Talk) -> Money:
    amount = read.amount(typed, talk)
    request = _still_open(talk, talk.state.subject)
    current = Money(request.granted_minor, request.currency)
    if amount >= current:
        raise BadAnswer("not-less", current=current)
    return amount


def _reasons(talk: Talk, _answers: Answers) -> Sequence[Choice]:
    _, _, verdict = _subject(talk.state.subject)
    return [Choice(key, key) for key in _REASONS.get(verdict, ())]


def _reason(typed: str, talk: Talk) -> str:
    """A ready reason is written down in the words that its button had."""
    ready = {choice.value for choice in _reasons(talk, {})}
    return (
        plain(talk.language, typed, {}) if typed in ready else str(read.text(most=300, least=2)(typed, talk))
    )


def _asks(_talk: Talk, subject: str) -> tuple[Ask, ...]:
    _, _, verdict = _subject(subject)
    why = Ask("reason", _reason, _reasons, text=f"ask-decision-{verdict.replace('_', '-')}", across=1)
    if verdict is Verdict.APPROVE_LESS:
        return (Ask("amount", _less, _smaller), why)
    return (why,)


def _finish(talk: Talk, subject: str, answers: Answers) -> None:
    _still_open(talk, subject)
    number, version, verdict = _subject(subject)
    _decide(talk, number, version, verdict, answers.get("amount"), answers["reason"])


DECISION = Form(name="decision", asks=_asks, finish=_finish, counted=False)
