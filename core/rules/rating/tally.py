"""The scores of many customers (2.9): the sum and the grade, and of every item what the caller wants told, no more."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

from core.rules.policy.conditions import leaf_tests
from core.rules.policy.gates import applied, gated, refused_by
from core.rules.rating.lanes import Row, ScoredPart
from core.rules.rating.reading import KnownFacts, plain_facts
from core.rules.rating.scorecard import POINTS, Scorecard
from core.rules.rating.scoring import part_of

T = TypeVar("T")


class Tally(NamedTuple, Generic[T]):
    """A score and a grade, with what is told of every item."""

    told: Sequence[T]
    """In the order of `tallied`."""
    score: Decimal
    grade: str
    scored_grade: str
    gates: tuple[str, ...]


def tallied(card: Scorecard) -> list[Row]:
    """The indicators of a tally, by key."""
    return sorted(chain.from_iterable(card.panels), key=lambda row: row.key)


def tallier(card: Scorecard, tell: Callable[[ScoredPart], T]) -> Callable[[KnownFacts], Tally[T] | None]:
    """A function for the tally of one customer after another: the score and grade that `assess` gives.

    What there is to tell of a band is told once. None where there is more to it than a sum: a figure is missing, a
    gate asks for points or keeps the customer from being rated.
    """
    rows = [
        (
            row.key,
            row.starts,
            [part.worth for part in row.parts],
            [tell(part) for part in row.parts],
            row.lane,
        )
        for row in tallied(card)
    ]
    if any(test.fact.startswith(POINTS) for gate in card.gates for test in leaf_tests(gate.when)):
        return lambda _facts: None
    unit, grades, rising = card.worth_unit, card.grades, card.cutoff_hundredths[::-1]

    def tally(facts: KnownFacts) -> Tally[T] | None:
        told: list[T] = []
        worth = 0
        for key, starts, worths, tales, lane in rows:
            value = facts.get(key)
            if starts is not None and type(value) is Decimal:
                place = bisect_right(starts, value)
                worth += worths[place]
                told.append(tales[place])
            else:
                part = part_of(lane, value)
                if not part.known:
                    return None
                worth += part.worth
                told.append(tell(part))
        # In hundredths of a point, rounded once, half up.
        score = (200 * worth + unit) // (2 * unit)
        at = len(rising) - bisect_right(rising, score)
        held = applied(card.gates, plain_facts(facts)) if card.gates else ()
        if held and refused_by(held):
            return None
        grade = grades[gated(grades, at, held) if held else at]
        gates = tuple(each.gate.key for each in held)
        return Tally(told, _points(score), grade, grades[at], gates)

    return tally


@cache
def _points(hundredths: int) -> Decimal:
    """At most ten thousand and one."""
    return Decimal(hundredths).scaleb(-2)
