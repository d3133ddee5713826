"""Altman's Z-scores: how far a firm's balance sheet is from those that failed; published, not fitted here."""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum

from core.rules.precision import WORKING, rounded

_PLACES = 4


class Zone(StrEnum):
    """Where a score lies; the limits themselves are grey."""

    SAFE = "safe"
    GREY = "grey"
    DISTRESS = "distress"


@dataclass(frozen=True, slots=True)
class AltmanRatios:
    """The five ratios as fractions; None is unknown."""

    working_capital_to_assets: Decimal | None
    retained_earnings_to_assets: Decimal | None
    ebit_to_assets: Decimal | None
    equity_to_liabilities: Decimal | None
    """At book value; at market value in the score of listed firms."""
    sales_to_assets: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AltmanModel:
    """One of the three published models: a weight per ratio, and the limits of the grey zone."""

    weights: tuple[Decimal, Decimal, Decimal, Decimal, Decimal]
    distress_below: Decimal
    safe_above: Decimal


def _model(weights: str, distress_below: str, safe_above: str) -> AltmanModel:
    first, second, third, fourth, fifth = map(Decimal, weights.split())
    return AltmanModel((first, second, third, fourth, fifth), Decimal(distress_below), Decimal(safe_above))


LISTED = _model("1.2 1.4 3.3 0.6 0.999", "1.81", "2.99")
"""Z (1968): listed manufacturers."""
PRIVATE = _model("0.717 0.847 3.107 0.420 0.998", "1.23", "2.90")
"""Z': manufacturers that are not listed."""
GENERAL = _model("6.56 3.26 6.72 1.05 0", "1.10", "2.60")
"""Z'': any firm; turnover, which differs by trade, is left out."""


@dataclass(frozen=True, slots=True)
class ZScore:
    """A score to four decimals with its zone; None when a ratio that counts is unknown."""

    score: Decimal | None
    zone: Zone | None


def z_score(model: AltmanModel, ratios: AltmanRatios) -> ZScore:
    """The score of these ratios under a model."""
    values = (
        ratios.working_capital_to_assets,
        ratios.retained_earnings_to_assets,
        ratios.ebit_to_assets,
        ratios.equity_to_liabilities,
        ratios.sales_to_assets,
    )
    with localcontext(WORKING):
        terms = [
            None if value is None else weight * value
            for weight, value in zip(model.weights, values, strict=True)
            if weight
        ]
        known = [term for term in terms if term is not None]
        if len(known) < len(terms):
            return ZScore(None, None)
        score = rounded(sum(known, Decimal(0)), _PLACES)
    return ZScore(score, _zone(model, score))


def _zone(model: AltmanModel, score: Decimal) -> Zone:
    if score < model.distress_below:
        return Zone.DISTRESS
    return Zone.SAFE if score > model.safe_above else Zone.GREY
