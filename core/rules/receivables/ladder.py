"""The reminder ladder (6.1): who is told at how many days before or after an item's due date."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from core.rules.calendar import Hours
from core.rules.policy.source import Source


@dataclass(frozen=True, slots=True)
class Rung:
    """So many days past due (negative: before) a role is told, and any others `beside` it."""

    days: int
    role: str
    beside: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """Everybody told on this rung."""
        return (self.role, *self.beside)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs in rising order of days; `ValueError` when they do not rise."""

    rungs: tuple[Rung, ...]

    def __post_init__(self) -> None:
        days = [rung.days for rung in self.rungs]
        if any(later <= earlier for earlier, later in pairwise(days)):
            raise ValueError(f"the rungs of a ladder rise: {days}")


def next_rung(
    ladder: Ladder, due: date, on: date, climbed: Collection[int], last_climbed: date | None = None
) -> Rung | None:
    """The rung to climb on a day for an item due on another, or None.

    Rungs after the due date are climbed one at a time, lowest first, however late the item is: nobody's first
    notice comes from the legal department. Of the rungs up to the due date only the latest whose day has come
    counts, and none once the item is overdue: a reminder of what will be due makes no sense afterwards.

    `climbed` holds the days of the rungs already climbed for this item; `last_climbed`, the day of the latest
    climb, keeps a second run on that day, or a late run for an earlier one, from climbing another.
    """
    if last_climbed is not None and last_climbed >= on:
        return None
    late = (on - due).days
    if late > 0:
        rung = next((rung for rung in ladder.rungs if rung.days > 0 and rung.days not in climbed), None)
        return rung if rung is not None and rung.days <= late else None
    reached = [rung for rung in ladder.rungs if rung.days <= late]
    return reached[-1] if reached and reached[-1].days not in climbed else None


@dataclass(frozen=True, slots=True)
class Reminders:
    """The reminder ladder with the hour of its digest and the hours in which nobody is written to (6.1)."""

    source: Source
    ladder: Ladder
    digest_at: time
    quiet_hours: Hours
