"""Putting a policy in force (2.1): one person proposes it for a day, another, a CFO or general manager, confirms.

The company's rules for credit are changed by two people or not at all. What they confirm is a checksum: a file that says
something else by then has not been confirmed by anybody.
"""

from dataclasses import dataclass
from datetime import date

from core.queries.people.approvers import people_of
from core.queries.policies.activation import in_force, library_policy, open_activation
from core.queries.policies.shelf import notes_on
from core.records.activation import PolicyActivation
from core.rules.lifecycles.activation_lifecycle import ACTIVATION, ActivationAction, ActivationState
from core.rules.lifecycles.lifecycle import IllegalMove
from core.rules.permission import Permission, Role, roles_with
from core.rules.policy.policy import Policy
from core.rules.refusal import Refusal
from core.services.desk import Command
from core.services.work import Work
from core.texts.message import Button, Message, rows
from core.texts.wire import Label, Named

CONFIRMERS = roles_with(Permission.CONFIRM_POLICY)
TOLD = (Role.CREDIT_CONTROLLER, Role.FINANCE_MANAGER, Role.CFO, Role.GM, Role.AUDITOR)
"""Who hears of a policy that will come into force."""


@dataclass(frozen=True)
class ProposeActivation(Command):
    """The policy of this id, as its file and the company's overlay stand for that day, is to be in force from it."""

    policy: str
    from_day: date


def propose_activation(work: Work, command: ProposeActivation) -> int:
    """Put it before those who can confirm. Returns the id.

    Refused: a day in the past, no such policy, parameters that are not set, one in force already, another proposal that
    waits, and when nobody but the proposer could confirm.
    """
    policy = _as_of(work, command.policy, command.from_day)
    if policy.unset:
        raise Refusal("policy-unset", parameters=notes_on(policy))
    if in_force(work.session, work.office, command.from_day).checksum == policy.checksum:
        raise Refusal("activation-in-force", title=_title(policy), from_day=command.from_day)
    waiting = open_activation(work.session)
    if waiting is not None:
        raise Refusal("activation-waits", policy=waiting.policy, from_day=waiting.from_day)
    confirmers = [each for each in people_of(work.session, *CONFIRMERS) if each != work.by.person]
    if not confirmers:
        raise Refusal("activation-nobody", roles=[Label(f"role-{role}") for role in CONFIRMERS])
    activation = PolicyActivation(
        policy=policy.id,
        version=policy.version,
        checksum=policy.checksum,
        from_day=command.from_day,
        proposed_by=work.by.person,
        proposed_at=work.at,
    )
    work.session.add(activation)
    work.session.flush()
    _record(work, activation)
    work.put_card(confirmers, f"activation:{activation.id}", f"activation:{activation.id}")
    assert activation.id is not None
    return activation.id


@dataclass(frozen=True)
class ConfirmActivation(Command):
    activation: int


def confirm_activation(work: Work, command: ConfirmActivation) -> None:
    """The second person's consent: from its day the policy rates everybody.

    Refused: one's own proposal, one that is decided, a day that has passed meanwhile, a file that has changed since.
    """
    activation = _to_decide(work, command.activation, ActivationAction.CONFIRM)
    policy = _as_of(work, activation.policy, activation.from_day)
    if policy.checksum != activation.checksum:
        raise Refusal("activation-changed", policy=activation.policy, version=activation.version)
    _decide(work, activation, ActivationAction.CONFIRM)
    news = Message(
        "activation-news",
        {"title": _title(policy), "version": policy.version, "from_day": activation.from_day},
        rows(Button(f"policy:{policy.id}", "button-policy")),
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
                {"policy": activation.policy, "who": work.by.named, "reason": command.reason},
                rows(Button(f"policy:{activation.policy}", "button-policy")),
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
            policy=activation.policy,
            state=Label(f"activation-state-{activation.state}"),
        ) from None


def _decide(work: Work, activation: PolicyActivation, action: ActivationAction) -> None:
    activation.state = _open(activation, action)
    activation.decided_by, activation.decided_at = work.by.person, work.at
    _record(work, activation)
    work.refresh(f"activation:{activation.id}")


def _record(work: Work, activation: PolicyActivation) -> None:
    work.record(
        f"policy.{activation.state}",
        f"activation:{activation.id}",
        policy=activation.policy,
        version=activation.version,
        checksum=activation.checksum,
        from_day=activation.from_day,
        reason=activation.reason,
    )


def _as_of(work: Work, policy_id: str, from_day: date) -> Policy:
    """The policy as the library has it for a day that has not passed."""
    if from_day < work.today:
        raise Refusal("activation-past", from_day=from_day)
    policy = library_policy(work.office, policy_id, from_day)
    if policy is None:
        raise Refusal("policy-not-in-force", policy=policy_id, on=from_day)
    if not policy.grades:
        raise Refusal("activation-rates-nobody", title=_title(policy))
    return policy


def _title(policy: Policy) -> Named:
    return Named(policy.title.zh, policy.title.en)
