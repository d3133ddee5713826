"""A ledger of a million invoices, a hundred thousand of them open and thirty thousand of those overdue.

It stands as the worker left it on the evening of a day: every rung of the ladder that had come due is climbed.
"""

import random
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bench.office import SINCE, Member, add, add_staff, customer, settling
from core.queries.credit.lines import cap_key
from core.records.company import CompanyFact
from core.records.job_run import JobRun
from core.records.ledger import Receipt
from core.rules.money import Money
from core.rules.receivables.ladder import Ladder
from core.texts.wire import dumps

SHANGHAI = ZoneInfo("Asia/Shanghai")
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
    _settle(path, evening)
    chance = random.Random(1)
    dues = _dues(chance, evening)
    with sqlite3.connect(path) as books:
        books.execute("pragma synchronous=off")
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
    with sqlite3.connect(path) as books:
        books.execute("analyze")
        books.execute("pragma wal_checkpoint(truncate)")


def _settle(path: Path, evening: date) -> None:
    """The people, their customers, a few advances, and what the company has done so far."""
    roles = ["sales"] * SALESPEOPLE + [role for role, number in _ABOVE.items() for _ in range(number)]
    nine = datetime.combine(evening, time(9), tzinfo=SHANGHAI)
    with settling(path) as session:
        add_staff(session, "web", [Member(n, role, _region(n)) for n, role in enumerate(roles, start=1)])
        add(
            session,
            [customer(n, f"C{n:05d}", n % SALESPEOPLE + 1, _region(n)) for n in range(1, CUSTOMERS + 1)],
        )
        add(
            session,
            [
                Receipt(
                    number=f"R{n}", customer=n, received=evening, amount_minor=1_000_000, rest_minor=250_000
                )
                for n in range(1, CUSTOMERS, 10)
            ],
        )
        # Without it the total of lines is asked of the whole ledger each morning (B9 art. 23).
        add(session, [CompanyFact(key=cap_key(evening.year), value=dumps(Money(100_000_000_000)), at=SINCE)])
        add(
            session,
            [
                JobRun(
                    job="digest",
                    slot=f"{evening}T09:00",
                    holder="the worker",
                    started_at=nine,
                    lease_until=nine,
                    finished_at=nine,
                    report="{}",
                )
            ],
        )


def _region(number: int) -> str:
    return f"region {number % REGIONS}"


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
            stands: tuple[int, str, str | None] = (amount, "open", None)
        else:
            due = evening - timedelta(days=chance.randint(30, 1_000))
            stands = (0, "settled", due.isoformat())
        issued = due - timedelta(days=FURTHEST_DAYS)
        yield number, f"I{number}", customer, issued.isoformat(), due.isoformat(), amount, *stands
