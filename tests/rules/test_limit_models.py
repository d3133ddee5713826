"""General limit models (3.2): each gives a ceiling with its figures; unknown is neither nothing nor no limit."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.limits.ceilings import Ceiling
from core.rules.limits.limit_models import (
    Rule,
    averaging,
    binding,
    credit_base,
    monthly_multiple,
    net_worth_points,
    net_worth_share,
    sales_times_term,
    working_assets_limit,
    working_capital_share,
)
from core.rules.limits.working_assets import BalanceFigures, working_assets
from core.rules.money import Money
from core.rules.rating.scales import Band, Bands, Option, Options

RULE = Rule("art. 3", hard=True)
TEN_PERCENT = Decimal("0.10")
YUAN = Money.of


def by_points(low: str, high: str, below: int, between: int, above: int) -> Bands:
    """The middle band with both its ends."""
    first, last = Decimal(low), Decimal(high)
    return Bands(
        (
            Band(None, first, Decimal(below)),
            Band(first, last, Decimal(between), high_included=True),
            Band(last, None, Decimal(above), low_included=False),
        )
    )


ADDITIVE = {
    "need_share": by_points("25", "50", 0, 5, 10),
    "payment": Options(
        tuple(
            Option(key, Decimal(points)) for key, points in (("discount", 10), ("on_time", 5), ("late", -5))
        )
    ),
    "years": by_points("3", "10", 0, 5, 10),
    "margin": by_points("5", "14", 0, 5, 10),
    "current_ratio": by_points("1.5", "2.2", 0, 5, 10),
    "debt_share": by_points("30", "50", 10, 5, -5),
}
GOOD = {
    "need_share": Decimal(51),
    "payment": "discount",
    "years": 11,
    "margin": Decimal(15),
    "current_ratio": Decimal("2.3"),
    "debt_share": Decimal(29),
}


def test_a_share_of_net_worth_or_working_capital() -> None:
    found = net_worth_share(RULE, YUAN(1_000_000), TEN_PERCENT)
    assert (found.name, found.amount, found.article, found.hard) == (
        "net_worth_share",
        YUAN(100_000),
        "art. 3",
        True,
    )
    assert found.inputs == {"net_worth": YUAN(1_000_000), "share": TEN_PERCENT}
    assert working_capital_share(RULE, YUAN(600_000), Decimal("0.2")).amount == YUAN(120_000)


def test_a_negative_base_gives_nothing_and_an_unknown_one_no_amount() -> None:
    assert net_worth_share(RULE, YUAN(-1), TEN_PERCENT).amount == Money.zero()
    assert net_worth_share(RULE, None, TEN_PERCENT).amount is None
    assert net_worth_share(RULE, YUAN(100), None).amount is None
    assert credit_base(RULE, YUAN(100), YUAN(-300)).amount == Money.zero()
    assert credit_base(RULE, YUAN(100), None).amount is None


def test_sales_times_term_times_the_grades_correction() -> None:
    found = sales_times_term(RULE, YUAN(200_000), Decimal(2), Decimal("0.8"))
    assert found.amount == YUAN(320_000)
    assert sales_times_term(RULE, YUAN(200_000), Decimal(2), Decimal(0)).amount == Money.zero()
    assert sales_times_term(RULE, YUAN(200_000), Decimal(2), None).amount is None


def test_a_multiple_of_the_average_month() -> None:
    assert monthly_multiple(RULE, YUAN(80_000), Decimal("1.5")).amount == YUAN(120_000)
    assert monthly_multiple(RULE, None, Decimal(2)).amount is None


def test_the_base_for_small_customers_is_rounded_down() -> None:
    assert credit_base(RULE, YUAN("1000.01"), YUAN(500)).amount == YUAN("750.00")


@pytest.mark.parametrize(
    ("others", "amount"),
    [((60, 90, 300), "80"), ((60, 90), "75"), ((300, 60, 90, 100), "81.66")],
)
def test_averaging_takes_the_median_of_other_suppliers(others: tuple[int, ...], amount: str) -> None:
    found = averaging(RULE, YUAN(1000), TEN_PERCENT, map(YUAN, others), YUAN(50))
    assert found.amount == YUAN(amount)


def test_averaging_needs_all_three() -> None:
    assert averaging(RULE, YUAN(1000), TEN_PERCENT, (), YUAN(50)).amount is None
    assert averaging(RULE, None, TEN_PERCENT, (YUAN(1),), YUAN(50)).amount is None
    assert averaging(RULE, YUAN(1000), TEN_PERCENT, (YUAN(1),), None).amount is None


def test_additive_points_are_a_percentage_of_net_worth() -> None:
    found = net_worth_points(RULE, YUAN(1_000_000), ADDITIVE, GOOD)
    assert (found.amount, found.inputs["percent"], found.inputs["margin"]) == (YUAN(600_000), 60, 10)


@pytest.mark.parametrize(
    ("fact", "value", "points"),
    [
        ("need_share", "24.99", 0),
        ("need_share", "25", 5),
        ("need_share", "50", 5),
        ("years", "2.99", 0),
        ("years", "3", 5),
        ("years", "10", 5),
        ("current_ratio", "1.5", 5),
        ("current_ratio", "2.2", 5),
        ("current_ratio", "2.21", 10),
        ("debt_share", "29.99", 10),
        ("debt_share", "30", 5),
        ("debt_share", "50.01", -5),
    ],
)
def test_additive_points_on_both_sides_of_each_bound(fact: str, value: str, points: int) -> None:
    found = net_worth_points(RULE, YUAN(100), ADDITIVE, {**GOOD, fact: Decimal(value)})
    assert found.inputs[fact] == points


def test_additive_points_below_zero_give_nothing_and_an_unknown_one_no_amount() -> None:
    bad = {
        "need_share": Decimal(0),
        "payment": "late",
        "years": 0,
        "margin": Decimal(0),
        "current_ratio": Decimal(1),
        "debt_share": Decimal(80),
    }
    assert net_worth_points(RULE, YUAN(100), ADDITIVE, bad).amount == Money.zero()
    assert net_worth_points(RULE, YUAN(100), ADDITIVE, {**GOOD, "years": None}).amount is None
    with pytest.raises(TypeError):
        net_worth_points(RULE, YUAN(100), ADDITIVE, {**GOOD, "years": True})


def test_the_working_assets_model_as_a_ceiling() -> None:
    figures = BalanceFigures(Decimal(900), Decimal(300), Decimal(500), Decimal(600), Decimal(800))
    found = working_assets_limit(RULE, working_assets(figures))
    assert (found.amount, found.inputs["evaluation"]) == (YUAN(150), Decimal("1.625"))
    unknown = working_assets_limit(RULE, working_assets(replace(figures, inventory=None)))
    assert (unknown.amount, unknown.inputs["reason"]) == (None, "figure_missing")


def ceiling(amount: Money | None) -> Ceiling:
    return replace(net_worth_share(RULE, None, None), amount=amount)


def test_only_the_lowest_binds_and_only_below_what_was_asked() -> None:
    given_ceilings = (ceiling(YUAN(300)), ceiling(YUAN(200)), ceiling(YUAN(200)))
    assert [each.binds for each in binding(given_ceilings, YUAN(201))] == [False, True, True]
    assert not any(each.binds for each in binding(given_ceilings, YUAN(200)))
    assert not any(each.binds for each in binding((*given_ceilings, ceiling(None)), YUAN(500)))


@given(st.lists(st.none() | st.integers(0, 10**9)), st.integers(1, 10**9))
def test_what_binds_is_never_above_another_ceiling_or_what_was_asked(
    amounts: list[int | None], asked: int
) -> None:
    made = tuple(ceiling(None if each is None else Money(each)) for each in amounts)
    for found in binding(made, Money(asked)):
        if found.binds:
            assert found.amount is not None
            assert found.amount < Money(asked)
            assert found.amount == Money(min(each for each in amounts if each is not None))
            assert None not in amounts
