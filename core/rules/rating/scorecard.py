"""The shape of a weighted scorecard (2.1): groups of indicators, cut-offs and gates, checked when made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from math import lcm
from typing import NamedTuple

from core.rules.policy.conditions import leaf_tests
from core.rules.policy.facts import FactValue
from core.rules.policy.gates import Effect, Gate
from core.rules.precision import WORKING, rounded
from core.rules.rating.scales import Band, Bands, Option, Options, Slope

_FULL = Decimal(100)
_HUNDREDTHS = 100
_PLACES = 4
POINTS = "points."
"""A gate may test an indicator's points as the fact of this name and the indicator's key."""


class ScorecardError(ValueError):
    """A scorecard that could not be right whatever the facts; `problem` is what is wrong, `at` where.

    Problems: ``indicator_twice``, ``weights_not_100``, ``weight_not_positive``, ``points_out_of_range``,
    ``coverage_out_of_range``, ``cutoffs_not_falling``, ``last_cutoff_not_zero``, ``too_precise``,
    ``grade_twice``, ``grade_unreachable``, ``unknown_grade``, ``unknown_indicator``, ``no_notches`` and
    ``indicators_missing``.
    """

    def __init__(self, problem: str, at: str) -> None:
        super().__init__(f"{problem}: {at}")
        self.problem = problem
        self.at = at


class Missing(StrEnum):
    """What a missing figure does to the score; there is no general answer, each indicator says its own."""

    REDISTRIBUTE = "redistribute"
    """Its weight goes to the others of its group, as long as they cover enough of it."""
    ZERO = "zero"
    REFUSE = "refuse"
    """Nobody is rated without it."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One fact on a scale of 0 to 100 points; a weight None is the company's to set."""

    key: str
    """The fact's key."""
    scale: Bands | Options
    weight: Decimal | None
    """Its share among the weights of its group, in any unit."""
    missing: Missing
    article: str
    step: Decimal = Decimal("0.01")
    """The smallest difference in the fact that anyone would name."""
    money: bool = False
    """The fact is an amount; the scale is in yuan."""


@dataclass(frozen=True, slots=True)
class Group:
    """Indicators that share a weight, in points of the score; None is the company's to set."""

    key: str
    weight: Decimal | None
    indicators: tuple[Indicator, ...]
    min_coverage: Decimal
    """How much of the group's weight must be known for the rest to be redistributed, above 0 up to 1."""


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A grade, and the least score for it, that score included; None is the company's to set."""

    grade: str
    at_least: Decimal | None


@dataclass(frozen=True, slots=True)
class ScoredPart:
    """What one indicator has in a score, all but the value itself; the same for all values of a band."""

    indicator: str
    group: str
    article: str
    band: Band | Option | None
    """None where there is no number to place."""
    points: Decimal | None
    """Of 100; None when it is missing and its weight went to the others of the group."""
    weight: Decimal
    """Points of the score that it is worth at most, after redistribution; to four decimals."""
    contribution: Decimal
    """What it added to the score; to four decimals."""
    worth: int
    """The contribution before redistribution, exact, in `Scorecard.worth_unit`-ths of a point."""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Lane:
    """An indicator made ready for scoring: plain tuples and whole numbers, and its parts made beforehand."""

    indicator: Indicator
    group: Group
    share: int
    """Points of the score that the indicator is worth at most, in `Scorecard.share_unit`-ths."""
    worth_unit: int
    """That of the card."""
    starts: tuple[Decimal, ...] | None
    """Of bands; None of a list of answers."""
    slopes: tuple[Slope | None, ...]
    """By place, of bands whose points run."""
    places: Mapping[FactValue, int] | None
    """Of a list of answers; None of bands."""
    parts: tuple[ScoredPart, ...]
    """By place on the scale; where points run, those of a band's low end."""
    absent: ScoredPart
    """What a missing figure has, before its indicator's way with it."""
    made: dict[tuple[int, int], ScoredPart] = field(default_factory=dict, compare=False)
    """Parts on slopes by place and hundredths of a point, as they come up: customers share most of them."""

    def on_slope(self, place: int, found: int) -> ScoredPart:
        """The part of so many hundredths of a point in a band whose points run."""
        part = self.made.get((place, found))
        if part is None:
            part = self.part(Decimal(found).scaleb(-2), self.parts[place].band)
            self.made[place, found] = part
        return part

    def part(self, points: Decimal, band: Band | Option | None) -> ScoredPart:
        """What these points have in the score, before any redistribution."""
        worth = self.share * hundredths(points)
        return replace(
            self.absent,
            band=band,
            points=points,
            contribution=shown(worth, self.worth_unit),
            worth=worth,
            known=True,
        )


