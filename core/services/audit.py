"""The audit trail is written here and nowhere else, inside the transaction of the change it tells of."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.records.audit import AuditRecord
from core.records.tables import table_of
from core.rules.chain import GENESIS, seal
from core.storage.prepared import Prepared
from core.texts.wire import dumps

_TABLE = table_of(AuditRecord)
_HEAD = Prepared(select(_TABLE.c.seq, _TABLE.c.hash).order_by(_TABLE.c.seq.desc()).limit(1))
_APPEND = Prepared(insert(_TABLE), *("seq", "at", "actor", "action", "subject", "data", "previous", "hash"))


def append(
    session: Session, *, at: datetime, actor: str, action: str, subject: str, data: Mapping[str, Any]
) -> int:
    """Add one record behind the last. Returns its number."""
    head = _HEAD.first(session)
    seq, previous = (head.seq + 1, head.hash) if head else (1, GENESIS)
    text = dumps(dict(data))
    _APPEND.run(
        session,
        seq=seq,
        at=at,
        actor=actor,
        action=action,
        subject=subject,
        data=text,
        previous=previous,
        hash=seal(previous, seq, at.isoformat(), (actor, action, subject, text)),
    )
    return int(seq)
