"""Alembic's way in: it is handed a connection by `core.storage.upgrade`."""

from alembic import context
from sqlmodel import SQLModel

import core.records  # noqa: F401 -- makes the tables known


def render_item(kind, item, _autogen):
    """Write our own and SQLModel's column types as plain SQLAlchemy ones."""
    if kind != "type":
        return False
    name = type(item).__name__
    if name == "AutoString":
        return "sa.String()"
    if name == "Moment":
        return "sa.DateTime()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_item=render_item,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
