"""Contradictions (1.6): each told with its figures; rounding, the bound itself, and the unknown raise none."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.money import Money
from core.rules.statements.contradictions import (
    Check,
    Severity,
    Tolerances,
    between,
    in_statement,
    of_age,
    of_ratios,
    of_sizes,
)
from core.rules.statements.disagreement import Claim, of_sources
from core.rules.statements.ratios import ratios
from core.rules.statements.statements import Figure, Period, Statement

ALLOW = Tolerances(jumps={"debt_ratio": Decimal(20)})
DAY = date(2026, 3, 10)


def statement(year: int = 2025, **figures: object) -> Statement:
    return Statement(
        date(year, 12, 31), 12, {Figure(key): Decimal(str(value)) for key, value in figures.items()}
    )


def checks(now: Statement) -> list[Check]:
    return [finding.check for finding in in_statement(now, ALLOW)]


@pytest.mark.parametrize(
    ("assets", "found"),
    [
        ("1000000", []),
        ("1001001.001", []),
        ("1001001.01", [Check.BALANCE]),
        ("998999", [Check.BALANCE]),
    ],
)
def test_assets_are_liabilities_and_equity_within_a_thousandth(assets: str, found: list[Check]) -> None:
    assert checks(statement(total_assets=assets, total_liabilities=600_000, equity=400_000)) == found


@pytest.mark.parametrize(("assets", "found"), [("11", []), ("11.01", [Check.BALANCE])])
def test_a_yuan_of_rounding_is_no_contradiction(assets: str, found: list[Check]) -> None:
    assert checks(statement(total_assets=assets, total_liabilities=6, equity=4)) == found


def test_a_broken_balance_tells_its_figures_and_blocks_the_best_grade() -> None:
    (finding,) = in_statement(statement(total_assets=1200, total_liabilities=600, equity=400), ALLOW)
    assert finding.severity is Severity.BLOCKS_BEST_GRADE
    assert finding.facts == {
        "ends": date(2025, 12, 31),
        "total_assets": 1200,
        "liabilities_and_equity": 1000,
        "difference": 200,
    }


def test_a_part_is_no_larger_than_its_whole() -> None:
    (finding,) = in_statement(statement(inventory=700, current_assets=600), ALLOW)
    assert (finding.check, finding.facts["part"], finding.facts["whole"]) == (
        Check.PART_OVER_WHOLE,
        "inventory",
        "current_assets",
    )
    assert checks(statement(inventory=600, current_assets=600)) == []


FLOWS = {"operating_cash_flow": 500, "investing_cash_flow": -200, "financing_cash_flow": -100}


def test_the_three_cash_flows_make_the_change() -> None:
    assert checks(statement(**FLOWS, exchange_effect=0, net_cash_change=200)) == []
    (known,) = in_statement(statement(**FLOWS, exchange_effect=0, net_cash_change=250), ALLOW)
    assert (known.check, known.severity) == (Check.CASH_FLOWS, Severity.BLOCKS_BEST_GRADE)
    (maybe,) = in_statement(statement(**FLOWS, net_cash_change=250), ALLOW)
    assert maybe.severity is Severity.EXPLAIN


def test_the_change_leads_from_opening_to_closing_cash_and_on_to_the_next_year() -> None:
    assert checks(statement(opening_cash=100, net_cash_change=200, closing_cash=300)) == []
    assert checks(statement(opening_cash=100, net_cash_change=200, closing_cash=310)) == [Check.CASH_TIE]
    (finding,) = between(statement(2024, closing_cash=90), statement(opening_cash=100), ALLOW)
    assert (finding.check, finding.facts["closing"], finding.facts["opening"]) == (
        Check.CASH_OPENING,
        90,
        100,
    )
    assert between(statement(2023, closing_cash=90), statement(opening_cash=100), ALLOW) == ()


@pytest.mark.parametrize(("now", "found"), [("999999.99", []), ("1000000", [Check.UNIT_JUMP])])
def test_assets_a_thousand_times_as_large_are_another_unit(now: str, found: list[Check]) -> None:
    for earlier, later in ((1000, now), (now, 1000)):
        findings = between(statement(2024, total_assets=earlier), statement(total_assets=later), ALLOW)
        assert [finding.check for finding in findings] == found
        assert all(finding.severity is Severity.REFUSE for finding in findings)


def test_a_year_copied_from_the_one_before_is_found() -> None:
    figures = {"revenue": 10, "net_profit": 1, "inventory": 5, "equity": 7, "paid_in_capital": 3}
    (finding,) = between(statement(2024, **figures), statement(**{**figures, "inventory": 6}), ALLOW)
    assert (finding.check, finding.facts["same"], finding.facts["compared"]) == (Check.COPIED_YEAR, 4, 5)
    two_changed = {**figures, "inventory": 6, "revenue": 11}
    assert between(statement(2024, **figures), statement(**two_changed), ALLOW) == ()
    del figures["revenue"]
    assert between(statement(2024, **figures), statement(**figures), ALLOW) == ()


def test_zeros_that_stay_zero_are_not_copied() -> None:
    zeros = dict.fromkeys(("goodwill", "bonds_payable", "inventory", "latent_losses", "interest_payable"), 0)
    assert between(statement(2024, **zeros), statement(**zeros), ALLOW) == ()


@pytest.mark.parametrize(("debts", "found"), [(60, []), (61, [Check.RATIO_JUMP]), (19, [Check.RATIO_JUMP])])
def test_a_ratio_that_jumps_is_to_be_explained(debts: int, found: list[Check]) -> None:
    earlier = ratios(Period(statement(2024, total_assets=100, total_liabilities=40)))
    later = ratios(Period(statement(total_assets=100, total_liabilities=debts)))
    findings = of_ratios(earlier, later, ALLOW)
    assert [finding.check for finding in findings] == found
    assert all(finding.severity is Severity.EXPLAIN for finding in findings)


def test_a_ratio_without_a_number_does_not_jump() -> None:
    earlier = ratios(Period(statement(2024, total_assets=0, total_liabilities=40)))
    later = ratios(Period(statement(total_assets=100, total_liabilities=40)))
    assert of_ratios(earlier, later, ALLOW) == ()


def claim(source: str, value: object, fact: str = "revenue", on: date = DAY) -> Claim:
    return Claim(fact, source, value, on)  # type: ignore[arg-type]


@pytest.mark.parametrize(("other", "disagree"), [("95", False), ("94.99", True)])
def test_sources_may_differ_by_as_much_as_the_fact_allows(other: str, disagree: bool) -> None:
    claims = [claim("statement", Decimal(100)), claim("tax_office", Decimal(other))]
    assert bool(of_sources(claims, {"revenue": Decimal("0.05")})) is disagree


def test_the_lowest_and_the_highest_are_told() -> None:
    amounts = {"statement": 100, "tax_office": 60, "customer": 90}
    (finding,) = of_sources([claim(key, Money.of(value)) for key, value in amounts.items()], {})
    assert finding.facts == {
        "fact": "revenue",
        "source": "tax_office",
        "value": Money.of(60),
        "other_source": "statement",
        "other_value": Money.of(100),
    }


def test_answers_that_differ_are_told_and_the_latest_word_of_a_source_counts() -> None:
    early, late = date(2026, 1, 1), date(2026, 2, 1)
    claims = [
        claim("court", True, "lawsuits", late),
        claim("customer", False, "lawsuits", early),
        claim("customer", True, "lawsuits", late),
    ]
    assert of_sources(claims, {}) == ()
    (finding,) = of_sources(claims[:2], {})
    assert finding.check is Check.SOURCES


def test_an_unknown_answer_disagrees_with_nobody() -> None:
    assert of_sources([claim("court", None), claim("customer", Decimal(5))], {}) == ()


@given(st.dictionaries(st.sampled_from(Figure), st.decimals(-(10**6), 10**6, places=2)))
def test_a_finding_never_comes_from_an_unknown_figure(figures: dict[Figure, Decimal]) -> None:
    now = Statement(date(2025, 12, 31), 12, figures)
    for finding in in_statement(now, ALLOW):
        assert None not in finding.facts.values()
    assert in_statement(Statement(date(2025, 12, 31), 12), ALLOW) == ()


@pytest.mark.parametrize(
    ("on", "found"),
    [(date(2027, 5, 31), []), (date(2027, 6, 1), [Check.STALE]), (date(2028, 1, 1), [Check.STALE])],
)
def test_statements_of_a_year_and_a_half_ago_are_stale(on: date, found: list[Check]) -> None:
    """1.6: stale data."""
    assert [each.check for each in of_age(statement(2025), on, ALLOW)] == found


def test_sizes_a_thousand_times_apart_are_told_whatever_the_periods() -> None:
    """1.5: a unit that nobody told is not guessed."""
    half, years = Decimal("7000.00"), Decimal(7_000_000)
    apart = of_sizes([statement(2025, total_assets=half), statement(2021, total_assets=years)], ALLOW)
    assert [(each.check, each.facts["before"], each.facts["now"]) for each in apart] == [
        (Check.UNIT_JUMP, years, half)
    ]
    assert of_sizes([statement(2025, total_assets=7001), statement(2021, total_assets=years)], ALLOW) == ()

    within = of_sizes([statement(2025, total_assets=7000, revenue=7_000_000)], ALLOW)
    assert [each.facts["now"] for each in within] == [7_000_000]
