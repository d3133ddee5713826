"""A company whose files were changed before it was kept when: past days have the old values after the upgrade (1.9)."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy.orm import Session

from core.queries.customers.facts import facts_of_many
from core.records.customer import Customer
from core.storage.engines import reader_engine
from core.storage.upgrade import upgrade
from tests.ledger.books import office
from tests.storage.test_register_of_old import CUSTOMER
from tests.support.prepared import shipped_library

CHANGES = (
    (1, "industry", "retail", "2026-02-01 03:00:00.000000"),
    (1, "industry", "", "2026-02-03 03:00:00.000000"),
    (1, "phone", "021-1", "2026-02-04 03:00:00.000000"),
    (12, "size", "small", "2026-02-05 03:00:00.000000"),
)
"""Whose, which line, what it said, and when that ended. In 2 nothing was changed, and 12 is not 1."""


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path, run = tmp_path / "zixin.db", command.upgrade
    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", lambda config, _revision: run(config, "0010"))
        upgrade(path)
    with closing(sqlite3.connect(path)) as connection:
        for number in (1, 2, 12):
            unrated = (None, None, None, None)
            connection.execute(CUSTOMER, (number, f"C{number}", f"客户{number}", f"客户{number}", *unrated))
        connection.execute("UPDATE customer SET industry = 'mining', size = 'large'")
        for seq, (number, line, said, at) in enumerate(CHANGES, 1):
            connection.execute(
                "INSERT INTO audit (seq, at, actor, action, subject, data, previous, hash)"
                " VALUES (?, ?, 'person:1', 'customer.changed', ?, ?, '', '')",
                (seq, at, f"customer:{number}", f'{{"field":"{line}","new":"","old":"{said}"}}'),
            )
        connection.commit()
    upgrade(path)
    return path


def said(path: Path, on: date) -> dict[int, dict[str, object]]:
    engine = reader_engine(path)
    with Session(engine) as session:
        known = facts_of_many(session, office(shipped_library()), [1, 2, 12], on)
    engine.dispose()
    return {
        number: {key: fact.value for key, fact in facts.items() if fact.source == "customer_file"}
        for number, facts in known.items()
    }


def test_what_the_trail_has_is_known_for_its_days(old: Path) -> None:
    today = {"industry": "mining", "size": "large"}

    assert said(old, date(2026, 1, 31)) == {
        1: {**today, "industry": "retail"},
        2: today,
        12: {**today, "size": "small"},
    }
    assert said(old, date(2026, 2, 2)) == {1: {"size": "large"}, 2: today, 12: {**today, "size": "small"}}
    assert said(old, date(2026, 2, 5)) == {1: today, 2: today, 12: today}


def test_a_file_was_changed_when_it_was_last_changed(old: Path) -> None:
    engine = reader_engine(old)
    with Session(engine) as session:
        changed = {number: session.get_one(Customer, number).changed_at for number in (1, 2, 12)}
    engine.dispose()
    assert changed == {
        1: datetime(2026, 2, 4, 3, tzinfo=UTC),
        2: None,
        12: datetime(2026, 2, 5, 3, tzinfo=UTC),
    }
