"""The policy library in chat (2.1, 2.9): look, try out on all customers, propose, confirm."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.dialog import read
from bot.dialog.filling import Filling
from bot.dialog.form import Ask, BadAnswer, Choice, Form
from bot.dialog.state import Answers
from bot.dialog.talk import MENU, Talk
from bot.flows import explain
from bot.followup import SIMULATION
from core.clock import day_of
from core.queries.activation import active_policy, library_policy, open_activation, rated_by_others
from core.queries.actor import Actor, named
from core.queries.office import Office
from core.queries.shelf import Shelved, shelf, shelved
from core.records.activation import PolicyActivation
from core.records.staff import Person
from core.rules.activation_lifecycle import ActivationState
from core.rules.calendar import add_months
from core.rules.parameters import Parameter
from core.rules.permission import Permission
from core.rules.policy import Policy
from core.rules.refusal import Refusal
from core.rules.source import Text
from core.services.activation import (
    ConfirmActivation,
    DeclineActivation,
    ProposeActivation,
    WithdrawActivation,
)
from core.services.simulation import AskSimulation
from core.texts.message import Button, Buttons, Message, rows
from core.texts.wire import Label, Named

_NEEDS_SHOWN = 24


def policies(talk: Talk, _filling: Filling) -> None:
    """The library, the policy in force first."""
    _may_look(talk)
    found = sorted(shelf(talk.session, talk.desk.office, talk.today), key=lambda each: not each.in_force)
    current = talk.policy
    waiting = open_activation(talk.session)
    buttons = [
        Button(f"policy:{each.policy.id}", "button-policy-named", {"title": _title(each.policy)})
        for each in found
    ]
    pending = [Button("activation", "button-activation")] if waiting is not None else []
    talk.say(
        "policies",
        (*rows(*buttons, across=1), (*pending, MENU)),
        count=len(found),
        title=_title(current),
        version=current.version,
    )


def policy(talk: Talk, _filling: Filling, policy_id: str) -> None:
    """One policy's page: its grades with what each brings, what it needs, what the company has still to set."""
    _may_look(talk)
    found = shelved(talk.session, talk.desk.office, policy_id, talk.today)
    buttons = [Button("policies", "button-back"), MENU]
    if talk.may(Permission.SEE_CUSTOMERS) and found.ready:
        buttons.insert(0, Button(f"policy.simulate:{policy_id}", "button-policy-simulate"))
    if talk.may(Permission.PROPOSE_POLICY) and found.ready and not found.in_force:
        buttons.insert(0, Button(f"policy.activate:{policy_id}", "button-policy-activate"))
    talk.say("policy", rows(*buttons), **page_facts(talk.desk.office, found))


def page_facts(office: Office, found: Shelved) -> dict[str, Any]:
    """What the card of a policy shows."""
    policy = found.policy
    kinds = [office.vocabulary.find(key) for key in policy.needs]
    return {
        "title": _title(policy),
        "id": policy.id,
        "version": policy.version,
        "document": policy.source.document,
        "in_force": found.in_force,
        "ready": found.ready,
        "months": policy.validity.months,
        "grades": [
            {
                "code": grade.code,
                "meaning": _words(grade.meaning),
                "treatment": _words(grade.treatment),
                "no_credit": grade.code in policy.grades_without_credit,
            }
            for grade in policy.grades
        ],
        "needs": len(policy.needs),
        "names": [Named(kind.zh, kind.en) for kind in kinds[:_NEEDS_SHOWN] if kind is not None],
        "unset": [_blank(policy.parameters[key]) for key in policy.unset],
    }


def _blank(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": Named(parameter.note.zh, parameter.note.en),
        "article": parameter.article,
        "suggestion": explain.shown(parameter.suggestion) if parameter.suggestion is not None else None,
        "source": _words(parameter.suggested_by),
    }


def activation(talk: Talk, _filling: Filling) -> None:
    """The proposal that waits to be confirmed."""
    _may_look(talk)
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


def simulate(talk: Talk, _filling: Filling, policy_id: str) -> None:
    """All customers under this policy beside the one in force; worked out after the turn."""
    run = talk.do(AskSimulation(policy_id, talk.today, talk.incoming.conversation))
    talk.say("simulation-begun", ((MENU,),))
    talk.followups.append((SIMULATION, run))


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
        raise BadAnswer("day-past", day=found)
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
                "title": _title(
                    shelved(talk.session, talk.desk.office, talk.state.subject, talk.today).policy
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
    current = active_policy(session, office, today)
    return Message(
        "activation",
        {
            "state": found.state,
            "state_label": Label(f"activation-state-{found.state}"),
            "title": _title(policy) if policy is not None else found.policy,
            "id": found.policy,
            "version": found.version,
            "from_day": found.from_day,
            "who": _who(session, found.proposed_by),
            "current": _title(current),
            "current_version": current.version,
            "others": rated_by_others(session, found.policy, today),
            "changed": policy is None or policy.checksum != found.checksum,
            "decided_by": _who(session, found.decided_by),
            "decided_at": found.decided_at,
            "reason": found.reason,
        },
        _buttons(found, viewer),
    )


def _buttons(found: PolicyActivation, viewer: Actor) -> Buttons:
    if found.state != ActivationState.PROPOSED:
        return ()
    offers: list[Button] = []
    if viewer.may(Permission.CONFIRM_POLICY) and viewer.person != found.proposed_by:
        offers += [
            Button(f"activation-confirm:{found.id}", "button-activation-confirm"),
            Button(f"activation-decline:{found.id}", "button-activation-decline"),
        ]
    if viewer.may(Permission.PROPOSE_POLICY):
        offers.append(Button(f"activation-withdraw:{found.id}", "button-withdraw"))
    return rows(*offers)


def _who(session: Session, person: int | None) -> Named | Label:
    """Somebody's name; the operator at the command line has none."""
    return named(session.get_one(Person, person)) if person is not None else Label("who-operator")


def _may_look(talk: Talk) -> None:
    if not talk.may(Permission.SEE_POLICIES):
        raise Refusal("not-allowed")


def _title(policy: Policy) -> Named:
    return Named(policy.title.zh, policy.title.en)


def _words(text: Text | None) -> Named | str:
    return Named(text.zh, text.en) if text is not None else ""
