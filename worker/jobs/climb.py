"""Every chased invoice climbs the rung of the reminder ladder that has come due, at most one a day (6.1)."""

from datetime import date

from core.queries.actor import CLOCK
from core.queries.ledger.due import rungs_due
from core.services.desk import Desk
from core.services.ledger.reminders import ClimbLadder
from core.storage.database import Database
from worker.report import Report

CHUNK = 500
"""Invoices in a transaction: keeps the write lock well under 50 ms."""


async def climb(day: date, *, database: Database, desk: Desk) -> Report:
    """Found by one question, which locks nothing; written in chunks that ask again before they write."""
    ladder = desk.office.reminders(day).ladder
    due = await database.read(lambda session: rungs_due(session, ladder, day))
    climbed = 0
    for start in range(0, len(due), CHUNK):
        climbed += await desk.run(database, ClimbLadder(day, due[start : start + CHUNK]), CLOCK)
    return Report("climb", day, {"climbed": climbed})
