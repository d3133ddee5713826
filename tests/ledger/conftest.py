"""A real SQLite file for every test, and a ledger kept by hand beside it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from core.storage.database import Database
from core.storage.engines import writer_engine
from tests.support.prepared import new_database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "zixin.db"
    new_database(path)
    return path


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    engine = writer_engine(path)
    with engine.connect() as connection, connection.begin():
        session = Session(bind=connection, expire_on_commit=False)
        yield session
        session.close()
    engine.dispose()


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    async with Database(path) as database:
        yield database
