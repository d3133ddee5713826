"""What the nightly reconciliation finds is put on record; the admin and the CFO read it in the next digest."""

from dataclasses import astuple, dataclass
from datetime import date

from core.queries.ledger.reconciliation import Differences
from core.services.desk import Command
from core.services.work import Work


@dataclass(frozen=True)
class RecordDifferences(Command):
    day: date
    differences: Differences


def record_differences(work: Work, command: RecordDifferences) -> None:
    """Nothing is put right here: which side is wrong is for people to find out."""
    work.record(
        "ledger.differs",
        "ledger",
        day=command.day,
        count=command.differences.count,
        first=[astuple(difference) for difference in command.differences.first],
    )
