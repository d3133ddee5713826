"""Copies of the database that are whole although people are working (``zixin db backup``, ``restore``)."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from core.rules.refusal import Refusal


def backup(path: Path, target: Path) -> None:
    """Write a whole copy of the database to ``target``; it appears there only when it is complete."""
    if not path.exists():
        raise Refusal("db-missing", path=str(path))
    if target.exists() and target.samefile(path):
        raise Refusal("db-onto-itself", path=str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".partial")
    try:
        _copy(path, partial)
        _check(partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def restore(source: Path, path: Path) -> None:
    """Put the copy in the place of the database. The one that was there is kept as ``….before-restore``.

    Refused while a process has it open: that would go on writing into the file that is no longer there.
    """
    if not source.exists():
        raise Refusal("db-missing", path=str(source))
    _check(source)
    partial = path.with_name(path.name + ".partial")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _copy(source, partial)
        if path.exists():
            _keep(path, path.with_name(path.name + ".before-restore"))
        for log in ("-wal", "-shm"):
            path.with_name(path.name + log).unlink(missing_ok=True)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(target)) as copy:
        there.backup(copy)


def _keep(path: Path, kept: Path) -> None:
    """Keep a database that nobody has open under another name, even one that is too damaged to be read."""
    try:
        with closing(sqlite3.connect(path, timeout=0)) as alone:
            # Works the log into the file, and only where there is no other connection.
            alone.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise Refusal("db-in-use", path=str(path)) from error
    shutil.copyfile(path, kept)


def _check(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise Refusal("db-damaged", path=str(path), detail=str(error)) from error
    if answer != "ok":
        raise Refusal("db-damaged", path=str(path), detail=answer)
