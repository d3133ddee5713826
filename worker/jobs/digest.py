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

TOLD_TOGETHER = 50
"""Digests that are handed to the desk at once, and share commits; whoever chats waits behind no more."""


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
    for start in range(0, len(messages), TOLD_TOGETHER):
        commands = (
            TellDigest(person, day, message) for person, message in messages[start : start + TOLD_TOGETHER]
        )
        told += sum(await asyncio.gather(*(desk.run(database, command, CLOCK) for command in commands)))
    return Report("digest", day, {"told": told})
