"""Statements (1.5): two years and the latest period, each with its forerunner where the two join."""

from datetime import date
from decimal import Decimal

import pytest

from core.rules.statements.statements import Figure, Period, Statement, Statements, StatementsOutOfOrder

YEAR = Statement(date(2025, 12, 31), 12, {Figure.REVENUE: Decimal(100)})
YEAR_BEFORE = Statement(date(2024, 12, 31), 12)
LATEST = Statement(date(2026, 9, 30), 9)


def test_unknown_is_not_zero() -> None:
    assert YEAR[Figure.EQUITY] is None
    assert YEAR[Figure.REVENUE] == 100


def test_each_period_is_held_against_the_one_it_follows() -> None:
    periods = list(Statements(YEAR, YEAR_BEFORE, LATEST).periods())
    assert [(each.now, each.before) for each in periods] == [
        (YEAR_BEFORE, None),
        (YEAR, YEAR_BEFORE),
        (LATEST, YEAR),
    ]


def test_a_gap_leaves_a_period_without_opening_figures() -> None:
    half = Statement(date(2026, 9, 30), 6)
    assert [each.before for each in Statements(YEAR, latest=half).periods()] == [None, None]


def test_three_years_ago_belongs_to_the_full_year_only() -> None:
    base = Statement(date(2022, 12, 31), 12)
    periods = Statements(YEAR, YEAR_BEFORE, LATEST, three_years_ago=base).periods()
    assert [each.three_years_ago for each in periods] == [None, base, None]


@pytest.mark.parametrize("months", [0, 13])
def test_a_period_is_of_one_to_twelve_months(months: int) -> None:
    with pytest.raises(StatementsOutOfOrder):
        Statement(date(2025, 12, 31), months)


def test_periods_come_in_order_and_join() -> None:
    with pytest.raises(StatementsOutOfOrder):
        Statements(year=YEAR_BEFORE, year_before=YEAR)
    with pytest.raises(StatementsOutOfOrder):
        Period(LATEST, before=YEAR_BEFORE)
    with pytest.raises(StatementsOutOfOrder):
        Period(YEAR, three_years_ago=YEAR_BEFORE)
