"""What settles what, when something new has come into the ledger (5.2).

Only what is new is matched with what was there: two old items that are apart stay apart, so an allocation that
a person has reversed is not made again. And about as much is read as the new can use, however much is open.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    FromClause,
    Row,
    Select,
    Table,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.orm import Session

from core.queries.open_items import (
    ALLOCATION,
    CURRENCY,
    HAS_REST,
    INVOICE,
    RECEIPT,
    STANDS,
)
from core.records.customer import Customer
from core.records.ledger import AwaitedInvoice
from core.records.tables import table_of
from core.rules.allocation import OpenItem, allocate
from core.rules.money import Money
from core.storage.bulk import is_listed, listed

_AWAITED = table_of(AwaitedInvoice)
_CUSTOMER = table_of(Customer)
_FIRST_LOOK = 4
"""So many of a customer's open items are read at first; more only when these do not suffice."""
_LOOK_FURTHER = 8
"""Each further look reads so many times as many."""


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
    if not receipts:
        return
    found = session.execute(_NEW_RECEIPTS, listed(receipts))
    payments = [_payment(row) for row in found]
    names = {number for payment in payments for number in payment.named}
    items = [*_oldest_items(session, _by_customer(payments)), *_items_named(session, names)]
    _allocate(session, payments, items)


def settle_with_notes(session: Session, numbers: Sequence[str]) -> None:
    """Let new credit notes settle what was open."""
    if not numbers:
        return
    found = session.execute(_NEW_NOTES, listed(numbers))
    payments = [_note(row) for row in found]
    _allocate(session, payments, _oldest_items(session, _by_customer(payments)))


def settle_with_rests(session: Session, numbers: Sequence[str]) -> None:
    """Let what was paid or credited ahead settle new invoices."""
    if not numbers or not _anything_ahead(session):
        return
    items = _items_named(session, numbers)
    needed = _sums((item.customer, item.open.open) for item in items)
    payments = [
        *_receipts_awaiting(session, numbers),
        *_oldest_rests(session, needed),
        *_oldest_notes(session, needed),
    ]
    _allocate(session, payments, items)


def _anything_ahead(session: Session) -> bool:
    """Mostly there is nothing, and the indexes say so at once."""
    return any(session.execute(_AHEAD).one())


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
    session.execute(_CLOSE, listed(invoices))


def _open_invoices(of: FromClause) -> Select[Any]:
    return select(of.c.id, of.c.customer, of.c.number, of.c.issued, of.c.due, of.c.open_minor).where(
        of.c.status == literal_column("'open'"), of.c.kind == literal_column("'invoice'")
    )


def _open_notes(of: FromClause) -> Select[Any]:
    return select(of.c.id, of.c.customer, of.c.issued, of.c.open_minor).where(
        of.c.status == literal_column("'open'"), of.c.kind == literal_column("'credit_note'")
    )


def _receipts(of: FromClause) -> Select[Any]:
    return select(of.c.id, of.c.customer, of.c.received, of.c.rest_minor, of.c.named)


def _unnamed_rests(of: FromClause) -> Select[Any]:
    return _receipts(of).where(of.c.rest_minor > literal_column("0"), of.c.named == "")


def _first_of_each(
    open_of: Callable[[FromClause], Select[Any]], table: Table, order: Sequence[str]
) -> Select[Any]:
    """More than `look` rows of each listed customer, up to the end of a day; no more than that when there are no more.

    The last day is looked up in the index, customer by customer, so that what lies beyond it costs nothing.
    """
    peer = table.alias()
    last_day = (
        open_of(peer)
        .with_only_columns(peer.c[order[0]])
        .where(peer.c.customer == _CUSTOMER.c.id)
        .order_by(*(peer.c[column] for column in order))
        .offset(bindparam("look"))
        .limit(1)
        .scalar_subquery()
    )
    return (
        open_of(table)
        .join(_CUSTOMER, _CUSTOMER.c.id == table.c.customer)
        .where(is_listed(_CUSTOMER.c.id), table.c[order[0]] <= func.coalesce(last_day, date.max))
    )


