"""The card of a proposal to put a policy or tolerances in force (2.1, 1.6)."""

from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from bot.flows import explain
from bot.flows.tolerances import changes_in_words
from core.clock import day_of
from core.queries.actor import Actor, named
from core.queries.office import Office
from core.queries.policies.activation import in_force, library_policy, rated_by_others
from core.queries.policies.editions import TOLERANCES_TITLE
from core.queries.policies.tolerances import shelved_tolerances
from core.queries.policies.tried import Tried, last_tried
from core.records.activation import PolicyActivation
from core.records.staff import Person
from core.rules.lifecycles.activation_lifecycle import ACTIVATION as LIFECYCLE
from core.rules.lifecycles.activation_lifecycle import Activated, ActivationAction, ActivationState
from core.rules.permission import Permission
from core.services.policies.simulation import may_simulate
from core.texts.message import Button, Buttons, Message, rows
from core.texts.wire import Label, Named


def activation_card(session: Session, office: Office, subject: int, viewer: Actor) -> Message:
    """What a proposal would change, for whoever confirms it; afterwards what became of it."""
    if not viewer.may(Permission.SEE_POLICIES):
        return Message("card-not-yours")
    found = session.get_one(PolicyActivation, subject)
    today = day_of(office.clock.now(), office.settings.zone)
    of_policy = found.kind == Activated.POLICY
    tried = last_tried(session, found.checksum) if of_policy else None
    changing = (
        _policy(session, office, found, today, tried)
        if of_policy
        else _tolerances(session, office, found, today)
    )
    facts = {
        "kind": found.kind,
        "state": found.state,
        "state_label": Label(f"activation-state-{found.state}"),
        "version": found.version,
        "from_day": found.from_day,
        "who": _who(session, found.proposed_by),
        "decided_by": _who(session, found.decided_by),
        "decided_at": found.decided_at,
        "reason": found.reason,
    }
    buttons = _buttons(found, viewer, tried_today=tried is not None and tried.on == today)
    return Message("activation", facts | changing, buttons)


def _policy(
    session: Session, office: Office, found: PolicyActivation, today: date, tried: Tried | None
) -> dict[str, Any]:
    """What a policy replaces, whose letters it makes another's, and what it was found to do to lines."""
    policy = library_policy(office, found.policy, max(found.from_day, today))
    current = in_force(session, office, today)
    return {
        "title": explain.named(policy.title) if policy is not None else found.policy,
        "id": found.policy,
        "current": explain.policy_title(office, current),
        "current_version": current.version,
        "changed": policy is None or policy.checksum != found.checksum,
        "others": rated_by_others(session, found.policy, today),
        "tried": None if tried is None else asdict(tried),
    }


def _tolerances(session: Session, office: Office, found: PolicyActivation, today: date) -> dict[str, Any]:
    """Each tolerance that would change, beside the one that holds on the day before the new ones do."""
    on = max(found.from_day, today)
    begun = office.library.tolerances_begun(on)
    own = office.library.tolerances_of(found.checksum)
    shelved = shelved_tolerances(session, office.library, on)
    current, before = shelved.in_force, shelved.tolerances
    return {
        "title": TOLERANCES_TITLE,
        "id": "",
        "current_version": current.version if current is not None else "",
        "changed": begun is None or begun.checksum != found.checksum,
        "compared": before is not None,
        "changes": changes_in_words(before, own.tolerances) if own is not None else [],
    }


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
    of_policy = found.kind == Activated.POLICY
    look = "button-policy" if of_policy else "button-tolerances"
    page = [Button(f"activation-policy:{found.id}", look)] if open_now else []
    if open_now and of_policy and not tried_today and may_simulate(viewer):
        page.append(Button(f"activation-simulate:{found.id}", "button-policy-simulate"))
    return rows(*actions, *page)


def _who(session: Session, person: int | None) -> Named | Label:
    """Somebody's name; the operator at the command line has none."""
    return named(session.get_one(Person, person)) if person is not None else Label("who-operator")
