"""What was changed in a customer's file: who, when, old and new, as the audit trail has it (1.9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.queries.actor import named
from core.queries.customers.file_fields import FileField, FileValue
from core.records.audit import AuditRecord
from core.records.customer import FILE_CHANGED, file_subject
from core.records.staff import Person
from core.records.tables import table_of
from core.texts.wire import Label, Named, facts_of

_AUDIT = table_of(AuditRecord)


@dataclass(frozen=True, slots=True)
class FileChange:
    at: datetime
    by: Named | Label
    field: FileField
    old: FileValue | None
    new: FileValue | None


def file_changes(session: Session, customer: int, *, limit: int, offset: int = 0) -> Sequence[FileChange]:
    """The changes of a file, the newest first. Who may see the customer is the caller's question."""
    found = session.execute(
        select(_AUDIT.c.at, _AUDIT.c.actor, _AUDIT.c.data)
        .where(_AUDIT.c.subject == file_subject(customer), _AUDIT.c.action == FILE_CHANGED)
        .order_by(_AUDIT.c.seq.desc())
        .limit(limit)
        .offset(offset)
    )
    changes = []
    for at, actor, data in found:
        told = facts_of(data)
        field = FileField(told["field"])
        changes.append(FileChange(at, _who(session, actor), field, _value(told["old"]), _value(told["new"])))
    return changes


def _who(session: Session, actor: str) -> Named | Label:
    kind, _, number = actor.partition(":")
    return named(session.get_one(Person, int(number))) if kind == "person" else Label("operator")


def _value(told: Any) -> FileValue | None:
    """As the trail tells it: a contact is a list there, and once an empty text was nothing."""
    if isinstance(told, list):
        return told[0], told[1]
    value: FileValue | None = None if told == "" else told
    return value
