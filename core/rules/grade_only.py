"""Grades of many customers without the words, for simulation: the same grades as `rate` gives, faster."""

from bisect import bisect_right
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from core.rules.reading import KnownFacts
from core.rules.scorecard import Lane, Scorecard
from core.rules.scoring import assess


class _Row(NamedTuple):
    """An indicator reduced to a search and a table of whole numbers."""

    key: str
    starts: tuple[Decimal, ...]
    worths: tuple[int, ...]


def grader(card: Scorecard) -> Callable[[KnownFacts], str | None]:
    """A function for the grade of one customer after another.

    A customer with every figure a plain number, under a card without gates and slopes, is a search and a sum
    of whole numbers; whatever is less plain is assessed in full.
    """
    lanes = [lane for panel in card.panels for lane in panel]
    if card.gates or not all(lane.starts for lane in lanes):
        return lambda facts: assess(card, facts).grade
    rows = tuple(_row(lane) for lane in lanes)
    unit, bounds, grades = card.worth_unit, card.cutoff_hundredths, card.grades
    # The least worth whose score, rounded half up to hundredths, reaches a cut-off; best grade first.
    least = [-(-(2 * bound - 1) * unit // 200) for bound in bounds[:-1]]

    def grade(facts: KnownFacts) -> str | None:
        worth = 0
        try:
            for key, starts, worths in rows:
                worth += worths[bisect_right(starts, facts[key])]  # type: ignore[type-var]
        except (KeyError, TypeError):
            # Something that is missing, or a ratio without a number, has no place among numbers.
            return assess(card, facts).grade
        for at, bound in enumerate(least):
            if worth >= bound:
                return grades[at]
        return grades[-1]

    return grade


def _row(lane: Lane) -> _Row:
    assert lane.starts is not None
    return _Row(lane.indicator.key, lane.starts, tuple(part.worth for part in lane.parts))
