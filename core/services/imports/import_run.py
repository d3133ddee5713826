"""The desk's part of an import: look at the file, and book it chunk by chunk (5.1).

Whoever runs may do it, at once or after a stop, even two at a time: the batch says what is next, and every
step is refused or passed over when it is not.
"""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import chain, takewhile

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import day_of
from core.files.columns import KIND_NAMES, KindName, find_columns, kind
from core.files.nearest import nearest
from core.files.sheet import BadFile, Sheet, read_sheet
from core.files.tables import CustomerRow, ImportRow, InvoiceRow, ParsedTable, ReceiptRow, RowError, read_rows
from core.queries.actor import CLOCK
from core.records.customer import Customer
from core.records.import_batch import ImportBatch
from core.records.inbox import Upload
from core.records.tables import table_of
from core.rules.lifecycles.import_lifecycle import ImportState
from core.rules.money import Money
from core.rules.refusal import Refusal
from core.services.desk import Desk
from core.services.imports.import_booking import Booked, FinishImport, ImportChunk
from core.services.imports.import_check import Misfit, check
from core.services.imports.imports import GiveUpImport, Preview, PreviewImport
from core.storage.collector import left_to_stand, nothing_collected
from core.storage.database import Database

log = logging.getLogger(__name__)

_CUSTOMER = table_of(Customer)

_HEADERS_SHOWN = 8
CHUNK_ROWS = 2_000
"""Rows that a chunk is offered; it books as many of them as there is time for."""


@dataclass(frozen=True, slots=True)
class ImportFile:
    """The file of an import, read: the same file gives the same rows whenever it is read."""

    kind: KindName
    table: ParsedTable[ImportRow]
    by: int | None
    """Who opened the import."""


async def read_import(database: Database, desk: Desk, batch: int) -> ImportFile:
    """Read the stored file of an import. Raises `Refusal` when it cannot be read; that is noted too."""
    _, file = await read_sheet_of(database, desk, batch)
    return file


async def read_sheet_of(database: Database, desk: Desk, batch: int) -> tuple[Sheet, ImportFile]:
    """The same, and the cells as they were sent."""

    def stored(session: Session) -> tuple[ImportBatch, Upload]:
        found = session.get(ImportBatch, batch)
        if found is None:
            raise Refusal("import-unknown")
        return found, session.get_one(Upload, found.upload)

    opened, upload = await database.read(stored)
    today = day_of(opened.at, desk.office.settings.zone)
    try:
        with nothing_collected():
            sheet = await read_sheet(upload.content, upload.name)
            name = next((name for name in KIND_NAMES if name == opened.kind), None) or kind_of(sheet)
            table = await asyncio.to_thread(read_rows, sheet, name, today)
            return sheet, ImportFile(name, table, opened.by)
    except Refusal as why:
        await desk.run(database, GiveUpImport(batch, why), CLOCK)
        raise


async def look_at_import(
    database: Database, desk: Desk, batch: int, file: ImportFile | None = None
) -> Preview:
    """Compare the file of an opened import with the books, and note it. Nothing is locked meanwhile."""
    file = file or await read_import(database, desk, batch)

    def compare(session: Session) -> Preview:
        return _preview(session, file.kind, file.table)

    with left_to_stand():
        preview = await database.read(compare)
    await desk.run(database, PreviewImport(batch, preview), CLOCK)
    return preview


async def run_import(database: Database, desk: Desk, batch: int, file: ImportFile | None = None) -> Booked:
    """Book a confirmed import from where it stands to its end; one that is done is told as it was."""
    rows = _in_booking_order((file or await read_import(database, desk, batch)).table.rows)
    first = (await database.read(lambda session: session.get_one(ImportBatch, batch))).next_row
    with left_to_stand():
        while first < len(rows):
            first = await desk.run(database, ImportChunk(batch, first, _offered(rows, first)), CLOCK)
    booked: Booked = await desk.run(database, FinishImport(batch), CLOCK)
    return booked


