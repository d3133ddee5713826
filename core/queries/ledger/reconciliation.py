"""The nightly reconciliation: what is kept as open against what the allocations that stand leave of it (5.2)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, func, select
from sqlalchemy.orm import Session

from core.queries.ledger.open_items import ALLOCATION, INVOICE, IS_INVOICE, RECEIPT, STANDS

MOST_NAMED = 100
"""A broken ledger differs everywhere; so many are enough to find out why."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An amount that is not what it should be, in minor units (分)."""

    number: str
    kept: int
    should_be: int


@dataclass(frozen=True, slots=True)
class Differences:
    """How many amounts differ, and the first of them."""

    count: int
    first: tuple[Difference, ...]


def differences(session: Session) -> Differences:
    """Every invoice, credit note and receipt whose kept amount is not its amount less its allocations.

    The status is not trusted: settled items are looked at as well.
    """
    found = (
        _differing(session, INVOICE, INVOICE.c.open_minor, ALLOCATION.c.invoice, IS_INVOICE),
        _differing(session, INVOICE, INVOICE.c.open_minor, ALLOCATION.c.credit_note, ~IS_INVOICE),
        _differing(session, RECEIPT, RECEIPT.c.rest_minor, ALLOCATION.c.receipt),
    )
    first = tuple(difference for each in found for difference in each.first)
    return Differences(sum(each.count for each in found), first[:MOST_NAMED])


def _differing(
    session: Session, items: Table, kept: Column[Any], allocated_to: Column[Any], *only: ColumnElement[bool]
) -> Differences:
    used = (
        select(allocated_to.label("item"), func.sum(ALLOCATION.c.amount_minor).label("amount"))
        .where(STANDS, allocated_to.is_not(None))
        .group_by(allocated_to)
        .subquery()
    )
    left = items.c.amount_minor - func.coalesce(used.c.amount, 0)
    rows = session.execute(
        select(items.c.number, kept.label("kept"), left.label("left"), func.count().over().label("differing"))
        .select_from(items.outerjoin(used, used.c.item == items.c.id))
        .where(kept != left, *only)
        .order_by(items.c.number)
        .limit(MOST_NAMED)
    ).all()
    return Differences(
        rows[0].differing if rows else 0,
        tuple(Difference(row.number, row.kept, int(row.left)) for row in rows),
    )
