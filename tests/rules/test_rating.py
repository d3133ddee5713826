"""Rating by criteria (B9 arts. 14-17): what is unknown, what decided, and what would lift it (2.3, 2.4)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.policies.cases import RatingCase, load_cases
from core.policies.library import SHIPPED, Library, load_policy
from core.rules.policy.conditions import Answer, Comparison, Condition, FactTest
from core.rules.policy.facts import Facts, FactValue
from core.rules.rating.assess import lifts, rate

VOCABULARY = Library().vocabulary
AS_WRITTEN = load_policy(SHIPPED / "b9-abc.toml")
CASES = load_cases(SHIPPED / "b9-abc.cases.toml", AS_WRITTEN, VOCABULARY)
POLICY = CASES.policy
GOOD = CASES.ratings[0].facts
ORDER = "ABC"

truths = st.sampled_from([True, False, None])


def but(**changed: FactValue) -> Facts:
    return {**GOOD, **changed}


def test_until_the_company_sets_its_standard_nobody_is_rated_and_it_is_told_which() -> None:
    rating = rate(AS_WRITTEN, GOOD)
    assert not rating.ratable
    assert rating.unset == ("annual_receipts_standard", "annual_shipments_standard")
    assert len(rating.items) == 15
    assert lifts(AS_WRITTEN, GOOD) == ()


def test_every_criterion_shows_its_inputs_and_thresholds() -> None:
    rating = rate(POLICY, but(quick_ratio=Decimal("0.71")))
    solvency = rating.main_reasons(1)[0]
    assert (solvency.article, solvency.answer) == ("14(5)", Answer.NO)
    short = next(each for each in solvency.inputs if each.answer is Answer.NO)
    assert (short.fact, short.value, short.op, short.threshold) == (
        "quick_ratio",
        Decimal("0.71"),
        Comparison.AT_LEAST,
        Decimal("0.745"),
    )


def test_nothing_known_is_not_zero_known() -> None:
    rating = rate(POLICY, {})
    assert rating.completeness == 0
    assert rating.unknown == POLICY.fact_keys
    assert all(item.answer is Answer.UNKNOWN for item in rating.items)
    assert rate(POLICY, GOOD).completeness == 1


@given(st.sets(st.sampled_from(POLICY.fact_keys)))
@settings(max_examples=60)
def test_forgetting_facts_never_makes_a_good_grade(forgotten: set[str]) -> None:
    rating = rate(POLICY, but(**dict.fromkeys(forgotten)))
    assert (rating.grade == "A") == (not forgotten)
    assert set(rating.unknown) == forgotten


@pytest.mark.parametrize("case", CASES.ratings, ids=lambda case: case.title.en)
def test_every_lift_promised_is_kept_and_no_single_fact_is_missed(case: RatingCase) -> None:
    facts = case.facts
    now = rate(POLICY, facts).grade
    assert now is not None
    for lift in lifts(POLICY, facts):
        assert ORDER.index(lift.grade) < ORDER.index(now)
        assert rate(POLICY, {**facts, lift.fact: lift.value}).grade == lift.grade
    lifting = {
        key for key in POLICY.fact_keys if key in GOOD and rate(POLICY, {**facts, key: GOOD[key]}).grade < now
    }
    assert lifting <= {lift.fact for lift in lifts(POLICY, facts)}


@pytest.mark.parametrize("key", POLICY.fact_keys)
def test_one_unknown_fact_is_enough_to_stop_a(key: str) -> None:
    """Article 17; not known to be an old customer is treated as new."""
    rating = rate(POLICY, but(**{key: None}))
    assert (rating.grade, rating.unknown) == ("B", (key,))
    assert rating.reasons


def test_one_fact_short_of_a_is_told_which_and_how_much() -> None:
    (lift,) = lifts(POLICY, but(quick_ratio=Decimal("0.71")))
    assert (lift.fact, lift.op, lift.threshold, lift.grade) == ("quick_ratio", ">=", Decimal("0.745"), "A")


def test_two_facts_short_of_a_is_promised_nothing() -> None:
    assert lifts(POLICY, but(quick_ratio=Decimal("0.71"), cooperation_months=8)) == ()


def test_out_of_c_by_the_one_fact_that_put_it_there() -> None:
    (lift,) = lifts(POLICY, but(max_days_overdue_24m=120))
    assert (lift.fact, lift.op, lift.threshold, lift.grade) == ("max_days_overdue_24m", "<=", 90, "A")


def test_the_best_grade_has_nothing_above_it() -> None:
    assert lifts(POLICY, GOOD) == ()


def truth_of(join: str, *values: bool | None) -> Answer:
    tests = tuple(FactTest(f"fact{place}", Comparison.IS, value=True) for place in range(len(values)))
    lists = replace(
        POLICY.method, criteria=(replace(POLICY.method.criteria[0], when=Condition(join, tests)),)
    )
    policy = replace(POLICY, method=lists)
    return rate(policy, {f"fact{place}": value for place, value in enumerate(values)}).items[0].answer


@given(st.lists(truths, min_size=1, max_size=4))
def test_unknowns_are_settled_only_by_what_is_known(values: list[bool | None]) -> None:
    """Kleene: a condition has an answer when every way of filling in the unknown gives the same one."""

    def filled(rest: list[bool | None]) -> list[list[bool]]:
        if not rest:
            return [[]]
        heads = [True, False] if rest[0] is None else [rest[0]]
        return [[head, *tail] for head in heads for tail in filled(rest[1:])]

    for join, python in (("all", all), ("any", any)):
        possible = {python(each) for each in filled(values)}
        expected = Answer.UNKNOWN if len(possible) > 1 else Answer.YES if possible == {True} else Answer.NO
        assert truth_of(join, *values) is expected


def test_not_turns_yes_and_no_about_and_leaves_unknown() -> None:
    assert [truth_of("not", value) for value in (True, False, None)] == [
        Answer.NO,
        Answer.YES,
        Answer.UNKNOWN,
    ]
