"""What settles what, when something new has come into the ledger (5.2).

Only what is new is matched with what was there: two old items that are apart stay apart, so an allocation that
a person has reversed is not made again. And only as much is read as the new can use, however much is open.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, bindparam, delete, func, insert, not_, select, update
from sqlalchemy.orm import Session

from core.queries.open_items import (
    ALLOCATION,
    CURRENCY,
    HAS_REST,
    INVOICE,
    IS_INVOICE,
    IS_OPEN,
    RECEIPT,
    STANDS,
    portions,
)
from core.records.ledger import AwaitedInvoice
from core.records.tables import table_of
from core.rules.allocation import OpenItem, allocate
from core.rules.money import Money

_AWAITED = table_of(AwaitedInvoice)
_ITEMS = select(
    INVOICE.c.id,
    INVOICE.c.customer,
    INVOICE.c.number,
    INVOICE.c.issued,
    INVOICE.c.due,
    INVOICE.c.open_minor,
).where(IS_OPEN, IS_INVOICE)
_NOTES = select(INVOICE.c.id, INVOICE.c.customer, INVOICE.c.issued, INVOICE.c.open_minor).where(
    IS_OPEN, not_(IS_INVOICE)
)
_RECEIPTS = select(
    RECEIPT.c.id, RECEIPT.c.customer, RECEIPT.c.received, RECEIPT.c.rest_minor, RECEIPT.c.named
)


@dataclass(frozen=True, slots=True)
class _Payment:
    """Something that settles invoices: a receipt or a credit note, with what is left of it."""

    id: int
    customer: int
    on: date
    rest: Money
    named: tuple[str, ...] = ()
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class _Item:
    """An open invoice."""

    id: int
    customer: int
    open: OpenItem


def settle_with_receipts(session: Session, receipts: Sequence[int]) -> None:
    """Let new receipts pay what was open."""
    found = session.execute(_RECEIPTS.where(RECEIPT.c.id.in_(receipts))).all()
    payments = [_payment(row) for row in found]
    needed = _total_by_customer(RECEIPT.c.customer, RECEIPT.c.rest_minor, RECEIPT.c.id.in_(receipts))
    items = _oldest_items(session, needed)
    names = {number for payment in payments for number in payment.named}
    _allocate(session, payments, [*items, *_items_named(session, names)])


def settle_with_notes(session: Session, notes: Sequence[int]) -> None:
    """Let new credit notes settle what was open."""
    if not notes:
        return
    found = session.execute(_NOTES.where(INVOICE.c.id.in_(notes)))
    needed = _total_by_customer(INVOICE.c.customer, INVOICE.c.open_minor, INVOICE.c.id.in_(notes))
    _allocate(session, [_note(row) for row in found], _oldest_items(session, needed))


def settle_with_rests(session: Session, invoices: Sequence[int]) -> None:
    """Let what was paid or credited ahead settle new invoices."""
    if not invoices:
        return
    found = session.execute(_ITEMS.where(INVOICE.c.id.in_(invoices)))
    items = [_item(row) for row in found]
    needed = _total_by_customer(INVOICE.c.customer, INVOICE.c.open_minor, INVOICE.c.id.in_(invoices))
    payments = [
        *_receipts_awaiting(session, [item.open.number for item in items]),
        *_oldest_rests(session, needed),
        *_oldest_notes(session, needed),
    ]
    if payments:
        _allocate(session, payments, items)


def _allocate(session: Session, payments: Sequence[_Payment], items: Iterable[_Item]) -> None:
    """Who names invoices comes before who takes the oldest; then the older payment first."""
    open_items: dict[int, dict[str, _Item]] = defaultdict(dict)
    for item in items:
        open_items[item.customer][item.open.number] = item
    rows: list[dict[str, Any]] = []
    for payment in sorted(payments, key=lambda payment: (not payment.named, payment.on, payment.id)):
        theirs = open_items[payment.customer]
        parts = allocate(payment.rest, [item.open for item in theirs.values()], payment.named).parts
        for number, part in parts:
            item = theirs[number]
            left = item.open.open - part
            if left:
                theirs[number] = replace(item, open=replace(item.open, open=left))
            else:
                del theirs[number]
            rows.append(_allocation_values(payment, item, part))
    if rows:
        session.execute(insert(ALLOCATION), rows)
        _take_off(session, rows)


def _allocation_values(payment: _Payment, item: _Item, part: Money) -> dict[str, Any]:
    return {
        "invoice": item.id,
        "receipt": None if payment.is_note else payment.id,
        "credit_note": payment.id if payment.is_note else None,
        "amount_minor": part.minor,
        "on": max(payment.on, item.open.issued),
        "reversed_at": None,
    }


def _take_off(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Keep `open_minor` and `rest_minor` equal to the amount less the allocations."""
    used: dict[str, dict[int, int]] = {
        column: defaultdict(int) for column in ("invoice", "receipt", "credit_note")
    }
    for row in rows:
        for column, by_id in used.items():
            if row[column] is not None:
                by_id[row[column]] += row["amount_minor"]
    if used["receipt"]:
        session.execute(
            update(RECEIPT)
            .where(RECEIPT.c.id == bindparam("of"))
            .values(rest_minor=RECEIPT.c.rest_minor - bindparam("used")),
            [{"of": id_, "used": minor} for id_, minor in used["receipt"].items()],
        )
    taken = {**used["invoice"], **used["credit_note"]}
    session.execute(
        update(INVOICE)
        .where(INVOICE.c.id == bindparam("of"))
        .values(open_minor=INVOICE.c.open_minor - bindparam("used")),
        [{"of": id_, "used": minor} for id_, minor in taken.items()],
    )
    _close(session, list(taken))


