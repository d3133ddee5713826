"""How long the write lock is held."""

import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from bench.ratio import Ratio
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


def longest_hold(what: str, rounds: Sequence[float]) -> Ratio:
    """The longest hold of each round, in the quietest round: a stall of the machine only ever lengthens it."""
    longest = min(rounds)
    return Ratio(
        f"{what}: longest hold of the write lock", longest * 1e3, MOST_SECONDS * 1e3, "ms", "50 ms", 1
    )
