"""What lies open in the ledger and what could settle it: the newly entered, and of the rest the oldest (5.2).

About as much is read as is needed, however much is open.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import FromClause, Row, Select, Table, bindparam, exists, func, literal_column, select
from sqlalchemy.orm import Session

from core.queries.ledger.open_items import CURRENCY, HAS_REST, INVOICE, RECEIPT
from core.records.customer import Customer
from core.records.ledger import AwaitedInvoice
from core.records.tables import table_of
from core.rules.money import Money
from core.rules.receivables.allocation import OpenItem
from core.storage.bulk import is_listed, listed

_AWAITED = table_of(AwaitedInvoice)
_CUSTOMER = table_of(Customer)
_FIRST_LOOK = 4
"""So many of a customer's open items are read at first; more only when these do not suffice."""
_LOOK_FURTHER = 8
"""Each further look reads so many times as many."""


@dataclass(frozen=True, slots=True)
class Payment:
    """Something that settles invoices: a receipt or a credit note, with what is left of it."""

    id: int
    customer: int
    on: date
    rest: Money
    named: tuple[str, ...] = ()
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """An open invoice."""

    id: int
    customer: int
    open: OpenItem


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


def new_receipts(session: Session, receipts: Sequence[int]) -> list[Payment]:
    """These receipts, by id."""
    return [_payment(row) for row in session.execute(_NEW_RECEIPTS, listed(receipts))]


def new_notes(session: Session, numbers: Sequence[str]) -> list[Payment]:
    """These credit notes, as far as they are open."""
    return [_note(row) for row in session.execute(_NEW_NOTES, listed(numbers))]


def awaiting(session: Session, numbers: Sequence[str]) -> list[Payment]:
    """The receipts that named these invoices before they were there."""
    return [_payment(row) for row in session.execute(_AWAITING, listed(numbers))]


def anything_ahead(session: Session) -> bool:
    """Is anything paid or credited ahead? Mostly there is nothing, and the indexes say so at once."""
    return any(session.execute(_AHEAD).one())


def oldest_items(session: Session, needed: Mapping[int, int]) -> list[Item]:
    """Open invoices, the earliest due first, that make up what each customer needs, in minor units."""
    return [_item(row) for row in _oldest(session, _FIRST_ITEMS, "open_minor", needed)]


def oldest_rests(session: Session, needed: Mapping[int, int]) -> list[Payment]:
    """Receipts with a rest that name no invoice, the earliest first."""
    return [_payment(row) for row in _oldest(session, _FIRST_RESTS, "rest_minor", needed)]


def oldest_notes(session: Session, needed: Mapping[int, int]) -> list[Payment]:
    """Open credit notes, the earliest first."""
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


def items_named(session: Session, numbers: Collection[str]) -> list[Item]:
    """These invoices, as far as they are open."""
    return [_item(row) for row in session.execute(_ITEMS_NAMED, listed(numbers))] if numbers else []


def _item(row: Any) -> Item:
    item = OpenItem(row.number, row.due, Money(row.open_minor, CURRENCY), row.issued)
    return Item(row.id, row.customer, item)


def _payment(row: Any) -> Payment:
    named = tuple(row.named.split(";")) if row.named else ()
    return Payment(row.id, row.customer, row.received, Money(row.rest_minor, CURRENCY), named)


def _note(row: Any) -> Payment:
    return Payment(row.id, row.customer, row.issued, Money(row.open_minor, CURRENCY), is_note=True)
