"""What has been kept long enough: worked updates, sent messages, finished job runs, conversations nobody goes on with.

The audit trail, decisions and whatever is money are kept for ever, and are not among these.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import Session

from core.records.inbox import Update
from core.records.job_run import JobRun
from core.records.outbox import OutboxMessage
from core.records.session import ChatSession
from core.records.tables import table_of

_INBOX, _OUTBOX = table_of(Update), table_of(OutboxMessage)
_RUN, _SESSION = table_of(JobRun), table_of(ChatSession)


class Kept(StrEnum):
    """What is kept for a time only."""

    UPDATES = "updates"
    MESSAGES = "messages"
    RUNS = "runs"
    CONVERSATIONS = "conversations"


KEPT_FOR: Mapping[Kept, timedelta] = {
    # Both sides of a conversation alike: the browser shows it from here, and buttons work as long.
    Kept.UPDATES: timedelta(days=180),
    Kept.MESSAGES: timedelta(days=180),
    Kept.RUNS: timedelta(days=400),
    Kept.CONVERSATIONS: timedelta(days=180),
}

Key = tuple[str | int, ...]
"""A row's primary key."""

KEYS = {
    Kept.UPDATES: (_INBOX.c.id,),
    Kept.MESSAGES: (_OUTBOX.c.id,),
    Kept.RUNS: (_RUN.c.job, _RUN.c.slot),
    Kept.CONVERSATIONS: (_SESSION.c.conversation,),
}


def is_outdated(kept: Kept, at: datetime) -> ColumnElement[bool]:
    """The condition on a row that at this moment has been kept long enough."""
    before = at - KEPT_FOR[kept]
    match kept:
        case Kept.UPDATES:
            return (_INBOX.c.state == "worked") & (_INBOX.c.at < before)
        case Kept.MESSAGES:
            touched = int(before.timestamp() * 1_000_000)
            return _OUTBOX.c.state.in_(("sent", "closed")) & (_OUTBOX.c.touched < touched)
        case Kept.RUNS:
            later = _RUN.alias()
            # The last run of a job says since when the next one has to look.
            last = select(func.max(later.c.slot)).where(later.c.job == _RUN.c.job).scalar_subquery()
            return _RUN.c.finished_at.is_not(None) & (_RUN.c.finished_at < before) & (_RUN.c.slot < last)
        case Kept.CONVERSATIONS:
            return _SESSION.c.at < before


def outdated(session: Session, kept: Kept, at: datetime, after: Key | None, most: int) -> list[Key]:
    """The keys of the next rows, in the order of their keys, after one of them."""
    keys = KEYS[kept]
    question = select(*keys).where(is_outdated(kept, at)).order_by(*keys).limit(most)
    if after is not None:
        question = question.where(tuple_(*keys) > after)
    return [tuple(row) for row in session.execute(question)]
