"""What is kept as open is held against the allocations; a difference is put on record (5.2)."""

from datetime import date

from core.queries.actor import CLOCK
from core.queries.ledger.reconciliation import differences
from core.services.desk import Desk
from core.services.ledger.reconciliation import RecordDifferences
from core.storage.database import Database
from worker.report import Report


async def reconcile(day: date, *, database: Database, desk: Desk) -> Report:
    """At night: it reads every item there is, which takes seconds for a million and locks nothing."""
    found = await database.read(differences)
    if found.count:
        await desk.run(database, RecordDifferences(day, found), CLOCK)
    return Report("reconcile", day, {"differences": found.count})
