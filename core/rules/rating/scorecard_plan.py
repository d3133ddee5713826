"""A scorecard as its policy writes it: every number may be a parameter; with their values it is a `Scorecard`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from core.rules.policy.facts import FactValue
from core.rules.policy.gates import Gate
from core.rules.policy.grades import Grade
from core.rules.policy.parameters import Number, Values, number
from core.rules.policy.source import Text
from core.rules.rating.indicators import Group, Indicator, Missing
from core.rules.rating.scales import Band, Bands, Option, Options
from core.rules.rating.scorecard import Cutoff, Scorecard
from core.rules.rating.standards import COEFFICIENTS, LEVELS, Direction, Standards, StandardsBook

_FULL = Decimal(100)
_NOTHING = Decimal(0)


class NotYetSet(ValueError):
    """A number whose parameter is unset stands where a scale cannot do without it."""


@dataclass(frozen=True, slots=True)
class BandPlan:
    """From the end of the band before it up to `below`, without that end unless it is included; None is no end."""

    points: Number
    below: Number | None = None
    to: Number | None = None
    """The points at the upper end, where they run in a straight line."""
    end_included: bool = False


@dataclass(frozen=True, slots=True)
class OptionPlan:
    """One answer with its points."""

    value: FactValue
    points: Number


@dataclass(frozen=True, slots=True)
class StandardScale:
    """Bands of the standard values in force for the customer's industry and size (优秀 100 … 较差 20)."""


ScalePlan = tuple[BandPlan, ...] | tuple[OptionPlan, ...] | StandardScale


@dataclass(frozen=True, slots=True)
class IndicatorPlan:
    """One fact with its scale and weight."""

    fact: str
    title: Text
    article: str
    weight: Number
    missing: Missing
    scale: ScalePlan
    step: Decimal = Decimal("0.01")
    """The smallest difference in the fact that anyone would name."""
    money: bool = False
    """The fact is an amount; the scale is in yuan."""


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """Indicators that share a weight."""

    key: str
    title: Text
    article: str
    weight: Number
    indicators: tuple[IndicatorPlan, ...]
    min_coverage: Decimal = Decimal("0.7")


@dataclass(frozen=True)
class ScorecardPlan:
    """Groups of indicators, and the standard values that their scales go by."""

    groups: tuple[GroupPlan, ...]
    standards: StandardsBook | None = None

    def indicators(self) -> Iterator[IndicatorPlan]:
        """Every indicator, in the order of the groups."""
        for group in self.groups:
            yield from group.indicators

    def numbers(self) -> Iterator[Number]:
        """Every number of the card, the names of parameters among them."""
        for group in self.groups:
            yield group.weight
            for indicator in group.indicators:
                yield indicator.weight
                yield from scale_numbers(indicator.scale)

    def without_standards(self, standards: Mapping[str, Standards]) -> tuple[str, ...]:
        """The indicators whose scale is that of the standards, and which have none."""
        return tuple(
            each.fact
            for each in self.indicators()
            if isinstance(each.scale, StandardScale) and each.fact not in standards
        )

    def card(
        self,
        values: Values,
        grades: tuple[Grade, ...],
        gates: tuple[Gate, ...],
        standards: Mapping[str, Standards],
    ) -> Scorecard:
        """The card with these values of the parameters.

        Weights and cut-offs may still be unset, edges and points not (`NotYetSet`). `ScorecardError` or
        `ScaleError` where the card could not be right.
        """
        return Scorecard(
            tuple(_group(group, values, standards) for group in self.groups),
            tuple(Cutoff(grade.code, number(grade.at_least, values)) for grade in grades),
            gates,
        )


def scale_numbers(scale: ScalePlan) -> Iterator[Number]:
    """Every number of a scale as it is written."""
    if isinstance(scale, StandardScale):
        return
    for part in scale:
        yield part.points
        if isinstance(part, BandPlan):
            yield from (each for each in (part.below, part.to) if each is not None)


def scale_of(plan: ScalePlan, values: Values, standards: Standards | None = None) -> Bands | Options:
    """A scale with the values of its parameters; `ScaleError` where it could not be right, `NotYetSet`."""
    if isinstance(plan, StandardScale):
        if standards is None:
            raise NotYetSet
        return standard_bands(standards)
    bands = [part for part in plan if isinstance(part, BandPlan)]
    if bands:
        return Bands(_bands(bands, values))
    return Options(
        tuple(Option(part.value, _set(part.points, values)) for part in plan if isinstance(part, OptionPlan))
    )


def standard_bands(standards: Standards) -> Bands:
    """Points by standard values: 100, 80, 60, 40, 20 with straight lines between, 0 beyond the poorest."""
    marks = [COEFFICIENTS[level] * _FULL for level in LEVELS]
    rungs = list(zip(standards.values, marks, strict=True))
    if standards.direction is Direction.HIGHER:
        rungs.reverse()
        between = [Band(low, high, points, to) for (low, points), (high, to) in pairwise(rungs)]
        return Bands(
            (Band(None, rungs[0][0], _NOTHING), *between, Band(rungs[-1][0], None, _FULL)),
        )
    between = [
        Band(low, high, points, to, high_included=high == rungs[-1][0])
        for (low, points), (high, to) in pairwise(rungs)
    ]
    return Bands(
        (
            Band(None, rungs[0][0], _FULL),
            *between,
            Band(rungs[-1][0], None, _NOTHING, low_included=False),
        )
    )


def _group(plan: GroupPlan, values: Values, standards: Mapping[str, Standards]) -> Group:
    indicators = tuple(
        Indicator(
            each.fact,
            scale_of(each.scale, values, standards.get(each.fact)),
            number(each.weight, values),
            each.missing,
            each.article,
            each.step,
            each.money,
        )
        for each in plan.indicators
    )
    return Group(plan.key, number(plan.weight, values), indicators, plan.min_coverage)


def _bands(plans: list[BandPlan], values: Values) -> tuple[Band, ...]:
    bands: list[Band] = []
    low: Decimal | None = None
    low_included = True
    for plan in plans:
        high = None if plan.below is None else _set(plan.below, values)
        to = None if plan.to is None else _set(plan.to, values)
        bands.append(Band(low, high, _set(plan.points, values), to, low_included, plan.end_included))
        low, low_included = high, not plan.end_included
    return tuple(bands)


def _set(given: Number, values: Values) -> Decimal:
    found = number(given, values)
    if found is None:
        raise NotYetSet(given)
    return found
