"""Reading ceilings: an amount of ledger or request, a fact times a factor, so many yuan, or a limit model."""

from collections.abc import Mapping
from decimal import Decimal

from core.policies.names import Names
from core.policies.reader import Table, nearest
from core.policies.scale_file import ANSWERS, NUMBERS, read_scale
from core.rules.limits.features import FEATURES
from core.rules.limits.limit_rules import (
    FEATURE,
    CeilingName,
    CeilingRule,
    FactTimes,
    Fixed,
    Model,
    ModelOf,
    PointsOf,
    Step,
)
from core.rules.policy.facts import FactType
from core.rules.policy.parameters import Number

_MINOR = Decimal("0.01")
_SHARE = ("share",)
ARGUMENTS: Mapping[Model, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Model.NET_WORTH: (("net_worth",), _SHARE),
    Model.WORKING_CAPITAL: (("working_capital",), _SHARE),
    Model.SALES_TERM: (("month_sales",), ("term_months", "correction")),
    Model.MONTHS: (("month_average",), ("times",)),
    Model.CREDIT_BASE: (("net_assets", "net_profit"), ()),
    Model.AVERAGING: (("net_worth", "other_suppliers", "need"), _SHARE),
    Model.POINTS: (("net_worth",), ()),
    Model.WORKING_ASSETS: (
        ("current_assets", "inventory", "current_liabilities", "total_liabilities", "net_worth"),
        (),
    ),
    Model.FEATURES: (("base",), ("min_coverage",)),
}
"""What each model is fed: money facts, and numbers."""
ALL_FEATURES = tuple(feature for group in FEATURES.values() for feature in group)
_POINTS = 'points = [{ fact = "debt_ratio", bands = [{ below = 30, points = 10 }, { points = 0 }] }]'
_ADJUSTMENTS = "adjustments = [{ from = 0 }, { from = 21, added = 0 }]"
_WEIGHTS = "weights = { appearance = 5, ... }"


def read_ceiling(table: Table, names: Names) -> CeilingRule:
    """One ceiling; one that is not of ledger or request has words of its own."""
    hard = table.flag("hard")
    article = table.text("article")
    if table.has("model"):
        amount: FactTimes | Fixed | ModelOf = _model(table, names)
    elif table.has("fact"):
        fact = names.fact(table, kinds=(FactType.MONEY,))
        amount = FactTimes(fact.key, names.number(table, "times", "times = 2"))
    elif table.has("amount"):
        amount = Fixed(_yuan(table, names))
    else:
        name = table.one_of("name", CeilingName)
        return CeilingRule(name, article, hard, name)
    return CeilingRule(table.text("name", 'name = "two_machines"'), article, hard, amount, table.words())


def _yuan(table: Table, names: Names) -> Number:
    """An amount of the policy's own, not finer than a minor unit."""
    found = names.number(table, "amount", "amount = 500000", kinds=(FactType.MONEY,), at_least=1)
    if isinstance(found, Decimal) and found != found.quantize(_MINOR):
        raise table.error("amount", "too_precise", "amount = 500000", at=found)
    return found


def _model(table: Table, names: Names) -> ModelOf:
    model = table.one_of("model", Model)
    facts, numbers = ARGUMENTS[model]
    return ModelOf(
        model,
        {argument: _money_fact(table, names, argument) for argument in facts},
        {argument: _number(table, names, argument) for argument in numbers},
        points=_points(table, names) if model is Model.POINTS else (),
        weights=_weights(table, names) if model is Model.FEATURES else {},
        steps=_steps(table, names) if model is Model.FEATURES else (),
    )


def _money_fact(table: Table, names: Names, argument: str) -> str:
    """The fact that the file names for an argument; the one of the argument's own name where it names none."""
    if table.has(argument):
        return names.fact(table, argument, (FactType.MONEY,)).key
    fact = names.vocabulary.find(argument)
    if fact is None or fact.key != argument or fact.kind is not FactType.MONEY:
        known = [kind.key for kind in names.vocabulary.kinds if kind.kind is FactType.MONEY]
        example = f'{argument} = "{nearest(argument, known)}"'
        raise table.error(None, "missing_key", example, key=argument)
    return argument


def _number(table: Table, names: Names, argument: str) -> Number:
    """A number of a model. A share is in percent, so that 0.1 is one in a thousand: which nobody means."""
    if argument == "share":
        found = names.number(table, "share", "share = 10", kinds=(FactType.PERCENT,), at_least=0)
        if isinstance(found, Decimal) and 0 < found < 1:
            example = f"share = {(found * 100).normalize():f}"
            raise table.error("share", "share_or_percent", example, value=found)
        return found
    if argument == "min_coverage" and not table.has(argument):
        return Decimal("0.7")
    return names.number(table, argument, f"{argument} = 1", at_least=0)


def _points(table: Table, names: Names) -> tuple[PointsOf, ...]:
    found = []
    for row in table.tables("points", _POINTS):
        fact = names.fact(row, kinds=(*NUMBERS, *ANSWERS))
        found.append(PointsOf(fact.key, read_scale(row, names, fact)))
    return tuple(found)


def _weights(table: Table, names: Names) -> dict[str, Number]:
    weights = table.table("weights", _WEIGHTS)
    for feature in weights.names():
        if feature not in ALL_FEATURES:
            likely = nearest(feature, ALL_FEATURES)
            raise weights.error(
                feature, "unknown_choice", f"{likely} = 5", value=feature, known="|".join(ALL_FEATURES)
            )
    for feature in ALL_FEATURES:
        if names.vocabulary.find(FEATURE + feature) is None:
            raise weights.error(None, "unknown_fact", f'[[facts]] key = "{FEATURE}{feature}"', fact=feature)
    return {feature: names.number(weights, feature, f"{feature} = 5", at_least=0) for feature in ALL_FEATURES}


def _steps(table: Table, names: Names) -> tuple[Step, ...]:
    return tuple(
        Step(
            names.number(row, "from", "from = 21"),
            names.number(row, "added", "added = 0") if row.has("added") else None,
        )
        for row in table.tables("adjustments", _ADJUSTMENTS)
    )
