"""What is known of ten thousand customers, against plain SQL that reads the same rows and makes nothing of them.

They are the sample company over and over: ledgers of a year, surveys, and for a tenth of them statements. What it takes
to rate them is measured elsewhere (`bench.kept_grades`).
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bench.office import office
from bench.ratio import Ratio, typical
from core.clock import SetClock
from core.queries.customers.facts import facts_of_many, known_facts
from core.queries.office import Office
from core.samples.load import load_sample
from core.services.commands import open_desk
from core.storage.database import Database
from core.storage.engines import reader_engine
from core.storage.upgrade import upgrade
from worker.jobs.snapshot import CHUNK

_CUSTOMERS = 10_000
_ROUNDS = 5
_ONE_BY_ONE = 400
_TODAY = date(2026, 3, 10)
_MORNING = datetime(2026, 3, 10, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
_SAMPLE = 40
_EVERY_THIRD = 3
"""A third of the sample company's customers have statements; of every third copy that is a tenth of all."""

_COPIES: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "customer": (("code", "name"), ("uscc",)),
    "invoice": (("number",), ()),
    "receipt": (("number",), ()),
    "fact": ((), ()),
    "statement": ((), ()),
}
"""Of each table what is named anew in a copy, and what is left out."""

_READ = (
    "select id, industry, size from customer where id between ? and ?",
    "select customer, issued, amount_minor, kind, due, settled_on from invoice where customer between ? and ?",
    "select customer, received, amount_minor from receipt where customer between ? and ?",
    'select customer, key, value, source, as_of, "by" from fact where customer between ? and ? order by customer, id',
    "select * from statement where customer between ? and ? order by customer, ends, id",
    "select customer, review, expert, marks, known_on from review_sheet where customer between ? and ?",
)


def measure() -> Sequence[Ratio]:
    """Seconds of processor time for all of them and for a thousand; milliseconds for one by itself."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "facts.db"
        company = office(path, SetClock(_MORNING))
        asyncio.run(_settle(company, path))
        rounds = [
            (_seconds(lambda: _facts(company, path)), _seconds(lambda: _rows(path))) for _ in range(_ROUNDS)
        ]
        alone = min(_seconds(lambda: _one_by_one(company, path)) for _ in range(_ROUNDS)) / _ONE_BY_ONE
    ours, reading = typical(rounds)
    thousands = _CUSTOMERS / 1000
    return [
        Ratio(
            f"facts of {_CUSTOMERS:,} customers", ours, reading, "s CPU", "plain SQL reading the rows", None
        ),
        Ratio("the same, of a thousand", ours / thousands, reading / thousands, "s CPU", "the same", None),
        Ratio("facts of one customer", alone * 1e3, 1, "ms CPU", "the bound", 1),
    ]


def _facts(company: Office, path: Path) -> None:
    with _reading(path) as session:
        for first, last in _chunks():
            known = facts_of_many(session, company, range(first, last + 1), _TODAY)
            assert len(known) == CHUNK


def _rows(path: Path) -> None:
    with sqlite3.connect(path) as books:
        for chunk in _chunks():
            for question in _READ:
                books.execute(question, chunk).fetchall()
    books.close()


def _one_by_one(company: Office, path: Path) -> None:
    with _reading(path) as session:
        for customer in range(1, _ONE_BY_ONE + 1):
            known_facts(session, company, customer, _TODAY)


def _chunks() -> Iterator[tuple[int, int]]:
    return ((first, first + CHUNK - 1) for first in range(1, _CUSTOMERS, CHUNK))


@contextmanager
def _reading(path: Path) -> Iterator[Session]:
    engine = reader_engine(path)
    with Session(engine) as session:
        yield session
    engine.dispose()


def _seconds(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


async def _settle(company: Office, path: Path) -> None:
    upgrade(path)
    async with Database(path) as database:
        await load_sample(database, open_desk(company), _TODAY)
    with sqlite3.connect(path) as books:
        for table, (named, left_out) in _COPIES.items():
            _copy(books, table, named, left_out)
    books.close()


def _copy(books: sqlite3.Connection, table: str, named: Sequence[str], left_out: Sequence[str]) -> None:
    """The rows of the sample company's customers, again for each of its copies."""
    of = "id" if table == "customer" else "customer"
    columns = [row[1] for row in books.execute(f"pragma table_info({table})") if row[1] not in left_out]
    anew = {name: f"{name} || '-' || copy" for name in named} | {"id": "null", of: f"{of} + copy * {_SAMPLE}"}
    given = ", ".join(anew.get(column, f'"{column}"') for column in columns)
    step = _EVERY_THIRD if table == "statement" else 1
    names = ", ".join(f'"{column}"' for column in columns)
    books.execute(
        f"""
        with recursive copies (copy) as (
            select {step} union all select copy + {step} from copies where copy + {step} < {_CUSTOMERS // _SAMPLE}
        )
        insert into {table} ({names}) select {given} from {table}, copies
        """
    )
