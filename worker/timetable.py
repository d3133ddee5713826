"""Every job with its time, on one screen.

A slot is run on its own day only: a job asks the database what is due, so its next slot makes up for those it missed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Protocol

from core.queries.past_runs import Slot
from core.rules.calendar import is_working_day
from core.rules.receivables.ladder import Reminders
from core.services.desk import Desk
from core.storage.database import Database
from worker.jobs.approvals import approvals
from worker.jobs.climb import climb
from worker.jobs.conceal import conceal
from worker.jobs.digest import digest
from worker.jobs.prune import prune
from worker.jobs.reconcile import reconcile
from worker.jobs.rerate import rerate
from worker.jobs.snapshot import snapshot
from worker.jobs.suspend import suspend
from worker.report import Report


class Run(Protocol):
    """A job, given the day to run for."""

    async def __call__(self, day: date, *, database: Database, desk: Desk) -> Report: ...


@dataclass(frozen=True)
class Job:
    """A job, the times of day at which it runs, company time, and the days."""

    name: str
    times: tuple[time, ...]
    days: Callable[[date], bool]
    speaks: bool
    """What it does reaches people the same minute: never begun in the quiet hours."""
    run: Run
    after: tuple[str, ...] = ()
    """Jobs whose slots of the day, if come, are finished first: what they did later would never be told."""

    def slots(self, day: date) -> tuple[Slot, ...]:
        """The slots of a day, in order; none on a day that is not the job's."""
        if not self.days(day):
            return ()
        return tuple(Slot(self.name, day, at) for at in self.times)


def timetable(reminders: Reminders) -> tuple[Job, ...]:
    """The jobs in the order in which they run when several are due; the digest's hour is the policy's."""
    morning = reminders.digest_at
    # fmt: off
    return (
        #   name         at                              on            speaks  what
        Job("suspend",   (time(0, 5),),                  every_day,    False,  suspend),
        Job("conceal",   (time(0, 10),),                 every_day,    False,  conceal),
        Job("rerate",    (time(0, 15),),                 every_day,    False,  rerate),
        Job("reconcile", (time(2, 30),),                 every_day,    False,  reconcile),
        Job("prune",     (time(3, 30),),                 every_day,    False,  prune),
        Job("climb",     (morning,),                     working_days, True,   climb),
        Job("digest",    (morning,),                     working_days, True,   digest, after=("suspend", "rerate", "climb")),
        Job("approvals", every_ten_minutes(time(9), time(18)), working_days, True, approvals),
        # Once a month; last, since of many customers it takes minutes.
        Job("snapshot",  (time(1),),                     every_day,    False,  snapshot),
    )
    # fmt: on


def every_day(day: date) -> bool:  # noqa: ARG001 -- every one
    return True


working_days = is_working_day


def every_ten_minutes(first: time, last: time) -> tuple[time, ...]:
    """From the first to the last, both included."""
    minutes = range(first.hour * 60 + first.minute, last.hour * 60 + last.minute + 1, 10)
    return tuple(time(*divmod(minute, 60)) for minute in minutes)