class Row(NamedTuple):
    """A lane as the loop over customers takes it apart: a tuple, because it runs for each of their figures."""

    key: str
    starts: tuple[Decimal, ...] | None
    """Where the bands begin of a number whose points do not run; None where placing takes more than a search."""
    parts: tuple[ScoredPart, ...]
    lane: Lane


@dataclass(frozen=True)
class Scorecard:
    """A scorecard whose weights add up, whose grades can all be reached; made otherwise, `ScorecardError`."""

    groups: tuple[Group, ...]
    cutoffs: tuple[Cutoff, ...]
    """Best grade first; the last has a least score of 0."""
    gates: tuple[Gate, ...] = ()

    def __post_init__(self) -> None:
        _check_indicators(self)
        _check_weights(self)
        _check_cutoffs(self)
        for gate in self.gates:
            _check_gate(self, gate)

    def indicators(self) -> Iterator[Indicator]:
        """Every indicator, in the order of the groups."""
        for group in self.groups:
            yield from group.indicators

    @cached_property
    def grades(self) -> tuple[str, ...]:
        """The grades, best first."""
        return tuple(cutoff.grade for cutoff in self.cutoffs)

    @cached_property
    def unset(self) -> tuple[str, ...]:
        """What the company has to set before anybody is rated: keys of groups, indicators, grades, gates."""
        return (
            *(group.key for group in self.groups if group.weight is None),
            *(indicator.key for indicator in self.indicators() if indicator.weight is None),
            *(cutoff.grade for cutoff in self.cutoffs if cutoff.at_least is None),
            *(gate.key for gate in self.gates if any(test.value is None for test in leaf_tests(gate.when))),
        )

    @cached_property
    def shares(self) -> Mapping[str, Fraction]:
        """The most that each indicator can add to the score, by key; nothing while a weight is unset."""
        return {
            indicator.key: Fraction(group.weight) * Fraction(indicator.weight) / _weight_of(group)
            for group in self.groups
            for indicator in group.indicators
            if group.weight is not None and indicator.weight is not None
        }

    @cached_property
    def share_unit(self) -> int:
        """The unit in which every indicator's share is a whole number."""
        return lcm(*(share.denominator for share in self.shares.values()))

    @cached_property
    def worth_unit(self) -> int:
        """The unit in which every share times any points, at most 100 to the hundredth, is a whole number."""
        return self.share_unit * _HUNDREDTHS * int(_FULL)

    @cached_property
    def panels(self) -> tuple[tuple[Row, ...], ...]:
        """The indicators of each group made ready, once per scorecard."""
        return tuple(
            tuple(_row(_lane(self, group, each)) for each in group.indicators) for group in self.groups
        )

    @cached_property
    def cutoff_hundredths(self) -> tuple[int, ...]:
        """The cut-offs in hundredths of a point, best grade first."""
        return tuple(hundredths(cutoff.at_least) for cutoff in self.cutoffs if cutoff.at_least is not None)


def hundredths(points: Decimal) -> int:
    """Points that have at most two decimals, as a whole number."""
    return int(points * _HUNDREDTHS)


def _weight_of(group: Group) -> Fraction:
    return sum((Fraction(each.weight) for each in group.indicators if each.weight is not None), Fraction(0))


@lru_cache(maxsize=2**14)
def shown(numerator: int, denominator: int) -> Decimal:
    """A part of the score to four decimals, rounded half up. Remembered: customers share most of them."""
    return rounded(WORKING.divide(Decimal(numerator), denominator), _PLACES)


