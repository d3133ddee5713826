"""What is in force on a day, and what has been proposed, confirmed and declined (2.1)."""

from dataclasses import dataclass
from datetime import date
from itertools import chain

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from core.policies.library import NotInForce
from core.queries.office import Office
from core.records.activation import PolicyActivation
from core.records.customer import Customer
from core.records.tables import table_of
from core.rules.lifecycles.activation_lifecycle import Activated, ActivationState
from core.rules.policy.policy import Policy
from core.rules.refusal import Refusal
from core.storage.prepared import Prepared

_ACTIVATION, _CUSTOMER = table_of(PolicyActivation), table_of(Customer)
_IN_FORCE = Prepared(
    select(_ACTIVATION.c.policy, _ACTIVATION.c.version, _ACTIVATION.c.checksum, _ACTIVATION.c.from_day)
    .where(
        _ACTIVATION.c.kind == bindparam("kind"),
        _ACTIVATION.c.state == ActivationState.CONFIRMED,
        _ACTIVATION.c.from_day <= bindparam("on"),
    )
    .order_by(_ACTIVATION.c.from_day.desc(), _ACTIVATION.c.id.desc())
    .limit(1)
)
"""Every deal check asks this: put together once."""

_TO_COME = select(_ACTIVATION.c.checksum).where(
    _ACTIVATION.c.kind == Activated.POLICY,
    _ACTIVATION.c.state == ActivationState.CONFIRMED,
    _ACTIVATION.c.from_day > bindparam("on"),
)


@dataclass(frozen=True, slots=True)
class InForce:
    """What is in force, whether its file is there or not."""

    policy: str
    """The id of what is in force."""
    version: str
    checksum: str
    since: date | None = None
    """Its first day; None for what the product starts with."""


def activated(session: Session, kind: Activated, on: date) -> InForce | None:
    """What was activated last for a day, of a kind; None before the first activation."""
    row = _IN_FORCE.first(session, kind=kind, on=on)
    return None if row is None else InForce(row.policy, row.version, row.checksum, row.from_day)


def in_force(session: Session, office: Office, on: date) -> InForce:
    """The policy activated last for a day; before the first activation, the one that the product starts with."""
    active = activated(session, Activated.POLICY, on)
    if active is not None:
        return active
    start = office.policy(on)
    return InForce(start.id, start.version, start.checksum)


def active_policy(session: Session, office: Office, on: date) -> Policy:
    """The policy in force on a day: that of the last activation; before the first, the one the product starts with.

    Raises `Refusal` when the file that was confirmed is gone or says something else by now: nobody is rated by a policy
    that nobody confirmed.
    """
    active = in_force(session, office, on)
    found = office.library.policy_of(active.checksum)
    if found is None:
        raise Refusal("policy-file-gone", policy=active.policy, version=active.version)
    return found


def upcoming(session: Session, office: Office, on: date) -> tuple[Policy, ...]:
    """The policy in force on a day, and those confirmed for a later one whose files are there.

    People are asked for all of them before the day comes: else nobody could be rated on it.
    """
    confirmed = session.execute(_TO_COME, {"on": on}).scalars()
    coming = [policy for checksum in confirmed if (policy := office.library.policy_of(checksum)) is not None]
    return active_policy(session, office, on), *coming


def needs(session: Session, office: Office, on: date) -> frozenset[str]:
    """The facts that are looked at by the policy in force on a day, and by those confirmed for a later one."""
    return frozenset(chain.from_iterable(each.needs for each in upcoming(session, office, on)))


def library_policy(office: Office, policy_id: str, on: date) -> Policy | None:
    """The policy of an id as the library has it for a day, in force or not; None where it has none yet."""
    try:
        return office.library.policy_in_force(policy_id, on)
    except NotInForce:
        return None


def rated_formerly(customer: Customer, current: str) -> bool:
    """Whether the grade in force was made by another policy than the one of this id: it is to be made anew."""
    return customer.grade is not None and customer.rated_by_policy != current


def grading_policy(office: Office, customer: Customer, current: Policy, on: date) -> Policy | None:
    """The policy by which a customer's grade is read: the one that it was made by. None where that one is gone.

    What was granted under it stands until its end; the letter is never read as one of the policy now in force.
    """
    if not rated_formerly(customer, current.id):
        return current
    return library_policy(office, customer.rated_by_policy or "", on)


def open_activation(session: Session) -> PolicyActivation | None:
    """The one that waits to be confirmed, of whatever kind; there is one at most."""
    return session.scalars(
        select(PolicyActivation).where(_ACTIVATION.c.state == ActivationState.PROPOSED)
    ).one_or_none()


def rated_by_others(session: Session, policy: str, on: date) -> int:
    """How many customers have a grade in force that another policy made: they are to be rated anew."""
    return session.execute(
        select(func.count())
        .select_from(_CUSTOMER)
        .where(
            _CUSTOMER.c.grade.is_not(None),
            _CUSTOMER.c.rated_by_policy != policy,
            _CUSTOMER.c.rated_until >= on,
        )
    ).scalar_one()
