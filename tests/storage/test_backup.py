"""Backup while people work, and restore: whole, or refused."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from core.rules.refusal import Refusal
from core.storage.backup import backup, restore
from core.storage.database import Database


def pair(number: int) -> Callable[[Session], None]:
    """Two rows that belong together: a copy with one of them is not whole."""

    def work(session: Session) -> None:
        for side in ("debit", "credit"):
            session.execute(
                text("insert into entry values (:number, :side)"), {"number": number, "side": side}
            )

    return work


def entries(path: Path) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("select number, side from entry order by number, side").fetchall()


def whole(rows: list[tuple[int, str]]) -> bool:
    numbers = sorted({number for number, _ in rows})
    return rows == [(number, side) for number in numbers for side in ("credit", "debit")]


async def ledger(path: Path, count: int) -> None:
    async with Database(path) as database:
        await database.write(
            lambda session: session.execute(text("create table entry (number integer, side text)"))
        )

        def fill(session: Session) -> None:
            for number in range(count):
                pair(number)(session)

        await database.write(fill)


async def test_a_copy_made_while_people_work_is_whole(tmp_path: Path) -> None:
    path, target = tmp_path / "zixin.db", tmp_path / "copies" / "monday.db"
    async with Database(path) as database:
        await database.write(
            lambda session: session.execute(text("create table entry (number integer, side text)"))
        )
        for number in range(50):
            await database.write(pair(number))
        copying = asyncio.ensure_future(asyncio.to_thread(backup, path, target))
        for number in range(50, 150):
            await database.write(pair(number))
        await copying
    copied = entries(target)
    assert whole(copied)
    assert 100 <= len(copied) <= 300
    assert len(entries(path)) == 300
    assert not target.with_name("monday.db.partial").exists()


async def test_restored_it_reads_as_it_did_and_what_was_there_is_kept(tmp_path: Path) -> None:
    path, copy = tmp_path / "zixin.db", tmp_path / "copy.db"
    await ledger(path, 3)
    backup(path, copy)
    async with Database(path) as database:
        await database.write(pair(99))
    restore(copy, path)
    assert {number for number, _ in entries(path)} == {0, 1, 2}
    assert (99, "debit") in entries(tmp_path / "zixin.db.before-restore")
    async with Database(path) as database:
        await database.write(pair(4))
    assert {number for number, _ in entries(path)} == {0, 1, 2, 4}


async def test_restoring_makes_a_database_where_there_was_none(tmp_path: Path) -> None:
    await ledger(tmp_path / "zixin.db", 2)
    backup(tmp_path / "zixin.db", tmp_path / "copy.db")
    restore(tmp_path / "copy.db", tmp_path / "elsewhere" / "zixin.db")
    assert len(entries(tmp_path / "elsewhere" / "zixin.db")) == 4


async def test_what_an_old_process_left_in_the_log_does_not_come_back(tmp_path: Path) -> None:
    """After a kill the -wal file holds commits of the old database; over the restored one they would be poison."""
    path, copy = tmp_path / "zixin.db", tmp_path / "copy.db"
    await ledger(path, 2)
    backup(path, copy)
    with closing(sqlite3.connect(path)) as killed:
        killed.execute("insert into entry values (77, 'debit'), (77, 'credit')")
        killed.commit()
        log = path.with_name("zixin.db-wal").read_bytes()
    path.with_name("zixin.db-wal").write_bytes(log)
    restore(copy, path)
    assert {number for number, _ in entries(path)} == {0, 1}


@pytest.mark.parametrize("damage", ["a page overwritten", "cut short", "no database at all"])
async def test_a_damaged_copy_is_refused_and_the_database_stays(tmp_path: Path, damage: str) -> None:
    path, copy = tmp_path / "zixin.db", tmp_path / "copy.db"
    await ledger(path, 300)
    backup(path, copy)
    content = bytearray(copy.read_bytes())
    match damage:
        case "a page overwritten":
            content[4096:8192] = b"\xff" * 4096
        case "cut short":
            content = content[: len(content) // 2]
        case _:
            content = bytearray(b"one, two, three\n" * 100)
    copy.write_bytes(content)
    before = entries(path)
    with pytest.raises(Refusal) as refusal:
        restore(copy, path)
    assert refusal.value.key == "db-damaged"
    assert entries(path) == before


async def test_a_damaged_database_is_not_passed_off_as_a_backup(tmp_path: Path) -> None:
    path, target = tmp_path / "zixin.db", tmp_path / "copy.db"
    await ledger(path, 300)
    content = bytearray(path.read_bytes())
    content[4096:8192] = b"\xff" * 4096
    path.write_bytes(content)
    with pytest.raises(Refusal) as refusal:
        backup(path, target)
    assert refusal.value.key == "db-damaged"
    assert not target.exists()


def test_there_must_be_something_to_copy(tmp_path: Path) -> None:
    for copying in (backup, restore):
        with pytest.raises(Refusal) as refusal:
            copying(tmp_path / "missing.db", tmp_path / "target.db")
        assert refusal.value.key == "db-missing"
        assert not (tmp_path / "missing.db").exists()


async def test_a_database_that_somebody_has_open_is_not_replaced(tmp_path: Path) -> None:
    path, copy = tmp_path / "zixin.db", tmp_path / "copy.db"
    await ledger(path, 2)
    backup(path, copy)
    async with Database(path) as database:
        await database.write(pair(9))
        with pytest.raises(Refusal) as refusal:
            restore(copy, path)
        await database.write(pair(10))
    assert refusal.value.key == "db-in-use"
    assert {number for number, _ in entries(path)} == {0, 1, 9, 10}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["copy.db", "zixin.db"]


async def test_a_database_past_reading_is_replaced_and_kept_as_it_is(tmp_path: Path) -> None:
    path, copy = tmp_path / "zixin.db", tmp_path / "copy.db"
    await ledger(path, 2)
    backup(path, copy)
    path.write_bytes(b"one, two, three\n" * 100)
    restore(copy, path)
    assert len(entries(path)) == 4
    assert (tmp_path / "zixin.db.before-restore").read_bytes() == b"one, two, three\n" * 100


async def test_a_backup_onto_the_database_itself_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "zixin.db"
    await ledger(path, 2)
    with pytest.raises(Refusal) as refusal:
        backup(path, tmp_path / "." / "zixin.db")
    assert refusal.value.key == "db-onto-itself"
    assert len(entries(path)) == 4
