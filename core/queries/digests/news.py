"""What is new since the last digest: invoices that climbed a rung, endings, suspensions (6.1, 2.5, 3.7).

“Since” is the day of the last digest, None before the first: whatever happened on later days, holidays and missed
days among them, is in the next digest, and in that one only.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.queries.credit.lines import last_usable_day
from core.queries.ledger.due import chased
from core.records.audit import AuditRecord
from core.records.collection import Reminder
from core.records.customer import Customer
from core.records.ledger import Invoice
from core.records.line import CreditLine
from core.records.tables import table_of
from core.rules.lifecycles.line_lifecycle import LineState
from core.rules.money import Money
from core.rules.receivables.ladder import Ladder

_AUDIT = table_of(AuditRecord)
_CUSTOMER = table_of(Customer)
_INVOICE = table_of(Invoice)
_LINE = table_of(CreditLine)
_REMINDER = table_of(Reminder)


@dataclass(frozen=True, slots=True)
class Climbed:
    """A customer's invoices that climbed to a rung of these roles, all of them overdue or none."""

    roles: tuple[str, ...]
    name: str
    owner: int | None
    region: str
    overdue: bool
    invoices: int
    amount: Money
    """What is open and not disputed."""
    days: int
    """Days past due of the oldest; negative before the due date."""


class Ends(StrEnum):
    """What comes to an end."""

    RATING = "rating"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Ending:
    """A rating or line with so many days left; a suspended line has none, its last day is over."""

    what: Ends
    name: str
    owner: int | None
    last_day: date


def climbed(session: Session, ladder: Ladder, since: date | None, on: date) -> tuple[Climbed, ...]:
    """The invoices that climbed a rung after one day, up to another, and are still to be chased.

    An invoice that climbed two rungs of the same roles meanwhile counts once.
    """
    days_of: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for rung in ladder.rungs:
        days_of[rung.roles].append(rung.days)
    return tuple(
        row for roles, days in days_of.items() for row in _climbed_to(session, roles, days, since, on)
    )


def _climbed_to(
    session: Session, roles: tuple[str, ...], days: list[int], since: date | None, on: date
) -> Iterable[Climbed]:
    told = select(_REMINDER.c.invoice).where(
        _REMINDER.c.told_on > (since or date.min), _REMINDER.c.told_on <= on, _REMINDER.c.rung.in_(days)
    )
    reminded = told.distinct().subquery()
    overdue = (_INVOICE.c.due < on).label("overdue")
    rows = session.execute(
        select(
            _CUSTOMER.c.name,
            _CUSTOMER.c.owner,
            _CUSTOMER.c.region,
            overdue,
            func.count().label("invoices"),
            func.sum(_INVOICE.c.open_minor - _INVOICE.c.disputed_minor).label("amount"),
            func.min(_INVOICE.c.due).label("oldest"),
        )
        .select_from(reminded)
        .join(_INVOICE, _INVOICE.c.id == reminded.c.invoice)
        .join(_CUSTOMER, _CUSTOMER.c.id == _INVOICE.c.customer)
        .where(chased)
        .group_by(_CUSTOMER.c.id, _CUSTOMER.c.name, _CUSTOMER.c.owner, _CUSTOMER.c.region, overdue)
    ).all()
    return (
        Climbed(
            roles=roles,
            name=name,
            owner=owner,
            region=region,
            overdue=bool(late),
            invoices=invoices,
            amount=Money(int(amount)),
            days=(on - oldest).days,
        )
        for name, owner, region, late, invoices, amount, oldest in rows
    )


def came_up(last_day: date, days_before: Iterable[int], since: date | None, on: date) -> bool:
    """Whether one of the days so many days before a last day came after one day, up to another."""
    notices = (last_day - timedelta(days=days) for days in days_before)
    return on <= last_day and any((since is None or since < notice) and notice <= on for notice in notices)


def endings(
    session: Session, days_before: tuple[int, ...], since: date | None, on: date
) -> tuple[Ending, ...]:
    """The ratings and open lines for which the next notice before their end came up (B9 art. 11, 3.7)."""
    until = on + timedelta(days=max(days_before, default=0))
    ratings = session.execute(
        select(_CUSTOMER.c.name, _CUSTOMER.c.owner, _CUSTOMER.c.rated_until.label("last_day")).where(
            _CUSTOMER.c.grade.is_not(None), _CUSTOMER.c.rated_until.between(on, until)
        )
    )
    lines = session.execute(
        select(_CUSTOMER.c.name, _CUSTOMER.c.owner, _LINE.c.ends.label("last_day"))
        .join(_CUSTOMER, _CUSTOMER.c.id == _LINE.c.customer)
        .where(_LINE.c.state == LineState.OPEN, _LINE.c.ends.between(on, until))
    )
    found = [Ending(Ends.RATING, row.name, row.owner, row.last_day) for row in ratings]
    found += [Ending(Ends.LINE, row.name, row.owner, row.last_day) for row in lines]
    return tuple(
        sorted(
            (ending for ending in found if came_up(ending.last_day, days_before, since, on)),
            key=lambda ending: (ending.last_day, ending.name),
        )
    )


def suspensions(session: Session, since: date | None, on: date) -> tuple[Ending, ...]:
    """The lines that are suspended because their last day is over, since the last digest."""
    rows = session.execute(
        select(_CUSTOMER.c.name, _CUSTOMER.c.owner, last_usable_day.label("last_day"))
        .join(_CUSTOMER, _CUSTOMER.c.id == _LINE.c.customer)
        .where(
            _LINE.c.state == LineState.SUSPENDED,
            last_usable_day.between(since or date.min, on - timedelta(days=1)),
        )
        .order_by(last_usable_day, _CUSTOMER.c.name)
    )
    return tuple(Ending(Ends.LINE, row.name, row.owner, row.last_day) for row in rows)


@dataclass(frozen=True, slots=True)
class Head:
    """The last record of the audit trail, by which a cut tail shows (9.2)."""

    seq: int
    hash: str


def audit_head(session: Session) -> Head | None:
    """The seal of the last record, for whoever keeps it elsewhere (9.2); None of an empty trail."""
    row = session.execute(select(_AUDIT.c.seq, _AUDIT.c.hash).order_by(_AUDIT.c.seq.desc()).limit(1)).first()
    return Head(row.seq, row.hash) if row else None