# Made once: an import asks these for every few hundred rows.
_NEW_RECEIPTS = _receipts(RECEIPT).where(is_listed(RECEIPT.c.id))
_NEW_NOTES = _open_notes(INVOICE).where(is_listed(INVOICE.c.number))
_ITEMS_NAMED = _open_invoices(INVOICE).where(is_listed(INVOICE.c.number))
_FIRST_ITEMS = _first_of_each(_open_invoices, INVOICE, ("due", "issued", "number"))
_FIRST_RESTS = _first_of_each(_unnamed_rests, RECEIPT, ("received", "id"))
_FIRST_NOTES = _first_of_each(_open_notes, INVOICE, ("issued", "id"))
_AHEAD = select(
    exists(_AWAITED.c.receipt),
    _receipts(RECEIPT).where(HAS_REST).exists(),
    _open_notes(INVOICE).exists(),
)
_AWAITING = _receipts(RECEIPT).where(
    HAS_REST, RECEIPT.c.id.in_(select(_AWAITED.c.receipt).where(is_listed(_AWAITED.c.number)))
)
_ARRIVED = delete(_AWAITED).where(is_listed(_AWAITED.c.number))
_LAST_DAY = select(func.max(ALLOCATION.c.on)).where(
    STANDS, (ALLOCATION.c.invoice == INVOICE.c.id) | (ALLOCATION.c.credit_note == INVOICE.c.id)
)
_CLOSE = (
    update(INVOICE)
    .where(is_listed(INVOICE.c.id), INVOICE.c.open_minor == 0)
    .values(status="settled", settled_on=_LAST_DAY.scalar_subquery())
)


def _oldest_items(session: Session, needed: Mapping[int, int]) -> list[_Item]:
    return [_item(row) for row in _oldest(session, _FIRST_ITEMS, "open_minor", needed)]


def _oldest_rests(session: Session, needed: Mapping[int, int]) -> list[_Payment]:
    return [_payment(row) for row in _oldest(session, _FIRST_RESTS, "rest_minor", needed)]


def _oldest_notes(session: Session, needed: Mapping[int, int]) -> list[_Payment]:
    return [_note(row) for row in _oldest(session, _FIRST_NOTES, "open_minor", needed)]


def _oldest(
    session: Session, first_of_each: Select[Any], amount: str, needed: Mapping[int, int]
) -> list[Row[Any]]:
    """The oldest that lie open of each customer: all of them, or enough to make up the amount needed."""
    found: list[Row[Any]] = []
    lacking = dict(needed)
    look = _FIRST_LOOK
    while lacking:
        by_customer: dict[int, list[Row[Any]]] = defaultdict(list)
        for row in session.execute(first_of_each, {**listed(lacking.keys()), "look": look}):
            by_customer[row.customer].append(row)
        for customer in list(lacking):
            rows = by_customer[customer]
            enough = sum(getattr(row, amount) for row in rows) >= lacking[customer]
            if enough or len(rows) <= look:
                found += rows
                del lacking[customer]
        look *= _LOOK_FURTHER
    return found


def _items_named(session: Session, numbers: Collection[str]) -> list[_Item]:
    return [_item(row) for row in session.execute(_ITEMS_NAMED, listed(numbers))] if numbers else []


def _receipts_awaiting(session: Session, numbers: Collection[str]) -> list[_Payment]:
    """The receipts that named invoices which have now arrived; they wait for these no longer."""
    found = session.execute(_AWAITING, listed(numbers)).all()
    session.execute(_ARRIVED, listed(numbers))
    return [_payment(row) for row in found]


def _by_customer(payments: Iterable[_Payment]) -> dict[int, int]:
    return _sums((payment.customer, payment.rest) for payment in payments)


def _sums(amounts: Iterable[tuple[int, Money]]) -> dict[int, int]:
    sums: dict[int, int] = defaultdict(int)
    for customer, amount in amounts:
        sums[customer] += amount.minor
    return sums


def _item(row: Any) -> _Item:
    item = OpenItem(row.number, row.due, Money(row.open_minor, CURRENCY), row.issued)
    return _Item(row.id, row.customer, item)


def _payment(row: Any) -> _Payment:
    named = tuple(row.named.split(";")) if row.named else ()
    return _Payment(row.id, row.customer, row.received, Money(row.rest_minor, CURRENCY), named)


def _note(row: Any) -> _Payment:
    return _Payment(row.id, row.customer, row.issued, Money(row.open_minor, CURRENCY), is_note=True)
