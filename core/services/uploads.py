"""Files kept as they are: those that people send, and those that are made for them."""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from core.records.inbox import Upload


def keep(session: Session, name: str, content: bytes, *, at: datetime, by: int | None = None) -> Upload:
    """Keep a file, known by its number from now on; ``by`` is the person whose file it is."""
    upload = Upload(name=name, sha256=hashlib.sha256(content).hexdigest(), content=content, by=by, at=at)
    session.add(upload)
    session.flush()
    return upload
