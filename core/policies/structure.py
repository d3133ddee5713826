"""What is wrong with a policy as a whole, by the values that its parameters have, or by what is suggested for them.

Where a parameter has neither, the check is of what can be known without it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from core.policies.lines import Path
from core.rules.limits.limit_rules import CeilingRule, ModelOf
from core.rules.policy.facts import FactValue
from core.rules.policy.grades import Grade
from core.rules.policy.parameters import number
from core.rules.policy.policy import Policy
from core.rules.rating.indicators import Group, Indicator
from core.rules.rating.scales import Band, Bands, Options, ScaleError
from core.rules.rating.scorecard import Cutoff, Scorecard, ScorecardError
from core.rules.rating.scorecard_plan import NotYetSet, ScalePlan, ScorecardPlan, scale_of
from core.rules.rating.standards import Standards
from core.rules.rating.three_tier import ThreeTier

_ANYTHING = Bands((Band(None, Decimal(0), Decimal(0)), Band(Decimal(0), None, Decimal(100))))
"""Stands for a scale that the company has still to set: it could give any points."""
_FULL = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where in the policy file, what by its key, and what would be right."""

    at: Path
    problem: str
    example: str
    facts: Mapping[str, object]


def faults(policy: Policy) -> Iterator[Fault]:
    """Everything that could not be right whatever the customer, the first of each part."""
    values = {key: _likely(each.value, each.suggestion) for key, each in policy.parameters.items()}
    match policy.method:
        case ScorecardPlan():
            yield from _faults_of_card(policy, policy.method, values)
        case ThreeTier():
            yield from _faults_of_cutoffs(policy.grades, values)
        case _:
            pass
    for rule in chain((each for limit in policy.limits for each in limit.ceilings), policy.ceilings):
        yield from _faults_of_ceiling(rule, values)


def _likely(value: FactValue, suggestion: FactValue) -> FactValue:
    return suggestion if value is None else value


def _faults_of_card(policy: Policy, plan: ScorecardPlan, values: Mapping[str, FactValue]) -> Iterator[Fault]:
    standards = {} if plan.standards is None else plan.standards.of(None, None)
    groups: list[Group] = []
    for at, group in enumerate(plan.groups):
        indicators: list[Indicator] = []
        for place, each in enumerate(group.indicators):
            scale: Bands | Options = _ANYTHING
            try:
                scale = _scale(each.scale, values, standards.get(each.fact))
            except ScaleError as error:
                yield Fault(
                    ("groups", at, "indicators", place, "bands"),
                    error.problem,
                    "bands = [{ below = 48, points = 100 }, { points = 0 }]",
                    {"fact": each.fact, "at": error.at + 1},
                )
            weight = number(each.weight, values)
            indicators.append(Indicator(each.fact, scale, weight, each.missing, each.article))
        groups.append(Group(group.key, number(group.weight, values), tuple(indicators), group.min_coverage))
    cutoffs = tuple(Cutoff(grade.code, number(grade.at_least, values)) for grade in policy.grades)
    try:
        Scorecard(tuple(groups), cutoffs, policy.gates)
    except ScorecardError as error:
        yield Fault(_place(policy, plan, error.at), error.problem, _EXAMPLES[error.problem], {"at": error.at})


def _scale(plan: ScalePlan, values: Mapping[str, FactValue], standards: Standards | None) -> Bands | Options:
    try:
        return scale_of(plan, values, standards)
    except NotYetSet:
        return _ANYTHING


_EXAMPLES = {
    "indicator_twice": 'fact = "quick_ratio"',
    "weights_not_100": "weight = 40",
    "weight_not_positive": "weight = 10",
    "points_out_of_range": "points = 100",
    "coverage_out_of_range": "min_coverage = 0.7",
    "cutoffs_not_falling": "at_least = 70",
    "last_cutoff_not_zero": "at_least = 0",
    "too_precise": "at_least = 72.5",
    "grade_twice": 'code = "B"',
    "grade_unreachable": "at_least = 80",
    "unknown_grade": 'grade = "C"',
    "unknown_indicator": 'fact = "points.debt_ratio"',
    "no_notches": "notches = 1",
    "indicators_missing": '[[groups.indicators]] fact = "debt_ratio"',
}


def _place(policy: Policy, plan: ScorecardPlan, key: str) -> Path:
    """Where the thing of this key stands; the groups where it is about all of them."""
    for at, group in enumerate(plan.groups):
        if group.key == key:
            return ("groups", at)
        for place, each in enumerate(group.indicators):
            if each.fact == key:
                return ("groups", at, "indicators", place)
    if key in policy.codes:
        return ("grades", policy.codes.index(key), "at_least")
    gates = [gate.key for gate in policy.gates]
    return ("gates", gates.index(key)) if key in gates else ("groups", 0)


def _faults_of_cutoffs(grades: tuple[Grade, ...], values: Mapping[str, FactValue]) -> Iterator[Fault]:
    bounds = [number(grade.at_least, values) for grade in grades]
    if bounds[-1] != 0:
        at = len(grades) - 1
        yield Fault(
            ("grades", at, "at_least"), "last_cutoff_not_zero", "at_least = 0", {"at": grades[at].code}
        )
    before: Decimal | None = None
    for at, bound in enumerate(bounds):
        if bound is None:
            continue
        if bound > _FULL:
            yield Fault(("grades", at), "grade_unreachable", "at_least = 80", {"at": grades[at].code})
        if before is not None and bound >= before:
            yield Fault(("grades", at), "cutoffs_not_falling", "at_least = 70", {"at": grades[at].code})
        before = bound


def _faults_of_ceiling(rule: CeilingRule, values: Mapping[str, FactValue]) -> Iterator[Fault]:
    if not isinstance(rule.amount, ModelOf):
        return
    for each in rule.amount.points:
        try:
            _scale(each.scale, values, None)
        except ScaleError as error:
            yield Fault(
                ("limits",),
                error.problem,
                "bands = [{ below = 30, points = 10 }, { points = 0 }]",
                {"fact": each.fact, "at": error.at + 1},
            )
    starts = [number(step.from_result, values) for step in rule.amount.steps]
    known = [start for start in starts if start is not None]
    if starts and (starts[0] not in (0, None) or known != sorted(set(known))):
        yield Fault(
            ("limits",),
            "adjustments_not_rising",
            "adjustments = [{ from = 0 }, { from = 21, added = 0 }]",
            {"at": ", ".join(map(str, known))},
        )