def _close(session: Session, invoices: Sequence[int]) -> None:
    """What has nothing open any more is settled, on the day of its last allocation."""
    last = select(func.max(ALLOCATION.c.on)).where(
        STANDS, (ALLOCATION.c.invoice == INVOICE.c.id) | (ALLOCATION.c.credit_note == INVOICE.c.id)
    )
    session.execute(
        update(INVOICE)
        .where(INVOICE.c.id.in_(invoices), INVOICE.c.open_minor == 0)
        .values(status="settled", settled_on=last.scalar_subquery())
    )


def _oldest_items(session: Session, needed: Subquery) -> list[_Item]:
    """The oldest due invoices of each customer, as many as the amount needed can settle."""
    order = (INVOICE.c.due, INVOICE.c.issued, INVOICE.c.number)
    items = _oldest(_ITEMS, INVOICE.c.customer, INVOICE.c.open_minor, order, needed)
    return [_item(row) for row in session.execute(items)]


def _items_named(session: Session, numbers: Iterable[str]) -> list[_Item]:
    return [
        _item(row)
        for portion in portions(sorted(numbers))
        for row in session.execute(_ITEMS.where(INVOICE.c.number.in_(portion)))
    ]


def _oldest_rests(session: Session, needed: Subquery) -> list[_Payment]:
    """The oldest receipts of each customer that name no invoice, as many as the amount needed can use."""
    order = (RECEIPT.c.received, RECEIPT.c.id)
    unnamed = _RECEIPTS.where(HAS_REST, RECEIPT.c.named == "")
    rests = _oldest(unnamed, RECEIPT.c.customer, RECEIPT.c.rest_minor, order, needed)
    return [_payment(row) for row in session.execute(rests)]


def _oldest_notes(session: Session, needed: Subquery) -> list[_Payment]:
    order = (INVOICE.c.issued, INVOICE.c.id)
    notes = _oldest(_NOTES, INVOICE.c.customer, INVOICE.c.open_minor, order, needed)
    return [_note(row) for row in session.execute(notes)]


def _receipts_awaiting(session: Session, numbers: Sequence[str]) -> list[_Payment]:
    """The receipts that named invoices which have now arrived; they wait for these no longer."""
    arrived = _AWAITED.c.number.in_(numbers)
    waiting = select(_AWAITED.c.receipt).where(arrived)
    found = session.execute(_RECEIPTS.where(HAS_REST, RECEIPT.c.id.in_(waiting))).all()
    session.execute(delete(_AWAITED).where(arrived))
    return [_payment(row) for row in found]


def _total_by_customer(
    customer: ColumnElement[int], amount: ColumnElement[int], which: ColumnElement[bool]
) -> Subquery:
    return select(customer, func.sum(amount).label("total")).where(which).group_by(customer).subquery()


def _oldest(
    of: Select[Any],
    customer: ColumnElement[int],
    amount: ColumnElement[int],
    order: Sequence[ColumnElement[Any]],
    needed: Subquery,
) -> Select[Any]:
    """Those of each customer, in order, that come before the sum of the ones ahead reaches what is needed."""
    ahead = func.sum(amount).over(partition_by=customer, order_by=order, rows=(None, 0)) - amount
    ranked = of.add_columns(ahead.label("ahead")).where(customer.in_(select(needed.c.customer))).subquery()
    return (
        select(ranked)
        .join(needed, needed.c.customer == ranked.c.customer)
        .where(ranked.c.ahead < needed.c.total)
    )


def _item(row: Any) -> _Item:
    item = OpenItem(row.number, row.due, Money(row.open_minor, CURRENCY), row.issued)
    return _Item(row.id, row.customer, item)


def _payment(row: Any) -> _Payment:
    named = tuple(row.named.split(";")) if row.named else ()
    return _Payment(row.id, row.customer, row.received, Money(row.rest_minor, CURRENCY), named)


def _note(row: Any) -> _Payment:
    return _Payment(row.id, row.customer, row.issued, Money(row.open_minor, CURRENCY), is_note=True)
