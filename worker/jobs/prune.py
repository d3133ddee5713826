"""Worked updates, sent messages, old job runs and abandoned conversations go when their time is over."""

from datetime import date
from functools import partial

from core.queries.actor import CLOCK
from core.queries.outdated import Kept, Key, outdated
from core.services.desk import Desk
from core.services.retention import Prune, RecordPruned
from core.storage.database import Database
from worker.report import Report

CHUNK = 500
"""Rows in a transaction: keeps the write lock well under 50 ms."""


async def prune(day: date, *, database: Database, desk: Desk) -> Report:
    """Found by questions, which lock nothing; taken away in chunks that ask again before they do."""
    at = desk.office.clock.now()
    pruned = {kept.value: 0 for kept in Kept}
    for kept in Kept:
        after: Key | None = None
        while found := await database.read(partial(outdated, kept=kept, at=at, after=after, most=CHUNK)):
            pruned[kept.value] += await desk.run(database, Prune(kept, tuple(found)), CLOCK)
            after = found[-1]
    if any(pruned.values()):
        await desk.run(database, RecordPruned(day, pruned), CLOCK)
    return Report("prune", day, pruned)
