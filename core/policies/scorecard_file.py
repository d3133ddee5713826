"""Reading a scorecard: groups, indicators, their weights and scales."""

from decimal import Decimal

from core.policies.names import Names, plain_number
from core.policies.reader import Table
from core.policies.scale_file import ANSWERS, NUMBERS, read_scale
from core.rules.policy.facts import FactKind, FactType
from core.rules.policy.source import Text
from core.rules.rating.indicators import Missing
from core.rules.rating.scorecard_plan import GroupPlan, IndicatorPlan, ScorecardPlan
from core.rules.rating.standards import StandardsBook

_GROUP = '[[groups]] key = "finance" weight = 40'
_INDICATOR = '[[groups.indicators]] fact = "debt_ratio" weight = 10'
_USUAL_COVERAGE = Decimal("0.7")


def read_scorecard(file: Table, names: Names, standards: StandardsBook | None) -> ScorecardPlan:
    """The groups of a policy of this method."""
    tables = file.tables("groups", _GROUP)
    groups = tuple(_group(table, names, standards is not None) for table in tables)
    for place, (table, group) in enumerate(zip(tables, groups, strict=True)):
        if any(group.key == other.key for other in groups[:place]):
            raise table.error("key", "duplicate", 'key = "another_name"', name=group.key)
    return ScorecardPlan(groups, standards)


def read_coverage(table: Table) -> Decimal:
    """How much of a weight must be known, above 0 up to 1; seven tenths where the file says nothing."""
    if not table.has("min_coverage"):
        return _USUAL_COVERAGE
    found = plain_number(table, "min_coverage", "min_coverage = 0.7")
    if not 0 < found <= 1:
        raise table.error("min_coverage", "coverage_out_of_range", "min_coverage = 0.7", at=found)
    return found


def _group(table: Table, names: Names, standards: bool) -> GroupPlan:
    rows = table.tables("indicators", _INDICATOR)
    return GroupPlan(
        key=table.text("key", 'key = "finance"'),
        title=table.words(),
        article=table.text("article"),
        weight=names.number(table, "weight", "weight = 40"),
        indicators=tuple(_indicator(row, names, standards) for row in rows),
        min_coverage=read_coverage(table),
    )


def _indicator(table: Table, names: Names, standards: bool) -> IndicatorPlan:
    fact = names.fact(table, kinds=(*NUMBERS, *ANSWERS))
    return IndicatorPlan(
        fact=fact.key,
        title=Text(fact.zh, fact.en),
        article=table.text("article"),
        weight=names.number(table, "weight", "weight = 10"),
        missing=table.one_of("missing", Missing),
        scale=read_scale(table, names, fact, standards=standards),
        step=_step(fact),
        money=fact.kind is FactType.MONEY,
    )


def _step(fact: FactKind) -> Decimal:
    """The smallest difference that anyone would name: one of a count, a yuan, a hundredth of the rest."""
    return Decimal(1) if fact.kind in (FactType.COUNT, FactType.MONEY) else Decimal("0.01")
