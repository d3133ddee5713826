"""Files kept as they are: those that people send, and those that are made for them."""

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.records.inbox import Upload
from core.records.tables import table_of

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
