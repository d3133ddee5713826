"""Reading the audit trail: is it whole, and what does it say (9.2)."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from core.records.audit import AuditRecord
from core.records.tables import table_of
from core.rules.chain import GENESIS, seal

_AUDIT = table_of(AuditRecord)


@dataclass(frozen=True, slots=True)
class Verified:
    """What a walk along the chain found."""

    records: int
    head: str
    """The seal of the last record that holds."""
    broken: int | None = None
    """The number of the first record that does not hold, or is missing."""
    head_found: bool = True
    """Whether a head that was noted earlier is still in the chain; without it the tail was cut."""

    @property
    def whole(self) -> bool:
        return self.broken is None and self.head_found


def records(session: Session) -> Iterator[Row[tuple[object, ...]]]:
    """Every record in order, a few at a time."""
    yield from session.execute(select(_AUDIT).order_by(_AUDIT.c.seq).execution_options(yield_per=1000))


def verify(session: Session, head: str | None = None) -> Verified:
    """Walk the chain from its beginning. ``head``: a seal noted earlier, which must still be found."""
    previous, count, found = GENESIS, 0, head is None
    for row in records(session):
        told = (row.actor, row.action, row.subject, row.data)
        expected = seal(previous, row.seq, row.at.isoformat(), told)
        if row.seq != count + 1 or row.previous != previous or row.hash != expected:
            return Verified(count, previous, count + 1, found)
        previous, count = row.hash, count + 1
        found = found or row.hash == head
    return Verified(count, previous, None, found)
