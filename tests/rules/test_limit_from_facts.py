"""Limit and term from facts alone (3.2): what is not known is said, and what the policy leaves open stays open."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.policies.library import SHIPPED, load_policy
from core.rules.limits.limit import propose
from core.rules.limits.limit_from_facts import LimitFound, limit_found
from core.rules.limits.limit_rules import CreditKind, FactTimes, Fixed, LimitRule, Term
from core.rules.money import Money
from core.rules.policy.policy import Policy
from core.rules.rating.reading import KnownFacts
from tests.rules.test_limit import ASKED

YUAN = Money.of
B9 = load_policy(SHIPPED / "b9-abc.toml", SHIPPED.parent / "samples" / "policy" / "b9-abc.company.toml")
DEALINGS: KnownFacts = {
    "receipts_12m": YUAN(1_200_000),
    "shipments_12m": YUAN(900_000),
    "months_with_business_12m": 12,
    "had_credit": False,
}


def found(grade: str, asked: Money | None = None, policy: Policy = B9, **more: object) -> LimitFound:
    facts: KnownFacts = {**DEALINGS, **more}  # type: ignore[dict-item]
    return limit_found(policy, grade, facts, kind=CreditKind.LONG_TERM, asked=asked)


def test_without_an_amount_asked_for_the_limit_is_the_lowest_ceiling() -> None:
    """B9 art. 26: B, against collateral."""
    limit = found("B", collateral=YUAN(90_000))
    assert (limit.limit, limit.term_days) == (YUAN(75_000), 30)
    assert [(each.name, each.amount, each.binds) for each in limit.ceilings] == [
        ("average_month_receipts", YUAN(100_000), False),
        ("average_month_shipments", YUAN(75_000), True),
        ("collateral", YUAN(90_000), False),
    ]


def test_an_amount_asked_for_is_not_exceeded() -> None:
    assert found("B", YUAN(50_000), collateral=YUAN(90_000)).limit == YUAN(50_000)


def test_whether_there_was_credit_has_to_be_known_where_the_rules_differ_by_it() -> None:
    """B9 arts. 25-1 and 25-2."""
    assert found("A", had_credit=None).unknown == ("had_credit",)
    assert found("A", had_credit=None, last_year_average_exposure=YUAN(60_000)).limit == YUAN(60_000)
    assert found("A", had_credit=False).refusals[0].key == "no_earlier_credit"
    assert found("C", had_credit=None).refusals[0].key == "grade_has_no_credit"


def test_an_unknown_ceiling_leaves_the_limit_unknown_and_not_nothing() -> None:
    limit = found("B")
    assert (limit.limit, limit.term_days) == (None, None)
    assert limit.refusals[0].key == "collateral_missing"


def test_a_document_without_limit_rules_sets_no_limit() -> None:
    open_policy = replace(B9, limits=())
    assert found("A", policy=open_policy).limit is None
    proposal = propose(open_policy, replace(ASKED, grade="A"))
    assert (proposal.limit, proposal.ceiling, proposal.unlimited) == (ASKED.asked, None, True)
    assert proposal.term_days is None


def test_a_grade_without_credit_gets_none_even_without_a_rule() -> None:
    grades = tuple(replace(grade, no_credit=grade.code == "C") for grade in B9.grades)
    policy = replace(B9, limits=(), grades=grades)
    assert found("C", policy=policy).refusals[0].key == "grade_has_no_credit"


def with_rule(rule: LimitRule) -> Policy:
    cases = [(kind, had) for kind in CreditKind for had in (False, True)]
    return replace(B9, limits=tuple(replace(rule, kind=kind, had_credit=had) for kind, had in cases))


TWO_MACHINES = replace(
    B9.limits[2].ceilings[0], name="two_machines", amount=FactTimes("need", Decimal(2)), title=B9.title
)


def test_a_ceiling_is_a_fact_times_a_factor() -> None:
    """A18 6.2.1: two machines."""
    policy = with_rule(replace(B9.limits[2], grade="A", ceilings=(TWO_MACHINES,)))
    assert found("A", policy=policy, need=YUAN(80_000)).limit == YUAN(160_000)
    assert found("A", policy=policy, need=None).refusals[0].key == "figure_unknown"


def test_a_ceiling_may_be_an_amount_of_the_policys_own() -> None:
    """At most so much, whoever the customer is; beside another ceiling the lower one holds (从低)."""
    at_most = replace(TWO_MACHINES, name="at_most", amount=Fixed(Decimal(100_000)))
    policy = with_rule(replace(B9.limits[2], grade="A", ceilings=(TWO_MACHINES, at_most)))
    assert found("A", policy=policy, need=YUAN(80_000)).limit == YUAN(100_000)
    assert found("A", policy=policy, need=YUAN(30_000)).limit == YUAN(60_000)


@pytest.mark.parametrize(("cycle", "days"), [(45, 45), (120, 90), (90, 90)])
def test_the_term_is_the_fact_up_to_the_longest(cycle: int, days: int) -> None:
    """A18 6.2.1: one purchase cycle."""
    term = Term(fact="cooperation_months", longest=Decimal(90))
    policy = with_rule(replace(B9.limits[2], grade="A", ceilings=(), term=term))
    assert found("A", policy=policy, cooperation_months=cycle).term_days == days


def test_a_term_from_an_unknown_fact_is_told_and_not_guessed() -> None:
    term = Term(fact="cooperation_months", longest=Decimal(90))
    policy = with_rule(replace(B9.limits[2], grade="A", ceilings=(), term=term))
    assert found("A", policy=policy).refusals[0].key == "term_unknown"


def test_a_new_customer_is_told_that_only_where_the_limit_is_made_from_dealings() -> None:
    new = {"months_with_business_12m": 0, "cooperation_months": 0, "receipts_12m": None}
    assert found("B", collateral=YUAN(1), **new).refusals[0].key == "new_customer"
    policy = with_rule(replace(B9.limits[2], grade="A", ceilings=(TWO_MACHINES,)))
    assert found("A", policy=policy, need=YUAN(80_000), **new).limit == YUAN(160_000)
