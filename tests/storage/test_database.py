"""Units of work: each whole or not at all, in order, durable before it is answered, and none waits for ever."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from core.storage import engines
from core.storage.database import Database, announce


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A database with one account of zero and an empty list."""
    async with Database(tmp_path / "zixin.db") as found:

        def begin(session: Session) -> None:
            session.execute(text("create table account (balance integer)"))
            session.execute(text("insert into account values (0)"))
            session.execute(text("create table entry (name text)"))

        await found.write(begin)
        yield found


def entry(name: str) -> Callable[[Session], str]:
    def work(session: Session) -> str:
        session.execute(text("insert into entry values (:name)"), {"name": name})
        return name

    return work


def failing(name: str) -> Callable[[Session], str]:
    def work(session: Session) -> str:
        entry(name)(session)
        raise LookupError(name)

    return work


async def entries(database: Database) -> list[str]:
    return await database.read(
        lambda session: list(session.execute(text("select name from entry")).scalars())
    )


class Hold:
    """Keeps the writer busy, so that what is asked for meanwhile shares one transaction."""

    def __init__(self, database: Database) -> None:
        self._begun, self._go = threading.Event(), threading.Event()
        self._unit = asyncio.ensure_future(database.write(self._work))

    def _work(self, _session: Session) -> None:
        self._begun.set()
        self._go.wait(5)

    async def begun(self) -> None:
        await asyncio.to_thread(self._begun.wait, 5)

    async def let_go(self) -> None:
        self._go.set()
        await self._unit


async def commits_of(database: Database) -> list[None]:
    """Grows by one with every commit of the writer."""
    seen: list[None] = []
    event.listen(database._writer, "commit", lambda _connection: seen.append(None))
    return seen


async def test_a_failed_unit_undoes_itself_and_not_those_that_shared_its_transaction(
    database: Database,
) -> None:
    commits = await commits_of(database)
    hold = Hold(database)
    await hold.begun()
    units = [database.write(work) for work in (entry("first"), failing("second"), entry("third"))]
    together = asyncio.gather(*units, return_exceptions=True)
    await asyncio.sleep(0)
    await hold.let_go()
    first, second, third = await together
    assert (first, third) == ("first", "third")
    assert isinstance(second, LookupError)
    assert await entries(database) == ["first", "third"]
    assert len(commits) < 4


async def test_units_are_done_in_the_order_in_which_they_were_asked_for(database: Database) -> None:
    names = [f"{number:03}" for number in range(200)]
    await asyncio.gather(*(database.write(entry(name)) for name in names))
    assert await entries(database) == names


async def test_a_caller_who_goes_away_takes_nobody_along(database: Database) -> None:
    hold = Hold(database)
    await hold.begun()
    gone = asyncio.ensure_future(database.write(entry("gone")))
    stays = asyncio.ensure_future(database.write(entry("stays")))
    await asyncio.sleep(0)
    gone.cancel()
    await hold.let_go()
    assert await stays == "stays"
    assert await entries(database) == ["gone", "stays"]  # it was asked for, and asking is all it takes


async def test_nobody_is_told_done_before_the_commit(database: Database) -> None:
    """Another connection sees what was answered at once, however the answer and the commit race."""
    with closing(sqlite3.connect(database.path)) as other:
        for number in range(50):
            await database.write(entry(str(number)))
            assert other.execute("select count(*) from entry").fetchone() == (number + 1,)


async def test_a_commit_that_fails_is_told_to_everyone_whose_work_it_held(database: Database) -> None:
    hold = Hold(database)
    await hold.begun()
    units = asyncio.gather(database.write(entry("a")), database.write(entry("b")), return_exceptions=True)
    await asyncio.sleep(0)

    @event.listens_for(database._writer, "commit", once=True)
    def full(_connection: object) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        await hold.let_go()
    assert [type(answer) for answer in await units] == [OSError, OSError]
    assert await entries(database) == []
    assert await database.write(entry("after")) == "after"


async def test_a_lock_that_another_program_holds_is_told_and_heals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_TIMEOUT_MS", 50)
    async with Database(tmp_path / "zixin.db") as database:
        await database.write(lambda session: session.execute(text("create table entry (name text)")))
        with closing(sqlite3.connect(database.path)) as other:
            other.execute("begin immediate")
            with pytest.raises(OperationalError, match="locked"):
                await asyncio.wait_for(database.write(entry("too early")), 5)
        assert await database.write(entry("later")) == "later"
        assert await entries(database) == ["later"]


