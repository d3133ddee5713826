"""Everything that is said to people, before it is said."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from core.records.columns import BigKey, key_field, moment_field, text_field

_TO_SEND = "state in ('waiting', 'edit')"
_NOWHERE = "state = 'nowhere'"


class OutboxMessage(SQLModel, table=True):
    """A message to one conversation: what is meant (`core.texts.message`), not yet the words.

    States: ``waiting`` → ``sent``; ``edit`` (sent, and to be brought up to date) → ``sent``; ``unknown`` (may have
    arrived; not tried again), ``failed`` (will never arrive), ``nowhere`` (the person has no channel yet), ``closed``
    (not to be sent: the person has the same from another row).
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "outbox_to_send",
            "channel",
            "conversation",
            "id",
            "state",
            "urgent",
            sqlite_where=text(_TO_SEND),
            postgresql_where=text(_TO_SEND),
        ),
        Index("outbox_nowhere", "person", sqlite_where=text(_NOWHERE), postgresql_where=text(_NOWHERE)),
        Index("outbox_by_conversation", "conversation", "touched"),
        Index("outbox_by_card", "card"),
    )

    id: int | None = key_field()
    channel: str
    conversation: str
    """``telegram:12345``; empty while the person can be reached nowhere."""
    person: int | None = Field(default=None, foreign_key="person.id")
    key: str | None = Field(default=None, unique=True)
    """What it is about, where it must be said only once: ``digest:2026-03-04:7``."""
    card: str | None = None
    """``request:12`` for a card that follows its subject's state, else nothing."""
    body: str = text_field()
    urgent: bool = False
    state: str = "waiting"
    attempts: int = 0
    """Tries of which nobody knows whether they arrived."""
    parts_done: int = 0
    """Parts of a long message that have arrived already."""
    not_before: datetime | None = moment_field(nullable=True)
    external_id: str = ""
    trouble: str = text_field()
    created_at: datetime = moment_field()
    touched: int = Field(default=0, sa_type=BigKey)
    """Counts every change of what a reader of the conversation would see (microseconds of the change)."""
