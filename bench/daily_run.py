"""The worker's morning over a million invoices, held against plain SQL that finds and writes the same rows.

Reminders, digests and audit records: what the worker wrote on a day is written by plain SQL to a second copy of the
books in one transaction, after one query has found the reminders and one for each group of roles what to tell.
"""

import asyncio
import shutil
import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import books
from bench.lock_time import TimedDatabase, longest_hold
from bench.office import office
from bench.ratio import Ratio, Stopwatch, typical
from core.clock import SetClock
from core.queries.actor import OPERATOR
from core.queries.ledger.aging import aging_report
from core.rules.receivables.ladder import Ladder
from core.services.commands import open_desk
from core.services.desk import Desk
from core.storage.database import Database
from worker.run import run_job

DAYS = tuple(date(2026, 3, day) for day in (10, 11, 12, 13, 16, 17, 18, 19, 20, 23, 24))
AGING_ROUNDS = 7

_FIND = """
    with rung (days, reached, bit) as (values {rungs}),
    standing as materialized (
        select id, due, (
            select coalesce(sum(case rung {bits} else 0 end), 0) from reminder where reminder.invoice = invoice.id
        ) as climbed
        from invoice
        where status = 'open' and kind = 'invoice' and disputed_minor < open_minor and due <= :horizon
    )
    select id, due, case when due < :on then min(days) else max(days) end
    from standing cross join rung on due <= reached and (days > 0) = (due < :on) and climbed & bit = 0
    group by id
"""
_TELL = """
    select customer.name, customer.owner, customer.region, due < :on as overdue, count(*),
        sum(open_minor - disputed_minor), min(due)
    from (select distinct invoice from reminder where told_on = :on and rung in ({rungs})) as told
    join invoice on invoice.id = told.invoice
    join customer on customer.id = invoice.customer
    where status = 'open' and invoice.kind = 'invoice' and disputed_minor < open_minor
    group by customer.id, overdue
"""
_AGING = """
    select code, name, sums.* from customer join (
        select customer, sum(a), sum(b), sum(c), sum(d), sum(e), sum(f), sum(g), sum(u) from (
            select customer,
                sum(case when kind = 'invoice' and due >= :on then open_minor else 0 end) as a,
                sum(case when kind = 'invoice' and due < :on and due >= :d30 then open_minor else 0 end) as b,
                sum(case when kind = 'invoice' and due < :d30 and due >= :d60 then open_minor else 0 end) as c,
                sum(case when kind = 'invoice' and due < :d60 and due >= :d90 then open_minor else 0 end) as d,
                sum(case when kind = 'invoice' and due < :d90 and due >= :d180 then open_minor else 0 end) as e,
                sum(case when kind = 'invoice' and due < :d180 and due >= :d365 then open_minor else 0 end) as f,
                sum(case when kind = 'invoice' and due < :d365 then open_minor else 0 end) as g,
                sum(case when kind = 'invoice' then 0 else open_minor end) as u
            from invoice where status = 'open' and issued <= :on group by customer
            union all
            select customer, 0, 0, 0, 0, 0, 0, 0, sum(rest_minor)
            from receipt where rest_minor > 0 and received <= :on group by customer
        ) group by customer
    ) as sums on sums.customer = customer.id order by code
"""


async def _work(database: Database, desk: Desk, clock: SetClock, day: date) -> Stopwatch:
    clock.set(_morning(day))
    with Stopwatch() as spent:
        report = await run_job(database, desk, "digest", day)
    if report is None or not report.done["told"]:
        raise AssertionError("nobody was told anything")
    return spent


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=books.SHANGHAI)


