"""Who is to be rated anew by a day, and why (2.5, 2.6).

Each question asks the data what has not been done, so that missed days are made up by asking once, and nothing is opened
twice: a review that was opened since the cause arose has answered it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from core.queries.ledger.due import chased
from core.queries.office import Office
from core.queries.policies.activation import active_policy
from core.records.activation import PolicyActivation
from core.records.customer import Customer
from core.records.ledger import Invoice
from core.records.review import GradeEntry, RatingReview
from core.records.statement import StatementVersion
from core.records.tables import table_of
from core.rules.lifecycles.activation_lifecycle import Activated, ActivationState
from core.rules.lifecycles.review_lifecycle import UNDER_REVIEW, Cause
from core.rules.policy.policy import Policy
from core.rules.policy.upkeep import RatingEvent
from core.rules.reviews.rerating import rerating_of

_ACTIVATION, _CUSTOMER, _ENTRY = table_of(PolicyActivation), table_of(Customer), table_of(GradeEntry)
_INVOICE, _REVIEW, _STATEMENT = table_of(Invoice), table_of(RatingReview), table_of(StatementVersion)


@dataclass(frozen=True, slots=True)
class ReratingDue:
    """A customer to be rated anew, why, and since which day there is a reason."""

    customer: int
    cause: Cause
    event: str
    arose_on: date
    rated_on: date | None
    """The day of the grade that it is about."""


def reratings_due(session: Session, office: Office, on: date) -> tuple[ReratingDue, ...]:
    """Everybody rated who is due or of whom something has become known.

    What happened goes before what is merely due; of several events the first of this list is named.
    """
    policy = active_policy(session, office, on)
    events: Mapping[RatingEvent, Callable[[], Iterable[ReratingDue]]] = {
        RatingEvent.OVERDUE: lambda: _overdue(session, policy, on),
        RatingEvent.NEW_STATEMENTS: lambda: _statements(session, on),
        RatingEvent.POLICY_CHANGED: lambda: _of_another_policy(session, policy, on),
    }
    called_for = rerating_of(policy).events
    found: dict[int, ReratingDue] = {}
    for event, ask in events.items():
        for each in ask() if event in called_for else ():
            found.setdefault(each.customer, each)
    for each in _due(session, policy, on):
        found.setdefault(each.customer, each)
    return _unanswered(session, (each for _, each in sorted(found.items())))


def still_due(session: Session, found: Sequence[ReratingDue]) -> tuple[ReratingDue, ...]:
    """Those of a few found before who have got neither a review nor another grade meanwhile."""
    customers = [each.customer for each in found]
    rows = session.execute(select(_CUSTOMER.c.id, _CUSTOMER.c.rated_on).where(_CUSTOMER.c.id.in_(customers)))
    rated_on = {row.id: row.rated_on for row in rows}
    same = (each for each in found if rated_on[each.customer] == each.rated_on)
    return _unanswered(session, same, _REVIEW.c.customer.in_(customers))


def _unanswered(
    session: Session, found: Iterable[ReratingDue], *which: ColumnElement[bool]
) -> tuple[ReratingDue, ...]:
    """Those without a review that is under way, or was opened since the cause arose."""
    rows = session.execute(
        select(
            _REVIEW.c.customer,
            func.max(_REVIEW.c.opened_on).label("opened_on"),
            func.max(case((_REVIEW.c.state.in_(UNDER_REVIEW), 1), else_=0)).label("open"),
        )
        .where(*which)
        .group_by(_REVIEW.c.customer)
    )
    last = {row.customer: date.max if row.open else row.opened_on for row in rows}
    return tuple(each for each in found if last.get(each.customer, date.min) < each.arose_on)


def _rated(*columns: Any) -> Select[Any]:
    return select(_CUSTOMER.c.id, _CUSTOMER.c.rated_on, *columns).where(
        _CUSTOMER.c.grade.is_not(None), _CUSTOMER.c.rated_until.is_not(None)
    )


def _due(session: Session, policy: Policy, on: date) -> Iterable[ReratingDue]:
    """Ratings that end within the longest notice, or have ended."""
    notice = timedelta(days=max(policy.validity.reminder_days, default=0))
    rows = session.execute(_rated(_CUSTOMER.c.rated_until).where(_CUSTOMER.c.rated_until <= on + notice))
    return (ReratingDue(row.id, Cause.DUE, "", row.rated_until - notice, row.rated_on) for row in rows)


def _overdue(session: Session, policy: Policy, on: date) -> Iterable[ReratingDue]:
    """Invoices that have crossed the tolerated days since the grade was given, and are still chased."""
    grace = timedelta(days=rerating_of(policy).tolerated_days)
    # Asked of each who is rated, not of the ledger: whoever has no grade owes much of what is late.
    late = (
        select(func.max(_INVOICE.c.due))
        .where(_INVOICE.c.customer == _CUSTOMER.c.id, chased, _INVOICE.c.due < on - grace)
        .scalar_subquery()
    )
    for row in session.execute(_rated(late.label("due"))):
        if row.due is None:
            continue
        crossed = row.due + grace + timedelta(days=1)
        if row.rated_on is None or crossed > row.rated_on:
            yield ReratingDue(row.id, Cause.EVENT, RatingEvent.OVERDUE, crossed, row.rated_on)


def _statements(session: Session, on: date) -> Iterable[ReratingDue]:
    """Statements that came in after the grade was given, to the moment."""
    newest = _last_entries()
    rows = session.execute(
        _rated(func.max(_STATEMENT.c.known_on).label("known_on"))
        .join(newest, newest.c.customer == _CUSTOMER.c.id)
        .join(
            _STATEMENT,
            and_(
                _STATEMENT.c.customer == _CUSTOMER.c.id,
                _STATEMENT.c.at > newest.c.at,
                _STATEMENT.c.known_on <= on,
            ),
        )
        .group_by(_CUSTOMER.c.id, _CUSTOMER.c.rated_on)
    )
    return (
        ReratingDue(row.id, Cause.EVENT, RatingEvent.NEW_STATEMENTS, row.known_on, row.rated_on)
        for row in rows
    )


def _of_another_policy(session: Session, policy: Policy, on: date) -> Iterable[ReratingDue]:
    """Grades that another policy made, or another version of this one: letters of two policies do not compare."""
    newest = _last_entries()
    changed_on = session.execute(
        select(func.max(_ACTIVATION.c.from_day)).where(
            _ACTIVATION.c.kind == Activated.POLICY,
            _ACTIVATION.c.state == ActivationState.CONFIRMED,
            _ACTIVATION.c.from_day <= on,
        )
    ).scalar()
    if changed_on is None:
        return
    rows = session.execute(
        _rated(_CUSTOMER.c.rated_by_policy, newest.c.policy_version).outerjoin(
            newest, newest.c.customer == _CUSTOMER.c.id
        )
    )
    for row in rows:
        same_version = row.policy_version in (None, "", policy.version)
        if row.rated_by_policy != policy.id or not same_version:
            arose_on = max(changed_on, row.rated_on or date.min)
            yield ReratingDue(row.id, Cause.EVENT, RatingEvent.POLICY_CHANGED, arose_on, row.rated_on)


def _last_entries() -> Any:
    """The last line of the register of each customer."""
    last = select(func.max(_ENTRY.c.id)).group_by(_ENTRY.c.customer)
    return (
        select(_ENTRY.c.customer, _ENTRY.c.at, _ENTRY.c.policy_version)
        .where(_ENTRY.c.id.in_(last))
        .subquery()
    )


def reviews_overstayed(session: Session, on: date, review: int | None = None) -> tuple[int, ...]:
    """The reviews whose day is over and which nobody was told of above the assessors; ids, the oldest first."""
    asked = (
        select(_REVIEW.c.id)
        .where(_REVIEW.c.state.in_(UNDER_REVIEW), _REVIEW.c.due_on < on, _REVIEW.c.escalated_on.is_(None))
        .order_by(_REVIEW.c.id)
    )
    return tuple(session.scalars(asked if review is None else asked.where(_REVIEW.c.id == review)))
