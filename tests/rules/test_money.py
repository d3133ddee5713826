"""Money: exact, in one currency, and read as people type it."""

from contextlib import suppress
from decimal import ROUND_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.money import CurrencyMismatch, Money, NotAnAmount, parse_amount, total

amounts = st.integers(-(10**14), 10**14).map(Money)


@given(st.lists(amounts))
def test_a_total_is_the_sum_of_its_parts_to_the_last_fen(parts: list[Money]) -> None:
    assert total(parts).minor == sum(part.minor for part in parts)


@given(amounts)
def test_an_amount_written_out_and_read_back_is_the_same(money: Money) -> None:
    assert Money.of(money.amount) == money
    assert Money.of(str(money.amount)) == money


@given(amounts, amounts)
def test_adding_and_taking_away_again_changes_nothing(one: Money, other: Money) -> None:
    assert one + other - other == one
    assert one + -one == Money.zero()
    assert (one < other) + (one == other) + (one > other) == 1
    assert (one <= other) == (not one > other)
    assert (one >= other) == (not one < other)


@given(st.integers(0, 10**14).map(Money), st.decimals(0, 1, places=6))
def test_a_share_is_never_more_than_its_exact_value(money: Money, share: Decimal) -> None:
    exact = money.amount * share
    assert money.times(share).amount <= exact < money.times(share).amount + Decimal("0.01")


def test_rounding_is_named_where_it_is_not_down() -> None:
    assert Money(5).times(Decimal("0.5")) == Money(2)
    assert Money(5).times(Decimal("0.5"), ROUND_UP) == Money(3)


def test_currencies_never_mix() -> None:
    yuan, dollar = Money(1), Money(1, "USD")
    assert yuan != dollar
    for mix in (lambda: yuan + dollar, lambda: yuan < dollar, lambda: total([dollar]), lambda: yuan - dollar):
        with pytest.raises(CurrencyMismatch):
            mix()


def test_only_nothing_is_false() -> None:
    assert not Money.zero()
    assert Money(-1)


@pytest.mark.parametrize("amount", ["0.001", Decimal("1.234")])
def test_money_finer_than_a_fen_is_refused_not_rounded(amount: Decimal | str) -> None:
    with pytest.raises(NotAnAmount) as refused:
        Money.of(amount)
    assert refused.value.reason == "too_precise"


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        ("5万", "50000"),
        ("50,000", "50000"),
        ("¥50000", "50000"),
        ("1.2亿", "120000000"),
        ("30 万元", "300000"),
        ("５万", "50000"),
        ("２，０００．５０元", "2000.5"),
        ("￥５００００", "50000"),
        ("5w", "50000"),
        ("5W", "50000"),
        ("50k", "50000"),
        ("1.2m", "1200000"),
        ("3万5千", "35000"),
        ("2千万", "20000000"),
        ("人民币30万元整", "300000"),
        ("RMB 1,234.56", "1234.56"),
        (" \u200f50000\u200e ", "50000"),
        ("50 000", "50000"),
        ("0.01", "0.01"),
        ("10000亿", "1000000000000"),
    ],
)
def test_an_amount_may_be_typed_as_people_type_it(typed: str, yuan: str) -> None:
    assert parse_amount(typed) == Money.of(yuan)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("万", "unreadable"),
        ("五", "unreadable"),
        ("3万5", "unreadable"),
        ("5千3万", "unreadable"),
        ("5,0", "unreadable"),
        ("5 5", "unreadable"),
        ("1.2.3", "unreadable"),
        ("5²", "unreadable"),
        ("٥", "unreadable"),
        ("1e9", "unreadable"),
        ("nan", "unreadable"),
        ("💰", "unreadable"),
        ("9" * 10_000, "unreadable"),
        ("0", "zero"),
        ("-0", "zero"),
        ("-5万", "negative"),
        ("负5万", "negative"),
        ("¥-5", "negative"),
        ("0.001", "too_precise"),
        ("10000亿1百", "too_large"),
        ("1000000000000.01", "too_large"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason(typed: str, reason: str) -> None:
    with pytest.raises(NotAnAmount) as refused:
        parse_amount(typed)
    assert refused.value.reason == reason


@given(st.text())
def test_any_text_is_an_amount_above_zero_or_is_refused(typed: str) -> None:
    with suppress(NotAnAmount):
        assert Money.zero() < parse_amount(typed) <= Money.of(10**12)
