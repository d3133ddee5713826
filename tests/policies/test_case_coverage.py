"""The case file of each scheme covers it (2.2): every grade, gate, answer, band, threshold and cut-off, on both sides."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import chain

import pytest

from core.policies.cases import RatingCase
from core.rules.money import Money
from core.rules.policy.conditions import Answer, Comparison, FactTest, answer, leaf_tests
from core.rules.policy.facts import FactType, FactValue
from core.rules.policy.parameters import number
from core.rules.policy.policy import Policy
from core.rules.rating.assess import rate
from core.rules.rating.criteria import Criteria
from core.rules.rating.rating import Rating
from core.rules.rating.scorecard_plan import BandPlan, IndicatorPlan, OptionPlan, ScorecardPlan, StandardScale
from core.rules.rating.standards import Direction
from core.rules.rating.three_tier import ThreeTier
from tests.policies.shelf import LIBRARY, SCHEMES, cases_of

_CENT = Decimal("0.01")
_NEAR = Decimal("0.1")
"""How far beyond a threshold the nearest case may be, in the fact's own unit; of a count one, of money a fen."""
_BEYOND_IS_MORE = {
    Comparison.AT_MOST: True,
    Comparison.MORE_THAN: True,
    Comparison.AT_LEAST: False,
    Comparison.LESS_THAN: False,
}


@dataclass(frozen=True)
class Edge:
    """A number of the policy that a fact is held against, and on which side of it the other outcome begins."""

    fact: str
    at: Decimal
    beyond_is_more: bool


@cache
def rated(scheme: str) -> tuple[tuple[RatingCase, Rating], ...]:
    cases = cases_of(scheme)
    return tuple((case, rate(cases.policy, case.facts)) for case in cases.ratings)


def bound_tests(policy: Policy) -> Iterator[FactTest]:
    """Every test of gates and criteria, with the values that the cases suppose."""
    criteria = policy.lists.all if isinstance(policy.method, Criteria) else ()
    conditions = (each.when for each in chain(criteria, policy.bound_gates))
    return chain.from_iterable(leaf_tests(when) for when in conditions)


def indicators(policy: Policy) -> tuple[IndicatorPlan, ...]:
    return tuple(policy.method.indicators()) if isinstance(policy.method, ScorecardPlan) else ()


def plain_size(value: FactValue) -> Decimal | None:
    if isinstance(value, Money):
        return value.amount
    return Decimal(value) if isinstance(value, Decimal | int) and not isinstance(value, bool) else None


def edges(policy: Policy) -> Iterator[Edge]:
    for test in bound_tests(policy):
        size = plain_size(test.value)
        if size is not None and test.op is not Comparison.IS:
            yield Edge(test.fact, size, _BEYOND_IS_MORE[test.op])
    for each in indicators(policy):
        if isinstance(each.scale, StandardScale):
            continue
        for part in each.scale:
            at = number(part.below, policy.values) if isinstance(part, BandPlan) else None
            if at is not None:
                yield Edge(each.fact, at, beyond_is_more=False)
    yield from standard_edges(policy)


def standard_edges(policy: Policy) -> Iterator[Edge]:
    """The five standard values of every ratio that goes by them: just beyond each is worse."""
    ratios: Iterable[str] = (
        each.fact for each in indicators(policy) if isinstance(each.scale, StandardScale)
    )
    if isinstance(policy.method, ThreeTier):
        ratios = policy.method.ratios()
    standards = policy.standards({})
    for ratio in ratios:
        for value in standards[ratio].values:
            yield Edge(ratio, value, standards[ratio].direction is Direction.LOWER)


def is_near(edge: Edge, value: Decimal) -> bool:
    """Whether a value is just beyond an edge."""
    kind = LIBRARY.vocabulary.find(edge.fact)
    assert kind is not None
    near = {FactType.COUNT: Decimal(1), FactType.MONEY: _CENT}.get(kind.kind, _NEAR)
    away = value - edge.at if edge.beyond_is_more else edge.at - value
    return 0 < away <= near


def can_be_beyond(edge: Edge) -> bool:
    kind = LIBRARY.vocabulary.find(edge.fact)
    assert kind is not None
    return edge.beyond_is_more or kind.low is None or edge.at > kind.low


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_grade_has_a_case(scheme: str) -> None:
    grades = {rating.grade for _, rating in rated(scheme)}
    assert set(cases_of(scheme).policy.codes) <= grades


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_gate_holds_in_some_case_and_not_in_others_and_is_open_in_one(scheme: str) -> None:
    held = {each.gate.key for _, rating in rated(scheme) for each in rating.gates}
    for gate in cases_of(scheme).policy.bound_gates:
        assert gate.key in held
        assert {Answer.NO, Answer.UNKNOWN} <= {answer(gate.when, case.facts) for case, _ in rated(scheme)}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_criterion_is_met_missed_and_open_in_some_case(scheme: str) -> None:
    policy = cases_of(scheme).policy
    if isinstance(policy.method, Criteria):
        seen = {(item.key, item.answer) for _, rating in rated(scheme) for item in rating.items}
        assert seen == {(criterion.key, each) for criterion in policy.method.criteria for each in Answer}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_threshold_and_band_has_a_case_at_it_and_one_just_beyond(scheme: str) -> None:
    known: dict[str, set[Decimal]] = {}
    for case, _ in rated(scheme):
        for key, value in case.facts.items():
            size = plain_size(value)
            if size is not None:
                known.setdefault(key, set()).add(size)
    for edge in edges(cases_of(scheme).policy):
        values = known.get(edge.fact, set())
        assert edge.at in values, edge
        assert not can_be_beyond(edge) or any(is_near(edge, value) for value in values), edge


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_answer_of_a_scale_is_given_in_some_case(scheme: str) -> None:
    for each in indicators(cases_of(scheme).policy):
        given = {case.facts.get(each.fact) for case, _ in rated(scheme)}
        if not isinstance(each.scale, StandardScale):
            assert {part.value for part in each.scale if isinstance(part, OptionPlan)} <= given, each.fact


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_cutoff_is_met_exactly_and_missed_by_a_hundredth(scheme: str) -> None:
    policy = cases_of(scheme).policy
    scores = {rating.score for _, rating in rated(scheme)}
    for grade in policy.grades:
        least = number(grade.at_least, policy.values)
        if least:
            assert {least, least - _CENT} <= scores, grade.code


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scored_scheme_says_when_it_does_not_rate(scheme: str) -> None:
    """2.4: not ratable is a result with its reason."""
    if not isinstance(cases_of(scheme).policy.method, Criteria):
        assert any(rating.not_rated for _, rating in rated(scheme))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_limit_rule_has_a_case(scheme: str) -> None:
    """3.2."""
    cases = cases_of(scheme)
    told = {case.expected["grade"] for case in cases.ratings if "limit" in case.expected}
    told |= {case.facts.grade for case in cases.limits}
    assert {rule.grade for rule in cases.policy.limits} <= told
