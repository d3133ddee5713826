"""What would lift a score to a better grade (2.3): single changes, found by trying them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import partial

from core.rules.money import Money
from core.rules.policy.conditions import Comparison, FactTest, leaf_tests
from core.rules.policy.facts import FactValue
from core.rules.rating.grade_only import Grader, grader
from core.rules.rating.indicators import Indicator
from core.rules.rating.rating import Lift
from core.rules.rating.reading import KnownFacts, plain
from core.rules.rating.scales import Band, Bands
from core.rules.rating.scorecard import POINTS, Scorecard
from core.rules.rating.scoring import assess

_STEP = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Trial:
    """A customer to try changes on, with the grade that it has now."""

    card: Scorecard
    grade: Grader
    facts: KnownFacts
    now: str

    def better(self, fact: str, value: FactValue) -> str | None:
        """The grade with this change where it is a better one."""
        grade = self.grade({**self.facts, fact: value})
        grades = self.card.grades
        return None if grade is None or grades.index(grade) >= grades.index(self.now) else grade


def lifts_by_score(card: Scorecard, facts: KnownFacts) -> tuple[Lift, ...]:
    """For each fact that alone would make a better grade its smallest such change; best grade first.

    Nothing is promised to who is two facts short, and nothing is there above the best grade. For a fact that
    is unknown the answer that would do with the fewest points is named.
    """
    now = None if card.unset else assess(card, facts).grade
    if now is None:
        return ()
    trial = _Trial(card, grader(card), facts, now)
    found: dict[str, Lift] = {}
    for fact, value in _changes(trial):
        if fact not in found and (lift := _tried(trial, fact, value)) is not None:
            found[fact] = lift
    return tuple(sorted(found.values(), key=lambda lift: card.grades.index(lift.grade)))


def _tried(trial: _Trial, fact: str, value: FactValue) -> Lift | None:
    """The change as a lift, if it is one and the edge of what would do."""
    if value == plain(trial.facts.get(fact)):
        return None
    grade = trial.better(fact, value)
    if grade is None:
        return None
    side = _side(trial, fact, value)
    return None if side is None else Lift(fact, value, side, value, grade)


def _side(trial: _Trial, fact: str, value: FactValue) -> Comparison | None:
    """How to say the change: at least as much, at most as much, or just this.

    Where the fact is unknown its neighbours tell; None when both would do as well, and it is no edge.
    """
    wanted = _number(value)
    if wanted is None:
        return Comparison.IS
    known = _number(plain(trial.facts.get(fact)))
    if known is not None:
        return Comparison.AT_LEAST if wanted > known else Comparison.AT_MOST
    step = next((each.step for each in trial.card.indicators() if each.key == fact), _STEP)
    less = trial.better(fact, _like(value, wanted - step))
    more = trial.better(fact, _like(value, wanted + step))
    if less and more:
        return None
    return Comparison.AT_LEAST if more else Comparison.AT_MOST if less else Comparison.IS


def _changes(trial: _Trial) -> Iterator[tuple[str, FactValue]]:
    """Every change worth trying, for each fact the smallest first."""
    by_fact: dict[str, list[FactValue]] = {}
    for indicator in trial.card.indicators():
        by_fact.setdefault(indicator.key, []).extend(_values(trial, indicator))
    for gate in trial.card.gates:
        for test in leaf_tests(gate.when):
            if not test.fact.startswith(POINTS):
                by_fact.setdefault(test.fact, []).extend(_beside(test))
    for fact, values in by_fact.items():
        known = plain(trial.facts.get(fact))
        yield from ((fact, value) for value in sorted(values, key=partial(_distance, known)))


def _values(trial: _Trial, indicator: Indicator) -> list[FactValue]:
    scale = indicator.scale
    if not isinstance(scale, Bands):
        return [option.value for option in sorted(scale.options, key=lambda option: option.points)]
    edges = [edge for band in sorted(scale.bands, key=_fewest) for edge in _edges(band, indicator.step)]
    sloped = [band for band in scale.bands if band.points_at_high is not None]
    values = [*edges, *(value for band in sloped for value in _on_slope(trial, indicator, band))]
    return [_as_fact(indicator, value) for value in values]


def _fewest(band: Band) -> Decimal:
    return band.points if band.points_at_high is None else min(band.points, band.points_at_high)


def _edges(band: Band, step: Decimal) -> Iterator[Decimal]:
    """The first and last value of a band, in the fact's own steps."""
    if band.low is not None:
        yield _stepped(band.low, step, up=True, included=band.low_included)
    if band.high is not None:
        yield _stepped(band.high, step, up=False, included=band.high_included)


def _stepped(end: Decimal, step: Decimal, *, up: bool, included: bool) -> Decimal:
    whole = (end / step).to_integral_value(ROUND_CEILING if up else ROUND_FLOOR) * step
    if included or whole != end:
        return whole
    return whole + step if up else whole - step


def _on_slope(trial: _Trial, indicator: Indicator, band: Band) -> Iterator[Decimal]:
    """The value nearest the worse end of a slope that lifts, by halving; none where its ends agree."""
    first, last = _edges(band, indicator.step)

    def is_lift(value: Decimal) -> bool:
        return trial.better(indicator.key, _as_fact(indicator, value)) is not None

    if is_lift(first) == is_lift(last):
        return
    lifting, idle = (first, last) if is_lift(first) else (last, first)
    while abs(lifting - idle) > indicator.step:
        steps = int((idle - lifting) / indicator.step / 2)
        middle = lifting + steps * indicator.step
        if is_lift(middle):
            lifting = middle
        else:
            idle = middle
    yield lifting


def _beside(test: FactTest) -> Iterator[FactValue]:
    """The values nearest a threshold that answer its test, and that do not."""
    value = test.value
    yield value
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value - 1, value + 1)
    elif isinstance(value, Decimal):
        yield from (value - _STEP, value + _STEP)
    elif isinstance(value, Money):
        yield from (Money(value.minor - 1, value.currency), Money(value.minor + 1, value.currency))


def _as_fact(indicator: Indicator, value: Decimal) -> FactValue:
    """A value of the scale as the fact itself has it."""
    return Money.of(value) if indicator.money else value


def _like(value: FactValue, number: Decimal) -> FactValue:
    return Money.of(number) if isinstance(value, Money) else number


def _number(value: FactValue) -> Decimal | None:
    """The size of a value; None of what has none."""
    match value:
        case bool():
            return None
        case Money():
            return value.amount
        case Decimal() | int():
            return Decimal(value)
        case _:
            return None


def _distance(now: FactValue, value: FactValue) -> Decimal:
    """How far a number would have to move; where that says nothing, all are as near (the order given stays)."""
    here, there = _number(now), _number(value)
    return Decimal(0) if here is None or there is None else abs(there - here)
