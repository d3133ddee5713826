"""Tolerances that counted before two people were asked go on after the upgrade, and the admin is told (1.6, 2.1)."""

import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import SetClock
from core.commandline.running import opened
from core.policies.findings.tolerances_file import shipped_tolerances
from core.queries.audit import verify
from core.queries.policies.tolerances import active_tolerances
from core.records.activation import PolicyActivation
from core.records.audit import AuditRecord
from core.records.tables import table_of
from core.settings import Settings
from core.storage.upgrade import upgrade
from tests.support.policies import write_tolerances
from tests.support.town import SHANGHAI

TODAY = date(2026, 3, 10)
_AUDIT = table_of(AuditRecord)


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database from before tolerances were activated, of a company with an admin who can be reached."""
    path, run = tmp_path / "zixin.db", command.upgrade
    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", lambda config, _revision: run(config, "0010"))
        upgrade(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO person (id, name, english_name, region, language, active) VALUES (1,'钱进','','','',1)"
        )
        connection.execute("INSERT INTO holding (person, role) VALUES (1, 'admin')")
        connection.execute(
            "INSERT INTO binding (person, channel, address, made_at, used_at, trouble)"
            " VALUES (1, 'web', '1', '2026-01-01 00:00:00', '2026-01-01 00:00:00', '')"
        )
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The company's own: two that have counted one after the other, one whose day has not come."""
    folder = tmp_path / "policy"
    folder.mkdir()
    for version, from_day, percent in (
        ("1", "2026-01-01", 10),
        ("2", "2026-03-01", 20),
        ("3", "2026-04-01", 30),
    ):
        write_tolerances(folder, f"[sources]\npercent = {percent}\n", version=version, from_day=from_day)
    return folder


async def starts(path: Path, folder: Path | None) -> dict[str, Any]:
    """The program is started, which upgrades the database: what is in force, on record and said by then."""
    settings = Settings(database_url=f"sqlite+aiosqlite:///{path}", policy_dir=folder, _env_file=None)
    clock = SetClock(datetime(2026, 3, 10, 10, tzinfo=SHANGHAI))
    async with opened(settings, clock) as (database, desk):

        def seen(session: Session) -> dict[str, Any]:
            days = (date(2025, 12, 31), date(2026, 1, 1), TODAY, date(2026, 4, 1))
            library = desk.office.library
            shares = [active_tolerances(session, library, day).source_share * 100 for day in days]
            rows = session.scalars(select(PolicyActivation))
            return {
                "percent": shares,
                "entered": [(each.kind, each.policy, each.version, each.state) for each in rows],
                "record": list(session.scalars(select(_AUDIT.c.action).order_by(_AUDIT.c.seq))),
                "whole": verify(session).whole,
            }

        return await database.read(seen)


def said(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT body FROM outbox ORDER BY id")]


async def test_each_stays_in_force_on_its_days_and_what_is_to_come_wants_two_people(
    old: Path, folder: Path
) -> None:
    found = await starts(old, folder)

    assert found["percent"] == [5, 10, 20, 20]
    assert found["entered"] == [("tolerances", "tolerances", version, "confirmed") for version in ("1", "2")]
    assert found["record"] == ["tolerances.entered"] * 2
    assert found["whole"]
    [told] = said(old)
    assert "tolerances-entered" in told


async def test_the_next_start_enters_nothing_more(old: Path, folder: Path) -> None:
    """One pair of hands cannot use the upgrade again."""
    first = await starts(old, folder)
    write_tolerances(folder, "[sources]\npercent = 40\n", version="4", from_day="2026-03-05")

    assert await starts(old, folder) == first
    assert len(said(old)) == 1


async def test_a_file_that_is_put_there_after_an_upgrade_without_one_counts_for_nothing(
    old: Path, folder: Path
) -> None:
    await starts(old, None)

    found = await starts(old, folder)

    assert (found["percent"], found["entered"]) == ([5, 5, 5, 5], [])
    assert said(old) == [], "there was nothing to tell"


async def test_a_new_installation_enters_nothing(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "new.db"

    found = await starts(path, folder)

    assert (found["percent"], found["entered"]) == ([shipped_tolerances().source_share * 100] * 4, [])


async def test_what_db_upgrade_leaves_is_done_by_the_next_start(old: Path, folder: Path) -> None:
    upgrade(old)

    assert (await starts(old, folder))["percent"] == [5, 10, 20, 20]
