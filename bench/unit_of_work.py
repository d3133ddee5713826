"""One chat step as a unit of work, held against the same eight statements through the bare sqlite3 module.

Both sides are durable at every commit (``synchronous=FULL``, WAL) and are asked by sixteen callers at once, each
with its next step as soon as the last is committed; sqlite3 has a thread and a connection for each of them.
"""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from bench.office import SINCE, Member, add, add_staff, settling
from bench.ratio import Ratio, percentile, typical
from core.records.audit import AuditRecord
from core.records.inbox import Update
from core.records.outbox import OutboxMessage
from core.records.session import ChatSession
from core.records.staff import Binding, Person
from core.records.tables import table_of
from core.storage.database import Database

PEOPLE = 2_000
STEPS = 1_600
ROUNDS = 5
SLOWEST_SECONDS = 0.250
"""A person is not kept waiting longer, 99 times in 100, with 64 others at it."""

_INBOX, _OUTBOX, _AUDIT = table_of(Update), table_of(OutboxMessage), table_of(AuditRecord)
_SESSION, _BINDING, _PERSON = table_of(ChatSession), table_of(Binding), table_of(Person)

_STATE = '{"form":"check","subject":"","ask":"amount","answers":{"customer":7}}'
_BODY = '{"key":"ask-check-amount","facts":{},"buttons":[],"upload":null}'

_STORE = insert(_INBOX).returning(_INBOX.c.id)
_WHO = (
    select(_PERSON.c.id, _PERSON.c.name)
    .join(_BINDING, _BINDING.c.person == _PERSON.c.id)
    .where(_BINDING.c.channel == "telegram", _BINDING.c.address == bindparam("address"))
)
_WHERE = select(_SESSION.c.state, _SESSION.c.version).where(_SESSION.c.conversation == bindparam("there"))
_STAND = update(_SESSION).where(_SESSION.c.conversation == bindparam("there"))
_RECORD = insert(_AUDIT)
_SAY = insert(_OUTBOX)
_WORKED = update(_INBOX).where(_INBOX.c.id == bindparam("number")).values(state="worked")


def _our_step(key: int) -> Callable[[Session], None]:
    address = str(key % PEOPLE + 1)
    there, at = f"telegram:{address}", datetime.now(UTC)

    def step(session: Session) -> None:
        stored = {
            "channel": "telegram",
            "key": str(key),
            "conversation": there,
            "body": _BODY,
            "at": at,
            "state": "waiting",
        }
        number = session.execute(_STORE, stored).scalar_one()
        person = session.execute(_WHO, {"address": address}).one()
        stands = session.execute(_WHERE, {"there": there}).one()
        session.execute(_STAND, {"there": there, "state": _STATE, "version": stands.version + 1, "at": at})
        session.execute(
            _RECORD,
            {
                "seq": key,
                "at": at,
                "actor": f"person:{person.id}",
                "action": "step",
                "subject": there,
                "data": "{}",
                "previous": "0" * 64,
                "hash": "1" * 64,
            },
        )
        for _ in range(2):
            session.execute(
                _SAY,
                {
                    "channel": "telegram",
                    "conversation": there,
                    "person": person.id,
                    "body": _BODY,
                    "urgent": True,
                    "state": "waiting",
                    "attempts": 0,
                    "parts_done": 0,
                    "external_id": "",
                    "trouble": "",
                    "created_at": at,
                    "touched": key,
                },
            )
        session.execute(_WORKED, {"number": number})

    return step


def _bare_step(connection: sqlite3.Connection, key: int) -> None:
    address = str(key % PEOPLE + 1)
    there, at = f"telegram:{address}", datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
    run = connection.execute
    run("begin immediate")
    number = run(
        "insert into inbox (channel, key, conversation, body, at, state) values (?, ?, ?, ?, ?, ?)",
        ("telegram", str(key), there, _BODY, at, "waiting"),
    ).lastrowid
    person = run(
        "select person.id, person.name from person join binding on binding.person = person.id"
        " where binding.channel = ? and binding.address = ?",
        ("telegram", address),
    ).fetchone()
    (_state, version) = run("select state, version from session where conversation = ?", (there,)).fetchone()
    run(
        "update session set state = ?, version = ?, at = ? where conversation = ?",
        (_STATE, version + 1, at, there),
    )
    run(
        "insert into audit (seq, at, actor, action, subject, data, previous, hash)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        (key, at, f"person:{person[0]}", "step", there, "{}", "0" * 64, "1" * 64),
    )
    for _ in range(2):
        run(
            "insert into outbox (channel, conversation, person, body, urgent, state, attempts, parts_done,"
            " external_id, trouble, created_at, touched) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ("telegram", there, person[0], _BODY, True, "waiting", 0, 0, "", "", at, key),
        )
    run("update inbox set state = 'worked' where id = ?", (number,))
    run("commit")


def _settle(path: Path) -> None:
    """An office of its own for each side, with people whose conversations stand somewhere."""
    with settling(path) as session:
        add_staff(session, "telegram", [Member(number, "sales") for number in range(1, PEOPLE + 1)])
        add(
            session,
            [
                ChatSession(conversation=f"telegram:{n}", person=n, state=_STATE, version=1, at=SINCE)
                for n in range(1, PEOPLE + 1)
            ],
        )


async def _ours(database: Database, keys: Iterator[int], callers: int) -> tuple[float, list[float]]:
    """Steps a second, and how long each caller waited for each step."""
    waits: list[float] = []

    async def caller() -> None:
        for _ in range(STEPS // callers):
            began = time.perf_counter()
            await database.write(_our_step(next(keys)))
            waits.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(callers)))
    return len(waits) / (time.perf_counter() - began), waits


def _bare(path: Path, keys: Iterator[int], callers: int) -> float:
    def caller() -> None:
        connection = sqlite3.connect(path, isolation_level=None, timeout=30)
        connection.execute("pragma journal_mode=wal")
        connection.execute("pragma synchronous=full")
        connection.execute("pragma foreign_keys=on")
        ready.wait()
        for _ in range(STEPS // callers):
            _bare_step(connection, next(keys))
        connection.close()

    ready = threading.Barrier(callers + 1)
    threads = [threading.Thread(target=caller) for _ in range(callers)]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return STEPS / (time.perf_counter() - began)


async def _measure(folder: Path) -> list[Ratio]:
    ours, bare = folder / "ours.db", folder / "bare.db"
    _settle(ours)
    _settle(bare)
    our_keys, bare_keys = count(1), count(1)
    rounds: list[tuple[float, float]] = []
    waits: list[float] = []
    async with Database(ours) as database:
        await _ours(database, our_keys, 16)
        _bare(bare, bare_keys, 16)
        for _ in range(ROUNDS):
            rate, _sixteen = await _ours(database, our_keys, 16)
            rounds.append((1e6 / rate, 1e6 / _bare(bare, bare_keys, 16)))
            waits += (await _ours(database, our_keys, 64))[1]
    our_time, bare_time = typical(rounds)
    slowest = percentile(waits, 99)
    return [
        Ratio("unit of work, 16 callers", our_time, bare_time, "µs/step", "bare sqlite3, FULL", 4),
        Ratio(
            "unit of work, 99th percentile of 64 callers",
            slowest * 1e3,
            SLOWEST_SECONDS * 1e3,
            "ms",
            "250 ms",
            1,
        ),
    ]


def measure() -> list[Ratio]:
    with TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder)))
