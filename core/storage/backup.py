"""Copies of the database that are whole although people are working (``zixin db backup``, ``restore``)."""

import sqlite3
from contextlib import closing
from pathlib import Path

from core.rules.refusal import Refusal


def backup(path: Path, target: Path) -> None:
    """Write a whole copy of the database to ``target``; it appears there only when it is complete."""
    if not path.exists():
        raise Refusal("db-missing", path=str(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".partial")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(partial)) as copy:
        source.backup(copy)
    _check(partial)
    partial.replace(target)


def restore(source: Path, path: Path) -> None:
    """Put the copy in the place of the database. The one that was there is kept as ``….before-restore``."""
    if not source.exists():
        raise Refusal("db-missing", path=str(source))
    _check(source)
    partial = path.with_name(path.name + ".partial")
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(partial)) as target:
        copy.backup(target)
    if path.exists():
        kept = path.with_name(path.name + ".before-restore")
        with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(kept)) as copy:
            old.backup(copy)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    partial.replace(path)


def _check(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise Refusal("db-damaged", path=str(path), detail=str(error)) from error
    if answer != "ok":
        raise Refusal("db-damaged", path=str(path), detail=answer)
