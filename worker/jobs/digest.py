"""One digest for each person who has anything to be told (6.1)."""

import asyncio
from datetime import date

from core.queries.actor import CLOCK
from core.queries.digest import digests
from core.queries.past_runs import last_day_of
from core.services.desk import Desk
from core.services.digests import TellDigest, message_of
from core.storage.database import Database
from worker.report import Report


async def digest(day: date, *, database: Database, desk: Desk) -> Report:
    """Holds whatever is new since the last digest that was finished, so that a missed day is made up by one."""
    at = desk.office.clock.now()
    found = await database.read(
        lambda session: digests(session, desk.office, last_day_of(session, "digest", day), day, at)
    )
    told = 0
    for person, each in found.items():
        message = await asyncio.to_thread(message_of, each, day)
        told += await desk.run(database, TellDigest(person, day, message), CLOCK)
    return Report("digest", day, {"told": told})
