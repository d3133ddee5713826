"""The outbox as delivery sees it: what is next in each conversation, in which order, and what became of it."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import assert_never

from sqlalchemy import bindparam, case, func, literal_column, or_, select, update
from sqlalchemy.orm import Session

from bot.dialog.outcome import Delivered, Later, Outcome, Refused, Unreachable, Unseen, Unsure
from core.records.outbox import OutboxMessage
from core.records.staff import Person
from core.records.tables import table_of
from core.services import tell
from core.services.people import reach
from core.storage.bulk import is_listed, listed
from core.storage.prepared import Prepared

log = logging.getLogger(__name__)

_OUTBOX, _PERSON = table_of(OutboxMessage), table_of(Person)

MOST_NEXT = 512
"""Conversations of a channel that are looked at once; the others are behind them in any case."""
MOST_ATTEMPTS_UNSURE = 2
UNSURE_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE_SECONDS = 160.0
"""Between two tries of a message that the channel fails on."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the outbox, as far as sending goes: see `core.records.outbox`."""

    id: int
    channel: str
    conversation: str
    person: int | None
    card: str | None
    body: str
    state: str
    attempts: int
    parts_done: int
    external_id: str
    created_at: datetime
    touched: int
    language: str | None
    """Of its reader."""


# The states are spelled out in the SQL: bound ones would keep the partial index from being used.
_NEW, _CHANGED = (_OUTBOX.c.state == literal_column(f"'{state}'") for state in ("waiting", "edit"))
_HEADS = (
    select(
        _OUTBOX.c.conversation,
        func.min(case((_NEW & _OUTBOX.c.urgent, _OUTBOX.c.id))).label("urgent"),
        func.min(case((_NEW, _OUTBOX.c.id))).label("new"),
        func.min(_OUTBOX.c.id).label("changed"),
    )
    .where(_NEW | _CHANGED, _OUTBOX.c.channel == bindparam("channel"))
    .group_by(_OUTBOX.c.conversation)
    .cte("heads")
)
"""Of each conversation: what is urgent, then what is new, each in the order it was said, then what has changed."""
_HEAD = func.coalesce(_HEADS.c.urgent, _HEADS.c.new, _HEADS.c.changed)
_RANK = case((_HEADS.c.urgent.is_not(None), 0), (_HEADS.c.new.is_(None), 1), else_=2)
"""Among conversations: answers and approvals, then cards that have changed, then digests and the like."""
_NEXT = Prepared(
    select(_OUTBOX.c.id, _OUTBOX.c.conversation)
    .join(_HEADS, _OUTBOX.c.id == _HEAD)
    .where(
        or_(
            _OUTBOX.c.not_before.is_(None),
            _OUTBOX.c.not_before <= bindparam("now", type_=_OUTBOX.c.not_before.type),
        )
    )
    .order_by(_RANK, _OUTBOX.c.id)
    .limit(MOST_NEXT)
)
_ROW = select(
    *(_OUTBOX.c[one.name] for one in fields(Row) if one.name != "language"), _PERSON.c.language
).outerjoin(_PERSON, _PERSON.c.id == _OUTBOX.c.person)
_TO_SEND = Prepared(_ROW.where(is_listed(_OUTBOX.c.id), _NEW | _CHANGED), row=Row)
_SAID = Prepared(
    _ROW.where(_OUTBOX.c.id == bindparam("number"), _OUTBOX.c.conversation == bindparam("there")), row=Row
)
_SENT = Prepared(
    update(_OUTBOX)
    .where(_OUTBOX.c.id == bindparam("number"))
    .values(
        state=case((_OUTBOX.c.touched == bindparam("seen"), "sent"), else_="edit"),
        external_id=bindparam("sent_as"),
        trouble="",
    )
)
"""A card that moved on while it was on its way is to be edited right away."""


_LEFT_BEHIND = (
    update(_OUTBOX)
    .where(_OUTBOX.c.id == bindparam("number"), _OUTBOX.c.conversation == bindparam("there"), _NEW | _CHANGED)
    .values(state=case((_NEW, "failed"), else_="sent"), trouble=bindparam("reason"))
)
"""What did not go along to another place: a card that lies there already, or what was said to nobody we know."""


@dataclass(frozen=True, slots=True)
class Next:
    """A row whose turn it is, and where it goes."""

    id: int
    conversation: str


def next_of(session: Session, channel: str, now: datetime) -> list[Next]:
    """What is next in each conversation of a channel, the most pressing first."""
    return [Next(row.id, row.conversation) for row in _NEXT.rows(session, channel=channel, now=now)]


def rows_of(session: Session, chosen: Collection[Next]) -> Sequence[Row]:
    """The rows as they are now; what has been taken back or moved is left out."""
    there = {one.id: one.conversation for one in chosen}
    found = _TO_SEND.rows(session, **listed(there.keys()))
    return [row for row in found if row.conversation == there[row.id]]


def said(session: Session, conversation: str, number: int) -> Row | None:
    """What was said in a conversation under this number; None for what was said elsewhere."""
    found: Row | None = _SAID.first(session, number=number, there=conversation)
    return found


def mark_all(
    session: Session, landed: Sequence[tuple[Row, Outcome]], at: datetime, served: Collection[str]
) -> None:
    """Write down what became of rows; those that arrived, which most do, in one go.

    What nobody saw goes to a place of its reader's in one of the channels ``served``, if there is one.
    """
    arrived = []
    for row, outcome in landed:
        match outcome:
            case Delivered(external_id):
                arrived.append({"number": row.id, "seen": row.touched, "sent_as": external_id})
            case Unseen():
                if not tell.pass_on(session, row.id, served):
                    arrived.append({"number": row.id, "seen": row.touched, "sent_as": ""})
            case _:
                _mark(session, row, outcome, at)
    _SENT.run_each(session, arrived)
    for _, outcome in landed:
        if isinstance(outcome, Delivered) and outcome.beside is not None:
            outcome.beside(session)


def _mark(session: Session, row: Row, outcome: Later | Unsure | Refused | Unreachable, at: datetime) -> None:
    """What did not arrive."""
    edited = row.state == "edit"
    values: dict[str, object]
    match outcome:
        case Later(_, reason):
            values = {
                "not_before": at + _pause(row, outcome, at),
                "trouble": reason,
                "parts_done": outcome.parts_done,
            }
        case Unsure(reason):
            again = edited or row.attempts + 1 < MOST_ATTEMPTS_UNSURE
            values = {
                "state": row.state if again else "unknown",
                "attempts": row.attempts + 1,
                "not_before": at + UNSURE_PAUSE,
                "trouble": reason,
                "parts_done": outcome.parts_done,
            }
        case Refused(reason):
            log.warning("message %s to %s: %s", row.id, row.conversation, reason)
            values = {"state": "sent" if edited else "failed", "trouble": reason}
        case Unreachable(reason):
            log.warning("%s is not reached any more: %s", row.conversation, reason)
            reach.lose(session, row.conversation, reason, at)
            session.execute(_LEFT_BEHIND, {"number": row.id, "there": row.conversation, "reason": reason})
            return
        case _:
            assert_never(outcome)
    session.execute(update(_OUTBOX).where(_OUTBOX.c.id == row.id).values(**values))


def _pause(row: Row, later: Later, at: datetime) -> timedelta:
    """What the channel asks for; a message that it alone fails on is tried the less often the longer it waits."""
    if later.whole_channel:
        return timedelta(seconds=later.seconds)
    waited = at.timestamp() - row.touched / 1_000_000
    return timedelta(seconds=max(later.seconds, min(waited / 2, LONGEST_PAUSE_SECONDS)))
