"""Running what is due: each slot of the timetable once, whoever asks, however often, whatever crashes."""

import asyncio
import logging
import secrets
from collections.abc import Iterable
from datetime import date, datetime
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from core.clock import Clock, SystemClock
from core.queries.past_runs import Slot, finished_of
from core.rules.receivables.ladder import Reminders
from core.services.desk import Desk
from core.services.stumbles import Part, raise_alarm
from core.storage.collector import left_to_stand
from core.storage.database import Database
from worker.fence import once
from worker.report import Report
from worker.timetable import Job, timetable

log = logging.getLogger(__name__)


class UnknownJob(LookupError):
    """There is no job of this name; ``known`` are the names there are."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(name)
        self.name = name
        self.known = tuple(known)


async def run_due(
    database: Database, desk: Desk, at: datetime, *, machine: Clock | None = None
) -> list[Report]:
    """Run everything that is due at an aware moment and not done; returns what was run.

    Of each job's slots of the day the latest that has come is run; it makes up for those before it, and for missed
    days. A job that fails keeps none from running but those that come after it; the failures are raised together at
    the end. ``machine`` tells the real time for the leases, see `worker.fence`.
    """
    local = at.astimezone(desk.office.settings.zone)
    reminders = desk.office.reminders(local.date())
    jobs = timetable(reminders)
    due = {job.name: slot for job in jobs if (slot := _due_slot(job, local, reminders)) is not None}
    done = set(await database.read(lambda session: finished_of(session, local.date())))
    reports: list[Report] = []
    failures: list[Exception] = []
    for job in jobs:
        slot = due.get(job.name)
        waits = any(first in due and due[first] not in done for first in job.after)
        if slot is None or slot in done or waits:
            continue
        try:
            report = await _run_slot(job, slot, database, desk, machine)
        except Exception as failure:
            failures.append(failure)
            continue
        if report is not None:
            done.add(slot)
            reports.append(report)
    if failures:
        raise ExceptionGroup("jobs failed; they are run again at the next minute", failures)
    return reports


async def run_job(
    database: Database, desk: Desk, name: str, day: date, *, machine: Clock | None = None
) -> Report | None:
    """Run one job for one day, and before it those that it comes after, at any hour: the operator knows what time it is.

    None when there is nothing to do: done before, another process is at it, or no day of this job. Raises `UnknownJob`.
    """
    jobs = {job.name: job for job in timetable(desk.office.reminders(day))}
    if name not in jobs:
        raise UnknownJob(name, jobs)
    now = desk.office.clock.now().astimezone(desk.office.settings.zone)
    slots = {each: slot for each, job in jobs.items() if (slot := _slot_for(job, day, now)) is not None}
    if name not in slots:
        return None
    before = [first for first in jobs[name].after if first in slots]
    for first in before:
        await _run_slot(jobs[first], slots[first], database, desk, machine)
    done = await database.read(lambda session: finished_of(session, day))
    if any(slots[first] not in done for first in before):
        return None
    return await _run_slot(jobs[name], slots[name], database, desk, machine)


async def keep_time(database: Database, desk: Desk, stop: asyncio.Event) -> None:
    """Run what is due, at once and then every minute, until told to stop.

    The scheduler only wakes us: what is due, and what is done, is in the database.
    """
    tick = partial(_tick, database, desk)
    scheduler = AsyncIOScheduler(
        timezone=desk.office.settings.zone,
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    await tick()
    scheduler.add_job(tick, CronTrigger(second=0, timezone=desk.office.settings.zone))
    scheduler.start()
    try:
        await stop.wait()
    finally:
        scheduler.shutdown()


async def _tick(database: Database, desk: Desk) -> None:
    try:
        await run_due(database, desk, desk.office.clock.now())
    except Exception:
        reference = secrets.token_hex(3)
        log.exception("the worker could not do everything that is due, reference %s", reference)
        await raise_alarm(database, desk, Part.WORKER, reference)


async def _run_slot(
    job: Job, slot: Slot, database: Database, desk: Desk, machine: Clock | None
) -> Report | None:
    work = partial(job.run, slot.day, database=database, desk=desk)
    with left_to_stand():
        return await once(database, machine or SystemClock(), slot, work)


def _due_slot(job: Job, local: datetime, reminders: Reminders) -> Slot | None:
    """The latest slot of the day that has come; none for a job that speaks while it is quiet."""
    if job.speaks and reminders.quiet_hours.covers(local.time()):
        return None
    come = [slot for slot in job.slots(local.date()) if slot.has_come(local)]
    return come[-1] if come else None


def _slot_for(job: Job, day: date, now: datetime) -> Slot | None:
    """The latest slot of a day that has come by now, or the first one of a day still ahead."""
    slots = job.slots(day)
    come = [slot for slot in slots if slot.has_come(now)]
    return come[-1] if come else next(iter(slots), None)
