"""What did not get through: for whoever keeps the program running."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.records.inbox import Update
from core.records.outbox import OutboxMessage
from core.records.staff import Binding, Person
from core.records.tables import table_of

_INBOX, _OUTBOX = table_of(Update), table_of(OutboxMessage)
_BINDING, _PERSON = table_of(Binding), table_of(Person)


@dataclass(frozen=True, slots=True)
class Undelivered:
    failed: int
    """Messages that will never arrive, or of which nobody knows."""
    parked: int
    """Updates that could not be understood."""
    waiting_since: datetime | None
    """When the message was said that has waited longest to be sent."""
    unreached: tuple[str, ...]
    """People whom a channel no longer reaches."""


def undelivered(session: Session) -> Undelivered:
    """As it stands now."""
    failed = select(func.count()).where(_OUTBOX.c.state.in_(("failed", "unknown")))
    parked = select(func.count()).where(_INBOX.c.state == "parked")
    oldest = select(_OUTBOX.c.created_at).where(_OUTBOX.c.state == "waiting")
    unreached = (
        select(_PERSON.c.name)
        .join(_BINDING, _BINDING.c.person == _PERSON.c.id)
        .where(_BINDING.c.trouble != "", _PERSON.c.active)
        .distinct()
        .order_by(_PERSON.c.name)
    )
    return Undelivered(
        session.scalar(failed) or 0,
        session.scalar(parked) or 0,
        session.scalar(oldest.order_by(_OUTBOX.c.id).limit(1)),
        tuple(session.scalars(unreached)),
    )
