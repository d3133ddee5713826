"""Keeping the receivables ledger: what is entered, and the reversal of an allocation (5.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.queries.ledger.open_items import CURRENCY, INVOICE, RECEIPT, portions
from core.records.ledger import Allocation, AwaitedInvoice, Invoice, Receipt
from core.records.tables import table_of
from core.rules.money import Money
from core.rules.refusal import Refusal
from core.services.desk import Command
from core.services.ledger.settlement import settle_with_notes, settle_with_receipts, settle_with_rests
from core.services.work import Work
from core.storage.bulk import insert_columns

_AWAITED = table_of(AwaitedInvoice)
_NEW_INVOICES = insert(INVOICE)
_NEW_RECEIPTS = insert(RECEIPT)
_NOTHING = Money.zero(CURRENCY)


class InvoiceEntry(NamedTuple):
    """An invoice or a credit note as it goes into the ledger; the amount is above zero for both."""

    number: str
    customer: int
    issued: date
    due: date
    amount: Money
    kind: Literal["invoice", "credit_note"] = "invoice"
    shipped: date | None = None
    disputed: Money = _NOTHING


class ReceiptEntry(NamedTuple):
    """A receipt as it goes into the ledger, with the numbers of the invoices it is for, if it says so."""

    number: str
    customer: int
    received: date
    amount: Money
    invoices: tuple[str, ...] = ()


def record_invoices(session: Session, entries: Sequence[InvoiceEntry]) -> None:
    """Enter invoices and credit notes whose numbers are new, and allocate.

    What was paid ahead settles the new invoices: receipts that waited for one by name, then other rests, the
    oldest first. A credit note settles what is due the longest. A few hundred entries keep the write lock
    short.
    """
    if not entries:
        return
    _enter_invoices(session, entries)
    settle_with_notes(session, [entry.number for entry in entries if entry.kind == "credit_note"])
    settle_with_rests(session, [entry.number for entry in entries if entry.kind == "invoice"])


def record_receipts(session: Session, entries: Sequence[ReceiptEntry]) -> None:
    """Enter receipts whose numbers are new, and allocate: to the invoices named, else the oldest due first.

    What a receipt cannot pay stays unallocated; it waits for the invoices it names that are not known yet.
    """
    if not entries:
        return
    _enter_receipts(session, entries)
    ids = _receipt_ids(session, [entry.number for entry in entries])
    settle_with_receipts(session, list(ids.values()))
    _await_unknown(session, {ids[entry.number]: entry.invoices for entry in entries if entry.invoices})


@dataclass(frozen=True)
class ReverseAllocation(Command):
    """Take back that a receipt or credit note settled an invoice."""

    allocation: int
    reason: str


def reverse_allocation(work: Work, command: ReverseAllocation) -> None:
    """Open the invoice and free the payment again; the balance stays what it was.

    The two are not put together again by themselves: allocating looks at what newly came in. Refuses what
    does not stand (any more).
    """
    session = work.session
    allocation = session.get(Allocation, command.allocation)
    if allocation is None or allocation.reversed_at is not None:
        raise Refusal("allocation-not-standing")
    invoice = session.get_one(Invoice, allocation.invoice)
    work.customer(invoice.customer)
    allocation.reversed_at = work.at
    _reopen(invoice, allocation.amount_minor)
    payment = _free(session, allocation)
    work.record(
        "allocation.reversed",
        f"customer:{invoice.customer}",
        allocation=allocation.id,
        invoice=invoice.number,
        payment=payment,
        amount=Money(allocation.amount_minor, invoice.currency),
        reason=command.reason,
    )


def _free(session: Session, allocation: Allocation) -> str:
    """Give the amount back to what had paid it. Returns its number."""
    if allocation.receipt is None:
        note = session.get_one(Invoice, allocation.credit_note)
        _reopen(note, allocation.amount_minor)
        return note.number
    receipt = session.get_one(Receipt, allocation.receipt)
    receipt.rest_minor += allocation.amount_minor
    return receipt.number


def _reopen(invoice: Invoice, amount_minor: int) -> None:
    invoice.open_minor += amount_minor
    invoice.status = "open"
    invoice.settled_on = None


def _enter_invoices(session: Session, entries: Sequence[InvoiceEntry]) -> None:
    amounts = [entry.amount.minor for entry in entries]
    insert_columns(
        session,
        _NEW_INVOICES,
        {
            "number": [entry.number for entry in entries],
            "customer": [entry.customer for entry in entries],
            "kind": [entry.kind for entry in entries],
            "issued": [entry.issued for entry in entries],
            "shipped": [entry.shipped for entry in entries],
            "due": [entry.due for entry in entries],
            "currency": [entry.amount.currency for entry in entries],
            "amount_minor": amounts,
            "disputed_minor": [entry.disputed.minor for entry in entries],
            "open_minor": amounts,
            "status": ["open"] * len(entries),
        },
    )


def _enter_receipts(session: Session, entries: Sequence[ReceiptEntry]) -> None:
    amounts = [entry.amount.minor for entry in entries]
    insert_columns(
        session,
        _NEW_RECEIPTS,
        {
            "number": [entry.number for entry in entries],
            "customer": [entry.customer for entry in entries],
            "received": [entry.received for entry in entries],
            "currency": [entry.amount.currency for entry in entries],
            "amount_minor": amounts,
            "rest_minor": amounts,
            "named": [";".join(entry.invoices) for entry in entries],
        },
    )


def _receipt_ids(session: Session, numbers: Sequence[str]) -> dict[str, int]:
    found = session.execute(select(RECEIPT.c.number, RECEIPT.c.id).where(RECEIPT.c.number.in_(numbers)))
    return {row.number: row.id for row in found}


def _await_unknown(session: Session, named: dict[int, tuple[str, ...]]) -> None:
    numbers = sorted({number for names in named.values() for number in names})
    known = {
        number
        for portion in portions(numbers)
        for number in session.scalars(select(INVOICE.c.number).where(INVOICE.c.number.in_(portion)))
    }
    awaited = [
        {"number": number, "receipt": receipt}
        for receipt, names in named.items()
        for number in dict.fromkeys(names)
        if number not in known
    ]
    if awaited:
        session.execute(insert(_AWAITED), awaited)
