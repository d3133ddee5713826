"""The working-assets model (营运资产分析): how much of a customer's working assets to lend it, by its balance sheet.

The working assets are the mean of working capital and net worth. Their share comes from an evaluation:
current ratio + quick ratio - current liabilities / net worth - total liabilities / net worth.
"""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal, localcontext
from enum import StrEnum

from core.rules.precision import WORKING
from core.rules.rating.scales import Band, Bands

_LOWEST_MEDIUM_RISK = Decimal("-1.795")
_LOWEST_LOW_RISK = Decimal("0.995")
# The published table goes by the evaluation to two decimals, and leaves 0.91 to 0.99 out; these are the
# half-way points between its bands, each belonging to the better one, with the hole closed at 20 %.
_STARTS = (
    (None, "0"),
    (Decimal("-4.595"), "2.5"),
    (Decimal("-3.895"), "5"),
    (Decimal("-3.195"), "7.5"),
    (Decimal("-2.495"), "10"),
    (_LOWEST_MEDIUM_RISK, "12.5"),
    (Decimal("-1.095"), "15"),
    (Decimal("-0.395"), "17.5"),
    (Decimal("0.305"), "20"),
    (_LOWEST_LOW_RISK, "25"),
)
_ENDS = (*(start for start, _ in _STARTS[1:]), None)
SHARES = Bands(
    tuple(Band(low, high, Decimal(share)) for (low, share), high in zip(_STARTS, _ENDS, strict=True))
)
"""Percent of the working assets to lend, by evaluation."""


class Risk(StrEnum):
    """What the evaluation says of the customer."""

    LOW = "low"
    LIMITED = "limited"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class BalanceFigures:
    """What the model looks at, in yuan; None is unknown."""

    current_assets: Decimal | None
    inventory: Decimal | None
    current_liabilities: Decimal | None
    total_liabilities: Decimal | None
    net_worth: Decimal | None


@dataclass(frozen=True, slots=True)
class WorkingAssets:
    """The model's answer; `share` and `limit` are None when a figure is unknown or `reason` says why."""

    working_assets: Decimal | None
    """Yuan."""
    evaluation: Decimal | None
    """None too where it cannot be divided out, and the share follows without it."""
    share: Decimal | None
    """Percent of the working assets."""
    limit: Decimal | None
    """Yuan, whole fen, rounded down; never below zero."""
    risk: Risk | None
    reason: str | None = None
    """``figure_missing``, ``net_worth_non_positive``, ``no_current_liabilities`` or ``negative_liabilities``."""


def working_assets(figures: BalanceFigures) -> WorkingAssets:
    """What a customer may be lent by its working assets."""
    current, stock, short, debts, worth = (
        figures.current_assets,
        figures.inventory,
        figures.current_liabilities,
        figures.total_liabilities,
        figures.net_worth,
    )
    if current is None or stock is None or short is None or debts is None or worth is None:
        return WorkingAssets(None, None, None, None, None, "figure_missing")
    with localcontext(WORKING):
        assets = (current - short + worth) / 2
        if short < 0 or debts < 0:
            return WorkingAssets(assets, None, None, None, None, "negative_liabilities")
        if worth <= 0:
            # The debts over a negative net worth would count in the customer's favour.
            return _lent(assets, None, Decimal(0), Risk.HIGH, "net_worth_non_positive")
        if not short and current - stock <= 0:
            return WorkingAssets(assets, None, None, None, None, "no_current_liabilities")
        if not short:
            return _lent(assets, None, SHARES.most, Risk.LOW, "no_current_liabilities")
        evaluation = (current + current - stock) / short - (short + debts) / worth
        share = SHARES.flat_points[SHARES.place(evaluation)]
        return _lent(assets, evaluation, share, _risk(evaluation))


def _lent(
    assets: Decimal, evaluation: Decimal | None, share: Decimal, risk: Risk, reason: str | None = None
) -> WorkingAssets:
    limit = max(assets * share / 100, Decimal(0)).quantize(Decimal("0.01"), ROUND_FLOOR)
    return WorkingAssets(assets, evaluation, share, limit, risk, reason)


def _risk(evaluation: Decimal) -> Risk:
    if evaluation < _LOWEST_MEDIUM_RISK:
        return Risk.HIGH
    return Risk.LOW if evaluation >= _LOWEST_LOW_RISK else Risk.LIMITED
