"""How much a customer owes, now and on any day that has passed.

Allocating moves nothing from one sum to another, so the balance of a day needs no allocations: it is what was
invoiced, less what was credited and received, up to that day.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select, union_all
from sqlalchemy.orm import Session

from core.queries.ledger.open_items import (
    CURRENCY,
    HAS_REST,
    INVOICE,
    IS_INVOICE,
    IS_OPEN,
    RECEIPT,
    SIGNED_AMOUNT,
)
from core.rules.money import Money

_SIGNED_OPEN = case((IS_INVOICE, INVOICE.c.open_minor), else_=-INVOICE.c.open_minor)


def exposure(session: Session, customer: int) -> Money:
    """Open invoices less unallocated receipts and unapplied credit notes; below zero it is an advance."""
    owed = _sum(_SIGNED_OPEN).where(IS_OPEN, INVOICE.c.customer == customer).scalar_subquery()
    ahead = _sum(RECEIPT.c.rest_minor).where(HAS_REST, RECEIPT.c.customer == customer).scalar_subquery()
    open_minor, rest_minor = session.execute(select(owed, ahead)).one()
    return Money(int(open_minor - rest_minor), CURRENCY)


def exposures_on(session: Session, on: date) -> dict[int, Money]:
    """Every customer's exposure at the end of a day that has passed, by customer; those without any are left out."""
    invoiced = select(INVOICE.c.customer, SIGNED_AMOUNT.label("amount")).where(INVOICE.c.issued <= on)
    received = select(RECEIPT.c.customer, -RECEIPT.c.amount_minor).where(RECEIPT.c.received <= on)
    entry = union_all(invoiced, received).subquery()
    owed = session.execute(select(entry.c.customer, func.sum(entry.c.amount)).group_by(entry.c.customer))
    return {customer: Money(int(minor), CURRENCY) for customer, minor in owed}


def closing_receivables(session: Session, year: int) -> Money | None:
    """All customers' exposure at 31 December (B9 art. 23); None when the ledger has nothing of that year.

    It reads the whole ledger, 0.2 s for a million invoices: a decision asks it only while finance has set no total.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    of_the_year = or_(
        exists().where(INVOICE.c.issued.between(first, last)),
        exists().where(RECEIPT.c.received.between(first, last)),
    )
    if not session.execute(select(of_the_year)).scalar_one():
        return None
    shipped = _sum(SIGNED_AMOUNT).where(INVOICE.c.issued <= last).scalar_subquery()
    received = _sum(RECEIPT.c.amount_minor).where(RECEIPT.c.received <= last).scalar_subquery()
    shipped_minor, received_minor = session.execute(select(shipped, received)).one()
    return Money(int(shipped_minor - received_minor), CURRENCY)


def _sum(amount: ColumnElement[int]) -> Select[Any]:
    return select(func.coalesce(func.sum(amount), 0))
