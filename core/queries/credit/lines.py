"""Credit lines: which one a customer has, when it is over, and what all of them may come to."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from core.queries.ledger.exposure import closing_receivables
from core.records.company import CompanyFact
from core.records.customer import Customer
from core.records.line import CreditLine
from core.records.tables import table_of
from core.rules.lifecycles.line_lifecycle import LineState
from core.rules.money import Money
from core.texts.wire import loads

_CUSTOMER = table_of(Customer)
_LINE = table_of(CreditLine)

last_usable_day: ColumnElement[date] = case(
    (_CUSTOMER.c.rated_until < _LINE.c.ends, _CUSTOMER.c.rated_until), else_=_LINE.c.ends
)
"""The last day on which a line may be used: its own, or its customer's rating's where that is earlier (2.5, 3.7)."""


@dataclass(frozen=True, slots=True)
class LineEnded:
    """A line that is still open although its last day is over."""

    line: int
    customer: int
    last_day: date


def live_line(session: Session, customer: int) -> CreditLine | None:
    """The customer's line that is open or suspended; there is one at most."""
    return session.scalars(
        select(CreditLine).where(_LINE.c.customer == customer, _LINE.c.state != LineState.CLOSED)
    ).one_or_none()


def lines_ended(session: Session, on: date, line: int | None = None) -> tuple[LineEnded, ...]:
    """The open lines whose last day is before a day; ``line`` asks about this one only."""
    found = (
        select(_LINE.c.id, _LINE.c.customer, last_usable_day.label("last_day"))
        .join(_CUSTOMER, _CUSTOMER.c.id == _LINE.c.customer)
        .where(_LINE.c.state == LineState.OPEN, on > last_usable_day)
        .order_by(_LINE.c.id)
    )
    rows = session.execute(found if line is None else found.where(_LINE.c.id == line))
    return tuple(LineEnded(row.id, row.customer, row.last_day) for row in rows)


def total_granted(session: Session, on: date, *, besides: int | None = None) -> Money:
    """All open lines together, without one customer's."""
    statement = select(func.coalesce(func.sum(_LINE.c.limit_minor), 0)).where(
        _LINE.c.state == LineState.OPEN, _LINE.c.ends >= on
    )
    if besides is not None:
        statement = statement.where(_LINE.c.customer != besides)
    return Money(int(session.execute(statement).scalar_one()))


def cap_key(year: int) -> str:
    """Under which `CompanyFact` keeps a year's total of lines."""
    return f"total-of-lines:{year}"


def total_cap(session: Session, on: date) -> Money | None:
    """What all lines may come to (B9 art. 23): what finance set for the year, else last year's closing receivables."""
    kept = session.get(CompanyFact, cap_key(on.year))
    if kept is not None:
        value = loads(kept.value)
        return value if isinstance(value, Money) else None
    return closing_receivables(session, on.year - 1)