def _plainly(plain: sqlite3.Connection, ours: sqlite3.Connection, ladder: Ladder, day: date) -> Stopwatch:
    """The same day in plain SQL; what no query finds, the words, is taken from what the worker wrote."""
    outbox = ours.execute("select * from outbox where date(created_at) = ?", (day.isoformat(),)).fetchall()
    audit = ours.execute("select * from audit where date(at) = ?", (day.isoformat(),)).fetchall()
    days = [rung.days for rung in ladder.rungs]
    reached = (f"({rung}, '{day - timedelta(days=rung)}', {1 << n})" for n, rung in enumerate(days))
    find = _FIND.format(
        rungs=", ".join(reached), bits=" ".join(f"when {rung} then {1 << n}" for n, rung in enumerate(days))
    )
    asked = {"on": day.isoformat(), "horizon": (day - timedelta(days=min(days))).isoformat()}
    with Stopwatch() as spent:
        plain.execute("begin immediate")
        found = plain.execute(find, asked).fetchall()
        plain.executemany(
            "insert into reminder (invoice, rung, due_on, told_on) values (?, ?, ?, ?)",
            (
                (number, rung, (date.fromisoformat(due) + timedelta(days=rung)).isoformat(), day.isoformat())
                for number, due, rung in found
            ),
        )
        for roles in {rung.roles for rung in ladder.rungs}:
            climbed = ", ".join(str(rung.days) for rung in ladder.rungs if rung.roles == roles)
            plain.execute(_TELL.format(rungs=climbed), asked).fetchall()
        for table, rows in (("outbox", outbox), ("audit", audit)):
            marks = ", ".join("?" * len(rows[0]))
            plain.executemany(f"insert into {table} values ({marks})", rows)
        plain.execute("commit")
    return spent


def _check(plain: sqlite3.Connection, ours: sqlite3.Connection) -> None:
    """Both sides climbed the same rungs on the same days."""
    told = "select invoice, rung, due_on, told_on from reminder where told_on >= ? order by invoice, rung"
    one, other = (side.execute(told, (DAYS[0].isoformat(),)).fetchall() for side in (plain, ours))
    if one != other or not one:
        raise AssertionError(f"plain SQL found {len(one)} reminders, the worker {len(other)}")


async def _aging(database: Database, plain: sqlite3.Connection) -> tuple[float, float]:
    on = DAYS[-1]
    asked = {"on": on.isoformat()}
    asked |= {f"d{days}": (on - timedelta(days=days)).isoformat() for days in (30, 60, 90, 180, 365)}
    rounds = []
    for _ in range(AGING_ROUNDS):
        with Stopwatch() as ours:
            report = await database.read(lambda session: aging_report(session, on, OPERATOR))
        with Stopwatch() as raw:
            rows = plain.execute(_AGING, asked).fetchall()
        rounds.append((ours.seconds, raw.seconds))
        if [(row.code, *row.aged_minor, row.unallocated_minor) for row in report.customers] != [
            (code, *sums) for code, _name, _customer, *sums in rows
        ]:
            raise AssertionError("the aging report is not what plain SQL finds")
    return typical(rounds)


async def _measure(folder: Path) -> list[Ratio]:
    path, copy = folder / "ours.db", folder / "plain.db"
    clock = SetClock(_morning(DAYS[0]))
    desk = open_desk(office(path, clock))
    ladder = desk.office.reminders(DAYS[0]).ladder
    books.keep(path, DAYS[0] - timedelta(days=1), ladder)
    shutil.copy(path, copy)
    plain = sqlite3.connect(copy, isolation_level=None)
    for setting in ("synchronous=full", "temp_store=memory", "wal_autocheckpoint=4000"):
        plain.execute(f"pragma {setting}")  # as `core.storage.engines` has them
    ours = sqlite3.connect(path)
    database = TimedDatabase(path)
    async with database:
        rounds, holds = [], []
        for day in DAYS:
            database.transactions.clear()
            worked = await _work(database, desk, clock, day)
            holds.append(max(database.transactions))
            rounds.append((worked, _plainly(plain, ours, ladder, day)))
        _check(plain, ours)
        aging = await _aging(database, plain)
    ours.close()
    plain.close()
    run = typical([(one.seconds, other.seconds) for one, other in rounds])
    processor = typical([(one.processor, other.processor) for one, other in rounds])
    return [
        Ratio("daily run, 1,000,000 invoices, 100,000 open", *run, "s", "plain SQL", 2),
        Ratio("daily run: processor time", *processor, "s", "plain SQL", None),
        longest_hold("daily run", holds),
        Ratio("aging report", *aging, "s", "the raw query", 1.5),
    ]


def measure() -> list[Ratio]:
    with TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder)))
