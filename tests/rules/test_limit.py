"""Proposed limits (3.2, B9 arts. 25-27): lowest wins, unknown is not zero; the case file has every boundary."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from core.policies.library import SHIPPED, load_policy
from core.rules.limits.limit import LimitFacts, propose
from core.rules.money import Money

POLICY = load_policy(SHIPPED / "b9-abc.toml")
ASKED = LimitFacts(
    grade="B",
    kind="long_term",
    asked=Money.of(300_000),
    had_credit=True,
    average_month_receipts=Money.of(312_000),
    average_month_shipments=Money.of(340_000),
    months_with_business=12,
    last_year_average_exposure=Money.of(250_000),
    collateral=Money.of(260_000),
    is_new=False,
)

amounts = st.none() | st.integers(0, 10**9).map(Money)
requests = st.builds(
    LimitFacts,
    grade=st.sampled_from(["A", "B", "C", None]),
    kind=st.sampled_from(["long_term", "temporary"]),
    asked=st.integers(1, 10**9).map(Money),
    had_credit=st.booleans(),
    average_month_receipts=amounts,
    average_month_shipments=amounts,
    months_with_business=st.integers(0, 12),
    last_year_average_exposure=amounts,
    collateral=amounts,
    is_new=st.booleans(),
)


@given(requests)
def test_a_proposal_is_never_above_what_was_asked_or_any_ceiling(facts: LimitFacts) -> None:
    proposal = propose(POLICY, facts)
    assert bool(proposal.limit) == (not proposal.refusals)
    assert proposal.limit <= facts.asked
    for ceiling in proposal.ceilings:
        if proposal.limit:
            assert ceiling.amount is not None
            assert proposal.limit <= proposal.ceiling <= ceiling.amount
    assert all(reason.opens for reason in proposal.refusals)


@given(requests)
def test_grade_c_gets_nothing_and_grade_b_nothing_without_collateral(facts: LimitFacts) -> None:
    assert not propose(POLICY, replace(facts, grade="C")).limit
    assert not propose(POLICY, replace(facts, grade="B", collateral=None)).limit
    assert propose(POLICY, replace(facts, grade="B")).needs_collateral


def test_every_ceiling_is_shown_and_only_the_lowest_binds() -> None:
    proposal = propose(POLICY, ASKED)
    assert [(each.name, each.binds, each.hard) for each in proposal.ceilings] == [
        ("average_month_receipts", False, True),
        ("average_month_shipments", False, True),
        ("collateral", False, True),
        ("last_year_average_exposure", True, False),
    ]
    assert proposal.ceilings[0].inputs == {"months_with_business": 12}


def test_a_ceiling_just_as_high_as_what_was_asked_does_not_bind() -> None:
    proposal = propose(POLICY, replace(ASKED, asked=Money.of(250_000)))
    assert proposal.limit == Money.of(250_000)
    assert not any(ceiling.binds for ceiling in proposal.ceilings)


def test_a_signature_may_exceed_what_holds_in_principle_but_not_what_must_hold() -> None:
    proposal = propose(POLICY, ASKED)
    assert proposal.ceiling == Money.of(250_000)
    assert proposal.hard_ceiling == Money.of(260_000)


def test_grade_a_has_no_hard_ceiling() -> None:
    assert propose(POLICY, replace(ASKED, grade="A")).hard_ceiling is None


def test_each_unknown_amount_is_told_by_name() -> None:
    unknown = replace(ASKED, average_month_shipments=None, last_year_average_exposure=None)
    proposal = propose(POLICY, unknown)
    assert [reason.facts["ceiling"] for reason in proposal.refusals] == [
        "average_month_shipments",
        "last_year_average_exposure",
    ]


def test_an_average_without_a_month_of_business_is_not_known() -> None:
    proposal = propose(POLICY, replace(ASKED, months_with_business=0))
    assert {reason.key for reason in proposal.refusals} == {"amount_unknown"}
    assert proposal.ceilings[0].amount is None
