"""Files kept as they are: those that people send, and those that are made for them."""

import hashlib
from datetime import datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.records.inbox import Upload
from core.records.tables import table_of
from core.services import tell
from core.services.work import Work
from core.texts.message import Message

_UPLOAD = table_of(Upload)


def keep(session: Session, name: str, content: bytes, *, at: datetime, by: int | None = None) -> Upload:
    """Keep a file, known by its number from now on; ``by`` is the person whose file it is."""
    upload = Upload(name=name, sha256=hashlib.sha256(content).hexdigest(), content=content, by=by, at=at)
    session.add(upload)
    session.flush()
    return upload


def own_sha256(session: Session, number: int, by: int | None) -> str | None:
    """What names the content of a file on the audit trail, if it is there and this person's, or the operator's.

    Numbers are easily guessed: nobody opens what another has sent.
    """
    found = select(_UPLOAD.c.sha256).where(_UPLOAD.c.id == number, _UPLOAD.c.by == by)
    return session.execute(found).scalar()


class SentFile(Protocol):
    """What becomes of a file that somebody sent: an import, statements of a customer."""

    upload: int
    conversation: str
    """Where it was sent; empty when whoever sent it waits for the result."""
    by: int | None


def name_of(session: Session, sent: SentFile) -> str:
    """The name under which it was sent."""
    return str(session.execute(select(_UPLOAD.c.name).where(_UPLOAD.c.id == sent.upload)).scalar_one())


def sha256_of(session: Session, sent: SentFile) -> str:
    """What names its content on the audit trail (9.2)."""
    return str(session.execute(select(_UPLOAD.c.sha256).where(_UPLOAD.c.id == sent.upload)).scalar_one())


def answer(work: Work, sent: SentFile, message: Message) -> None:
    """Tell whoever sent it, where they sent it; not one who waits for the result."""
    if sent.conversation:
        tell.say(work.session, sent.conversation, message, at=work.at, person=sent.by, urgent=True)
