"""Aging (5.3): every amount in exactly one bucket."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.money import Money, total
from core.rules.receivables.aging import BUCKETS, age, bucket
from core.rules.receivables.allocation import OpenItem

ON = date(2026, 3, 10)


def due_days_ago(days: int, minor: int) -> OpenItem:
    due = ON - timedelta(days=days)
    return OpenItem(f"F{days}", due, Money(minor), due)


open_items = st.lists(
    st.builds(due_days_ago, st.integers(-400, 900), st.integers(-(10**9), 10**12)), max_size=30
)


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (-1, None),
        (0, None),
        (1, "1-30"),
        (30, "1-30"),
        (31, "31-60"),
        (60, "31-60"),
        (61, "61-90"),
        (90, "61-90"),
        (91, "91-180"),
        (180, "91-180"),
        (181, "181-365"),
        (365, "181-365"),
        (366, "366+"),
        (9999, "366+"),
    ],
)
def test_each_day_past_due_is_in_its_bucket_and_due_today_is_not_overdue(days: int, name: str | None) -> None:
    assert bucket(days) == name


@given(open_items)
def test_buckets_and_what_is_not_due_add_up_to_what_is_open(items: list[OpenItem]) -> None:
    aging = age(items, ON)
    assert tuple(aging.buckets) == BUCKETS
    assert aging.not_due + total(aging.buckets.values()) == aging.outstanding
    assert aging.outstanding == total(item.open for item in items)
    assert aging.overdue == total(item.open for item in items if item.due < ON)


@given(open_items, open_items)
def test_two_ledgers_together_age_as_the_sum_of_both(one: list[OpenItem], other: list[OpenItem]) -> None:
    apart, together = (age(one, ON), age(other, ON)), age(one + other, ON)
    for name in BUCKETS:
        assert together.buckets[name] == apart[0].buckets[name] + apart[1].buckets[name]
