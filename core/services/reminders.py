"""Climbing the reminder ladder, a chunk of invoices in a transaction (6.1)."""

from dataclasses import dataclass
from datetime import date

from core.queries.due import rungs_due
from core.records.collection import Reminder
from core.records.tables import table_of
from core.services.desk import Command
from core.services.work import Work
from core.storage.once import insert_unless_there

_REMINDER = table_of(Reminder)


@dataclass(frozen=True)
class ClimbLadder(Command):
    day: date
    invoices: tuple[int, ...]


def climb_ladder(work: Work, command: ClimbLadder) -> int:
    """Each of the invoices that is to climb a rung on the day does; returns how many did.

    What is due is asked again here, inside the transaction: an invoice paid since it was found is left alone.
    """
    ladder = work.office.reminders(command.day).ladder
    due = rungs_due(work.session, ladder, command.day, command.invoices)
    if not due:
        return 0
    work.session.execute(
        insert_unless_there(work.session, _REMINDER, "invoice", "rung"),
        [
            {"invoice": each.invoice, "rung": each.rung, "due_on": each.due_on, "told_on": command.day}
            for each in due
        ],
    )
    work.record(
        "ladder.climbed",
        f"ladder:{command.day}",
        invoices=len(due),
        rungs=sorted({rung.rung for rung in due}),
    )
    return len(due)
