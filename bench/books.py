"""A ledger of a million invoices, a hundred thousand of them open and thirty thousand of those overdue.

It stands as the worker left it on the evening of a day: every rung of the ladder that had come due is climbed.
"""

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from core.rules.ladder import Ladder
from core.rules.money import Money
from core.storage.upgrade import upgrade
from core.texts.wire import dumps

CUSTOMERS, INVOICES, OPEN, OVERDUE = 20_000, 1_000_000, 100_000, 30_000
SALESPEOPLE, REGIONS = 300, 12
OLDEST_DAYS, FURTHEST_DAYS = 400, 60
_ABOVE = {
    "market_manager": REGIONS,
    "credit_controller": 3,
    "cfo": 1,
    "marketing_vp": 1,
    "legal": 2,
    "auditor": 1,
    "admin": 1,
}


def keep(path: Path, evening: date, ladder: Ladder) -> None:
    """Make the database; the same numbers every time."""
    upgrade(path)
    chance = random.Random(1)
    with sqlite3.connect(path) as books:
        books.execute("pragma synchronous=off")
        _people(books)
        _customers(books)
        dues = _dues(chance, evening)
        books.executemany(
            "insert into invoice (id, number, customer, kind, issued, due, currency, amount_minor, disputed_minor,"
            " open_minor, status, settled_on) values (?, ?, ?, 'invoice', ?, ?, 'CNY', ?, 0, ?, ?, ?)",
            _invoices(chance, dues, evening),
        )
        books.executemany(
            "insert into reminder (invoice, rung, due_on, told_on) values (?, ?, ?, ?)",
            (
                (number, rung.days, came_due.isoformat(), came_due.isoformat())
                for number, due in enumerate(dues, start=1)
                for rung in ladder.rungs
                if (came_due := due + timedelta(days=rung.days)) <= evening
            ),
        )
        books.executemany(
            "insert into receipt (number, customer, received, currency, amount_minor, rest_minor, named)"
            " values (?, ?, ?, 'CNY', 1000000, 250000, '')",
            ((f"R{n}", n, evening.isoformat()) for n in range(1, CUSTOMERS, 10)),
        )
        # A ledger of this size has its total of lines set by finance (B9 art. 23).
        books.execute(
            "insert into company_fact (key, value, at) values (?, ?, ?)",
            (
                f"total-of-lines:{evening.year}",
                dumps(Money(100_000_000_000)),
                f"{evening.year}-01-01 00:00:00",
            ),
        )
        told = (f"{evening}T09:00", "the worker", *(f"{evening} 01:00:00",) * 3)
        books.execute(
            "insert into job_run (job, slot, holder, started_at, lease_until, finished_at, report)"
            " values ('digest', ?, ?, ?, ?, ?, '{}')",
            told,
        )
    with sqlite3.connect(path) as books:
        books.execute("analyze")
        books.execute("pragma wal_checkpoint(truncate)")


def _people(books: sqlite3.Connection) -> None:
    roles = ["sales"] * SALESPEOPLE + [role for role, number in _ABOVE.items() for _ in range(number)]
    books.executemany(
        "insert into person (id, name, english_name, region, language, active) values (?, ?, '', ?, '', 1)",
        ((n, f"person {n}", f"region {n % REGIONS}") for n in range(1, len(roles) + 1)),
    )
    books.executemany("insert into holding (person, role) values (?, ?)", enumerate(roles, start=1))
    at = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None).isoformat(" ")
    books.executemany(
        "insert into binding (channel, address, person, used_at) values ('web', ?, ?, ?)",
        ((str(n), n, at) for n in range(1, len(roles) + 1)),
    )


def _customers(books: sqlite3.Connection) -> None:
    books.executemany(
        "insert into customer (id, code, name, name_key, kind, region, owner, industry, size,"
        " legal_representative, address, phone, scope, bank_sealed, opened_at)"
        " values (?, ?, ?, ?, 'customer', ?, ?, '', '', '', '', '', '', '', '2025-01-01 00:00:00')",
        (
            (n, f"C{n:05d}", f"customer {n}", f"customer {n}", f"region {n % REGIONS}", n % SALESPEOPLE + 1)
            for n in range(1, CUSTOMERS + 1)
        ),
    )


def _dues(chance: random.Random, evening: date) -> list[date]:
    """When the open invoices are due: first those that are overdue, then those that are not."""
    late = [evening - timedelta(days=chance.randint(1, OLDEST_DAYS)) for _ in range(OVERDUE)]
    early = [evening + timedelta(days=chance.randint(0, FURTHEST_DAYS)) for _ in range(OPEN - OVERDUE)]
    return [*late, *early]


def _invoices(chance: random.Random, dues: list[date], evening: date) -> Iterator[tuple[Any, ...]]:
    for number in range(1, INVOICES + 1):
        amount, customer = chance.randint(10_000, 10_000_000), chance.randint(1, CUSTOMERS)
        if number <= OPEN:
            due = dues[number - 1]
            stands = (amount, "open", None)
        else:
            due = evening - timedelta(days=chance.randint(30, 1_000))
            stands = (0, "settled", due.isoformat())
        issued = due - timedelta(days=FURTHEST_DAYS)
        yield number, f"I{number}", customer, issued.isoformat(), due.isoformat(), amount, *stands
