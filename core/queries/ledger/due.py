"""Which rung of the reminder ladder has come due for each invoice by a day.

The data is asked what has not been done, never what the worker remembers of its runs, so that missed days are made
up by asking once.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, null, select
from sqlalchemy.orm import Session

from core.records.collection import Reminder
from core.records.ledger import Invoice
from core.records.tables import table_of
from core.rules.receivables.ladder import Ladder
from core.storage.bulk import is_listed, listed

_INVOICE = table_of(Invoice)
_REMINDER = table_of(Reminder)

# The status is spelled out in the SQL: a bound one would keep the partial indexes from being used.
_open = _INVOICE.c.status == literal("open", literal_execute=True)
chased = and_(
    _open,
    _INVOICE.c.kind == "invoice",
    _INVOICE.c.disputed_minor < _INVOICE.c.open_minor,
)
"""Invoices that people are reminded of: open, and not wholly disputed."""

_STILL_CHASED = select(_INVOICE.c.id).where(chased, is_listed(_INVOICE.c.id))


class RungDue(NamedTuple):
    """A rung (in days past due) that an invoice is to climb, and the day on which it came due."""

    invoice: int
    rung: int
    due_on: date


def rungs_due(session: Session, ladder: Ladder, on: date) -> tuple[RungDue, ...]:
    """The rung that each chased invoice is to climb on a day, at most one each, in the order of the ledger.

    It is `core.rules.receivables.ladder.next_rung` as one query over the ledger. Its order is worth a third of the
    log: what is written together then lies together.
    """
    found = session.execute(_due(ladder, on)).all()
    return tuple(RungDue(number, rung, due + timedelta(days=rung)) for number, due, rung in found)


def still_chased(session: Session, invoices: Sequence[int]) -> frozenset[int]:
    """Those of some invoices that are to be reminded of now."""
    return frozenset(session.scalars(_STILL_CHASED, listed(invoices)).all())


def _due(ladder: Ladder, on: date) -> Select[Any]:
    days = [rung.days for rung in ladder.rungs]
    # Worked out once for each invoice, not once for each place below that names it.
    standing = _standing(days, on).cte("standing").prefix_with("MATERIALIZED")
    due = standing.c.due
    left = {day: standing.c.climbed.bitwise_and(bit) == 0 for day, bit in _bits(days).items()}
    reached = {day: due <= on - timedelta(days=day) for day in days}
    lowest_left = _first(*((left[day], _first((reached[day], day))) for day in days if day > 0))
    latest_reached = _first(*((reached[day], _first((left[day], day))) for day in reversed(days) if day <= 0))
    rung = case((due < on, lowest_left), else_=latest_reached)
    # Nearly all that stand there have climbed what they can: only what is left is looked up in the ledger itself.
    return (
        select(standing.c.id, due, rung.label("rung"))
        .join(_INVOICE, _INVOICE.c.id == standing.c.id)
        .where(rung.is_not(None), chased)
        .order_by(standing.c.id)
    )


def _standing(days: Sequence[int], on: date) -> Select[Any]:
    """Every open item that has reached a rung at all and climbed none on the day, with the bits of those it did.

    Found by what the index of due dates holds, so that no more than that is read of each.
    """
    bits = func.sum(case(_bits(days), value=_REMINDER.c.rung, else_=0)) if days else literal(0)
    climbed = select(func.coalesce(bits, 0)).where(_REMINDER.c.invoice == _INVOICE.c.id).scalar_subquery()
    climbed_today = select(_REMINDER.c.invoice).where(_REMINDER.c.told_on >= on)
    return select(_INVOICE.c.id, _INVOICE.c.due, climbed.label("climbed")).where(
        _open,
        _INVOICE.c.due <= on - timedelta(days=min(days, default=0)),
        _INVOICE.c.id.not_in(climbed_today),
    )


def _bits(days: Sequence[int]) -> dict[int, int]:
    """A bit for each rung: which of them an invoice has climbed is one sum then."""
    return {day: 1 << place for place, day in enumerate(days)}


def _first(*whens: tuple[ColumnElement[bool], Any]) -> ColumnElement[Any]:
    """The value beside the first condition that holds; null when none does."""
    return case(*whens) if whens else null()
