"""Putting a policy or tolerances in force in chat (2.1, 1.6): propose for a day, look at the card, confirm or decline."""

from datetime import date, timedelta

from bot.dialog import read
from bot.dialog.filling import Filling
from bot.dialog.form import Ask, BadAnswer, Choice, Form
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from bot.flows import policies, tolerances
from core.queries.policies.activation import open_activation
from core.queries.policies.editions import TOLERANCES_TITLE, edition_of, kind_of
from core.records.activation import PolicyActivation
from core.rules.calendar import add_months
from core.rules.lifecycles.activation_lifecycle import Activated
from core.rules.permission import Permission
from core.rules.refusal import Refusal
from core.services.policies.activation import (
    ConfirmActivation,
    DeclineActivation,
    ProposeActivation,
    WithdrawActivation,
)
from core.texts.wire import Label, Named


def activation(talk: Talk, _filling: Filling) -> None:
    """The proposal that waits to be confirmed."""
    if not talk.may(Permission.SEE_POLICIES):
        raise Refusal("not-allowed")
    waiting = open_activation(talk.session)
    if waiting is None:
        raise Refusal("activation-unknown")
    talk.show(f"activation:{waiting.id}")


def activate(talk: Talk, filling: Filling, file_id: str) -> None:
    """Propose a policy, or the company's tolerances; the question is from when."""
    if not talk.may(Permission.PROPOSE_POLICY):
        raise Refusal("not-allowed")
    _title(talk, file_id)
    filling.open(talk, "activation", file_id)


def _title(talk: Talk, file_id: str) -> Named | Label:
    """What it is called; `Refusal` where there is nothing of this id to propose."""
    if kind_of(file_id) is Activated.POLICY:
        return edition_of(talk.desk.office, file_id, talk.today).title
    if not talk.desk.office.library.own_tolerances:
        raise Refusal("tolerances-none", on=talk.today)
    return TOLERANCES_TITLE


def look(talk: Talk, filling: Filling, number: str) -> None:
    """The page of what is proposed: nobody confirms what they could not look at."""
    found = talk.session.get_one(PolicyActivation, int(number))
    if found.kind == Activated.TOLERANCES:
        tolerances.tolerances(talk, filling)
    else:
        policies.policy(talk, filling, found.policy)


def simulate(talk: Talk, _filling: Filling, number: str) -> None:
    """All customers under the proposed edition: nobody confirms what they do not know the effect of."""
    found = talk.session.get_one(PolicyActivation, int(number))
    policies.try_out(talk, found.policy, max(found.from_day, talk.today))


def confirm(talk: Talk, _filling: Filling, number: str) -> None:
    talk.do(ConfirmActivation(int(number)))
    found = talk.session.get_one(PolicyActivation, int(number))
    key = "activation-confirmed" if found.kind == Activated.POLICY else "tolerances-confirmed"
    talk.say(key, ((MENU,),), from_day=found.from_day)


def decline(talk: Talk, filling: Filling, number: str) -> None:
    if not talk.may(Permission.CONFIRM_POLICY):
        raise Refusal("not-allowed")
    filling.open(talk, "activation-decline", number)


def withdraw(talk: Talk, _filling: Filling, number: str) -> None:
    talk.do(WithdrawActivation(int(number)))
    talk.say("activation-withdrawn", ((MENU,),))


def _coming_day(typed: str, talk: Talk) -> date:
    """Today or later: what has been decided under the former policy stays decided."""
    found = read.day()(typed, talk)
    if not isinstance(found, date) or found < talk.today:
        raise BadAnswer("activation-day", day=found)
    return found


def _days(talk: Talk, _answers: Answers) -> list[Choice]:
    """Tomorrow and the first of next month; of tolerances that begin later, their own day as well."""
    days = [talk.today + timedelta(days=1), add_months(talk.today.replace(day=1), 1)]
    if kind_of(talk.state.subject) is Activated.TOLERANCES:
        days += [own.in_force_from for own in talk.desk.office.library.own_tolerances[-1:]]
    return [
        Choice(day.isoformat(), "choice-day", {"day": day}) for day in sorted(set(days)) if day > talk.today
    ]


def _propose(talk: Talk, subject: str, answers: Answers) -> None:
    number = talk.do(ProposeActivation(subject, answers["from_day"]))
    talk.say("activation-sent", ((MENU,),), from_day=answers["from_day"])
    talk.show(f"activation:{number}")


ACTIVATION = Form(
    name="activation",
    asks=lambda _talk, _subject: (
        Ask(
            "from_day",
            _coming_day,
            _days,
            facts=lambda talk, _a: {"title": _title(talk, talk.state.subject)},
        ),
    ),
    finish=_propose,
    counted=False,
)


def _declined(talk: Talk, subject: str, answers: Answers) -> None:
    talk.do(DeclineActivation(int(subject), answers["reason"]))
    talk.say("activation-declined-noted", ((MENU,),))


DECLINE = Form(
    name="activation-decline",
    asks=lambda _talk, _subject: (Ask("reason", read.text(most=300, least=2)),),
    finish=_declined,
    counted=False,
)
