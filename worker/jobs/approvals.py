"""Approvals that have waited too long: the approvers are nagged, then a stand-in is called in (3.3)."""

from datetime import date

from core.queries.actor import CLOCK
from core.queries.credit.overstay import overstays
from core.services.credit.nagging import EscalateRequest, NagApprovers
from core.services.desk import Desk
from core.storage.database import Database
from worker.report import Report


async def approvals(day: date, *, database: Database, desk: Desk) -> Report:
    """Waits are counted to the present moment, in the working hours of each request's chain."""
    at = desk.office.clock.now()
    found = await database.read(lambda session: overstays(session, desk.office, at))
    nagged = escalated = 0
    for each in found:
        if each.nag:
            nagged += await desk.run(database, NagApprovers(each.request), CLOCK)
        if each.escalate:
            escalated += await desk.run(database, EscalateRequest(each.request), CLOCK)
    return Report("approvals", day, {"nagged": nagged, "escalated": escalated})
