"""Every customer's grade of a month is kept (2.9), so that a policy is held to account by grades as they were made.

Nobody's grade in force changes by it, and nobody is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from core.queries.rating.snapshot import WrittenGrade, kept_among
from core.records.assessment import Assessment
from core.records.tables import table_of
from core.rules.policy.policy import Policy
from core.services.desk import Command
from core.services.work import Work
from core.storage.bulk import insert_columns

_ASSESSMENT = table_of(Assessment)


@dataclass(frozen=True)
class KeepGrades(Command):
    """The grades of a month, of a few customers, made and written beforehand."""

    month: date
    """Its first day."""
    policy: Policy
    grades: tuple[WrittenGrade, ...]


def keep_grades(work: Work, command: KeepGrades) -> int:
    """Keep them; whose grade of the month another process has kept since is left alone. Returns how many were kept."""
    kept = kept_among(work.session, command.month, [each.customer for each in command.grades])
    new = [each for each in command.grades if each.customer not in kept]
    if new:
        store_assessments(work.session, command.policy, new, work.at, command.month)
    return len(new)


def store_assessments(
    session: Session, policy: Policy, grades: Sequence[WrittenGrade], at: datetime, month: date
) -> None:
    """Assessments by the clock, at least one, by columns."""
    count = len(grades)
    insert_columns(
        session,
        insert(_ASSESSMENT),
        {
            "customer": [each.customer for each in grades],
            "policy": [policy.id] * count,
            "policy_version": [policy.version] * count,
            "policy_checksum": [policy.checksum] * count,
            "inputs": [each.inputs for each in grades],
            "result": [each.result for each in grades],
            "grade": [each.grade for each in grades],
            "at": [at] * count,
            "snapshot": [month] * count,
        },
    )


@dataclass(frozen=True)
class RecordSnapshot(Command):
    """Once all are kept: one record, however many chunks it took."""

    month: date
    policy: Policy
    kept: int


def record_snapshot(work: Work, command: RecordSnapshot) -> None:
    work.record(
        "grades.kept",
        f"snapshot:{command.month}",
        policy=command.policy.id,
        version=command.policy.version,
        checksum=command.policy.checksum,
        kept=command.kept,
    )
