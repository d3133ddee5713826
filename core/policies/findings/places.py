"""Where each tolerance stands in a file, and what it may be: read by, and completed in editors by, the same table."""

from dataclasses import dataclass

JUMPS = "jumps"
"""The table of changes from one year to the next, by ratio."""


@dataclass(frozen=True, slots=True)
class Place:
    """One tolerance: its field of `core.rules.statements.contradictions.Tolerances`, its table and key, and its floor."""

    field: str
    table: str
    key: str
    example: str
    at_least: int = 0
    whole: bool = False
    is_share: bool = False
    """Written as percent, kept as a fraction."""


PLACES = (
    Place("least", "sums", "least_yuan", "least_yuan = 1"),
    Place("share", "sums", "percent", "percent = 0.1", is_share=True),
    # Figures that need not jump at all would all be taken for figures in another unit.
    Place("unit_jump", "jump_of_units", "times", "times = 1000", at_least=2),
    Place("copied_share", "copied", "percent", "percent = 80", at_least=1, is_share=True),
    Place("copied_fewest", "copied", "fewest", "fewest = 5", at_least=1, whole=True),
    Place("stale_months", "stale", "months", "months = 18", at_least=1, whole=True),
    Place("source_share", "sources", "percent", "percent = 5", is_share=True),
    Place("source_days", "sources", "days", "days = 366", whole=True),
)


def tables() -> tuple[str, ...]:
    """The tables that hold them, in the order of the shipped file."""
    return tuple(dict.fromkeys(place.table for place in PLACES))
