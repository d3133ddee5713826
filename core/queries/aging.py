"""The aging report (5.3), as the ledger stands on any day, in a few set-based statements.

What was open on a past day is what is open now and was there then, and what was settled since. For today the
second half is empty and an index says so at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal_column, select
from sqlalchemy.orm import Session

from core.queries.actor import Actor
from core.queries.open_items import (
    ALLOCATION,
    CURRENCY,
    HAS_REST,
    INVOICE,
    IS_INVOICE,
    IS_OPEN,
    RECEIPT,
    STANDS,
)
from core.queries.scope import visible_to
from core.records.customer import Customer
from core.records.tables import table_of
from core.rules.aging import BUCKETS, Aging
from core.rules.money import Money

_CUSTOMER = table_of(Customer)
_NOTHING: ColumnElement[int] = literal_column("0")
_FIRST_DAYS = tuple(int(bucket.rstrip("+").partition("-")[0]) for bucket in BUCKETS)
"""Days past due at which each bucket begins."""
_NOT_AGED = (_NOTHING,) * (1 + len(BUCKETS))


@dataclass(frozen=True, slots=True)
class AgingRow:
    """One customer's open items by age. Kept as minor units: a report may have tens of thousands of rows."""

    customer: int
    code: str
    name: str
    aged_minor: tuple[int, ...]
    """Not due, then the buckets in the order of `core.rules.aging.BUCKETS`."""
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
        return _aging(sums or [0] * len(_NOT_AGED))

    @property
    def unallocated(self) -> Money:
        """What all customers together have paid or been credited ahead."""
        return Money(sum(row.unallocated_minor for row in self.customers), CURRENCY)


def aging_report(session: Session, on: date, actor: Actor) -> AgingReport:
    """How old the receivables of the actor's customers were at the end of `on`."""
    sums: dict[int, Sequence[int]] = {}
    for statement in _statements(session, on):
        for customer, *amounts in session.execute(statement):
            before = sums.get(customer)
            sums[customer] = amounts if before is None else list(map(add, before, amounts))
    named = session.execute(
        select(_CUSTOMER.c.id, _CUSTOMER.c.code, _CUSTOMER.c.name)
        .where(visible_to(actor))
        .order_by(_CUSTOMER.c.code)
    )
    return AgingReport(
        on,
        tuple(
            AgingRow(customer, code, name, tuple(aged[:-1]), aged[-1])
            for customer, code, name in named
            if (aged := sums.get(customer)) is not None
        ),
    )


def _statements(session: Session, on: date) -> list[Select[Any]]:
    """Each yields customers with the amounts by age and, last, what is unallocated."""
    now = [_open_now(on), _rest_now(on)]
    if session.execute(select(exists().where(STANDS, ALLOCATION.c.on > on))).scalar_one():
        return [*now, _invoices_settled_later(on), _receipts_used_later(on), _notes_used_later(on)]
    return now


def _open_now(on: date) -> Select[Any]:
    noted = case((IS_INVOICE, 0), else_=INVOICE.c.open_minor)
    return (
        select(INVOICE.c.customer, *_aged(on, INVOICE.c.open_minor), func.sum(noted))
        .where(IS_OPEN, INVOICE.c.issued <= on)
        .group_by(INVOICE.c.customer)
    )


def _invoices_settled_later(on: date) -> Select[Any]:
    return (
        select(INVOICE.c.customer, *_aged(on, ALLOCATION.c.amount_minor), _NOTHING)
        .join(ALLOCATION, ALLOCATION.c.invoice == INVOICE.c.id)
        .where(STANDS, ALLOCATION.c.on > on, INVOICE.c.issued <= on)
        .group_by(INVOICE.c.customer)
    )


def _rest_now(on: date) -> Select[Any]:
    return (
        select(RECEIPT.c.customer, *_NOT_AGED, func.sum(RECEIPT.c.rest_minor))
        .where(HAS_REST, RECEIPT.c.received <= on)
        .group_by(RECEIPT.c.customer)
    )


def _receipts_used_later(on: date) -> Select[Any]:
    return (
        select(RECEIPT.c.customer, *_NOT_AGED, func.sum(ALLOCATION.c.amount_minor))
        .join(ALLOCATION, ALLOCATION.c.receipt == RECEIPT.c.id)
        .where(STANDS, ALLOCATION.c.on > on, RECEIPT.c.received <= on)
        .group_by(RECEIPT.c.customer)
    )


def _notes_used_later(on: date) -> Select[Any]:
    return (
        select(INVOICE.c.customer, *_NOT_AGED, func.sum(ALLOCATION.c.amount_minor))
        .join(ALLOCATION, ALLOCATION.c.credit_note == INVOICE.c.id)
        .where(STANDS, ALLOCATION.c.on > on, INVOICE.c.issued <= on)
        .group_by(INVOICE.c.customer)
    )


def _aged(on: date, amount: ColumnElement[int]) -> list[ColumnElement[int]]:
    """The sum of an invoice's amount that is not due, and of each bucket: due dates are held against days."""
    latest = [on - timedelta(days=first) for first in _FIRST_DAYS]
    earliest = [day + timedelta(days=1) for day in latest[1:]]
    due = INVOICE.c.due
    ages = [due >= on]
    ages += [due.between(since, until) for since, until in zip(earliest, latest, strict=False)]
    ages += [due <= latest[-1]]
    return [func.sum(case((and_(IS_INVOICE, age), amount), else_=0)) for age in ages]


def _aging(minor: Sequence[int]) -> Aging:
    not_due, *buckets = (Money(amount, CURRENCY) for amount in minor)
    return Aging(not_due, dict(zip(BUCKETS, buckets, strict=True)))
