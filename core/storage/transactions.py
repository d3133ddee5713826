"""SQLite as SQLAlchemy speaks to it here: every transaction begins as its engine says, and savepoints cost little.

SQLAlchemy's own transaction handling on SQLite loses updates without an error, so the driver is told to keep out of it
(``isolation_level = None``) and transactions begin here. That is said by the dialect and not by a listener: one listener
makes every statement ask whether it is listened to. A savepoint goes to the driver as it is; every unit of work has one.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import DBAPIError

DRIVER = "sqlite+begun"
"""Begins the URL of a database that is spoken to like this."""


class BegunDialect(SQLiteDialect_pysqlite):
    supports_statement_cache = True

    def __init__(self, begin: str = "BEGIN", **settings: Any) -> None:
        """``begin``: ``BEGIN IMMEDIATE`` takes the write lock at once, ``BEGIN`` with the first write."""
        super().__init__(**settings)
        self._begin = begin

    def do_begin(self, dbapi_connection: DBAPIConnection) -> None:
        dbapi_connection.cursor().execute(self._begin)

    def do_savepoint(self, connection: Connection, name: str) -> None:
        driven(connection, f"SAVEPOINT {name}")

    def do_release_savepoint(self, connection: Connection, name: str) -> None:
        driven(connection, f"RELEASE {name}")

    def do_rollback_to_savepoint(self, connection: Connection, name: str) -> None:
        driven(connection, f"ROLLBACK TO {name}")


def driven(connection: Connection, statement: str, values: Sequence[Any] = ()) -> DBAPICursor:
    """Run a statement as the driver takes it, in the connection's transaction; fails with SQLAlchemy's errors."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement, values)
    except sqlite3.Error as error:
        raise as_sqlalchemy_says(statement, error) from error
    return cursor


def as_sqlalchemy_says(statement: str, error: sqlite3.Error) -> Exception:
    """The driver's error as everybody else expects it."""
    return DBAPIError.instance(statement, None, error, sqlite3.Error)


registry.register(DRIVER.replace("+", "."), __name__, BegunDialect.__name__)
