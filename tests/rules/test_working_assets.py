"""The working-assets model (营运资产分析): every published bound on both sides, and the hole from 0.91 to 0.99 closed."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.limits.working_assets import SHARES, BalanceFigures, Risk, working_assets

SOUND = BalanceFigures(Decimal(900), Decimal(300), Decimal(500), Decimal(600), Decimal(800))


def share_at(evaluation: str) -> Decimal:
    return SHARES.flat_points[SHARES.place(Decimal(evaluation))]


@pytest.mark.parametrize(
    ("evaluation", "share"),
    [
        ("-4.6", "0"),
        ("-4.59", "2.5"),
        ("-3.9", "2.5"),
        ("-3.89", "5"),
        ("-3.2", "5"),
        ("-3.19", "7.5"),
        ("-2.5", "7.5"),
        ("-2.49", "10"),
        ("-1.8", "10"),
        ("-1.79", "12.5"),
        ("-1.1", "12.5"),
        ("-1.09", "15"),
        ("-0.4", "15"),
        ("-0.39", "17.5"),
        ("0.3", "17.5"),
        ("0.31", "20"),
        ("0.90", "20"),
        ("0.95", "20"),
        ("0.99", "20"),
        ("1.00", "25"),
    ],
)
def test_the_published_bounds(evaluation: str, share: str) -> None:
    assert share_at(evaluation) == Decimal(share)


def test_a_sound_customer_by_hand() -> None:
    found = working_assets(SOUND)
    assert found.working_assets == 600  # (400 + 800) / 2
    assert found.evaluation == Decimal("1.625")  # 1.8 + 1.2 - 0.625 - 0.75
    assert (found.share, found.limit, found.risk) == (25, Decimal("150.00"), Risk.LOW)


def test_a_limit_is_rounded_down_to_the_fen() -> None:
    found = working_assets(replace(SOUND, net_worth=Decimal("800.03")))
    assert found.limit == Decimal("150.00")  # 600.015 x 25 % is 150.00375


@pytest.mark.parametrize("worth", [0, -1])
def test_without_a_net_worth_there_is_nothing_to_lend_on(worth: int) -> None:
    found = working_assets(replace(SOUND, net_worth=Decimal(worth)))
    assert (found.share, found.limit, found.risk) == (0, 0, Risk.HIGH)
    assert (found.evaluation, found.reason) == (None, "net_worth_non_positive")


def test_without_current_liabilities_quick_assets_decide() -> None:
    none_owed = replace(SOUND, current_liabilities=Decimal(0), total_liabilities=Decimal(0))
    assert (working_assets(none_owed).share, working_assets(none_owed).risk) == (25, Risk.LOW)
    only_stock = working_assets(replace(none_owed, inventory=Decimal(900)))
    assert (only_stock.limit, only_stock.reason) == (None, "no_current_liabilities")


@pytest.mark.parametrize("field", BalanceFigures.__dataclass_fields__)
def test_unknown_is_not_zero(field: str) -> None:
    found = working_assets(replace(SOUND, **{field: None}))
    assert (found.limit, found.share, found.reason) == (None, None, "figure_missing")


def test_negative_liabilities_are_a_mistake_and_no_merit() -> None:
    found = working_assets(replace(SOUND, current_liabilities=Decimal(-1)))
    assert (found.limit, found.reason) == (None, "negative_liabilities")


def test_negative_working_assets_are_no_limit_below_zero() -> None:
    found = working_assets(replace(SOUND, current_liabilities=Decimal(3000), total_liabilities=Decimal(3000)))
    assert found.limit == 0


amounts = st.decimals(0, 10**9, places=2)


@given(st.builds(BalanceFigures, amounts, amounts, amounts, amounts, st.decimals(-(10**9), 10**9, places=2)))
def test_never_more_than_a_quarter_of_the_working_assets(figures: BalanceFigures) -> None:
    found = working_assets(figures)
    if found.limit is not None and found.working_assets is not None:
        assert 0 <= found.limit <= max(found.working_assets / 4, Decimal(0))
