"""The method of efficacy coefficients (功效系数法, B11): basic items scored, then modified part by part.

A basic item earns its weight times the coefficient of where its ratio stands among the standard values. The
modifying items then multiply a part's score by how they compare with it: better ratios than the part's own
coefficient raise it, poorer ones lower it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal, localcontext
from enum import StrEnum

from core.rules.precision import WORKING, rounded
from core.rules.rating.efficacy_score import BasicScore, EfficacyScore, ModifyingScore, NotScored, PartScore
from core.rules.rating.reading import Reading
from core.rules.rating.standards import COEFFICIENTS, Level, Placing, Standards

_ONE = Decimal(1)
_NOT_KNOWN = Reading.missing("FIGURE_MISSING")
_SCORE_PLACES = 4
_FACTOR_PLACES = 6
_TOTAL_PLACES = 2
_CENT = Decimal("0.01")


class ExcellentRule(StrEnum):
    """How a modifying ratio at or above 优秀 is read."""

    CONTINUOUS = "continuous"
    """As the general formula goes on: no jump at 优秀, and no part above its weight."""
    LITERAL = "literal"
    """0.2 more, as the regulation is worded; a part is held to its weight."""


@dataclass(frozen=True, slots=True)
class BasicItem:
    """A basic ratio; `standards` None are for the company to supply, and nobody is rated before."""

    key: str
    weight: Decimal
    standards: Standards | None
    nothing_from: Decimal | None = None
    """A lower-is-better ratio that reaches this earns nothing, whatever the standards (资产负债率 of 100 %)."""


@dataclass(frozen=True, slots=True)
class ModifyingItem:
    """A modifying ratio; with `standards` None the industry has none, and it modifies nothing."""

    key: str
    weight: Decimal
    standards: Standards | None
    by_reason: Mapping[str, Decimal] = field(default_factory=dict)
    """Coefficients fixed for readings that are special cases, by the key of their reason."""
    beyond: tuple[Decimal, Decimal] | None = None
    """A lower-is-better ratio that reaches the first has the second as its coefficient."""
    average_suffices: bool = False
    """At the industry's average or better it modifies nothing (不良资产比率, 2002)."""


@dataclass(frozen=True, slots=True)
class Part:
    """One aspect of four, say 财务效益: basic items whose weights add up to it, modifying ones likewise or none."""

    key: str
    weight: Decimal
    basic: tuple[BasicItem, ...]
    modifying: tuple[ModifyingItem, ...]


class WeightsDoNotAddUp(ValueError):
    """The items of a part do not add up to its weight; `part` is its key."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


@dataclass(frozen=True)
class Method:
    """The two quantitative tiers with their settings."""

    parts: tuple[Part, ...]
    excellent_rule: ExcellentRule = ExcellentRule.CONTINUOUS
    clip: tuple[Decimal, Decimal] | None = (Decimal("0.7"), Decimal("1.3"))
    """The least and the most that a modifying coefficient may be: better ratios then never cost a part more
    than 2.25 % of its weight; without it up to 25 %."""
    min_coverage: Decimal = Decimal("0.7")
    """How much of a tier's weight in a part must be known, for the rest to be redistributed among it."""

    def __post_init__(self) -> None:
        for part in self.parts:
            weights = [sum(item.weight for item in part.basic), sum(item.weight for item in part.modifying)]
            if weights[0] != part.weight or (part.modifying and weights[1] != part.weight):
                raise WeightsDoNotAddUp(part.key)

    @property
    def unset(self) -> tuple[str, ...]:
        """Basic ratios without standards."""
        return tuple(item.key for part in self.parts for item in part.basic if item.standards is None)


PartsScored = dict[tuple[str, tuple[Reading, ...]], tuple[PartScore, Decimal]]
"""Parts by their key and their ratios: where one ratio after another is tried, the other parts are as they were."""


def score(
    method: Method, readings: Mapping[str, Reading], scored: PartsScored | None = None
) -> EfficacyScore:
    """The score of these ratios, by key; one that is absent is missing. Parts are kept in `scored` and taken from there."""
    unset = tuple(NotScored("unset", key) for key in method.unset)
    if unset:
        return EfficacyScore(None, (), unset)
    with localcontext(WORKING):
        kept: PartsScored = {} if scored is None else scored
        parts = [_scored(method, part, readings, kept) for part in method.parts]
        told = tuple(part for part, _ in parts)
        uncovered = tuple(part.not_scored for part in told if part.not_scored is not None)
        if uncovered:
            return EfficacyScore(None, told, uncovered)
        whole = sum((part.weight for part in method.parts), Decimal(0))
        earned = sum((exact for _, exact in parts), Decimal(0))
        return EfficacyScore(rounded(earned / whole * 100, _TOTAL_PLACES), told)


def _scored(
    method: Method, part: Part, readings: Mapping[str, Reading], kept: PartsScored
) -> tuple[PartScore, Decimal]:
    items: tuple[BasicItem | ModifyingItem, ...] = (*part.basic, *part.modifying)
    case = (part.key, tuple(readings.get(item.key, _NOT_KNOWN) for item in items))
    if case not in kept:
        kept[case] = _part(method, part, readings)
    return kept[case]


