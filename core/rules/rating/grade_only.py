"""Grades of many customers without the words, for simulation: the same grades as `rate` gives, faster."""

from bisect import bisect_right
from collections.abc import Callable
from decimal import Decimal

from core.rules.money import Money
from core.rules.policy.conditions import leaf_tests
from core.rules.policy.gates import applied, gated, refused_by
from core.rules.rating.lanes import Lane
from core.rules.rating.reading import KnownFacts, KnownValue, plain_facts
from core.rules.rating.scorecard import POINTS, Scorecard
from core.rules.rating.scoring import assess

Grader = Callable[[KnownFacts], str | None]


def grader(card: Scorecard) -> Grader:
    """A function for the grade of one customer after another.

    Where every figure is known a customer is a search and a sum of whole numbers for each of them; where one
    is missing it is assessed in full.
    """
    rows = [row for panel in card.panels for row in panel]
    searched = [
        (row.key, row.starts, tuple(part.worth for part in row.parts))
        for row in rows
        if row.starts is not None and not row.lane.indicator.money
    ]
    others = [row for row in rows if row.starts is None or row.lane.indicator.money]
    unit, grades = card.worth_unit, card.grades
    # The least worth whose score, rounded half up to hundredths, reaches a cut-off; best grade first.
    least = [-(-(2 * bound - 1) * unit // 200) for bound in card.cutoff_hundredths[:-1]]
    if any(test.fact.startswith(POINTS) for gate in card.gates for test in leaf_tests(gate.when)):
        return lambda facts: assess(card, facts).grade

    def grade(facts: KnownFacts) -> str | None:
        worth = 0
        try:
            for key, starts, worths in searched:
                worth += worths[bisect_right(starts, facts[key])]  # type: ignore[type-var]
            for row in others:
                worth += _worth(row.lane, facts[row.key])
        except (KeyError, TypeError):
            # Missing, or something that does not compare with a number: a ratio with a reason.
            return assess(card, facts).grade
        place = next((at for at, bound in enumerate(least) if worth >= bound), len(least))
        if not card.gates:
            return grades[place]
        held = applied(card.gates, plain_facts(facts))
        return None if refused_by(held) else grades[gated(grades, place, held)]

    return grade


def _worth(lane: Lane, value: KnownValue) -> int:
    """What a number, an amount or an answer adds; `TypeError` for whatever is less plain."""
    if lane.places is not None and isinstance(value, str | bool):
        return lane.parts[lane.places[value]].worth
    number = value.amount if isinstance(value, Money) else value
    if not isinstance(number, Decimal | int) or lane.starts is None:
        raise TypeError(lane.indicator.key)
    place = bisect_right(lane.starts, number)
    slope = lane.slopes[place]
    return lane.parts[place].worth if slope is None else lane.share * slope.hundredths(number)
