"""Putting a policy or tolerances in force (2.1, 1.6): one person proposes, another, a CFO or general manager, confirms.

The company's rules for credit are changed by two people or not at all. What they confirm is a checksum: a file that says
something else by then has not been confirmed by anybody.
"""

from dataclasses import dataclass
from datetime import date

from core.queries.people.approvers import people_of
from core.queries.policies.activation import activated, in_force, open_activation
from core.queries.policies.editions import TOLERANCES_TITLE, Edition, edition_of
from core.records.activation import PolicyActivation
from core.rules.lifecycles.activation_lifecycle import (
    ACTIVATION,
    Activated,
    ActivationAction,
    ActivationState,
)
from core.rules.lifecycles.lifecycle import IllegalMove
from core.rules.permission import Permission, Role, roles_with
from core.rules.refusal import Refusal
from core.services.desk import Command
from core.services.work import Work
from core.texts.message import Button, Buttons, Message, rows
from core.texts.wire import Label

CONFIRMERS = roles_with(Permission.CONFIRM_POLICY)
TOLD = (Role.CREDIT_CONTROLLER, Role.FINANCE_MANAGER, Role.CFO, Role.GM, Role.AUDITOR)
"""Who hears of what will come into force."""


@dataclass(frozen=True)
class ProposeActivation(Command):
    """What has this id, as its file and a policy's overlay stand for that day, is to be in force from it."""

    policy: str
    """A policy's id, or ``tolerances``."""
    from_day: date


def propose_activation(work: Work, command: ProposeActivation) -> int:
    """Put it before those who can confirm. Returns the id.

    Refused: a day in the past, no such file, parameters that are not set, one in force already, another proposal that
    waits, and when nobody but the proposer could confirm.
    """
    edition = _as_of(work, command.policy, command.from_day)
    if edition.unset:
        raise Refusal("policy-unset", parameters=list(edition.unset))
    if _checksum_in_force(work, edition.kind, command.from_day) == edition.checksum:
        raise Refusal("activation-in-force", title=edition.title, from_day=command.from_day)
    waiting = open_activation(work.session)
    if waiting is not None:
        raise Refusal("activation-waits", policy=_name(waiting), from_day=waiting.from_day)
    if not _confirmers(work, work.by.person):
        raise Refusal("activation-nobody", roles=[Label(f"role-{role}") for role in CONFIRMERS])
    activation = PolicyActivation(
        kind=edition.kind,
        policy=edition.id,
        version=edition.version,
        checksum=edition.checksum,
        from_day=command.from_day,
        proposed_by=work.by.person,
        proposed_at=work.at,
    )
    work.session.add(activation)
    work.session.flush()
    _record(work, activation)
    call_confirmers(work, activation)
    assert activation.id is not None
    return activation.id


def call_confirmers(work: Work, activation: PolicyActivation) -> None:
    """The card goes to everyone who can confirm and has not got it yet."""
    confirmers = _confirmers(work, activation.proposed_by)
    work.put_card(confirmers, f"activation:{activation.id}", f"activation:{activation.id}")


def _confirmers(work: Work, proposer: int | None) -> list[int]:
    return [each for each in people_of(work.session, *CONFIRMERS) if each != proposer]


@dataclass(frozen=True)
class ConfirmActivation(Command):
    activation: int


def confirm_activation(work: Work, command: ConfirmActivation) -> None:
    """The second person's consent: from its day the policy rates everybody, the tolerances say what is in doubt.

    Refused: one's own proposal, one that is decided, a day that has passed meanwhile, a file that has changed since.
    """
    activation = _to_decide(work, command.activation, ActivationAction.CONFIRM)
    edition = _as_of(work, activation.policy, activation.from_day)
    if edition.checksum != activation.checksum:
        raise Refusal("activation-changed", policy=_name(activation), version=activation.version)
    _decide(work, activation, ActivationAction.CONFIRM)
    news = Message(
        "activation-news" if edition.kind is Activated.POLICY else "tolerances-news",
        {"title": edition.title, "version": edition.version, "from_day": activation.from_day},
        _page_of(activation),
    )
    told = {activation.proposed_by, *people_of(work.session, *TOLD)} - {None, work.by.person}
    work.tell_each({person: news for person in told if person}, f"activation-news:{activation.id}")


