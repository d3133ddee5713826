"""Every customer's grade by the policy in force, kept once a month (2.9): on its first day, or the next that has a worker."""

from datetime import date
from functools import partial

from core.clock import day_of
from core.queries.actor import CLOCK
from core.queries.policies.activation import active_policy
from core.queries.rating.snapshot import not_yet_kept, written_grades
from core.services.desk import Desk
from core.services.rating.snapshot import KeepGrades, RecordSnapshot
from core.storage.database import Database
from worker.report import Report

CHUNK = 1000
"""Customers in a transaction, a third of a kilobyte each: keeps the write lock well under 50 ms."""


async def snapshot(day: date, *, database: Database, desk: Desk) -> Report:
    """A month that is over is not made up: no grade is kept that was not made when it says it was."""
    office = desk.office
    today = day_of(office.clock.now(), office.settings.zone)
    month = today.replace(day=1)
    if day.replace(day=1) != month:
        return Report("snapshot", day, {"kept": 0})
    policy = await database.read(lambda session: active_policy(session, office, today))
    if policy.unset:
        return Report("snapshot", day, {"kept": 0})
    customers = await database.read(lambda session: not_yet_kept(session, office, month))
    kept = 0
    for start in range(0, len(customers), CHUNK):
        chunk = customers[start : start + CHUNK]
        # Facts are read and grades made here: what is asked of the writer is only to put them down.
        grades = partial(written_grades, office=office, policy=policy, customers=chunk, on=today)
        found = await database.read(grades)
        kept += await desk.run(database, KeepGrades(month, policy, found), CLOCK)
    if kept:
        await desk.run(database, RecordSnapshot(month, policy, kept), CLOCK)
    return Report("snapshot", day, {"kept": kept})
