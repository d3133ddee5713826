"""The audit trail is written here and nowhere else, inside the transaction of the change it tells of."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.records.audit import AuditRecord
from core.records.tables import table_of
from core.texts.wire import dumps

GENESIS = "0" * 64
_TABLE = table_of(AuditRecord)
_HEAD = select(_TABLE.c.seq, _TABLE.c.hash).order_by(_TABLE.c.seq.desc()).limit(1)
_APPEND = insert(_TABLE)


def digest_of(previous: str, seq: int, at: datetime, *told: str) -> str:
    """The SHA-256 that chains a record (``told``: actor, action, subject, data) to the one before it."""
    text = "\n".join((previous, str(seq), at.isoformat(), *told))
    return hashlib.sha256(text.encode()).hexdigest()


def append(
    session: Session, *, at: datetime, actor: str, action: str, subject: str, data: Mapping[str, Any]
) -> None:
    """Add one record behind the last."""
    head = session.execute(_HEAD).first()
    seq, previous = (head.seq + 1, head.hash) if head else (1, GENESIS)
    text = dumps(dict(data))
    session.execute(
        _APPEND,
        {
            "seq": seq,
            "at": at,
            "actor": actor,
            "action": action,
            "subject": subject,
            "data": text,
            "previous": previous,
            "hash": digest_of(previous, seq, at, actor, action, subject, text),
        },
    )
