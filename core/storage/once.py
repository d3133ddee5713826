"""“Insert unless it is there”: said in each database's own way, in this one place."""

from functools import cache
from typing import Any

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

_DIALECTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_unless_there(session: Session, table: Table, *unique: str) -> Any:
    """An insert that passes over rows whose ``unique`` columns are there already; `returning` tells which went in."""
    return _insert(session.get_bind().dialect.name, table, unique)


def insert_once(table: Table, *unique: str) -> Insert:
    """The same, to be `core.storage.prepared`."""
    statement: Insert = _insert("sqlite", table, unique)
    return statement


@cache
def _insert(dialect: str, table: Table, unique: tuple[str, ...]) -> Any:
    """Made once: a statement that is the same object is compiled once."""
    return _DIALECTS[dialect](table).on_conflict_do_nothing(index_elements=list(unique))