@dataclass(frozen=True)
class DeclineActivation(Command):
    activation: int
    reason: str


def decline_activation(work: Work, command: DeclineActivation) -> None:
    """The second person says no, and why; the proposer is told."""
    activation = _to_decide(work, command.activation, ActivationAction.DECLINE)
    if not command.reason:
        raise Refusal("reason-due")
    activation.reason = command.reason
    _decide(work, activation, ActivationAction.DECLINE)
    if activation.proposed_by is not None:
        work.tell(
            activation.proposed_by,
            Message(
                "activation-declined",
                {"policy": _name(activation), "who": work.by.named, "reason": command.reason},
                _page_of(activation),
            ),
        )


@dataclass(frozen=True)
class WithdrawActivation(Command):
    activation: int


def withdraw_activation(work: Work, command: WithdrawActivation) -> None:
    """Whoever may propose may take a proposal back while nobody has confirmed it: the operator's, too."""
    activation = _found(work, command.activation)
    _open(activation, ActivationAction.WITHDRAW)
    _decide(work, activation, ActivationAction.WITHDRAW)


def _to_decide(work: Work, number: int, action: ActivationAction) -> PolicyActivation:
    activation = _found(work, number)
    _open(activation, action)
    if activation.proposed_by == work.by.person:
        raise Refusal("activation-own")
    return activation


def _found(work: Work, number: int) -> PolicyActivation:
    activation = work.session.get(PolicyActivation, number)
    if activation is None:
        raise Refusal("activation-unknown")
    return activation


def _open(activation: PolicyActivation, action: ActivationAction) -> ActivationState:
    """The state that the action leads to; a sentence on how it stands where it is not open."""
    try:
        return ACTIVATION.after(ActivationState(activation.state), action)
    except IllegalMove:
        raise Refusal(
            "activation-moved-on",
            policy=_name(activation),
            state=Label(f"activation-state-{activation.state}"),
        ) from None


def _decide(work: Work, activation: PolicyActivation, action: ActivationAction) -> None:
    activation.state = _open(activation, action)
    activation.decided_by, activation.decided_at = work.by.person, work.at
    _record(work, activation)
    work.refresh(f"activation:{activation.id}")


def _record(work: Work, activation: PolicyActivation) -> None:
    work.record(
        f"{activation.kind}.{activation.state}",
        f"activation:{activation.id}",
        policy=activation.policy,
        version=activation.version,
        checksum=activation.checksum,
        from_day=activation.from_day,
        reason=activation.reason,
    )


def _as_of(work: Work, file_id: str, from_day: date) -> Edition:
    """What the library has for a day that has not passed."""
    if from_day < work.today:
        raise Refusal("activation-past", from_day=from_day)
    return edition_of(work.office, file_id, from_day)


def _checksum_in_force(work: Work, kind: Activated, on: date) -> str | None:
    """None for the shipped tolerances, which nobody need confirm."""
    if kind is Activated.POLICY:
        return in_force(work.session, work.office, on).checksum
    active = activated(work.session, kind, on)
    return None if active is None else active.checksum


def _name(activation: PolicyActivation) -> str | Label:
    """What it is called where a sentence names it: a policy by its id, tolerances by what they are."""
    return activation.policy if activation.kind == Activated.POLICY else TOLERANCES_TITLE


def _page_of(activation: PolicyActivation) -> Buttons:
    """The way to what is proposed."""
    if activation.kind == Activated.POLICY:
        return rows(Button(f"policy:{activation.policy}", "button-policy"))
    return rows(Button("tolerances", "button-tolerances"))