def _in_booking_order(rows: Sequence[ImportRow]) -> tuple[ImportRow, ...]:
    """What settles by name comes before what takes the oldest, whatever the file's order and the size of the chunks.

    The order is the file's own to tell, so an import that is taken up again goes on in the same one.
    """

    def turn(row: ImportRow) -> tuple[bool, date, int]:
        match row:
            case ReceiptRow():
                return _takes_oldest(row), row.received, row.row
            case InvoiceRow():
                return _takes_oldest(row), row.issued, row.row
            case CustomerRow():
                return False, date.min, row.row

    return tuple(sorted(rows, key=turn))


def _takes_oldest(row: ImportRow) -> bool:
    """Whether it settles what is due the longest, without naming it."""
    match row:
        case ReceiptRow():
            return not row.invoice
        case InvoiceRow():
            return row.kind == "credit_note"
        case CustomerRow():
            return False


def _offered(rows: tuple[ImportRow, ...], first: int) -> tuple[ImportRow, ...]:
    """The rows for a chunk. What takes the oldest waits for a chunk of its own: all that names has settled by then."""
    late = _takes_oldest(rows[first])
    return tuple(takewhile(lambda row: _takes_oldest(row) == late, rows[first : first + CHUNK_ROWS]))


async def take_up_import(database: Database, desk: Desk, batch: int) -> None:
    """Do what is next for an import, if it is the desk's to do: whenever one is opened or confirmed, and after a start."""
    state = (await database.read(lambda session: session.get_one(ImportBatch, batch))).state
    try:
        if state == ImportState.OPENED:
            await look_at_import(database, desk, batch)
        elif state == ImportState.RUNNING:
            await run_import(database, desk, batch)
    except Refusal as why:
        log.info("import %s: %s", batch, why)


def kind_of(sheet: Sheet) -> KindName:
    """The kind of file whose columns a header has; of several, the one that knows most of them."""
    known: dict[KindName, int] = {}
    for name in KIND_NAMES:
        with suppress(BadFile):
            known[name] = len(find_columns(kind(name), sheet.header).positions)
    if not known:
        raise BadFile("import-kind-unclear", header=list(sheet.header[:_HEADERS_SHOWN]))
    return max(known, key=lambda name: known[name])


def errors_of(session: Session, file: ImportFile) -> tuple[RowError, ...]:
    """Every bad cell of a file, by row: those that cannot be read, and those that do not go with the books."""
    misfits = check(session, file.kind, file.table.rows).misfits
    return _in_order(file.table.errors, _explained(session, file.table, misfits))


def _in_order(*errors: Iterable[RowError]) -> tuple[RowError, ...]:
    return tuple(sorted(chain.from_iterable(errors), key=lambda error: error.row))


def _preview(session: Session, name: KindName, table: ParsedTable[ImportRow]) -> Preview:
    checked = check(session, name, table.rows)
    return Preview(
        kind=name,
        readable=len(table.rows),
        new=len(checked.new),
        amount=None if name == "customers" else checked.amount,
        unchanged=checked.unchanged,
        errors=_in_order(table.errors, _explained(session, table, checked.misfits)),
        ignored_columns=tuple(table.ignored_columns),
    )


def _explained(
    session: Session, table: ParsedTable[ImportRow], misfits: Sequence[Misfit]
) -> Iterator[RowError]:
    """The misfits as errors of cells; a customer that nobody knows with the one that was probably meant."""
    if not misfits:
        return
    names = {row.code: row.name for row in session.execute(select(_CUSTOMER.c.code, _CUSTOMER.c.name))}
    for misfit in misfits:
        key, facts = misfit.key, dict(misfit.facts)
        if key == "books-customer-unknown" and (meant := nearest(misfit.value, names.keys())):
            key, facts = "books-customer-mistyped", {"nearest": meant, "name": names[meant]}
        value = misfit.value.amount if isinstance(misfit.value, Money) else misfit.value
        yield table.error(misfit.row.row, misfit.column, value, key, **facts)
