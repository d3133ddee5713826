"""SQLite engines: one that writes, whose transactions begin with ``BEGIN IMMEDIATE``, and one that reads."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event

from core.storage.transactions import DRIVER

BUSY_TIMEOUT_MS = 10_000
READERS = 4
"""Connections for questions, one for each reader thread."""


def _prepare(engine: Engine, pragmas: tuple[str, ...]) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (f"busy_timeout={BUSY_TIMEOUT_MS}", "journal_mode=WAL", "foreign_keys=ON", *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def writer_engine(path: Path) -> Engine:
    """The engine of the one writer thread: durable at every commit (``synchronous=FULL``)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        f"{DRIVER}:///{path}", begin="BEGIN IMMEDIATE", connect_args={"check_same_thread": False}
    )
    _prepare(
        engine,
        (
            "synchronous=FULL",
            # What a savepoint keeps of changed pages stays in memory: on disk it would be written and never read.
            "temp_store=MEMORY",
            # 16 MB of log before it is worked into the file: by the usual 4 MB, each chunk of an import would.
            "wal_autocheckpoint=4000",
        ),
    )
    return engine


def reader_engine(path: Path) -> Engine:
    """The engine of the readers, who see a steady picture and cannot write."""
    engine = create_engine(
        f"{DRIVER}:///{path}", pool_size=READERS, max_overflow=0, connect_args={"check_same_thread": False}
    )
    _prepare(engine, ("query_only=ON",))
    return engine
