"""What the statements say of the facts that policies ask for (1.5): which period speaks, and what never is a number."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from core.policies.library import Library
from core.rules.money import Money
from core.rules.rating.reading import Reading, Standing
from core.rules.statements.ratios import UNITS, Unit
from core.rules.statements.statement_facts import OF_A_DAY, StatementFact, statement_facts, years_ago
from core.rules.statements.statements import Figure, Statement, Statements
from core.rules.statements.worksheet import Reason

ON = date(2026, 8, 20)


def statement(ends: str, months: int = 12, **figures: object) -> Statement:
    return Statement(
        date.fromisoformat(ends), months, {Figure(key): Decimal(str(value)) for key, value in figures.items()}
    )


BALANCE = {"total_assets": 1000, "total_liabilities": 600, "equity": 400}


def facts(**periods: Statement) -> Mapping[str, StatementFact]:
    return statement_facts(Statements(**periods), ON)  # type: ignore[arg-type]


def test_every_ratio_of_the_vocabulary_is_given_under_its_own_name() -> None:
    """`ratio = "KEY"` of a fact: the facts of the statements go by the keys of the ratios."""
    named = {kind.key: kind.ratio for kind in Library().vocabulary.kinds if kind.ratio}

    assert set(named.values()) <= set(UNITS)
    assert all(key == ratio for key, ratio in named.items())
    assert set(UNITS) >= OF_A_DAY


def test_a_balance_is_of_the_newest_period_and_a_years_business_of_the_newest_full_year() -> None:
    found = facts(
        year=statement("2025-12-31", **BALANCE, revenue=2000, cost_of_sales=1500, sales_taxes=0),
        latest=statement(
            "2026-06-30", 6, total_assets=1000, total_liabilities=500, revenue=1, cost_of_sales=1
        ),
    )

    assert found["debt_ratio"] == StatementFact(Decimal("50.00"), date(2026, 6, 30))
    assert found["margin_on_sales"] == StatementFact(Decimal("25.00"), date(2025, 12, 31))


def test_what_the_newest_period_leaves_out_an_earlier_one_says() -> None:
    found = facts(year=statement("2025-12-31", **BALANCE), latest=statement("2026-06-30", 6, revenue=1))

    assert found["debt_ratio"].ends == date(2025, 12, 31)


def test_a_ratio_without_a_number_says_why() -> None:
    """1.5: an undefined ratio says why and is never a number."""
    found = facts(
        year=statement("2025-12-31", equity=-5, net_profit=-3),
        year_before=statement("2024-12-31", equity=-2),
    )

    assert found["return_on_equity"].value == Reading.undefined(Reason.EQUITY_NON_POSITIVE)
    assert found["debt_ratio"].value == Reading.missing(Reason.FIGURE_MISSING)


def test_a_number_that_some_schemes_score_apart_keeps_its_reason() -> None:
    found = facts(year=statement("2025-12-31", operating_cash_flow=-200, net_profit=100))

    assert found["earnings_cash_cover"].value == Reading.of(Decimal("-2"), Reason.CASH_OUT_WITH_PROFIT)


def test_each_fact_is_of_the_kind_that_the_vocabulary_asks_for() -> None:
    every = {str(figure): 7 for figure in Figure}
    found = facts(year=statement("2025-12-31", **every), year_before=statement("2024-12-31", **every))

    for key, fact in found.items():
        money = Library().vocabulary.find(key).kind == "money"  # type: ignore[union-attr]
        value = fact.value.value if isinstance(fact.value, Reading) else fact.value
        assert value is None or isinstance(value, Money if money else Decimal), key
    assert {key for key, unit in UNITS.items() if unit is Unit.YUAN} == {
        key for key in UNITS if isinstance(found[key].value, Money)
    } | {key for key in UNITS if UNITS[key] is Unit.YUAN and isinstance(found[key].value, Reading)}


def test_last_year_is_the_calendar_year_and_no_other() -> None:
    """In August 2026 the profit of 2024 is nobody's profit of last year."""
    told = facts(
        year=statement("2024-12-31", net_profit=5), year_before=statement("2023-12-31", net_profit=4)
    )
    assert told["net_profit_year_before"].value == Money.of(5)
    assert "net_profit_last_year" not in told

    told = facts(year=statement("2025-12-31", net_profit=6))
    assert told["net_profit_last_year"] == StatementFact(Money.of(6), date(2025, 12, 31))
    assert (years_ago("net_profit_last_year"), years_ago("debt_ratio")) == (1, None)


@pytest.mark.parametrize(
    ("profit", "opening", "told"),
    [(5, 100, "0"), (-5, 100, "5.00"), (-5, 0, "100"), (-5, -20, "100"), (-5, None, None)],
)
def test_a_loss_against_the_opening_equity(profit: int, opening: int | None, told: str | None) -> None:
    """B9 art. 15: 净亏损占年初净资产; on equity of zero or less it is all of it."""
    before = {} if opening is None else {"equity": opening}
    found = facts(
        year=statement("2025-12-31", net_profit=profit), year_before=statement("2024-12-31", **before)
    )

    value = found["net_loss_to_equity"].value if "net_loss_to_equity" in found else None
    assert value == (None if told is None else Decimal(told))


def test_without_statements_nothing_is_said() -> None:
    assert facts() == {}
    assert {
        f.value.standing for f in facts(year=statement("2025-12-31")).values() if isinstance(f.value, Reading)
    } == {Standing.MISSING}