def _row(lane: Lane) -> Row:
    flat = lane.starts is not None and not any(lane.slopes)
    return Row(lane.indicator.key, lane.starts if flat else None, lane.parts, lane)


def _lane(card: Scorecard, group: Group, indicator: Indicator) -> Lane:
    scale = indicator.scale
    share = int(card.shares[indicator.key] * card.share_unit)
    absent = ScoredPart(
        indicator.key,
        group.key,
        indicator.article,
        band=None,
        points=Decimal(0),
        weight=shown(share, card.share_unit),
        contribution=Decimal(0),
        worth=0,
        known=False,
    )
    lane = Lane(indicator, group, share, card.worth_unit, None, (), None, (), absent)
    bands: tuple[Band | Option, ...] = scale.bands if isinstance(scale, Bands) else scale.options
    return replace(
        lane,
        starts=scale.starts if isinstance(scale, Bands) else None,
        slopes=scale.slopes if isinstance(scale, Bands) else (),
        places=scale.places if isinstance(scale, Options) else None,
        parts=tuple(lane.part(band.points, band) for band in bands),
    )


def _check_indicators(card: Scorecard) -> None:
    seen: set[str] = set()
    for indicator in card.indicators():
        if indicator.key in seen:
            raise ScorecardError("indicator_twice", indicator.key)
        seen.add(indicator.key)
        if indicator.scale.least < 0 or indicator.scale.most > _FULL:
            raise ScorecardError("points_out_of_range", indicator.key)
    for group in card.groups:
        if not group.indicators:
            raise ScorecardError("indicators_missing", group.key)
        if not 0 < group.min_coverage <= 1:
            raise ScorecardError("coverage_out_of_range", group.key)


def _check_weights(card: Scorecard) -> None:
    holders: tuple[Group | Indicator, ...] = (*card.groups, *card.indicators())
    for holder in holders:
        if holder.weight is not None and holder.weight <= 0:
            raise ScorecardError("weight_not_positive", holder.key)
    weights = [group.weight for group in card.groups if group.weight is not None]
    if len(weights) == len(card.groups) and sum(weights) != _FULL:
        raise ScorecardError("weights_not_100", str(sum(weights)))


def _check_cutoffs(card: Scorecard) -> None:
    if len(set(card.grades)) != len(card.grades):
        raise ScorecardError("grade_twice", ", ".join(card.grades))
    if not card.cutoffs or card.cutoffs[-1].at_least != 0:
        raise ScorecardError("last_cutoff_not_zero", card.grades[-1] if card.cutoffs else "")
    known = [(each.grade, each.at_least) for each in card.cutoffs if each.at_least is not None]
    for grade, at_least in known:
        if hundredths(at_least) != at_least * _HUNDREDTHS:
            raise ScorecardError("too_precise", grade)
    for (_, better), (grade, at_least) in pairwise(known):
        if at_least >= better:
            raise ScorecardError("cutoffs_not_falling", grade)
    if card.unset:
        return
    highest = sum(card.shares[each.key] * Fraction(each.scale.most) / 100 for each in card.indicators())
    lowest = sum(card.shares[each.key] * Fraction(each.scale.least) / 100 for each in card.indicators())
    if highest < known[0][1]:
        raise ScorecardError("grade_unreachable", known[0][0])
    falls = any(gate.grade == known[-1][0] or gate.effect is Effect.DOWNGRADE for gate in card.gates)
    if len(known) > 1 and lowest >= known[-2][1] and not falls:
        raise ScorecardError("grade_unreachable", known[-1][0])


def _check_gate(card: Scorecard, gate: Gate) -> None:
    if gate.effect in (Effect.VETO, Effect.CAP) and gate.grade not in card.grades:
        raise ScorecardError("unknown_grade", gate.key)
    if gate.effect is Effect.DOWNGRADE and gate.notches < 1:
        raise ScorecardError("no_notches", gate.key)
    keys = {indicator.key for indicator in card.indicators()}
    for test in leaf_tests(gate.when):
        if test.fact.startswith(POINTS) and test.fact.removeprefix(POINTS) not in keys:
            raise ScorecardError("unknown_indicator", gate.key)
