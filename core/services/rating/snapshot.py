"""Every customer's grade of a month is kept (2.9), so that a policy is held to account by grades as they were made.

Nobody's grade in force changes by it, and nobody is told.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert

from core.queries.rating.snapshot import WrittenGrade, heading
from core.records.snapshot import SnapshotBatch, SnapshotGrade
from core.records.tables import table_of
from core.rules.policy.policy import Policy
from core.services.desk import Command
from core.services.work import Work
from core.storage.bulk import insert_columns
from core.storage.once import insert_unless_there
from core.storage.prepared import Prepared
from core.texts.kept import kept_text

_BATCH, _GRADE = table_of(SnapshotBatch), table_of(SnapshotGrade)
_ADD_BATCH = Prepared(
    insert(_BATCH).returning(_BATCH.c.id), *(column.key for column in _BATCH.c if column.key != "id")
)


@dataclass(frozen=True)
class KeepGrades(Command):
    """The grades of a month, of a few customers, at least one, made and written beforehand."""

    month: date
    """Its first day."""
    policy: Policy
    grades: tuple[WrittenGrade, ...]


def keep_grades(work: Work, command: KeepGrades) -> int:
    """Keep them; whose grade of the month another process has kept since is left alone. Returns how many were kept."""
    policy, head, count = command.policy, heading(command.policy), len(command.grades)
    batch = _ADD_BATCH.first(
        work.session,
        policy=policy.id,
        policy_version=policy.version,
        policy_checksum=policy.checksum,
        fact_names=kept_text(head.facts),
        item_names=kept_text(head.items),
        at=work.at,
    )
    assert batch is not None
    of_each = dict(zip(WrittenGrade._fields, zip(*command.grades, strict=True), strict=True))
    return insert_columns(
        work.session,
        insert_unless_there(work.session, _GRADE, "month", "customer"),
        {"month": [command.month] * count, "batch": [batch.id] * count, **of_each},
    )


@dataclass(frozen=True)
class RecordSnapshot(Command):
    """Once all are kept: one record, however many chunks it took."""

    month: date
    policy: Policy
    kept: int


def record_snapshot(work: Work, command: RecordSnapshot) -> None:
    """By which policy a month was graded, and how many customers were."""
    work.record(
        "grades.kept",
        f"snapshot:{command.month}",
        policy=command.policy.id,
        version=command.policy.version,
        checksum=command.policy.checksum,
        kept=command.kept,
    )
