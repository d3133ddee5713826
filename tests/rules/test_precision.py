"""The one rounding: a half goes away from zero, also where a division only came near it."""

from decimal import Decimal, localcontext

import pytest

from core.rules.precision import WORKING, rounded


@pytest.mark.parametrize(
    ("value", "shown"), [("0.005", "0.01"), ("-0.005", "-0.01"), ("0.00499", "0.00"), ("2.345", "2.35")]
)
def test_a_half_goes_away_from_zero(value: str, shown: str) -> None:
    assert rounded(Decimal(value), 2) == Decimal(shown)


def test_a_half_that_a_division_missed_by_its_last_digit_is_still_a_half() -> None:
    with localcontext(WORKING):
        third = Decimal("0.015") / 9 * 3  # 0.00499…9
    assert third != Decimal("0.005")
    assert rounded(third, 2) == Decimal("0.01")


def test_the_callers_own_precision_changes_nothing() -> None:
    with localcontext() as careless:
        careless.prec = 4
        assert rounded(Decimal("123456.785"), 2) == Decimal("123456.79")
