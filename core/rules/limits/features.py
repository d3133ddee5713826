"""The features model (特征分析): eighteen features scored 1 to 10, weighed as the company sees fit."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal, localcontext

from core.rules.money import Money
from core.rules.precision import WORKING, rounded

FEATURES: Mapping[str, tuple[str, ...]] = {
    "customer": (
        "appearance",
        "organisation",
        "product_and_market",
        "competitiveness",
        "operations",
        "prospects",
    ),
    "priority": (
        "trade_margin",
        "demand_on_product",
        "effect_on_market_appeal",
        "effect_on_competitiveness",
        "guarantee_terms",
        "replaceability",
    ),
    "credit_and_finance": (
        "payment_record",
        "bank_credit",
        "profitability",
        "balance_sheet",
        "solvency",
        "total_capital",
    ),
}
"""The eighteen features in their three groups: 客户自身特征, 客户优先性特征, 信用及财务特征."""

_ALL = tuple(feature for group in FEATURES.values() for feature in group)
_HIGHEST = 10
_PLACES = 2


class AdjustmentsNotRising(ValueError):
    """Adjustments that do not begin at 0 and rise from there."""


class NotAFeatureScore(ValueError):
    """A score that is not 0 to 10, or of no feature."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """From this result on (percent, included) a limit is multiplied by the result plus `added` (percent).

    `added` None: no open credit, only cash or a guarantee.
    """

    from_result: Decimal
    added: Decimal | None


@dataclass(frozen=True, slots=True)
class FeaturesModel:
    """What the company has to settle: there is no general table of weights, and None is not yet settled."""

    weights: Mapping[str, Decimal | None]
    """By feature, 0 for one that does not count; one that is absent is unset."""
    adjustments: tuple[Adjustment, ...] | None
    """By result, lowest first, the first from 0."""
    min_coverage: Decimal
    """How much of the weight must be known, above 0 up to 1."""

    def __post_init__(self) -> None:
        starts = [each.from_result for each in self.adjustments or ()]
        if starts and (starts[0] != 0 or starts != sorted(set(starts))):
            raise AdjustmentsNotRising(", ".join(map(str, starts)))

    @property
    def unset(self) -> tuple[str, ...]:
        """What the company has to set before the model says anything."""
        missing = tuple(feature for feature in _ALL if self.weights.get(feature) is None)
        return missing if self.adjustments else (*missing, "adjustments")


@dataclass(frozen=True, slots=True)
class FeaturesResult:
    """The weighted result; None when the model could not say, with what is `unset` or not covered."""

    result: Decimal | None
    """Percent of the highest possible, rounded half up to two decimals; adjustments go by it."""
    unknown: tuple[str, ...]
    """Features without information: they are left out, not counted as nothing."""
    coverage: Decimal
    """The share of the weight that is known, 0 to 1, rounded down to a hundredth."""
    factor: Decimal | None
    """What a limit is multiplied by; 0 is cash or a guarantee only."""
    unset: tuple[str, ...] = ()


def judge(model: FeaturesModel, scores: Mapping[str, int | None]) -> FeaturesResult:
    """The result of scores by feature: 8-10 good, 4-7 fair, 1-3 poor; 0, None and absent are no information."""
    for feature, score in scores.items():
        if feature not in _ALL or (score is not None and not 0 <= score <= _HIGHEST):
            raise NotAFeatureScore(f"{feature}: {score}")
    unknown = tuple(feature for feature in _ALL if not scores.get(feature))
    if model.unset:
        return FeaturesResult(None, unknown, Decimal(0), None, model.unset)
    with localcontext(WORKING):
        whole = sum((_weight(model, feature) for feature in _ALL), Decimal(0))
        known = {feature: scores[feature] or 0 for feature in _ALL if feature not in unknown}
        covered = sum((_weight(model, feature) for feature in known), Decimal(0))
        coverage = (covered / whole).quantize(Decimal("0.01"), ROUND_DOWN) if whole else Decimal(0)
        if not covered or covered < model.min_coverage * whole:
            return FeaturesResult(None, unknown, coverage, None)
        earned = sum((_weight(model, feature) * score for feature, score in known.items()), Decimal(0))
        result = rounded(earned / (covered * _HIGHEST) * 100, _PLACES)
        return FeaturesResult(result, unknown, coverage, _factor(model, result))


def adjusted(limit: Money, result: FeaturesResult) -> Money | None:
    """A limit found by another model, as the features adjust it; None without a result."""
    return None if result.factor is None else limit.times(result.factor)


def _weight(model: FeaturesModel, feature: str) -> Decimal:
    return model.weights.get(feature) or Decimal(0)


def _factor(model: FeaturesModel, result: Decimal) -> Decimal:
    added = [each.added for each in model.adjustments or () if result >= each.from_result][-1]
    return Decimal(0) if added is None else (result + added).scaleb(-2)
