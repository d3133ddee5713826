"""One rating whatever the method (2.1-2.4): the parts add up, grades alone agree, every promised lift is kept."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.policies.library import SHIPPED, Library
from core.rules.money import Money
from core.rules.policy.facts import FactKind, Facts, FactType, FactValue
from core.rules.policy.policy import INDUSTRY, SIZE, Policy
from core.rules.rating.assess import grade_only, lifts, rate
from core.rules.rating.criteria import Criteria
from core.rules.rating.expert_sheets import Mark, Sheet
from core.rules.rating.reading import Reading
from core.rules.rating.three_tier import SHEETS, ThreeTier

LIBRARY = Library((SHIPPED, SHIPPED.parent / "samples" / "policy"))
DAY = date(2026, 11, 1)
POLICIES = [
    LIBRARY.policy_in_force(policy_id, DAY)
    for policy_id in dict.fromkeys(policy.id for policy in LIBRARY.policies)
]
SCORED = [policy for policy in POLICIES if not isinstance(policy.method, Criteria)]
EXPERTS = ("expert one", "expert two", "expert three", "expert four", "expert five", "expert six", "seven")

every = pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
scored = pytest.mark.parametrize("policy", SCORED, ids=lambda policy: policy.id)
few = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def values(policy: Policy, kind: FactKind) -> st.SearchStrategy[FactValue]:
    low, high = int(max(kind.low or -200, -200)), int(min(kind.high or 200, 200))
    match kind.kind:
        case FactType.YES_NO:
            return st.booleans()
        case FactType.CHOICE:
            return st.sampled_from([choice.value for choice in kind.choices])
        case FactType.COUNT:
            return st.integers(max(low, 0), high)
        case FactType.MONEY:
            return st.integers(-(10**7), 10**9).map(Money.of)
        case FactType.SHEETS:
            assert isinstance(policy.method, ThreeTier)
            indicators = [each.key for each in policy.method.tables.review]
            marks = st.fixed_dictionaries(dict.fromkeys(indicators, st.sampled_from(Mark)))
            return st.lists(marks, min_size=7, max_size=7).map(
                lambda given: tuple(Sheet(name, each) for name, each in zip(EXPERTS, given, strict=True))
            )
        case _:
            return st.decimals(low, high, places=2, allow_nan=False)


def facts_for(policy: Policy) -> st.SearchStrategy[Facts]:
    """Facts of the right kind, some of them unknown."""
    kinds = [kind for key in policy.fact_keys if (kind := LIBRARY.vocabulary.find(key))]
    known = {kind.key: values(policy, kind) for kind in kinds}
    sure = {INDUSTRY, SIZE, SHEETS}
    return st.fixed_dictionaries(
        {
            key: each if key in sure else st.one_of(each, each, each, each, st.none())
            for key, each in known.items()
        }
    )


@every
@few
@given(st.data())
def test_the_grade_alone_is_the_grade_of_the_rating(policy: Policy, data: st.DataObject) -> None:
    grade = grade_only(policy)
    for _ in range(3):
        facts = data.draw(facts_for(policy))
        rating = rate(policy, facts)
        assert grade(facts) == rating.grade
        assert rating.ratable != bool(rating.not_rated)


@every
@settings(few, max_examples=5)
@given(st.data())
def test_every_lift_that_is_promised_is_kept(policy: Policy, data: st.DataObject) -> None:
    facts = data.draw(facts_for(policy))
    now = rate(policy, facts).grade
    for lift in lifts(policy, facts):
        assert now is not None
        reached = rate(policy, {**facts, lift.fact: lift.value}).grade
        assert reached == lift.grade
        assert policy.codes.index(reached) < policy.codes.index(now)


@scored
@few
@given(st.data())
def test_the_contributions_add_up_to_the_score(policy: Policy, data: st.DataObject) -> None:
    rating = rate(policy, data.draw(facts_for(policy)))
    if rating.score is None:
        return
    whole = sum((item.contribution or Decimal(0) for item in rating.items), Decimal(0))
    assert abs(whole - rating.score) <= Decimal("0.03")
    assert all(item.loss > 0 for item in rating.reasons if item.contribution is not None)


@scored
def test_a_policy_as_its_document_leaves_it_rates_nobody_and_says_what_is_unset(policy: Policy) -> None:
    bare = Library().policy_in_force(policy.id, DAY)
    rating = rate(bare, {})
    assert (rating.grade, rating.score) == (None, None)
    assert rating.unset[: len(bare.unset)] == bare.unset != ()
    assert all(bare.words(key) for key in rating.unset)
    assert lifts(bare, {}) == ()
    assert grade_only(bare)({}) is None


def test_a_ratio_without_a_number_says_why_and_is_not_unknown() -> None:
    policy = LIBRARY.policy_in_force("b5-four-indicators", DAY)
    rating = rate(policy, {"debt_ratio": Reading.undefined("ASSETS_NON_POSITIVE")})
    debt = next((item for item in rating.items if item.key == "debt_ratio"), None)
    assert debt is not None
    assert (debt.points, debt.band, debt.flags) == (0, None, ("ASSETS_NON_POSITIVE",))
    assert "debt_ratio" not in rating.unknown
