"""What has been kept long enough is taken away, a chunk in a transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import CursorResult, delete, tuple_

from core.queries.outdated import KEYS, Kept, Key, is_outdated
from core.services.desk import Command
from core.services.work import Work


@dataclass(frozen=True)
class Prune(Command):
    kept: Kept
    keys: tuple[Key, ...]


def prune(work: Work, command: Prune) -> int:
    """Take these rows away; one that has been touched since they were found stays. Returns how many went."""
    columns = KEYS[command.kept]
    gone = delete(columns[0].table).where(
        tuple_(*columns).in_(command.keys), is_outdated(command.kept, work.at)
    )
    return int(cast("CursorResult[Any]", work.session.execute(gone)).rowcount)


@dataclass(frozen=True)
class RecordPruned(Command):
    """Once all of a day is done: one record, however many chunks it took."""

    day: date
    pruned: Mapping[str, int]


def record_pruned(work: Work, command: RecordPruned) -> None:
    """How many of each went, whatever day is made up for."""
    work.record("retention.pruned", f"retention:{command.day}", **command.pruned)
