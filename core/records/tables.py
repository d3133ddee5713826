"""The way from a record to its table, for statements that do not need objects."""

from sqlalchemy import Table
from sqlmodel import SQLModel


def table_of(record: type[SQLModel]) -> Table:
    """The table behind a record: its columns are typed as columns, which the record's attributes are not."""
    table: Table = record.__table__  # type: ignore[attr-defined]
    return table