async def test_a_file_that_cannot_be_opened_is_told_and_heals(tmp_path: Path) -> None:
    path = tmp_path / "zixin.db"
    path.mkdir()  # what stands where the file belongs
    async with Database(path) as database, asyncio.timeout(10):
        with pytest.raises(OperationalError, match="unable to open"):
            await database.write(entry("early"))
        path.rmdir()
        await database.write(lambda session: session.execute(text("create table entry (name text)")) and None)
        await database.write(entry("late"))
        assert await entries(database) == ["late"]


async def test_readers_cannot_write(database: Database) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        await database.read(entry("sneaked in"))
    assert await entries(database) == []


async def test_a_reader_sees_one_steady_picture(database: Database) -> None:
    looked, written = threading.Event(), threading.Event()

    def look_twice(session: Session) -> tuple[int, int]:
        before = session.execute(text("select count(*) from entry")).scalar_one()
        looked.set()
        written.wait(5)
        return before, session.execute(text("select count(*) from entry")).scalar_one()

    looking = asyncio.ensure_future(database.read(look_twice))
    await asyncio.to_thread(looked.wait, 5)
    await database.write(entry("meanwhile"))
    written.set()
    assert await looking == (0, 0)
    assert await entries(database) == ["meanwhile"]


async def test_the_writer_takes_its_lock_at_the_beginning(database: Database) -> None:
    """A plain BEGIN would let two writers in and then refuse one of them half-way."""

    def begin_beside(session: Session) -> None:
        session.execute(text("select balance from account"))
        with closing(sqlite3.connect(database.path, timeout=0, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")

    await database.read(begin_beside)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        await database.write(begin_beside)


async def test_every_commit_is_flushed_to_the_disk(database: Database) -> None:
    def ask(session: Session) -> tuple[int, str]:
        return (
            session.execute(text("pragma synchronous")).scalar_one(),
            session.execute(text("pragma journal_mode")).scalar_one(),
        )

    assert await database.write(ask) == (2, "wal")  # 2 is FULL


async def test_no_update_is_lost_among_sixteen_callers(database: Database) -> None:
    """Read, add, write back: 16 callers, 50 times each."""

    def add_one(session: Session) -> None:
        balance = session.execute(text("select balance from account")).scalar_one()
        session.execute(text("update account set balance = :next"), {"next": balance + 1})

    async def caller() -> None:
        for _ in range(50):
            await database.write(add_one)

    await asyncio.gather(*(caller() for _ in range(16)))
    balance = await database.read(
        lambda session: session.execute(text("select balance from account")).scalar()
    )
    assert balance == 800


async def test_no_update_is_lost_between_two_processes_worth_of_writers(database: Database) -> None:
    def add_one(session: Session) -> None:
        balance = session.execute(text("select balance from account")).scalar_one()
        session.execute(text("update account set balance = :next"), {"next": balance + 1})

    async def caller(which: Database) -> None:
        for _ in range(50):
            await which.write(add_one)

    async with Database(database.path) as other:
        await asyncio.gather(*(caller(which) for which in (database, other)))
    balance = await database.read(
        lambda session: session.execute(text("select balance from account")).scalar()
    )
    assert balance == 100


async def test_units_that_wait_when_it_is_told_to_stop_are_still_done(tmp_path: Path) -> None:
    async with Database(tmp_path / "zixin.db") as database:
        await database.write(lambda session: session.execute(text("create table entry (name text)")))
        hold = Hold(database)
        await hold.begun()
        waiting = [asyncio.ensure_future(database.write(entry(str(number)))) for number in range(20)]
        await asyncio.sleep(0)
        asyncio.get_running_loop().call_later(0.05, hold._go.set)
    assert await asyncio.gather(*waiting) == [str(number) for number in range(20)]
    with closing(sqlite3.connect(tmp_path / "zixin.db")) as after:
        assert after.execute("select count(*) from entry").fetchone() == (20,)


async def test_what_a_unit_announces_is_heard_after_its_commit_and_only_then(database: Database) -> None:
    heard: list[frozenset[str]] = []
    database.on_commit(heard.append)

    def good(session: Session) -> None:
        announce(session, "telegram")
        assert heard == []

    def bad(session: Session) -> None:
        announce(session, "web")
        raise LookupError

    await database.write(good)
    with pytest.raises(LookupError):
        await database.write(bad)
    assert heard == [frozenset({"telegram"})]
