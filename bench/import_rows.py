"""Fifty thousand invoices from a workbook, held against python-calamine reading it and plain SQL inserting the rows.

Ours is the whole way of ``zixin import``: the file read in a child process with limits, every cell checked, the preview, and
then the booking in chunks, each row compared with the books, settled, and on record.
"""

import asyncio
import hashlib
import io
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from bench.lock_time import TimedDatabase, longest_hold
from bench.office import Member, add, add_staff, customer, office, settling
from bench.ratio import Ratio, Stopwatch, typical
from core.clock import SetClock
from core.queries.actor import OPERATOR
from core.records.inbox import Upload
from core.services.commands import open_desk
from core.services.desk import Desk
from core.services.imports.import_run import look_at_import, read_import, run_import
from core.services.imports.imports import ConfirmImport, OpenImport

ROWS, CUSTOMERS = 50_000, 1_000
ROUNDS = 3
LIMIT = 4.0
AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
_HEADER = ("number", "customer", "issued", "amount", "due", "currency")
_INSERT = (
    "insert into invoice (number, customer, kind, issued, due, currency, amount_minor, disputed_minor, open_minor,"
    " status) values (?, ?, 'invoice', ?, ?, ?, ?, 0, ?, 'open')"
)


def _workbook() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, _HEADER)
    for row in range(1, ROWS + 1):
        issued = date(2025, 3, 1) + timedelta(days=row % 360)
        sheet.write_row(row, 0, (f"INV-{row:06d}", f"C{row % CUSTOMERS + 1:04d}"))
        sheet.write_datetime(row, 2, issued, day)
        sheet.write_number(row, 3, 1000 + row % 9000 + 0.25)
        sheet.write_datetime(row, 4, issued + timedelta(days=60), day)
        sheet.write_string(row, 5, "CNY")
    book.close()
    return out.getvalue()


def _settle(path: Path, content: bytes) -> None:
    with settling(path) as session:
        add_staff(session, "web", [Member(1, "sales")])
        add(session, [customer(n, f"C{n:04d}", 1) for n in range(1, CUSTOMERS + 1)])
        sha256 = hashlib.sha256(content).hexdigest()
        add(session, [Upload(id=1, name="invoices.xlsx", sha256=sha256, content=content, at=AT)])


async def _ours(database: TimedDatabase, desk: Desk) -> Stopwatch:
    with Stopwatch() as spent:
        batch = await desk.run(database, OpenImport(1, "invoices"), OPERATOR)
        file = await read_import(database, desk, batch)
        preview = await look_at_import(database, desk, batch, file)
        await desk.run(database, ConfirmImport(batch), OPERATOR)
        booked = await run_import(database, desk, batch, file)
    if (preview.new, preview.bad, booked.added) != (ROWS, 0, ROWS):
        raise AssertionError(f"previewed {preview.new}, bad {preview.bad}, booked {booked.added}")
    return spent


def _plainly(path: Path, content: bytes) -> Stopwatch:
    books = sqlite3.connect(path)
    books.execute("pragma synchronous=full")
    with Stopwatch() as spent:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        rows: Iterator[Any] = islice(sheet.iter_rows(), 1, None)
        ids = dict(books.execute("select code, id from customer"))
        with books:
            books.executemany(
                _INSERT,
                (
                    (
                        number,
                        ids[code],
                        issued.isoformat(),
                        due.isoformat(),
                        currency,
                        round(amount * 100),
                        round(amount * 100),
                    )
                    for number, code, issued, amount, due, currency in rows
                ),
            )
    books.close()
    return spent


async def _measure(folder: Path) -> list[Ratio]:
    content = _workbook()
    rounds, holds = [], []
    for number in range(ROUNDS):
        ours, plain = folder / f"ours-{number}.db", folder / f"plain-{number}.db"
        _settle(ours, content)
        _settle(plain, content)
        database = TimedDatabase(ours)
        async with database:
            worked = await _ours(database, open_desk(office(ours, SetClock(AT))))
        holds.append(max(database.transactions))
        rounds.append((worked, _plainly(plain, content)))
    seconds = typical([(one.seconds, other.seconds) for one, other in rounds])
    processor = typical([(one.processor, other.processor) for one, other in rounds])
    against = "calamine and plain SQL"
    return [
        Ratio("import of 50,000 invoices from xlsx", *seconds, "s", against, LIMIT),
        Ratio("import: processor time", *processor, "s", against, None),
        longest_hold("import", holds),
    ]


def measure() -> list[Ratio]:
    with TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder)))
