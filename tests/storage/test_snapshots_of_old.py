"""A company whose months were kept beside its decisions finds them in a table of their own after the upgrade (2.9)."""

import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from alembic import command

from core.queries.rating.snapshot import Heading, WrittenOutcome, read_facts, read_outcome
from core.rules.money import Money
from core.storage.upgrade import upgrade
from core.texts.kept import kept_value
from core.texts.wire import dumps
from tests.storage.test_register_of_old import CUSTOMER

FACTS = {"debt_ratio": Decimal("0.65"), "net_worth": Money(500), "ordered_to_stop": False}
RESULT = {
    "grade": "B",
    "score": Decimal("71.36"),
    "scored_grade": "A",
    "gates": ["late"],
    "reasons": ["late"],
    "not_rated": [],
    "items": {"debt_ratio": [None, Decimal(80), Decimal("3.6364")], "ordered_to_stop": ["no", None, None]},
}


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path, run = tmp_path / "zixin.db", command.upgrade
    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", lambda config, _revision: run(config, "0008"))
        upgrade(path)
    return path


def test_what_was_kept_is_moved_and_what_was_decided_stays(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.execute(CUSTOMER, (1, "C1", "客户", "客户", "B", "b9-abc", "2026-01-15", "2027-01-14"))
        for month in (None, "2026-02-01", "2026-03-01"):
            connection.execute(
                "INSERT INTO assessment (customer, policy, policy_version, policy_checksum, inputs, result, grade, at,"
                " snapshot) VALUES (1, 'b9-abc', '2026-01', 'sum', ?, ?, 'B', ?, ?)",
                (
                    dumps({"facts": FACTS, "sources": {}}),
                    dumps(RESULT),
                    f"{month or '2026-01-15'} 01:00:00",
                    month,
                ),
            )
        connection.commit()

    upgrade(old)

    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("SELECT at FROM assessment").fetchall() == [("2026-01-15 01:00:00",)]
        rows = connection.execute(
            "SELECT month, customer, policy_checksum, fact_names, item_names, grade, score, inputs, result"
            " FROM snapshot_grade JOIN snapshot_batch ON snapshot_batch.id = batch ORDER BY month"
        ).fetchall()
    assert [row[:3] for row in rows] == [("2026-02-01", 1, "sum"), ("2026-03-01", 1, "sum")]
    for _, _, _, facts, items, grade, score, inputs, result in rows:
        head = Heading(tuple(kept_value(facts)), tuple(kept_value(items)))
        assert read_facts(head, inputs) == FACTS
        assert read_outcome(head, WrittenOutcome(grade, score, result)) == {
            **{key: RESULT[key] for key in ("grade", "scored_grade", "gates", "not_rated")},
            "score": "71.36",
            "items": {"debt_ratio": 80, "ordered_to_stop": "no"},
        }
    assert date.fromisoformat(rows[0][0]).day == 1
