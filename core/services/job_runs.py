"""The fence of a job: each slot of the timetable is run by one process at a time, and finished once."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Update, update
from sqlalchemy.orm import Session

from core.queries.past_runs import Slot
from core.records.job_run import JobRun
from core.records.tables import table_of
from core.storage.once import insert_unless_there

_RUN = table_of(JobRun)

LEASE = timedelta(seconds=30)
RENEW_SECONDS = 10.0


def claim(session: Session, slot: Slot, holder: str, at: datetime) -> bool:
    """Take the slot, until `LEASE` from ``at``. False when it is finished, or another holds it still.

    A slot whose holder has let the lease run out (it crashed) is taken over.
    """
    added = session.execute(
        insert_unless_there(session, _RUN, "job", "slot").returning(_RUN.c.job),
        {
            "job": slot.job,
            "slot": slot.key,
            "holder": holder,
            "started_at": at,
            "lease_until": at + LEASE,
            "report": "",
        },
    ).first()
    if added is not None:
        return True
    takeover = update(_RUN).where(_this(slot), _RUN.c.finished_at.is_(None), _RUN.c.lease_until <= at)
    return _changed(session, takeover.values(holder=holder, started_at=at, lease_until=at + LEASE))


def renew(session: Session, slot: Slot, holder: str, at: datetime) -> bool:
    """Hold the slot for another `LEASE`. False when it was taken over."""
    held = update(_RUN).where(_this(slot), _RUN.c.holder == holder, _RUN.c.finished_at.is_(None))
    return _changed(session, held.values(lease_until=at + LEASE))


def finish(session: Session, slot: Slot, holder: str, at: datetime, report: str) -> bool:
    """The slot is done and never run again. False when it was taken over."""
    held = update(_RUN).where(_this(slot), _RUN.c.holder == holder, _RUN.c.finished_at.is_(None))
    return _changed(session, held.values(finished_at=at, report=report))


def _this(slot: Slot) -> Any:
    return (_RUN.c.job == slot.job) & (_RUN.c.slot == slot.key)


def _changed(session: Session, statement: Update) -> bool:
    return bool(cast("CursorResult[Any]", session.execute(statement)).rowcount)
