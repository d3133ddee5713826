"""How long the write lock is held."""

import time
from pathlib import Path

from sqlalchemy import Connection

from core.storage.database import Database, _Unit

MOST_SECONDS = 0.050


class TimedDatabase(Database):
    """The database, noting the length of every transaction of its writer, commit and answers included."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.transactions: list[float] = []

    def _serve(self, connection: Connection, first: _Unit[object]) -> None:
        began = time.perf_counter()
        super()._serve(connection, first)
        self.transactions.append(time.perf_counter() - began)