def _part(method: Method, part: Part, readings: Mapping[str, Reading]) -> tuple[PartScore, Decimal]:
    """A part to show and its exact score, which is nothing when too little of it is known."""
    basic = [_basic(item, readings.get(item.key, _NOT_KNOWN)) for item in part.basic]
    by_standards = [(each.weight, coefficient) for each, coefficient in basic]
    analysis = _mean(method, by_standards)
    modifying = [
        _modifying(method, item, readings.get(item.key, _NOT_KNOWN), analysis) for item in part.modifying
    ]
    by_comparison = [(each.weight, k) for each, k in modifying]
    factor = _mean(method, by_comparison) if modifying else _ONE
    if analysis is None or factor is None:
        lacking = by_standards if analysis is None else by_comparison
        return _not_scored(part, basic, modifying, _coverage(lacking)), Decimal(0)
    exact = part.weight * analysis * factor
    if method.excellent_rule is ExcellentRule.LITERAL:
        exact = min(exact, part.weight)
    return (
        PartScore(
            part.key,
            part.weight,
            tuple(each for each, _ in basic),
            tuple(each for each, _ in modifying),
            basic_score=rounded(part.weight * analysis, _SCORE_PLACES),
            analysis=rounded(analysis, _FACTOR_PLACES),
            factor=rounded(factor, _FACTOR_PLACES),
            score=rounded(exact, _SCORE_PLACES),
        ),
        exact,
    )


def _not_scored(
    part: Part,
    basic: list[tuple[BasicScore, Decimal | None]],
    modifying: list[tuple[ModifyingScore, Decimal | None]],
    share: Decimal,
) -> PartScore:
    return PartScore(
        part.key,
        part.weight,
        tuple(each for each, _ in basic),
        tuple(each for each, _ in modifying),
        not_scored=NotScored("coverage_too_low", part.key, share),
    )


_Weighted = list[tuple[Decimal, Decimal | None]]


def _coverage(weighted: _Weighted) -> Decimal:
    covered = sum((weight for weight, value in weighted if value is not None), Decimal(0))
    return (covered / sum(weight for weight, _ in weighted)).quantize(_CENT, ROUND_DOWN)


def _mean(method: Method, weighted: _Weighted) -> Decimal | None:
    """The mean of what is known by weight, which is how weights are redistributed; None below the coverage."""
    known = [(weight, value) for weight, value in weighted if value is not None]
    covered = sum((weight for weight, _ in known), Decimal(0))
    if not covered or covered < method.min_coverage * sum(weight for weight, _ in weighted):
        return None
    return sum((weight * value for weight, value in known), Decimal(0)) / covered


def _basic(item: BasicItem, reading: Reading) -> tuple[BasicScore, Decimal | None]:
    placing = _basic_placing(item, reading)
    if placing is None:
        return BasicScore(item.key, reading, item.weight, None, None), None
    points = rounded(item.weight * placing.coefficient, _SCORE_PLACES)
    return BasicScore(item.key, reading, item.weight, placing, points), placing.coefficient


def _basic_placing(item: BasicItem, reading: Reading) -> Placing | None:
    if item.standards is None:
        return None
    if item.nothing_from is not None and reading.value is not None and reading.value >= item.nothing_from:
        return Placing(Level.BELOW_POOR, Decimal(0))
    return item.standards.place(reading)


def _modifying(
    method: Method, item: ModifyingItem, reading: Reading, analysis: Decimal | None
) -> tuple[ModifyingScore, Decimal | None]:
    placing = None if item.standards is None else item.standards.place(reading)
    # What is compared with the part's own coefficient has nothing to go by without one.
    exact = None if analysis is None else _coefficient(method, item, reading, placing, analysis)
    shown = None if exact is None else rounded(exact, _FACTOR_PLACES)
    return ModifyingScore(item.key, reading, item.weight, placing, shown), exact


def _coefficient(
    method: Method, item: ModifyingItem, reading: Reading, placing: Placing | None, analysis: Decimal
) -> Decimal | None:
    """单项修正系数 k: what a special case fixes, else 1 and the difference to the part's own coefficient."""
    if reading.reason is not None and reading.reason in item.by_reason:
        return item.by_reason[reading.reason]
    if item.beyond is not None and reading.value is not None and reading.value >= item.beyond[0]:
        return item.beyond[1]
    if item.standards is None:
        return _ONE
    if placing is None:
        return None
    if item.average_suffices and COEFFICIENTS[placing.level] >= COEFFICIENTS[Level.AVERAGE]:
        return _ONE
    above = placing.level is Level.EXCELLENT and method.excellent_rule is ExcellentRule.LITERAL
    coefficient = _ONE + placing.coefficient + (Decimal("0.2") if above else 0) - analysis
    if method.clip is None:
        return coefficient
    least, most = method.clip
    return min(max(coefficient, least), most)
