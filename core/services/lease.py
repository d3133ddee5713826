"""What only one process may own at a time: a row with a holder, a deadline and a number that counts owners."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.records.job_run import Lease
from core.records.tables import table_of
from core.storage.once import insert_unless_there

_LEASE = table_of(Lease)

LEASE = timedelta(seconds=15)
RENEW_SECONDS = 4.0


def nobody_is_gone(_holder: str) -> bool:
    """Where nothing can be known of other processes: a lease ends with its term only."""
    return False


def acquire(
    session: Session,
    name: str,
    holder: str,
    at: datetime,
    gone: Callable[[str], bool] = nobody_is_gone,
) -> int | None:
    """Take or renew the lease. Returns the fencing number, or None while somebody else holds it.

    A holder that is known to be ``gone`` holds nothing: a restart after a crash need not wait for the lease to end.
    """
    session.execute(
        insert_unless_there(session, _LEASE, "name"),
        {"name": name, "holder": holder, "fence": 1, "until": at + LEASE},
    )
    row = session.execute(
        select(_LEASE.c.holder, _LEASE.c.fence, _LEASE.c.until).where(_LEASE.c.name == name).with_for_update()
    ).one()
    if row.holder != holder and row.until > at and not gone(row.holder):
        return None
    fence = int(row.fence) if row.holder == holder else int(row.fence) + 1
    session.execute(
        update(_LEASE).where(_LEASE.c.name == name).values(holder=holder, fence=fence, until=at + LEASE)
    )
    return fence


def release(session: Session, name: str, holder: str, at: datetime) -> None:
    """Give the lease back, so that a process standing by need not wait for its end."""
    session.execute(update(_LEASE).where(_LEASE.c.name == name, _LEASE.c.holder == holder).values(until=at))
