"""A conversation as a page shows it: what the person did, from the inbox, and what the desk said, from the outbox."""

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import escape
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from bot.web.channel import NAME
from bot.web.ports import Words
from core.records.inbox import Update, Upload
from core.records.outbox import OutboxMessage
from core.records.tables import table_of
from core.services.tell import touch
from core.settings import Language

log = logging.getLogger(__name__)

_INBOX = table_of(Update)
_OUTBOX = table_of(OutboxMessage)

MOST_ITEMS = 100
"""The newest of each side that a page is given."""
LATE_MICROSECONDS = 10_000_000
"""A change may be committed this long after the moment it carries: what was touched within it is told again."""


class NotACursor(ValueError):
    """Not a text that `Cursor` wrote."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a page has read. New rows are known by their id, cards that changed by when they were touched."""

    inbox: int = 0
    outbox: int = 0
    touched: int = 0

    def __str__(self) -> str:
        return f"{self.inbox}.{self.outbox}.{self.touched}"

    @classmethod
    def from_text(cls, text: str) -> "Cursor":
        """Reads what `str` gave; an empty text is the beginning. Raises `NotACursor`."""
        if not text:
            return cls()
        parts = text.split(".")
        if len(parts) != 3 or not all(p.isascii() and p.isdecimal() and len(p) < 19 for p in parts):
            raise NotACursor(text)
        return cls(*map(int, parts))


@dataclass(frozen=True, slots=True)
class Item:
    """One bubble. The same id again replaces it in place."""

    id: str
    mine: bool
    at: datetime
    html: str
    buttons: tuple[tuple[tuple[str, str, str], ...], ...] = ()
    """Rows of (label, data, page that it opens instead)."""
    file_name: str = ""
    live: bool = False
    """A card: it shows its subject as it stands, so its buttons never grow old."""
    edited: bool = False
    broken: bool = False
    """It could not be put into words; the trace is in the log."""

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "from": "me" if self.mine else "desk",
            "at": self.at.isoformat(timespec="microseconds"),
            "html": self.html,
            "buttons": [
                [{"label": label, "data": data, "link": link} for label, data, link in row]
                for row in self.buttons
            ],
            "file": {"name": self.file_name} if self.file_name else None,
            "live": self.live,
            "edited": self.edited,
            "broken": self.broken,
        }


def newest(session: Session, conversation: str) -> Cursor:
    """The cursor of a page that has read everything."""
    inbox = select(func.max(_INBOX.c.id)).where(_INBOX.c.conversation == conversation)
    outbox = select(func.max(_OUTBOX.c.id), func.max(_OUTBOX.c.touched)).where(
        _OUTBOX.c.conversation == conversation
    )
    last_said = session.execute(inbox).scalar_one()
    last_told, touched = session.execute(outbox).one()
    return Cursor(last_said or 0, last_told or 0, touched or 0)


def since(
    session: Session, words: Words, conversation: str, after: Cursor, language: Language
) -> tuple[list[Item], Cursor]:
    """What is new or changed after ``after``, in the order of time, and the cursor to go on with.

    Cards come in their present state, whenever they were sent. An item may be told twice.
    """
    now = newest(session, conversation)
    items = [
        *_said(session, conversation, after.inbox),
        *_told(session, words, conversation, after, language),
    ]
    # What was told in one transaction carries one moment, and keeps its order: sorting is stable.
    items.sort(key=lambda item: (item.at, not item.mine))
    return items, now


def attachment(
    session: Session, words: Words, conversation: str, item: str, language: Language
) -> tuple[str, bytes] | None:
    """Name and content of the file that comes with an item of this conversation, if there is one."""
    side, _, name = item.partition("-")
    if side == "me":
        body = session.execute(
            select(_INBOX.c.body).where(
                _INBOX.c.channel == NAME,
                _INBOX.c.key == inbox_key(conversation, name),
                _INBOX.c.conversation == conversation,
            )
        ).scalar_one_or_none()
        upload = session.get(Upload, json.loads(body).get("upload", 0)) if body is not None else None
        return (upload.name, upload.content) if upload is not None else None
    row = session.get(OutboxMessage, int(name)) if name.isdecimal() and len(name) < 19 else None
    if row is None or row.conversation != conversation:
        return None
    return words.render(session, row, language).file


def inbox_key(conversation: str, client_key: str) -> str:
    """The inbox key of what a page sent: nobody's repetition can be taken for another person's."""
    return f"{conversation}:{client_key}"


def _said(session: Session, conversation: str, after: int) -> list[Item]:
    rows = session.execute(
        select(_INBOX.c.key, _INBOX.c.body, _INBOX.c.at)
        .where(_INBOX.c.conversation == conversation, _INBOX.c.id > after)
        .order_by(_INBOX.c.id.desc())
        .limit(MOST_ITEMS)
    )
    items = []
    for row in reversed(rows.all()):
        body = json.loads(row.body)
        if body["kind"] == "start":  # opening the door is nothing that was said
            continue
        text = body["label"] if body["kind"] == "tap" else body.get("text", "")
        items.append(
            Item(
                id=f"me-{row.key.rpartition(':')[2]}",
                mine=True,
                at=row.at,
                html=str(escape(text)),
                file_name=body.get("name", ""),
            )
        )
    return items


def _told(session: Session, words: Words, conversation: str, after: Cursor, language: Language) -> list[Item]:
    rows = session.scalars(
        select(OutboxMessage)
        .where(
            _OUTBOX.c.conversation == conversation,
            or_(_OUTBOX.c.id > after.outbox, _OUTBOX.c.touched > after.touched - LATE_MICROSECONDS),
        )
        .order_by(_OUTBOX.c.id.desc())
        .limit(MOST_ITEMS)
    )
    return [_item(session, words, row, language) for row in reversed(rows.all())]


def _item(session: Session, words: Words, row: OutboxMessage, language: Language) -> Item:
    edited = row.touched > touch(row.created_at)
    try:
        rendered = words.render(session, row, language, attach=False)
    except Exception:
        # One message that cannot be worded must not close the whole conversation.
        log.exception("message %s cannot be shown", row.id)
        return Item(id=f"desk-{row.id}", mine=False, at=row.created_at, html="", edited=edited, broken=True)
    return Item(
        id=f"desk-{row.id}",
        mine=False,
        at=row.created_at,
        html=rendered.html,
        buttons=tuple(tuple((one.label, one.data, one.link) for one in line) for line in rendered.buttons),
        file_name=rendered.file[0] if rendered.file is not None else "",
        live=bool(row.card),
        edited=edited,
    )
