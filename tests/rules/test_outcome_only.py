"""The outcomes of many customers are those of one (2.1-2.4, 2.9): of every shipped policy, in every case of its file."""

from datetime import date

import pytest

from core.rules.rating.assess import rate
from core.rules.rating.doubt import DOUBT
from core.rules.rating.outcome import rating_outcome
from core.rules.rating.outcome_only import outcome_only
from core.texts.wire import dumps
from tests.policies.shelf import LIBRARY, SCHEMES, cases_of

DAY = date(2026, 3, 10)

each_scheme = pytest.mark.parametrize("scheme", SCHEMES)


@each_scheme
def test_the_outcome_is_that_of_the_full_rating(scheme: str) -> None:
    cases = cases_of(scheme)
    outcome_of = outcome_only(cases.policy)
    found = [outcome_of(case.facts) for case in cases.ratings]

    assert [dumps(each) for each in found] == [
        dumps(rating_outcome(rate(cases.policy, case.facts))) for case in cases.ratings
    ]
    assert any(each["grade"] for each in found)


@each_scheme
@pytest.mark.parametrize("doubt", ["bars_best_grade", "bars_rating"])
def test_material_in_doubt_is_held_back_alike(scheme: str, doubt: str) -> None:
    cases = cases_of(scheme)
    outcome_of = outcome_only(cases.policy)
    for case in cases.ratings:
        facts = {**case.facts, DOUBT: doubt}
        assert dumps(outcome_of(facts)) == dumps(rating_outcome(rate(cases.policy, facts)))


@each_scheme
def test_with_a_fact_missing_each_in_turn(scheme: str) -> None:
    """What is missing moves weights, refuses, or rates nobody; the reasons keep their order."""
    cases = cases_of(scheme)
    outcome_of = outcome_only(cases.policy)
    facts = cases.ratings[0].facts
    for key in cases.policy.fact_keys:
        without = {**facts, key: None}
        assert dumps(outcome_of(without)) == dumps(rating_outcome(rate(cases.policy, without)))


@each_scheme
def test_a_policy_with_something_unset_says_so(scheme: str) -> None:
    policy = LIBRARY.policy_in_force(scheme, DAY)
    facts = cases_of(scheme).ratings[0].facts

    assert dumps(outcome_only(policy)(facts)) == dumps(rating_outcome(rate(policy, facts)))
