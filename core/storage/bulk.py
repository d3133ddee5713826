"""Many values at once, as SQLite takes them fastest: rows given by column, and long lists as one value.

What SQLAlchemy does for each row of an insert and for each value of a list is done here once for all of them.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Insert, Text, bindparam, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine


def insert_columns(session: Session, into: Insert, columns: Mapping[str, Sequence[Any]]) -> int:
    """Insert rows given as columns of one length, at least one row; a column that is left out stays null.

    Returns how many went in: an insert may say that it passes over what is there.
    """
    session.flush()
    connection = session.connection()
    dialect = connection.dialect
    statement, order = _for_one_row(into, tuple(columns), dialect)
    values = [_as_driven(into.table.c[name].type, dialect, columns[name]) for name in order]
    return connection.exec_driver_sql(statement, list(zip(*values, strict=True))).rowcount


def is_listed(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a column holds one of the values that `listed` gives when the statement is run; once in a statement."""
    values = func.json_each(bindparam("listed", type_=Text)).table_valued("value")
    return column.in_(select(values.c.value))


def listed(values: Collection[str] | Collection[int]) -> dict[str, str]:
    """The values for `is_listed`: they go as one text, so the statement is the same for any number of them."""
    return {"listed": json.dumps(list(values), ensure_ascii=False)}


@lru_cache(maxsize=32)
def _for_one_row(into: Insert, names: tuple[str, ...], dialect: Dialect) -> tuple[str, list[str]]:
    """The statement as the driver takes it, and the order in which it takes the columns."""
    compiled = into.compile(dialect=dialect, column_keys=names)
    assert isinstance(compiled, SQLCompiler)
    assert compiled.positiontup is not None
    return compiled.string, compiled.positiontup


def _as_driven(kind: TypeEngine[Any], dialect: Dialect, values: Sequence[Any]) -> Iterable[Any]:
    """The values as the driver takes them; one that repeats, as days do, is worked out once."""
    process = kind.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return values
    worked_out = {value: process(value) for value in set(values)}
    return [worked_out[value] for value in values]
