"""What settles what, when something new has come into the ledger (5.2).

Only what is new is matched with what was there: two old items that are apart stay apart, so an allocation that
a person has reversed is not made again.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from core.queries.ledger.open_items import ALLOCATION, INVOICE, RECEIPT, STANDS
from core.queries.ledger.unsettled import (
    Item,
    Payment,
    anything_ahead,
    awaiting,
    items_named,
    new_notes,
    new_receipts,
    oldest_items,
    oldest_notes,
    oldest_rests,
)
from core.records.ledger import AwaitedInvoice
from core.records.tables import table_of
from core.rules.money import Money
from core.rules.receivables.allocation import allocate
from core.storage.bulk import is_listed, listed

_AWAITED = table_of(AwaitedInvoice)
# Made once: an import asks these for every few hundred rows.
_ARRIVED = delete(_AWAITED).where(is_listed(_AWAITED.c.number))
_LAST_DAY = select(func.max(ALLOCATION.c.on)).where(
    STANDS, (ALLOCATION.c.invoice == INVOICE.c.id) | (ALLOCATION.c.credit_note == INVOICE.c.id)
)
_CLOSE = (
    update(INVOICE)
    .where(is_listed(INVOICE.c.id), INVOICE.c.open_minor == 0)
    .values(status="settled", settled_on=_LAST_DAY.scalar_subquery())
)


def settle_with_receipts(session: Session, receipts: Sequence[int]) -> None:
    """Let new receipts pay what was open."""
    if not receipts:
        return
    payments = new_receipts(session, receipts)
    names = {number for payment in payments for number in payment.named}
    items = [*oldest_items(session, _by_customer(payments)), *items_named(session, names)]
    _allocate(session, payments, items)


def settle_with_notes(session: Session, numbers: Sequence[str]) -> None:
    """Let new credit notes settle what was open."""
    if not numbers:
        return
    payments = new_notes(session, numbers)
    _allocate(session, payments, oldest_items(session, _by_customer(payments)))


def settle_with_rests(session: Session, numbers: Sequence[str]) -> None:
    """Let what was paid or credited ahead settle new invoices."""
    if not numbers or not anything_ahead(session):
        return
    items = items_named(session, numbers)
    needed = _sums((item.customer, item.open.open) for item in items)
    payments = [
        *_receipts_awaiting(session, numbers),
        *oldest_rests(session, needed),
        *oldest_notes(session, needed),
    ]
    _allocate(session, payments, items)


def _allocate(session: Session, payments: Sequence[Payment], items: Iterable[Item]) -> None:
    """Who names invoices comes before who takes the oldest; then the older payment first."""
    open_items: dict[int, dict[str, Item]] = defaultdict(dict)
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


def _allocation_values(payment: Payment, item: Item, part: Money) -> dict[str, Any]:
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


def _receipts_awaiting(session: Session, numbers: Sequence[str]) -> list[Payment]:
    """The receipts that named invoices which have now arrived; they wait for these no longer."""
    found = awaiting(session, numbers)
    session.execute(_ARRIVED, listed(numbers))
    return found


def _by_customer(payments: Iterable[Payment]) -> dict[int, int]:
    return _sums((payment.customer, payment.rest) for payment in payments)


def _sums(amounts: Iterable[tuple[int, Money]]) -> dict[int, int]:
    sums: dict[int, int] = defaultdict(int)
    for customer, amount in amounts:
        sums[customer] += amount.minor
    return sums
