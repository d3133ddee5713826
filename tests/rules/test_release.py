"""The deal check (4.1, B9 arts. 31-34): pass, or every reason why not and what would change it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.policies.library import SHIPPED, load_policy
from core.rules.credit.release import DealFacts, Line, Release, check
from core.rules.money import Money
from core.rules.policy.policy import Clearance, Policy
from core.rules.receivables.allocation import OpenItem

POLICY = load_policy(SHIPPED / "b9-abc.toml")
LITERAL = replace(POLICY, clearance=Clearance.ALL)
ON = date(2026, 3, 10)
LINE = Line(Money.of(180_000), date(2026, 1, 1), date(2026, 12, 31), "open", 30)
DEAL = DealFacts(ON, Money.of(50_000), Money.of(100_000), LINE, (), "B", date(2026, 12, 31))
LATE = OpenItem("20260122-07", ON - timedelta(days=17), Money.of(12_300), ON - timedelta(days=47))


def reasons(release: Release) -> list[tuple[str, str]]:
    return [(hold.reason, hold.article) for hold in release.holds]


def test_a_deal_that_fits_passes() -> None:
    release = check(DEAL, POLICY)
    assert release.verdict == "pass"
    assert release.available == Money.of(80_000)
    assert release.remedies == ()


def test_exactly_the_limit_passes_and_a_fen_more_does_not() -> None:
    assert check(replace(DEAL, amount=Money.of(80_000)), POLICY).passes
    held = check(replace(DEAL, amount=Money.of("80000.01")), POLICY)
    assert reasons(held) == [("over_limit", "31")]
    assert held.holds[0].facts["short"] == Money(1)


def test_at_the_gate_both_reasons_are_told_and_collecting_the_overdue_releases_the_whole() -> None:
    """The first scene of the storyboard, figure by figure."""
    held = check(replace(DEAL, exposure=Money.of(139_000), overdue=(LATE,)), POLICY)
    assert reasons(held) == [("overdue", "34"), ("over_limit", "31")]
    assert held.holds[0].facts == {
        "amount": Money.of(12_300),
        "count": 1,
        "oldest": "20260122-07",
        "days": 17,
    }
    assert held.holds[1].facts == {"available": Money.of(41_000), "short": Money.of(9_000)}
    (remedy,) = held.remedies
    assert (remedy.key, remedy.items, remedy.passes) == ("collect_overdue", ("20260122-07",), True)
    assert (remedy.receive, remedy.available) == (Money.of(12_300), Money.of(53_300))


def test_when_the_overdue_is_not_enough_both_what_it_gives_and_what_is_enough_are_told() -> None:
    held = check(replace(DEAL, exposure=Money.of(160_000), overdue=(LATE,)), POLICY)
    first, second = held.remedies
    assert (first.key, first.passes, first.up_to) == ("collect_overdue", False, Money.of(32_300))
    assert (second.key, second.passes, second.receive) == ("collect_exposure", True, Money.of(30_000))


def test_too_much_for_the_room_can_be_made_a_smaller_deal() -> None:
    held = check(replace(DEAL, exposure=Money.of(139_000)), POLICY)
    assert [(remedy.key, remedy.up_to) for remedy in held.remedies] == [
        ("collect_exposure", Money.of(50_000)),
        ("deal_less", Money.of(41_000)),
    ]


def test_nobody_is_asked_to_pay_more_than_they_owe() -> None:
    held = check(replace(DEAL, amount=Money.of(500_000)), POLICY)
    assert [(remedy.key, remedy.receive, remedy.up_to) for remedy in held.remedies] == [
        ("collect_exposure", Money.of(100_000), Money.of(180_000)),
        ("deal_less", Money.zero(), Money.of(80_000)),
    ]


def test_when_all_that_is_owed_is_overdue_it_is_asked_for_once() -> None:
    held = check(replace(DEAL, amount=Money.of(500_000), exposure=LATE.open, overdue=(LATE,)), POLICY)
    assert [remedy.key for remedy in held.remedies] == ["collect_overdue"]


def test_exposure_above_the_line_is_being_run_down() -> None:
    held = check(replace(DEAL, exposure=Money.of(200_000)), POLICY)
    assert reasons(held) == [("run_down", "32")]
    assert held.holds[0].facts["above"] == Money.of(20_000)
    assert held.available == Money.zero()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (None, ("no_line", "33")),
        (replace(LINE, state="suspended"), ("line_suspended", "31")),
        (replace(LINE, state="closed"), ("line_closed", "31")),
        (replace(LINE, ends=ON - timedelta(days=1)), ("line_ended", "31")),
        (replace(LINE, starts=ON + timedelta(days=1)), ("line_not_started", "31")),
    ],
)
def test_a_line_that_cannot_be_used_leaves_nothing_available(
    line: Line | None, reason: tuple[str, str]
) -> None:
    held = check(replace(DEAL, line=line), POLICY)
    assert reasons(held) == [reason]
    assert held.available == Money.zero()
    assert [remedy.passes for remedy in held.remedies] == [False]


def test_a_line_may_be_used_on_its_first_and_its_last_day() -> None:
    assert check(replace(DEAL, line=replace(LINE, starts=ON, ends=ON)), POLICY).passes


@pytest.mark.parametrize(
    ("grade", "until", "reason"),
    [
        (None, None, ("not_rated", "12")),
        ("C", date(2026, 12, 31), ("grade_has_no_credit", "27")),
        ("B", ON - timedelta(days=1), ("rating_expired", "11")),
    ],
)
def test_without_a_rating_that_gives_credit_nothing_goes(
    grade: str | None, until: date | None, reason: tuple[str, str]
) -> None:
    assert reasons(check(replace(DEAL, grade=grade, rated_until=until), POLICY)) == [reason]


def test_a_rating_holds_on_its_last_day() -> None:
    assert check(replace(DEAL, rated_until=ON), POLICY).passes


def test_every_reason_is_told_not_only_the_first() -> None:
    worst = replace(DEAL, line=None, grade="C", overdue=(LATE,))
    assert [reason for reason, _ in reasons(check(worst, POLICY))] == [
        "no_line",
        "grade_has_no_credit",
        "overdue",
    ]


def test_the_literal_reading_of_article_34_lets_nothing_new_go_while_anything_is_owed() -> None:
    held = check(DEAL, LITERAL)
    assert reasons(held) == [("not_cleared", "34")]
    assert [(remedy.receive, remedy.passes) for remedy in held.remedies] == [(Money.of(100_000), True)]
    assert check(replace(DEAL, exposure=Money.zero()), LITERAL).passes


deals = st.builds(
    DealFacts,
    on=st.just(ON),
    amount=st.integers(1, 10**7).map(Money),
    exposure=st.integers(0, 10**7).map(Money),
    line=st.none() | st.builds(replace, st.just(LINE), limit=st.integers(0, 10**7).map(Money)),
    overdue=st.just(()),
    grade=st.sampled_from(["A", "B", "C", None]),
    rated_until=st.none() | st.dates(ON - timedelta(days=9), ON + timedelta(days=9)),
)


@given(deals, st.integers(0, 10**7), st.sampled_from([POLICY, LITERAL]))
def test_a_pass_never_exceeds_the_limit_and_every_promise_is_kept(
    facts: DealFacts, late: int, policy: Policy
) -> None:
    overdue = (replace(LATE, open=Money(min(late, facts.exposure.minor))),) if late and facts.exposure else ()
    facts = replace(facts, overdue=overdue)
    release = check(facts, policy)
    if release.passes:
        assert facts.line is not None
        assert facts.exposure + facts.amount <= facts.line.limit
    for remedy in release.remedies:
        if remedy.up_to:
            paid = replace(facts, exposure=facts.exposure - remedy.receive, overdue=(), amount=remedy.up_to)
            assert check(paid, policy).passes
        assert remedy.receive <= facts.exposure
