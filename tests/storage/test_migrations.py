"""From an empty file to the tables of this version, by migrations alone."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

import core.records  # noqa: F401 -- makes the tables known
from core.storage.engines import writer_engine
from core.storage.upgrade import newest, revision_of, upgrade


def differences(path: Path) -> list[Any]:
    """What autogenerate would still change."""
    engine = writer_engine(path)
    try:
        with engine.connect() as connection:
            found: list[Any] = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
            return found
    finally:
        engine.dispose()


def indexes(path: Path) -> set[tuple[str, str]]:
    """Every index with its words: its columns, and the condition of a partial one."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "select name, sql from sqlite_master where type = 'index' and sql is not null"
        )
        return {(name, " ".join(sql.lower().split())) for name, sql in rows}


def test_an_empty_file_becomes_the_tables_of_the_records(tmp_path: Path) -> None:
    path = tmp_path / "zixin.db"
    assert upgrade(path) == newest()
    assert revision_of(path) == newest()
    assert differences(path) == []


def test_the_migrations_make_the_very_indexes_that_the_records_name(tmp_path: Path) -> None:
    """Autogenerate does not compare the condition of a partial index; reminders live by theirs."""
    migrated, made = tmp_path / "migrated.db", tmp_path / "made.db"
    upgrade(migrated)
    engine = writer_engine(made)
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    assert indexes(migrated) - indexes(made) == set()
    assert indexes(made) - indexes(migrated) == set()


def test_a_column_that_is_missing_would_be_noticed(tmp_path: Path) -> None:
    path = tmp_path / "zixin.db"
    upgrade(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("alter table outbox drop column trouble")
    assert len(differences(path)) == 1


def test_upgrading_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "zixin.db"
    upgrade(path)
    with closing(sqlite3.connect(path)) as connection:
        before = connection.execute("pragma schema_version").fetchone()
        upgrade(path)
        assert connection.execute("pragma schema_version").fetchone() == before


def test_an_upgrade_that_fails_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "zixin.db"
    run = command.upgrade

    def breaking(*arguments: Any) -> None:
        run(*arguments)
        raise OSError("power cut")

    monkeypatch.setattr(command, "upgrade", breaking)
    with pytest.raises(OSError, match="power cut"):
        upgrade(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("select count(*) from sqlite_master").fetchone() == (0,)
    assert revision_of(path) is None


def test_a_database_that_is_not_there_has_no_revision(tmp_path: Path) -> None:
    assert revision_of(tmp_path / "missing.db") is None
    assert not (tmp_path / "missing.db").exists()


def test_which_revision_it_is_can_be_asked_while_another_writes(tmp_path: Path) -> None:
    """Every command asks it first: none is to wait for a long write."""
    path = tmp_path / "zixin.db"
    upgrade(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        asked = time.monotonic()
        assert revision_of(path) == newest()
        assert time.monotonic() - asked < 5, "the writer would be waited for twice as long"
