"""Putting a policy in force in chat (2.1): propose it for a day, look at the card, confirm or decline."""

from dataclasses import asdict
from datetime import date, timedelta

from sqlalchemy.orm import Session

from bot.dialog import read
from bot.dialog.filling import Filling
from bot.dialog.form import Ask, BadAnswer, Choice, Form
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from bot.flows import explain, policies
from core.clock import day_of
from core.queries.actor import Actor, named
from core.queries.office import Office
from core.queries.policies.activation import in_force, library_policy, open_activation, rated_by_others
from core.queries.policies.shelf import shelved
from core.queries.policies.tried import last_tried
from core.records.activation import PolicyActivation
from core.records.staff import Person
from core.rules.calendar import add_months
from core.rules.lifecycles.activation_lifecycle import ACTIVATION as LIFECYCLE
from core.rules.lifecycles.activation_lifecycle import ActivationAction, ActivationState
from core.rules.permission import Permission
from core.rules.refusal import Refusal
from core.services.policies.activation import (
    ConfirmActivation,
    DeclineActivation,
    ProposeActivation,
    WithdrawActivation,
)
from core.services.policies.simulation import may_simulate
from core.texts.message import Button, Buttons, Message, rows
from core.texts.wire import Label, Named


def activation(talk: Talk, _filling: Filling) -> None:
    """The proposal that waits to be confirmed."""
    if not talk.may(Permission.SEE_POLICIES):
        raise Refusal("not-allowed")
    waiting = open_activation(talk.session)
    if waiting is None:
        raise Refusal("activation-unknown")
    talk.show(f"activation:{waiting.id}")


def activate(talk: Talk, filling: Filling, policy_id: str) -> None:
    """Propose a policy; the question is from when."""
    if not talk.may(Permission.PROPOSE_POLICY):
        raise Refusal("not-allowed")
    shelved(talk.session, talk.desk.office, policy_id, talk.today)
    filling.open(talk, "activation", policy_id)


def look(talk: Talk, filling: Filling, number: str) -> None:
    """The page of the proposed policy: nobody confirms what they could not look at."""
    policies.policy(talk, filling, talk.session.get_one(PolicyActivation, int(number)).policy)


def simulate(talk: Talk, _filling: Filling, number: str) -> None:
    """All customers under the proposed edition: nobody confirms what they do not know the effect of."""
    found = talk.session.get_one(PolicyActivation, int(number))
    policies.try_out(talk, found.policy, max(found.from_day, talk.today))


def confirm(talk: Talk, _filling: Filling, number: str) -> None:
    talk.do(ConfirmActivation(int(number)))
    talk.say(
        "activation-confirmed",
        ((MENU,),),
        from_day=talk.session.get_one(PolicyActivation, int(number)).from_day,
    )


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
    tomorrow = talk.today + timedelta(days=1)
    next_month = add_months(talk.today.replace(day=1), 1)
    return [
        Choice(day.isoformat(), "choice-day", {"day": day}) for day in dict.fromkeys((tomorrow, next_month))
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
            facts=lambda talk, _a: {
                "title": explain.named(
                    shelved(talk.session, talk.desk.office, talk.state.subject, talk.today).policy.title
                )
            },
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


def activation_card(session: Session, office: Office, subject: int, viewer: Actor) -> Message:
    """What a proposal would change, for whoever confirms it; afterwards what became of it."""
    if not viewer.may(Permission.SEE_POLICIES):
        return Message("card-not-yours")
    found = session.get_one(PolicyActivation, subject)
    today = day_of(office.clock.now(), office.settings.zone)
    policy = library_policy(office, found.policy, max(found.from_day, today))
    current = in_force(session, office, today)
    tried = last_tried(session, found.checksum)
    return Message(
        "activation",
        {
            "state": found.state,
            "state_label": Label(f"activation-state-{found.state}"),
            "title": explain.named(policy.title) if policy is not None else found.policy,
            "id": found.policy,
            "version": found.version,
            "from_day": found.from_day,
            "who": _who(session, found.proposed_by),
            "current": explain.policy_title(office, current),
            "current_version": current.version,
            "others": rated_by_others(session, found.policy, today),
            "changed": policy is None or policy.checksum != found.checksum,
            "tried": None if tried is None else asdict(tried),
            "decided_by": _who(session, found.decided_by),
            "decided_at": found.decided_at,
            "reason": found.reason,
        },
        _buttons(found, viewer, tried_today=tried is not None and tried.on == today),
    )


_LABELS = {
    ActivationAction.CONFIRM: "button-activation-confirm",
    ActivationAction.DECLINE: "button-activation-decline",
    ActivationAction.WITHDRAW: "button-withdraw",
}


def _buttons(found: PolicyActivation, viewer: Actor, *, tried_today: bool) -> Buttons:
    """What the viewer may do of what is open, and look at first; one's own proposal one can only withdraw."""
    own = viewer.person is not None and viewer.person == found.proposed_by
    open_now = LIFECYCLE.open_from(ActivationState(found.state), viewer.permissions)
    actions = [
        Button(f"activation-{action}:{found.id}", _LABELS[action])
        for action in open_now
        if not own or action is ActivationAction.WITHDRAW
    ]
    page = [Button(f"activation-policy:{found.id}", "button-policy")] if open_now else []
    if open_now and not tried_today and may_simulate(viewer):
        page.append(Button(f"activation-simulate:{found.id}", "button-policy-simulate"))
    return rows(*actions, *page)


def _who(session: Session, person: int | None) -> Named | Label:
    """Somebody's name; the operator at the command line has none."""
    return named(session.get_one(Person, person)) if person is not None else Label("who-operator")
