"""One digest for each person who has anything to be told (6.1)."""

import asyncio
from datetime import date

from core.queries.actor import CLOCK
from core.queries.digests.digest import digests
from core.queries.past_runs import last_day_of
from core.services.desk import Desk
from core.services.digests import TellDigests, message_of
from core.storage.database import Database
from worker.report import Report

CHUNK = 100
"""Digests in a transaction: keeps the write lock well under 50 ms."""


async def digest(day: date, *, database: Database, desk: Desk) -> Report:
    """Holds whatever is new since the last digest that was finished, so that a missed day is made up by one."""
    at = desk.office.clock.now()
    found = await database.read(
        lambda session: digests(session, desk.office, last_day_of(session, "digest", day), day, at)
    )
    messages = await asyncio.to_thread(
        lambda: [(person, message_of(each, day)) for person, each in found.items()]
    )
    told = 0
    for start in range(0, len(messages), CHUNK):
        chunk = TellDigests(day, dict(messages[start : start + CHUNK]))
        told += await desk.run(database, chunk, CLOCK)
    return Report("digest", day, {"told": told})
