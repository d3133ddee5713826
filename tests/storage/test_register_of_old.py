"""A company that rated customers before there was a register finds its grades in it after the upgrade (2.11)."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command

from core.storage.upgrade import upgrade

CUSTOMER = """
    INSERT INTO customer (id, code, name, name_key, kind, region, industry, size, legal_representative, address,
        phone, scope, bank_sealed, opened_at, grade, rated_by_policy, rated_on, rated_until)
    VALUES (?, ?, ?, ?, 'customer', '', '', '', '', '', '', '', '', '2025-01-02 00:00:00', ?, ?, ?, ?)
"""


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database from before the register."""
    path, run = tmp_path / "zixin.db", command.upgrade
    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", lambda config, _revision: run(config, "0006"))
        upgrade(path)
    return path


def entries(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT customer, grade, by_policy, policy, policy_version, request, since, until FROM grade_entry"
        ).fetchall()


def test_grades_in_force_are_entered_with_their_request(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection:
        rated = ("B", "b9-abc", "2026-01-15", "2027-01-14")
        for number, grade in enumerate((rated, rated, (None, None, None, None)), 1):
            connection.execute(CUSTOMER, (number, f"C{number}", f"客户{number}", f"客户{number}", *grade))
        connection.execute(
            "INSERT INTO person (id, name, english_name, region, language, active) VALUES (1,'王小雨','','','',1)"
        )
        for number, state in ((1, "granted"), (2, "rejected")):
            connection.execute(
                "INSERT INTO assessment (id, customer, policy, policy_version, policy_checksum, inputs, result, at)"
                " VALUES (?, 1, 'b9-abc', '2026-01', '', '', '', '2026-01-15 00:00:00')",
                (number,),
            )
            connection.execute(
                "INSERT INTO request (id, number, customer, requester, kind, currency, asked_minor, proposed_minor,"
                " ceiling_minor, granted_minor, term_days, reason, collateral_note, assessment, chain, chain_version,"
                " state, step, step_since, version, submitted_at, question)"
                " VALUES (?, ?, 1, 1, 'long_term', 'CNY', 1, 1, 1, 1, 30, '', '', ?, 'b9-chain', '2026-01', ?, 0,"
                " '2026-01-15 00:00:00', 1, '2026-01-15 00:00:00', '')",
                (number, f"REQ-2026-000{number}", number, state),
            )
        connection.commit()

    upgrade(old)

    assert entries(old) == [
        (1, "B", "B", "b9-abc", "2026-01", 1, "2026-01-15", "2027-01-14"),
        (2, "B", "B", "b9-abc", "", None, "2026-01-15", "2027-01-14"),
    ]


def test_a_company_without_grades_has_an_empty_register(old: Path) -> None:
    upgrade(old)

    assert entries(old) == []
