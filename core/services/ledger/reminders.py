"""Climbing the reminder ladder, a chunk of invoices in a transaction (6.1)."""

from dataclasses import dataclass
from datetime import date

from core.queries.ledger.due import RungDue, still_chased
from core.records.collection import Reminder
from core.records.tables import table_of
from core.services.desk import Command
from core.services.work import Work
from core.storage.bulk import insert_columns
from core.storage.once import insert_unless_there

_REMINDER = table_of(Reminder)


@dataclass(frozen=True)
class ClimbLadder(Command):
    day: date
    rungs: tuple[RungDue, ...]


def climb_ladder(work: Work, command: ClimbLadder) -> int:
    """Each invoice climbs the rung that was found due for it on the day; returns how many did.

    An invoice paid since then is left alone, and a rung that another process has climbed since is not climbed twice.
    """
    chased = still_chased(work.session, [rung.invoice for rung in command.rungs])
    due = [rung for rung in command.rungs if rung.invoice in chased]
    if not due:
        return 0
    insert_columns(
        work.session,
        insert_unless_there(work.session, _REMINDER, "invoice", "rung"),
        {
            "invoice": [rung.invoice for rung in due],
            "rung": [rung.rung for rung in due],
            "due_on": [rung.due_on for rung in due],
            "told_on": [command.day] * len(due),
        },
    )
    work.record(
        "ladder.climbed",
        f"ladder:{command.day}",
        invoices=len(due),
        rungs=sorted({rung.rung for rung in due}),
    )
    return len(due)
