"""Ratios (1.5): the official formulas, and every edge where a number would mislead."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.rating.reading import Standing
from core.rules.statements.ratios import UNITS, Ratio, ratios
from core.rules.statements.statements import Figure, Period, Statement
from core.rules.statements.worksheet import Flag, Reason

OPENING = {
    "total_assets": 800,
    "current_assets": 400,
    "inventory": 100,
    "receivables": 90,
    "bad_debt_allowance": 10,
    "equity": 300,
    "paid_in_capital": 150,
    "capital_reserve": 50,
    "revenue": 1000,
    "total_profit": 40,
}
CLOSING = {
    "total_assets": 1200,
    "current_assets": 600,
    "inventory": 200,
    "receivables": 180,
    "bad_debt_allowance": 20,
    "impairment_allowance": 50,
    "latent_losses": 30,
    "unsettled_losses": 20,
    "intangibles": 40,
    "goodwill": 20,
    "development_cost": 10,
    "long_term_deferred": 5,
    "short_term_loans": 100,
    "current_part_of_debt": 50,
    "long_term_loans": 150,
    "bonds_payable": 60,
    "interest_payable": 15,
    "current_liabilities": 500,
    "total_liabilities": 750,
    "contingent_liabilities": 45,
    "equity": 450,
    "paid_in_capital": 150,
    "capital_reserve": 50,
    "revenue": 1250,
    "cost_of_sales": 900,
    "sales_taxes": 25,
    "selling_expenses": 75,
    "admin_expenses": 60,
    "finance_expenses": 40,
    "interest_expense": 50,
    "research_spending": 25,
    "total_profit": 100,
    "net_profit": 75,
    "minority_profit": 5,
    "equity_from_outside": 60,
    "operating_cash_flow": 120,
}
BASE = {"revenue": "640", "equity": "-20"}
FORMULAS = {
    "return_on_equity": "20",  # 75 / 375
    "return_on_assets": "15",  # (100 + 50) / 1000
    "return_on_capital": "37.5",  # 75 / 200
    "margin_on_sales": "26",  # (1250 - 900 - 25) / 1250
    "earnings_cash_cover": "1.5",  # 120 / (75 + 5)
    "asset_turnover": "1.25",
    "current_asset_turnover": "2.5",
    "inventory_turnover": "6",  # 900 / 150
    "asset_cash_recovery": "12",
    "bad_asset_share": "8",  # (50 + 30 + 20) / 1250
    "debt_ratio": "62.5",
    "interest_cover": "3",  # (100 + 50) / 50
    "current_ratio": "1.2",
    "quick_ratio": "0.8",  # (600 - 200) / 500
    "cash_to_current_liabilities": "24",
    "interest_bearing_share": "50",  # (100 + 50 + 150 + 60 + 15) / 750
    "contingent_share": "10",
    "capital_preservation": "130",  # (450 - 60) / 300
    "capital_accumulation": "50",
    "revenue_growth": "25",
    "revenue_growth_3y": "25",  # 1250 / 640 is 1.25 cubed
    "profit_growth": "150",
    "asset_growth": "50",
    "research_share": "2",
    "tangible_net_worth": "375",
    "working_capital": "100",
}


def statement(figures: dict[str, object], ends: date = date(2025, 12, 31), months: int = 12) -> Statement:
    given_figures = {Figure(key): Decimal(str(value)) for key, value in figures.items() if value is not None}
    return Statement(ends, months, given_figures)


def worked_out(
    now: dict[str, object], before: dict[str, object] | None = None, base: dict[str, object] | None = None
) -> dict[str, Ratio]:
    earlier = None if before is None else statement(before, date(2024, 12, 31))
    three_years_ago = None if base is None else statement(base, date(2022, 12, 31))
    return dict(ratios(Period(statement(now), earlier, three_years_ago)))


@pytest.mark.parametrize(("key", "value"), FORMULAS.items())
def test_the_official_formulas(key: str, value: str) -> None:
    ratio = worked_out(CLOSING, OPENING, BASE)[key]
    assert (ratio.reading.value, ratio.reading.reason, ratio.flags) == (Decimal(value), None, ())


def test_the_formulas_that_divide_without_end() -> None:
    found = worked_out(CLOSING, OPENING)
    assert found["profit_on_costs"].reading.value == pytest.approx(Decimal(100) / 1100 * 100)
    assert found["receivables_turnover"].reading.value == pytest.approx(Decimal(1250) / 150)
    assert found["debt_to_equity"].reading.value == pytest.approx(Decimal(750) / 450)


def test_a_ratio_shows_its_figures() -> None:
    ratio = worked_out(CLOSING, OPENING)["return_on_equity"]
    assert ratio.figures == {Figure.EQUITY: 450, Figure.NET_PROFIT: 75}
    assert ratio.earlier == {Figure.EQUITY: 300}


def test_nothing_known_gives_no_ratio_and_every_one_says_why() -> None:
    for key, ratio in worked_out({}).items():
        assert ratio.reading.standing is Standing.MISSING, key
        assert ratio.reading.reason in (Reason.FIGURE_MISSING, Reason.PRIOR_MISSING)
        assert ratio.flags == ()


@pytest.mark.parametrize(
    ("key", "changed", "standing", "reason"),
    [
        ("return_on_equity", {"equity": -300}, "undefined", Reason.EQUITY_NON_POSITIVE),
        ("return_on_equity", {"equity": -299}, "value", None),
        ("debt_to_equity", {"equity": 0}, "undefined", Reason.EQUITY_NON_POSITIVE),
        ("contingent_share", {"equity": -1}, "undefined", Reason.EQUITY_NON_POSITIVE),
        ("return_on_capital", {"paid_in_capital": -350}, "undefined", Reason.CAPITAL_NON_POSITIVE),
        ("debt_ratio", {"total_assets": 0}, "undefined", Reason.ASSETS_NON_POSITIVE),
        ("bad_asset_share", {"total_assets": -50}, "undefined", Reason.ASSETS_NON_POSITIVE),
        ("interest_cover", {"interest_expense": 0}, "best", Reason.INTEREST_NON_POSITIVE),
        (
            "interest_cover",
            {"interest_expense": 0, "total_profit": 0},
            "worst",
            Reason.INTEREST_NON_POSITIVE,
        ),
        ("quick_ratio", {"current_liabilities": 0}, "best", Reason.NO_CURRENT_LIABILITIES),
        (
            "quick_ratio",
            {"current_liabilities": 0, "inventory": 600},
            "missing",
            Reason.NO_CURRENT_LIABILITIES,
        ),
        ("current_ratio", {"current_liabilities": 0}, "best", Reason.NO_CURRENT_LIABILITIES),
        ("current_ratio", {"current_liabilities": -1}, "missing", Reason.NEGATIVE_LIABILITIES),
        ("cash_to_current_liabilities", {"current_liabilities": 0}, "missing", Reason.NO_CURRENT_LIABILITIES),
        ("interest_bearing_share", {"total_liabilities": 0}, "best", Reason.NO_LIABILITIES),
        ("inventory_turnover", {"inventory": -100}, "missing", Reason.NO_INVENTORY),
        ("capital_growth_3y", {"equity": 0}, "worst", Reason.OPENING_EQUITY_NON_POSITIVE),
        ("capital_growth_3y", {}, "undefined", Reason.OPENING_EQUITY_RECOVERED),
        ("revenue_growth_3y", {"revenue": 0}, "worst", Reason.REVENUE_NON_POSITIVE),
        ("research_share", {"revenue": 0}, "missing", Reason.REVENUE_NON_POSITIVE),
    ],
)
def test_edges_have_a_name_and_no_number(
    key: str, changed: dict[str, object], standing: str, reason: Reason | None
) -> None:
    reading = worked_out({**CLOSING, **changed}, OPENING, BASE)[key].reading
    assert (reading.standing, reading.reason) == (standing, reason)
    assert (reading.value is not None) == (standing == "value")


@pytest.mark.parametrize(
    ("key", "opening", "standing", "reason"),
    [
        ("revenue_growth", {"revenue": 0}, "missing", Reason.PRIOR_REVENUE_NON_POSITIVE),
        ("revenue_growth", {"revenue": None}, "missing", Reason.PRIOR_MISSING),
        ("capital_preservation", {"equity": -1}, "undefined", Reason.OPENING_EQUITY_RECOVERED),
        ("capital_preservation", {"equity": 0}, "worst", Reason.OPENING_EQUITY_NON_POSITIVE),
        ("capital_accumulation", {"equity": -1}, "undefined", Reason.OPENING_EQUITY_RECOVERED),
        ("profit_growth", {"total_profit": -1}, "undefined", Reason.LOSS_TO_PROFIT),
        ("profit_growth", {"total_profit": 0}, "undefined", Reason.NIL_TO_PROFIT),
    ],
)
def test_growth_from_nothing_is_no_number(
    key: str, opening: dict[str, object], standing: str, reason: Reason
) -> None:
    reading = worked_out(CLOSING, {**OPENING, **opening})[key].reading
    assert (reading.standing, reading.value, reading.reason) == (standing, None, reason)


@pytest.mark.parametrize(
    ("cash", "profit", "value", "reason"),
    [
        (5, -10, None, Reason.CASH_IN_WITH_LOSS),
        (-5, -10, None, Reason.CASH_OUT_WITH_LOSS),
        (0, -10, None, Reason.CASH_OUT_WITH_LOSS),
        (-5, 10, "-0.5", Reason.CASH_OUT_WITH_PROFIT),
        (5, 10, "0.5", None),
        (5, 0, None, Reason.CASH_IN_WITHOUT_PROFIT),
        (0, 0, None, Reason.NO_CASH_WITHOUT_PROFIT),
    ],
)
def test_cash_over_earnings_tells_its_signs(
    cash: int, profit: int, value: str | None, reason: Reason | None
) -> None:
    figures = {"operating_cash_flow": cash, "net_profit": profit, "minority_profit": 0}
    reading = worked_out(figures)["earnings_cash_cover"].reading
    assert (reading.value, reading.reason) == (None if value is None else Decimal(value), reason)


def test_two_losses_in_a_row_and_a_loss_made_up_are_told_apart() -> None:
    found = {
        (before, now): worked_out({"total_profit": now}, {"total_profit": before})["profit_growth"].reading
        for before, now in product((-1, 0), (-1, 0))
    }
    assert found.pop((-1, 0)).reason is Reason.LOSS_TO_NIL
    assert {reading.reason for reading in found.values()} == {Reason.NO_PROFIT_AGAIN}


def test_without_opening_figures_the_closing_ones_count_and_it_is_said() -> None:
    ratio = worked_out(CLOSING)["return_on_assets"]
    assert ratio.reading.value == Decimal("12.5")
    assert ratio.flags == (Flag.CLOSING_FOR_AVERAGE,)


def test_part_of_a_year_is_annualised_in_its_flows_only() -> None:
    half = statement({**CLOSING, "revenue": 625}, date(2026, 6, 30), months=6)
    before = statement(OPENING)
    found = ratios(Period(half, before))
    assert found["asset_turnover"].reading.value == Decimal("1.25")
    assert found["asset_turnover"].flags == (Flag.ANNUALISED,)
    assert found["debt_ratio"].flags == ()
    assert found["capital_accumulation"].flags == (Flag.PART_YEAR,)
    seasonal = ratios(Period(half, before, seasonal=True))
    assert seasonal["asset_turnover"].flags == (Flag.ANNUALISED, Flag.SEASONAL)


def test_interest_is_taken_from_finance_expenses_only_for_want_of_better() -> None:
    proxy = worked_out({**CLOSING, "interest_expense": None}, OPENING)["interest_cover"]
    assert (proxy.reading.value, proxy.flags) == (Decimal("3.5"), (Flag.INTEREST_PROXY,))
    earned = worked_out({**CLOSING, "interest_expense": None, "finance_expenses": -3}, OPENING)
    assert earned["interest_cover"].reading.standing is Standing.BEST
    capitalised = worked_out({**CLOSING, "capitalised_interest": 25}, OPENING)["interest_cover"]
    assert (capitalised.reading.value, capitalised.flags) == (2, (Flag.CAPITALISED_INTEREST,))


def test_what_is_assumed_is_flagged() -> None:
    unsure = {**CLOSING, "bad_debt_allowance": None, "minority_profit": None, "equity_from_outside": None}
    found = worked_out(unsure, OPENING)
    assert found["receivables_turnover"].flags == (Flag.NET_RECEIVABLES,)
    assert found["earnings_cash_cover"].flags == (Flag.MINORITY_UNKNOWN,)
    assert found["capital_preservation"].flags == (Flag.OUTSIDE_EQUITY_UNKNOWN,)


figures = st.dictionaries(
    st.sampled_from(Figure), st.decimals(-(10**9), 10**9, places=2, allow_nan=False), min_size=10
)


@given(figures, st.none() | figures, st.none() | figures, st.integers(1, 12))
def test_whatever_is_handed_in_every_ratio_is_a_finite_value_or_has_a_reason(
    now: dict[Figure, Decimal],
    before: dict[Figure, Decimal] | None,
    base: dict[Figure, Decimal] | None,
    months: int,
) -> None:
    joined = None if before is None else Statement(_months_before(months), 12, before)
    three_years_ago = None if base is None else Statement(_months_before(36), 12, base)
    found = ratios(Period(Statement(date(2025, 12, 31), months, now), joined, three_years_ago))
    assert found.keys() == UNITS.keys()
    for ratio in found.values():
        reading = ratio.reading
        assert (reading.standing is Standing.VALUE) == (reading.value is not None)
        assert reading.value is None or reading.value.is_finite()
        assert reading.value is not None or reading.reason is not None


def _months_before(months: int) -> date:
    year, month = divmod(2025 * 12 + 11 - months, 12)
    return date(year, month + 1, 1)
