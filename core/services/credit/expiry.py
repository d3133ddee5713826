"""The end of a line: suspended on the day after its last (2.5, 3.7)."""

from dataclasses import dataclass
from datetime import date

from core.queries.credit.lines import lines_ended
from core.records.line import CreditLine
from core.rules.lifecycles.line_lifecycle import LINE, LineAction, LineState
from core.services.desk import Command
from core.services.work import Work


@dataclass(frozen=True)
class SuspendLine(Command):
    """A line was found on a day with its last day behind it."""

    line: int
    day: date


def suspend_line(work: Work, command: SuspendLine) -> bool:
    """Suspend a line whose last day, or whose customer's rating's, is before the day: until there is a new one.

    False when it is not so: replaced or suspended by somebody else meanwhile. Owner and credit controllers read it
    in the next digest.
    """
    for ended in lines_ended(work.session, command.day, command.line):
        line = work.session.get_one(CreditLine, ended.line)
        line.state = LINE.after(LineState(line.state), LineAction.SUSPEND)
        work.record("line.suspended", f"line:{ended.line}", customer=ended.customer, last_day=ended.last_day)
        return True
    return False
