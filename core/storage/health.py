"""How a database file is: its revision, whether it can be written, whether it is sound. Changes nothing."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from core.storage.upgrade import newest, revision_of

_BUSY_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Health:
    """Of an existing file. ``trouble`` is SQLite's own word for what keeps it from being written; empty: nothing."""

    revision: str | None
    needed: str
    trouble: str
    damage: str
    """What SQLite's check found; empty when the file is sound."""


def health(path: Path) -> Health:
    """Look at the database file at ``path``, which exists. Never raises for what is wrong with it."""
    try:
        with closing(sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)) as connection:
            [found] = connection.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                return Health(None, newest(), "", str(found))
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("CREATE TABLE written_by_the_doctor (x)")
                trouble = ""
            except sqlite3.OperationalError as error:
                trouble = str(error)
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        return Health(None, newest(), "", str(error))
    return Health(revision_of(path) if not trouble else None, newest(), trouble, "")
