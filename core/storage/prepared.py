"""Statements that every turn of a conversation runs: put together once, and handed to the driver as it takes them.

What SQLAlchemy does each time that a statement is run takes several times as long as what SQLite does for it.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Delete, Insert, Select, Update
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from core.storage.transactions import BegunDialect, as_sqlalchemy_says, driven

_DIALECT = BegunDialect()
_Convert = Callable[[Any], Any]


class Prepared:
    """A statement over tables, not records; its values are named by ``bindparam``, and by the columns that it ``sets``.

    It runs in the session's transaction and fails with SQLAlchemy's errors; a value that is not given raises KeyError.
    A list of values goes in as one (`core.storage.bulk.is_listed`).
    """

    def __init__(
        self,
        statement: Select[Any] | CompoundSelect[Any] | Insert | Update | Delete,
        *sets: str,
        row: Callable[..., Any] | None = None,
    ) -> None:
        self._statement = statement
        self._sets = sets
        self._given_row = row

    def rows(self, session: Session, **values: Any) -> list[Any]:
        """What is found or returned, as named tuples, or each as the ``row`` that its columns make."""
        return list(map(self._named, *self.columns(session, **values)))

    def columns(self, session: Session, **values: Any) -> list[Sequence[Any]]:
        """The same by column, as thousands of rows are read fastest."""
        found = self._run(session, values).fetchall()
        columns = zip(*found, strict=True) if found else [()] * len(self._gives)
        return [
            column if convert is None else list(map(convert, column))
            for convert, column in zip(self._gives, columns, strict=True)
        ]

    def first(self, session: Session, **values: Any) -> Any | None:
        """The first row of what is found or returned; None where there is none."""
        found = self._run(session, values).fetchone()
        return None if found is None else self._row(found)

    def run(self, session: Session, **values: Any) -> None:
        """For what it does."""
        self._run(session, values)

    def run_each(self, session: Session, many: Iterable[Mapping[str, Any]]) -> None:
        """For what it does, with each of many sets of values."""
        cursor = _connection(session).connection.cursor()
        try:
            cursor.executemany(self._sql, [self._driven(values) for values in many])
        except sqlite3.Error as error:
            raise as_sqlalchemy_says(self._sql, error) from error

    def _run(self, session: Session, values: Mapping[str, Any]) -> DBAPICursor:
        return driven(_connection(session), self._sql, self._driven(values))

    def _driven(self, values: Mapping[str, Any]) -> list[Any]:
        given = {**self._constants, **values}
        return [given[name] if convert is None else convert(given[name]) for name, convert in self._takes]

    def _row(self, found: tuple[Any, ...]) -> Any:
        given = zip(self._gives, found, strict=True)
        return self._named(*(value if convert is None else convert(value) for convert, value in given))

    @cached_property
    def _compiled(self) -> SQLCompiler:
        compiled = self._statement.compile(dialect=_DIALECT, column_keys=self._sets or None)
        assert isinstance(compiled, SQLCompiler)
        return compiled

    @cached_property
    def _sql(self) -> str:
        return self._compiled.string

    @cached_property
    def _takes(self) -> list[tuple[str, _Convert | None]]:
        """The values in the order of the driver, and what makes of each what the driver takes."""
        binds = self._compiled.binds
        return [(name, _as_driven(binds[name].type)) for name in self._compiled.positiontup or ()]

    @cached_property
    def _constants(self) -> dict[str, Any]:
        """The values that the statement brings along."""
        binds = self._compiled.binds
        return {name: binds[name].value for name, _ in self._takes if not binds[name].required}

    @cached_property
    def _gives(self) -> list[_Convert | None]:
        """What makes of each column of a row what it is to us."""
        return [_as_read(column.type) for column in self._statement.exported_columns]

    @cached_property
    def _named(self) -> Callable[..., Any]:
        if self._given_row is not None:
            return self._given_row
        return namedtuple("Row", [str(column.key) for column in self._statement.exported_columns])


def _connection(session: Session) -> Connection:
    """Where the session's transaction is. A session that works in somebody's need not be told that it has begun."""
    bind = session.bind
    if isinstance(bind, Connection) and bind.in_transaction():
        return bind
    return session.connection()


def _as_driven(kind: TypeEngine[Any]) -> _Convert | None:
    return kind.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def _as_read(kind: TypeEngine[Any]) -> _Convert | None:
    return kind.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
