"""Booking a confirmed import, a chunk in a transaction, and closing it (5.1)."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert

from core.files.columns import KindName
from core.files.tables import ImportRow
from core.records.customer import Customer
from core.records.import_batch import ImportBatch
from core.records.tables import table_of
from core.rules.firm_name import name_key
from core.rules.lifecycles.import_lifecycle import ImportAction, ImportState
from core.rules.money import Money
from core.services.desk import Command
from core.services.imports.import_batch import batch_of, move, subject
from core.services.imports.import_check import Checked, CustomerEntry, check
from core.services.ledger.ledger import InvoiceEntry, ReceiptEntry, record_invoices, record_receipts
from core.services.uploads import answer, name_of, sha256_of
from core.services.work import Work
from core.texts.message import Message
from core.texts.wire import Label

_CUSTOMER = table_of(Customer)

CHUNK_SECONDS = 0.015
"""No further portion joins a chunk that has taken so long; with its commit it holds the write lock under 50 ms."""
LEAST_PORTION, MOST_PORTION = 60, 250
"""Rows. No portion but the first is larger than all before it in its chunk, so that it takes no longer than they did."""


@dataclass(frozen=True, slots=True)
class Booked:
    """What an import did, in rows."""

    added: int
    amount: Money
    unchanged: int
    refused: int


@dataclass(frozen=True)
class ImportChunk(Command):
    """Book rows of a confirmed file, as many as there is time for: those from `first` among its readable rows."""

    batch: int
    first: int
    rows: tuple[ImportRow, ...]


def import_chunk(work: Work, command: ImportChunk) -> int:
    """Returns the index at which the batch now stands.

    The rows are booked only when it stood at `first`: the second of two desks that book the same file at once
    finds that it does not, changes nothing, and goes on from there.
    """
    batch = batch_of(work, command.batch)
    if batch.state == ImportState.DONE:
        return batch.next_row
    move(batch, ImportAction.BOOK)
    if batch.next_row != command.first:
        return batch.next_row
    checked = Checked()
    done = 0
    until = time.monotonic() + CHUNK_SECONDS
    while not done or (done < len(command.rows) and time.monotonic() < until):
        portion = command.rows[done : done + min(max(done, LEAST_PORTION), MOST_PORTION)]
        checked.add(_book(work, _kind(batch), portion))
        done += len(portion)
    amount = checked.amount
    batch.next_row += done
    batch.added += len(checked.new)
    batch.added_minor += amount.minor
    batch.unchanged += checked.unchanged
    batch.refused += len(checked.misfits)
    if checked.new:
        numbers = [row.row for row in command.rows[:done]]
        work.record(
            "import.booked",
            subject(batch),
            kind=batch.kind,
            by=batch.by,
            file=sha256_of(work.session, batch),
            rows=[min(numbers), max(numbers)],
            added=len(checked.new),
            amount=amount,
        )
    return batch.next_row


@dataclass(frozen=True)
class FinishImport(Command):
    """Close an import whose last row is dealt with, and tell."""

    batch: int


def finish_import(work: Work, command: FinishImport) -> Booked:
    """Told once, however many desks come to the end of it."""
    batch = batch_of(work, command.batch)
    booked = Booked(batch.added, Money(batch.added_minor), batch.unchanged, batch.refused)
    if batch.state == ImportState.DONE:
        return booked
    move(batch, ImportAction.FINISH)
    batch.finished_at = work.at
    counts = {"added": booked.added, "unchanged": booked.unchanged, "refused": booked.refused}
    work.record(
        "import.finished",
        subject(batch),
        kind=batch.kind,
        by=batch.by,
        file=sha256_of(work.session, batch),
        amount=booked.amount,
        **counts,
    )
    facts = {
        "file": name_of(work.session, batch),
        "kind": Label(f"import-kind-{batch.kind}"),
        "amount": None if batch.kind == "customers" else booked.amount,
        **counts,
    }
    answer(work, batch, Message("import-done", facts))
    return booked


def _book(work: Work, kind: KindName, some: Sequence[ImportRow]) -> Checked:
    checked = check(work.session, kind, some)
    entries: Sequence[Any] = checked.new
    match entries[:1]:
        case [InvoiceEntry()]:
            record_invoices(work.session, entries)
        case [ReceiptEntry()]:
            record_receipts(work.session, entries)
        case [CustomerEntry()]:
            work.session.execute(insert(_CUSTOMER), [_customer_values(work, entry) for entry in entries])
    return checked


def _customer_values(work: Work, entry: CustomerEntry) -> dict[str, Any]:
    row = entry.row
    capital = row.registered_capital
    return {
        "code": row.code,
        "name": row.name,
        "name_key": name_key(row.name),
        "uscc": row.uscc,
        "kind": row.kind,
        "region": row.region or "",
        "owner": entry.owner,
        "industry": row.industry or "",
        "size": row.size or "",
        "founded": row.founded,
        "registered_capital_minor": None if capital is None else capital.minor,
        "legal_representative": row.legal_representative or "",
        "address": row.address or "",
        "phone": row.phone or "",
        "scope": "",
        "bank_sealed": "",
        "opened_at": work.at,
    }


def _kind(batch: ImportBatch) -> KindName:
    kind: Any = batch.kind
    return kind  # type: ignore[no-any-return]
