"""“Insert unless it is there”: said in each database's own way, in this one place."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

_DIALECTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_unless_there(session: Session, table: Table, *unique: str) -> Any:
    """An insert that passes over rows whose ``unique`` columns are there already; `returning` tells which went in."""
    make = _DIALECTS[session.get_bind().dialect.name]
    return make(table).on_conflict_do_nothing(index_elements=list(unique))
