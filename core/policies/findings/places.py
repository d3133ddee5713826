"""Where each tolerance stands in a file, and what it may be: read by, and completed in editors by, the same table."""

from dataclasses import dataclass
from enum import StrEnum

JUMPS = "jumps"
"""The table of changes from one year to the next, by ratio."""


class Measure(StrEnum):
    """What a tolerance is counted in."""

    YUAN = "yuan"
    PERCENT = "percent"
    """Written as percent, kept as a fraction."""
    POINTS = "points"
    """Of a ratio that is told in percent."""
    TIMES = "times"
    FIGURES = "figures"
    MONTHS = "months"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Place:
    """One tolerance: its field of `core.rules.statements.contradictions.Tolerances`, its table and key, and its floor."""

    field: str
    table: str
    key: str
    example: str
    measure: Measure
    at_least: int = 0

    @property
    def whole(self) -> bool:
        """Whether it is counted in whole numbers."""
        return self.measure in {Measure.FIGURES, Measure.MONTHS, Measure.DAYS}

    @property
    def is_share(self) -> bool:
        """Whether it is a share of something."""
        return self.measure is Measure.PERCENT


PLACES = (
    Place("least", "sums", "least_yuan", "least_yuan = 1", Measure.YUAN),
    Place("share", "sums", "percent", "percent = 0.1", Measure.PERCENT),
    # Figures that need not jump at all would all be taken for figures in another unit.
    Place("unit_jump", "jump_of_units", "times", "times = 1000", Measure.TIMES, at_least=2),
    Place("copied_share", "copied", "percent", "percent = 80", Measure.PERCENT, at_least=1),
    Place("copied_fewest", "copied", "fewest", "fewest = 5", Measure.FIGURES, at_least=1),
    Place("stale_months", "stale", "months", "months = 18", Measure.MONTHS, at_least=1),
    Place("source_share", "sources", "percent", "percent = 5", Measure.PERCENT),
    Place("source_days", "sources", "days", "days = 366", Measure.DAYS),
)


def tables() -> tuple[str, ...]:
    """The tables that hold them, in the order of the shipped file."""
    return tuple(dict.fromkeys(place.table for place in PLACES))
