"""What each ceiling of a limit rule comes to for one customer: from the ledger, a fact times a factor, or a model."""

from collections.abc import Mapping
from decimal import Decimal

from core.rules.limits.ceilings import Ceiling
from core.rules.limits.features import Adjustment, FeaturesModel, judge
from core.rules.limits.limit_models import (
    Rule,
    averaging,
    credit_base,
    features_share,
    monthly_multiple,
    net_worth_points,
    net_worth_share,
    sales_times_term,
    working_assets_limit,
    working_capital_share,
)
from core.rules.limits.limit_rules import FEATURE, CeilingRule, FactTimes, Fixed, Model, ModelOf
from core.rules.limits.working_assets import BalanceFigures, working_assets
from core.rules.money import Money
from core.rules.policy.facts import FactValue
from core.rules.policy.parameters import Values, number
from core.rules.rating.reading import KnownFacts, plain
from core.rules.rating.scorecard_plan import scale_of

_BALANCE = ("current_assets", "inventory", "current_liabilities", "total_liabilities", "net_worth")


def fact_times(rule: CeilingRule, amount: FactTimes, facts: KnownFacts, values: Values) -> Ceiling:
    """So many times an amount of the customer's."""
    base, times = _money(facts, amount.fact), number(amount.times, values)
    found = None if base is None or times is None else max(base.times(times), Money.zero(base.currency))
    inputs = {amount.fact: base, "times": times}
    return Ceiling(
        rule.name, rule.article, found, binds=False, hard=rule.hard, inputs=inputs, title=rule.title
    )


def fixed(rule: CeilingRule, amount: Fixed, values: Values) -> Ceiling:
    """The policy's own amount, in yuan."""
    yuan = number(amount.yuan, values)
    found = None if yuan is None else Money.of(yuan)
    return Ceiling(rule.name, rule.article, found, binds=False, hard=rule.hard, inputs={}, title=rule.title)


def by_model(rule: CeilingRule, amount: ModelOf, facts: KnownFacts, values: Values) -> Ceiling:
    """What a limit model gives."""
    about = Rule(rule.article, rule.hard, rule.name, rule.title)
    money = {name: _money(facts, key) for name, key in amount.facts.items()}
    numbers = {name: number(given, values) for name, given in amount.numbers.items()}
    match amount.model:
        case Model.NET_WORTH:
            return net_worth_share(about, money["net_worth"], _share(numbers))
        case Model.WORKING_CAPITAL:
            return working_capital_share(about, money["working_capital"], _share(numbers))
        case Model.SALES_TERM:
            sales = money["month_sales"]
            return sales_times_term(about, sales, numbers["term_months"], numbers["correction"])
        case Model.MONTHS:
            return monthly_multiple(about, money["month_average"], numbers["times"])
        case Model.CREDIT_BASE:
            return credit_base(about, money["net_assets"], money["net_profit"])
        case Model.AVERAGING:
            others = [each for each in (money["other_suppliers"],) if each is not None]
            return averaging(about, money["net_worth"], _share(numbers), others, money["need"])
        case Model.POINTS:
            scales = {each.fact: scale_of(each.scale, values) for each in amount.points}
            return net_worth_points(about, money["net_worth"], scales, _plain(facts, scales))
        case Model.WORKING_ASSETS:
            yuan = {name: None if found is None else found.amount for name, found in money.items()}
            return working_assets_limit(
                about, working_assets(BalanceFigures(*map(yuan.__getitem__, _BALANCE)))
            )
        case Model.FEATURES:
            return features_share(
                about, money["base"], judge(_features(amount, values), _marks(amount, facts))
            )


def _share(numbers: Mapping[str, Decimal | None]) -> Decimal | None:
    """A share is written in percent, as percent facts are."""
    share = numbers["share"]
    return None if share is None else share.scaleb(-2)


def _features(amount: ModelOf, values: Values) -> FeaturesModel:
    """The model with the company's weights and adjustments; those unset leave it without a result."""
    steps: list[Adjustment] = []
    for step in amount.steps:
        start = number(step.from_result, values)
        if start is None:
            return FeaturesModel({}, None, Decimal(1))
        steps.append(Adjustment(start, None if step.added is None else number(step.added, values)))
    weights = {feature: number(weight, values) for feature, weight in amount.weights.items()}
    coverage = number(amount.numbers["min_coverage"], values)
    return FeaturesModel(weights, tuple(steps), Decimal(1) if coverage is None else coverage)


def _marks(amount: ModelOf, facts: KnownFacts) -> dict[str, int | None]:
    found = {feature: plain(facts.get(FEATURE + feature)) for feature in amount.weights}
    return {feature: mark if isinstance(mark, int) else None for feature, mark in found.items()}


def _plain(facts: KnownFacts, keys: Mapping[str, object]) -> dict[str, FactValue]:
    return {key: plain(facts.get(key)) for key in keys}


def _money(facts: KnownFacts, key: str) -> Money | None:
    found = plain(facts.get(key))
    return found if isinstance(found, Money) else None
