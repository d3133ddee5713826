"""General limit models (3.2): each gives one ceiling from its own figures, and the lowest of them binds.

A share or factor that the company has not set, and a figure that nobody knows, leave a ceiling without an
amount: it is shown as that, and is neither nothing nor no limit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from core.rules.limits.ceilings import Ceiling
from core.rules.limits.features import FeaturesResult, adjusted
from core.rules.limits.limit_rules import Model
from core.rules.limits.working_assets import WorkingAssets
from core.rules.money import Money, total
from core.rules.policy.facts import FactValue
from core.rules.policy.source import Text
from core.rules.rating.scales import Bands, Options

_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Rule:
    """Where in the company's policy a model comes from, and whether a signature may exceed it."""

    article: str
    hard: bool = False
    name: str = ""
    """What the policy calls the ceiling; the model's own name where it says nothing."""
    title: Text | None = None


def net_worth_share(rule: Rule, net_worth: Money | None, share: Decimal | None) -> Ceiling:
    """A share of the (tangible) net worth, say 0.10; nothing of a net worth that is not above zero."""
    return _share_of(Model.NET_WORTH, rule, "net_worth", net_worth, share)


def working_capital_share(rule: Rule, working_capital: Money | None, share: Decimal | None) -> Ceiling:
    """A share of the working capital, say 0.20; nothing of a working capital that is not above zero."""
    return _share_of(Model.WORKING_CAPITAL, rule, "working_capital", working_capital, share)


def sales_times_term(
    rule: Rule, month_sales: Money | None, term_months: Decimal | None, correction: Decimal | None
) -> Ceiling:
    """月平均销售额 × 信用期 × 修正系数: our average monthly sales to the customer, its term, its grade's factor."""
    amount = None
    if month_sales is not None and term_months is not None and correction is not None:
        amount = _positive(month_sales.times(term_months * correction))
    inputs = {"month_sales": month_sales, "term_months": term_months, "correction": correction}
    return _ceiling(Model.SALES_TERM, rule, amount, inputs)


def monthly_multiple(rule: Rule, month_average: Money | None, factor: Decimal | None) -> Ceiling:
    """So many times last year's average month: of sales or, in ports, of fees (B7); 1.5 or 0.5 in season."""
    return _share_of(Model.MONTHS, rule, "month_average", month_average, factor)


def credit_base(rule: Rule, net_assets: Money | None, net_profit: Money | None) -> Ceiling:
    """(Closing net assets + net profit) / 2, the base for small customers."""
    amount = None
    if net_assets is not None and net_profit is not None:
        amount = _positive((net_assets + net_profit).times(_HALF))
    return _ceiling(Model.CREDIT_BASE, rule, amount, {"net_assets": net_assets, "net_profit": net_profit})


def averaging(
    rule: Rule,
    net_worth: Money | None,
    share: Decimal | None,
    other_suppliers: Iterable[Money],
    need: Money | None,
) -> Ceiling:
    """The mean of a share of net worth, the median of what other suppliers grant, and the customer's need."""
    amount, middle = None, _median(other_suppliers)
    if net_worth is not None and share is not None and middle is not None and need is not None:
        three = total([_positive(net_worth.times(share)), middle, need], need.currency)
        amount = Money(three.minor // 3, three.currency)
    inputs = {"net_worth": net_worth, "share": share, "other_suppliers": middle, "need": need}
    return _ceiling(Model.AVERAGING, rule, amount, inputs)


def net_worth_points(
    rule: Rule,
    net_worth: Money | None,
    scales: Mapping[str, Bands | Options],
    facts: Mapping[str, FactValue],
) -> Ceiling:
    """A percentage of the net worth added up from points: each fact's on its scale, some of them negative.

    One fact that is unknown leaves the sum unknown; a sum below zero is nothing.
    """
    points = {key: _points(scale, facts.get(key)) for key, scale in scales.items()}
    known = [each for each in points.values() if each is not None]
    percent = max(sum(known, Decimal(0)), Decimal(0)) if known and len(known) == len(points) else None
    amount = None
    if net_worth is not None and percent is not None:
        amount = _positive(net_worth.times(percent.scaleb(-2)))
    return _ceiling(Model.POINTS, rule, amount, {"net_worth": net_worth, "percent": percent, **points})


def working_assets_limit(rule: Rule, found: WorkingAssets) -> Ceiling:
    """What the working-assets model grants."""
    amount = None if found.limit is None else Money.of(found.limit)
    inputs = {
        "working_assets": found.working_assets,
        "evaluation": found.evaluation,
        "share": found.share,
        "reason": found.reason,
    }
    return _ceiling(Model.WORKING_ASSETS, rule, amount, inputs)


def features_share(rule: Rule, base: Money | None, result: FeaturesResult) -> Ceiling:
    """A limit as the eighteen features adjust it (特征分析)."""
    amount = None if base is None else adjusted(base, result)
    inputs = {
        "base": base,
        "result": result.result,
        "factor": result.factor,
        "coverage": result.coverage,
    }
    return _ceiling(Model.FEATURES, rule, amount, inputs)


def binding(ceilings: Iterable[Ceiling], asked: Money) -> tuple[Ceiling, ...]:
    """The same ceilings, those marked that hold the limit to less than was asked.

    Nothing binds while any ceiling is unknown: there is no lowest yet.
    """
    given = tuple(ceilings)
    known = [each.amount for each in given if each.amount is not None]
    if not known or len(known) < len(given):
        return tuple(replace(each, binds=False) for each in given)
    lowest = min(known)
    return tuple(replace(each, binds=each.amount == lowest and lowest < asked) for each in given)


def _share_of(model: Model, rule: Rule, of: str, base: Money | None, share: Decimal | None) -> Ceiling:
    amount = None if base is None or share is None else _positive(base.times(share))
    return _ceiling(model, rule, amount, {of: base, "share": share})


def _median(amounts: Iterable[Money]) -> Money | None:
    """The middle amount, or half of the two in the middle, without the odd half of a fen: no limit grows by it."""
    ranked = sorted(amounts)
    if not ranked:
        return None
    low, high = ranked[(len(ranked) - 1) // 2], ranked[len(ranked) // 2]
    return (low + high).times(_HALF)


def _points(scale: Bands | Options, value: FactValue) -> Decimal | None:
    if value is None:
        return None
    if isinstance(scale, Options):
        return scale.flat_points[scale.place(value)]
    if isinstance(value, Money):
        value = value.amount
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise TypeError(f"{value!r} is no number")
    return scale.points(scale.place(value), value)


def _positive(amount: Money) -> Money:
    return max(amount, Money.zero(amount.currency))


def _ceiling(model: Model, rule: Rule, amount: Money | None, inputs: Mapping[str, FactValue]) -> Ceiling:
    name = rule.name or model
    return Ceiling(name, rule.article, amount, binds=False, hard=rule.hard, inputs=inputs, title=rule.title)
