"""The audit trail proves itself whole, and every kind of tampering is named (9.2)."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from core.queries.audit import Verified, verify
from core.rules.chain import GENESIS, seal
from core.services import audit
from core.storage.database import Database
from tests.support.prepared import new_database

RECORDS = 12


@pytest.fixture
async def trail(tmp_path: Path) -> Path:
    """A database in which twelve things are on record."""
    path = tmp_path / "zixin.db"
    new_database(path)

    def append(session: Session, number: int) -> None:
        audit.append(
            session,
            at=datetime(2026, 3, 10, 2, number, tzinfo=UTC),
            actor="person:7",
            action="request.approve",
            subject=f"request:{number}",
            data={"granted": 100_000 + number},
        )

    async with Database(path) as database:
        for number in range(1, RECORDS + 1):
            await database.write(lambda session, number=number: append(session, number))  # type: ignore[misc]
    return path


def tamper(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount > 0
        connection.commit()


async def verified(path: Path, head: str | None = None) -> Verified:
    async with Database(path) as database:
        return await database.read(lambda session: verify(session, head))


async def test_untouched_it_is_whole_and_its_head_is_the_last_seal(trail: Path) -> None:
    found = await verified(trail)
    assert found.whole
    assert (found.records, found.broken) == (RECORDS, None)
    assert (await verified(trail, found.head)).whole


async def test_an_empty_trail_is_whole(tmp_path: Path) -> None:
    new_database(tmp_path / "zixin.db")
    found = await verified(tmp_path / "zixin.db")
    assert (found.whole, found.records, found.head) == (True, 0, GENESIS)


@pytest.mark.parametrize(
    "edit",
    [
        "data = '{\"granted\":900000}'",
        "actor = 'person:8'",
        "action = 'request.reject'",
        "subject = 'request:99'",
        "at = '2026-03-11 02:05:00.000000'",
        "hash = replace(hash, substr(hash, 1, 1), 'x')",
        "previous = replace(previous, substr(previous, 1, 1), 'x')",
    ],
)
async def test_a_record_that_was_edited_is_named_whatever_was_edited(trail: Path, edit: str) -> None:
    tamper(trail, f"update audit set {edit} where seq = 5")
    found = await verified(trail)
    assert not found.whole
    assert (found.records, found.broken) == (4, 5)


async def test_a_record_that_was_taken_out_is_named(trail: Path) -> None:
    tamper(trail, "delete from audit where seq = 5")
    assert (await verified(trail)).broken == 5


async def test_taking_out_the_first_is_named_too(trail: Path) -> None:
    tamper(trail, "delete from audit where seq = 1")
    assert (await verified(trail)).broken == 1


async def test_closing_the_gap_does_not_hide_it(trail: Path) -> None:
    moves = [f"update audit set seq = {number - 1} where seq = {number}" for number in range(6, RECORDS + 1)]
    tamper(trail, "delete from audit where seq = 5", *moves)
    assert (await verified(trail)).broken == 5


async def test_a_record_that_was_put_in_between_is_named(trail: Path) -> None:
    up = [f"update audit set seq = {number + 1} where seq = {number}" for number in range(RECORDS, 4, -1)]
    with closing(sqlite3.connect(trail)) as connection:
        (before,) = connection.execute("select hash from audit where seq = 4").fetchone()
    told = ("person:7", "request.approve", "request:77", "{}")
    forged = seal(before, 5, "2026-03-10T02:04:30+00:00", told)
    tamper(
        trail,
        *up,
        "insert into audit (seq, at, actor, action, subject, data, previous, hash) values"
        f" (5, '2026-03-10 02:04:30.000000', 'person:7', 'request.approve', 'request:77', '{{}}',"
        f" '{before}', '{forged}')",
    )
    assert (await verified(trail)).broken == 6  # the forger's own record holds; the next gives it away


async def test_two_records_that_changed_places_are_named(trail: Path) -> None:
    tamper(
        trail,
        "update audit set seq = 1000 where seq = 5",
        "update audit set seq = 5 where seq = 6",
        "update audit set seq = 6 where seq = 1000",
    )
    assert (await verified(trail)).broken == 5


async def test_a_tail_that_was_cut_off_shows_only_against_a_head_noted_before(trail: Path) -> None:
    head = (await verified(trail)).head
    tamper(trail, "delete from audit where seq > 8")
    assert (await verified(trail)).whole  # a shorter chain is a good chain: hence the head in the digest
    found = await verified(trail, head)
    assert (found.whole, found.broken, found.head_found) == (False, None, False)


async def test_a_head_noted_earlier_is_still_found_when_the_trail_has_grown(trail: Path) -> None:
    with closing(sqlite3.connect(trail)) as connection:
        (noted,) = connection.execute("select hash from audit where seq = 3").fetchone()
    assert (await verified(trail, noted)).whole


async def test_a_tail_that_was_sealed_anew_shows_against_a_head_noted_before(trail: Path) -> None:
    """Whoever can write the database can compute seals as well; the head that went out is out of reach."""
    head = (await verified(trail)).head
    reseal(trail, 5, lambda told: (*told[:3], '{"granted":900000}'))
    assert (await verified(trail)).whole
    assert not (await verified(trail, head)).whole


def reseal(path: Path, first: int, forge: Callable[[tuple[str, ...]], tuple[str, ...]]) -> None:
    """Change one record and make every seal from there on fit."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "select seq, at, actor, action, subject, data, previous from audit where seq >= ? order by seq",
            (first,),
        ).fetchall()
        previous = rows[0][6]
        for seq, at, *told in rows:
            actor, action, subject, data = forge(tuple(told[:4])) if seq == first else told[:4]
            moment = datetime.fromisoformat(at).replace(tzinfo=UTC).isoformat()
            sealed = seal(previous, seq, moment, (actor, action, subject, data))
            connection.execute(
                "update audit set data = ?, previous = ?, hash = ? where seq = ?",
                (data, previous, sealed, seq),
            )
            previous = sealed
        connection.commit()
