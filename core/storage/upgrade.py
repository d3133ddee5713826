"""Bring a database to the schema of this version (``zixin db upgrade``)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.orm import Session

from core.storage.engines import reader_engine, writer_engine

_MIGRATIONS = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


def upgrade(path: Path) -> str:
    """Apply what is missing, all of it or nothing. Returns the revision reached."""
    engine = writer_engine(path)
    config = _config()
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()
    return newest()


def newest() -> str:
    """The revision that this version of the program needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def revision_of(path: Path) -> str | None:
    """The revision of the database at ``path``; None for an empty or missing one. Waits for nobody who writes."""
    if not path.exists():
        return None
    engine = reader_engine(path)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def revision(session: Session) -> str | None:
    """The revision of the database that is open."""
    return MigrationContext.configure(session.connection()).get_current_revision()
