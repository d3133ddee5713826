"""What came in, raw, stored before it is acknowledged."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, text
from sqlmodel import Column, Field, SQLModel, UniqueConstraint

from core.records.columns import key_field, moment_field, text_field

_WAITING = "state = 'waiting'"


class Update(SQLModel, table=True):
    """A raw update. ``(channel, key)`` is what makes the second delivery of it no news."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "key"),
        Index("inbox_waiting", "id", sqlite_where=text(_WAITING), postgresql_where=text(_WAITING)),
        Index("inbox_by_conversation", "conversation", "id"),
    )

    id: int | None = key_field()
    channel: str
    key: str
    conversation: str
    body: str = text_field()
    at: datetime = moment_field()
    state: str = "waiting"
    """``waiting``, ``worked`` or ``parked`` (could not be understood; kept for a person to look at)."""


class Upload(SQLModel, table=True):
    """A file that somebody sent, kept as it came: finance keeps the originals (3.11)."""

    __tablename__ = "upload"

    id: int | None = key_field()
    name: str
    sha256: str = Field(index=True)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    by: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = moment_field()
