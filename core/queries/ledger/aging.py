"""The aging report (5.3), as the ledger stands on any day, in a few set-based statements.

What was open on a past day is what is open now and was there then, and what was settled since. For today the
second half is empty and an index says so at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import add

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from core.queries.actor import Actor
from core.queries.ledger.open_items import (
    ALLOCATION,
    CURRENCY,
    HAS_REST,
    INVOICE,
    IS_INVOICE,
    IS_NOTE,
    IS_OPEN,
    RECEIPT,
    STANDS,
)
from core.queries.people.scope import visible_to
from core.records.customer import Customer
from core.records.tables import table_of
from core.rules.money import Money
from core.rules.receivables.aging import BUCKETS, Aging

_CUSTOMER = table_of(Customer)
_FIRST_DAYS = tuple(int(bucket.rstrip("+").partition("-")[0]) for bucket in BUCKETS)
"""Days past due at which each bucket begins."""
_NO_AGES = (0,) * (1 + len(BUCKETS))


@dataclass(frozen=True, slots=True)
class AgingRow:
    """One customer's open items by age. Kept as minor units: a report may have tens of thousands of rows."""

    customer: int
    code: str
    name: str
    aged_minor: tuple[int, ...]
    """Not due, then the buckets in the order of `core.rules.receivables.aging.BUCKETS`."""
    unallocated_minor: int
    """Receipts and credit notes that settle nothing yet."""

    @property
    def aging(self) -> Aging:
        """The ages as the rules tell them."""
        return _aging(self.aged_minor)

    @property
    def not_due(self) -> Money:
        """Open and not past due."""
        return Money(self.aged_minor[0], CURRENCY)

    @property
    def buckets(self) -> dict[str, Money]:
        """Past due, by bucket; every bucket is there."""
        return self.aging.buckets

    @property
    def outstanding(self) -> Money:
        """Every open invoice, due or not."""
        return Money(sum(self.aged_minor), CURRENCY)

    @property
    def unallocated(self) -> Money:
        """Paid or credited and not allocated; `outstanding` less this is the exposure."""
        return Money(self.unallocated_minor, CURRENCY)


@dataclass(frozen=True, slots=True)
class AgingReport:
    """Every customer that owes or has paid ahead, by code."""

    on: date
    customers: tuple[AgingRow, ...]

    @property
    def total(self) -> Aging:
        """All customers together."""
        sums = [sum(column) for column in zip(*(row.aged_minor for row in self.customers), strict=True)]
        return _aging(sums or _NO_AGES)

    @property
    def unallocated(self) -> Money:
        """What all customers together have paid or been credited ahead."""
        return Money(sum(row.unallocated_minor for row in self.customers), CURRENCY)


def aging_report(session: Session, on: date, actor: Actor) -> AgingReport:
    """How old the receivables of the actor's customers were at the end of `on`."""
    aged, unallocated = _aged_by_customer(session, on), _unallocated_by_customer(session, on)
    named = session.execute(
        select(_CUSTOMER.c.id, _CUSTOMER.c.code, _CUSTOMER.c.name)
        .where(visible_to(actor))
        .order_by(_CUSTOMER.c.code)
    )
    return AgingReport(
        on,
        tuple(
            AgingRow(customer, code, name, aged.get(customer, _NO_AGES), unallocated.get(customer, 0))
            for customer, code, name in named
            if customer in aged or customer in unallocated
        ),
    )


def _aged_by_customer(session: Session, on: date) -> dict[int, tuple[int, ...]]:
    open_now = (
        select(INVOICE.c.customer, *_ages(on, INVOICE.c.open_minor))
        .where(IS_OPEN, IS_INVOICE, INVOICE.c.issued <= on)
        .group_by(INVOICE.c.customer)
    )
    settled_later = (
        select(INVOICE.c.customer, *_ages(on, ALLOCATION.c.amount_minor))
        .join(ALLOCATION, ALLOCATION.c.invoice == INVOICE.c.id)
        .where(STANDS, ALLOCATION.c.on > on, INVOICE.c.issued <= on)
        .group_by(INVOICE.c.customer)
    )
    aged = {row[0]: row[1:] for row in session.execute(open_now)}
    for customer, *amounts in session.execute(settled_later):
        aged[customer] = tuple(map(add, aged.get(customer, _NO_AGES), amounts))
    return aged


def _unallocated_by_customer(session: Session, on: date) -> dict[int, int]:
    receipts_now = (
        select(RECEIPT.c.customer, func.sum(RECEIPT.c.rest_minor))
        .where(HAS_REST, RECEIPT.c.received <= on)
        .group_by(RECEIPT.c.customer)
    )
    notes_now = (
        select(INVOICE.c.customer, func.sum(INVOICE.c.open_minor))
        .where(IS_OPEN, IS_NOTE, INVOICE.c.issued <= on)
        .group_by(INVOICE.c.customer)
    )
    receipts_used_later = (
        select(RECEIPT.c.customer, func.sum(ALLOCATION.c.amount_minor))
        .join(ALLOCATION, ALLOCATION.c.receipt == RECEIPT.c.id)
        .where(STANDS, ALLOCATION.c.on > on, RECEIPT.c.received <= on)
        .group_by(RECEIPT.c.customer)
    )
    notes_used_later = (
        select(INVOICE.c.customer, func.sum(ALLOCATION.c.amount_minor))
        .join(ALLOCATION, ALLOCATION.c.credit_note == INVOICE.c.id)
        .where(STANDS, ALLOCATION.c.on > on, INVOICE.c.issued <= on)
        .group_by(INVOICE.c.customer)
    )
    unallocated: dict[int, int] = {}
    for statement in (receipts_now, notes_now, receipts_used_later, notes_used_later):
        for customer, amount in session.execute(statement):
            unallocated[customer] = unallocated.get(customer, 0) + int(amount)
    return unallocated


def _ages(on: date, amount: ColumnElement[int]) -> list[ColumnElement[int]]:
    """The sum that is not due, and of each bucket: due dates are held against days."""
    latest = [on - timedelta(days=first) for first in _FIRST_DAYS]
    earliest = [day + timedelta(days=1) for day in latest[1:]]
    due = INVOICE.c.due
    ages = [due >= on]
    ages += [due.between(since, until) for since, until in zip(earliest, latest, strict=False)]
    ages += [due <= latest[-1]]
    return [func.sum(case((age, amount), else_=0)) for age in ages]


def _aging(minor: Sequence[int]) -> Aging:
    not_due, *buckets = (Money(amount, CURRENCY) for amount in minor)
    return Aging(not_due, dict(zip(BUCKETS, buckets, strict=True)))
