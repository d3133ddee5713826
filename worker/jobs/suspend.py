"""Lines whose last day is over are suspended (2.5, 3.7)."""

from datetime import date

from core.queries.actor import CLOCK
from core.queries.credit.lines import lines_ended
from core.services.credit.expiry import SuspendLine
from core.services.desk import Desk
from core.storage.database import Database
from worker.report import Report


async def suspend(day: date, *, database: Database, desk: Desk) -> Report:
    """A line a transaction; the effect keeps the day on which it was due."""
    ended = await database.read(lambda session: lines_ended(session, day))
    suspended = 0
    for each in ended:
        suspended += await desk.run(database, SuspendLine(each.line, day), CLOCK)
    return Report("suspend", day, {"suspended": suspended})
