"""What the worker has finished: by slot, and what a job reported last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from core.records.job_run import JobRun
from core.records.tables import table_of
from core.texts.wire import facts_of

_RUN = table_of(JobRun)
_FINISHED = _RUN.c.finished_at.is_not(None)


@dataclass(frozen=True, slots=True)
class Slot:
    """One job at one time of its timetable, by the clock on the company's wall."""

    job: str
    day: date
    at: time

    @property
    def key(self) -> str:
        """``2026-03-04T09:00``: an hour that the wall clock shows twice is one slot."""
        return f"{self.day.isoformat()}T{self.at:%H:%M}"

    def has_come(self, local: datetime) -> bool:
        """Whether it has come at a moment in company time."""
        return (self.day, self.at) <= (local.date(), local.time())


def finished_of(session: Session, day: date) -> frozenset[Slot]:
    """Every slot of a day that is done."""
    rows = session.execute(
        select(_RUN.c.job, _RUN.c.slot).where(_FINISHED, _RUN.c.slot >= day.isoformat(), _before(_next(day)))
    )
    moments = ((row.job, datetime.fromisoformat(row.slot)) for row in rows)
    return frozenset(Slot(job, moment.date(), moment.time()) for job, moment in moments)


def last_day_of(session: Session, job: str, before: date) -> date | None:
    """The last day before another for which a job was finished; None when there is none."""
    last = session.execute(
        select(func.max(_RUN.c.slot)).where(_RUN.c.job == job, _FINISHED, _before(before))
    ).scalar()
    return date.fromisoformat(last[:10]) if last else None


def last_report_of(session: Session, job: str, until: date) -> Mapping[str, Any]:
    """What a job reported when it was last finished for a day or one before it; empty when it never was."""
    text = session.execute(
        select(_RUN.c.report)
        .where(_RUN.c.job == job, _FINISHED, _before(_next(until)))
        .order_by(_RUN.c.slot.desc())
        .limit(1)
    ).scalar()
    return facts_of(text) if text else {}


def _before(day: date) -> ColumnElement[bool]:
    return _RUN.c.slot < day.isoformat()


def _next(day: date) -> date:
    return day + timedelta(days=1)
