"""Allocating receipts (5.2): to the named invoices, else the oldest due; never more than is there."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.rules.money import Money, total
from core.rules.receivables.allocation import OpenItem, allocate

JANUARY = date(2026, 1, 31)


def item(number: str, yuan: int, due: date = JANUARY) -> OpenItem:
    return OpenItem(number, due, Money.of(yuan), due - timedelta(days=30))


@st.composite
def ledgers(draw: st.DrawFn) -> list[OpenItem]:
    sizes = draw(st.lists(st.integers(-100, 10**9), max_size=8))
    dues = draw(st.lists(st.dates(date(2025, 1, 1), date(2026, 12, 31)), min_size=8, max_size=8))
    return [OpenItem(f"F{place}", dues[place], Money(size), dues[place]) for place, size in enumerate(sizes)]


names = st.lists(st.sampled_from([f"F{place}" for place in range(10)]), max_size=6)


@given(st.integers(0, 10**10).map(Money), ledgers(), names)
def test_parts_and_rest_add_up_to_the_receipt_and_no_item_gets_more_than_is_open(
    receipt: Money, open_items: list[OpenItem], named: list[str]
) -> None:
    split = allocate(receipt, open_items, named)
    open_of = {item.number: item.open for item in open_items}
    assert total(part for _, part in split.parts) + split.rest == receipt
    assert split.rest >= Money.zero()
    assert len({number for number, _ in split.parts}) == len(split.parts)
    for number, part in split.parts:
        assert Money.zero() < part <= open_of[number]
        assert not named or number in named


@given(st.integers(0, 10**10).map(Money), ledgers())
def test_unnamed_money_stays_over_only_when_nothing_is_open(
    receipt: Money, open_items: list[OpenItem]
) -> None:
    split = allocate(receipt, open_items)
    if split.rest:
        assert dict(split.parts) == {
            each.number: each.open for each in open_items if each.open > Money.zero()
        }


def test_the_oldest_due_is_paid_first() -> None:
    later = item("F1", 100, JANUARY + timedelta(days=1))
    split = allocate(Money.of(120), [later, item("F2", 100)])
    assert split.parts == (("F2", Money.of(100)), ("F1", Money.of(20)))


def test_named_items_are_paid_in_the_order_named_and_nothing_else_is() -> None:
    open_items = [item("F1", 100), item("F2", 100), item("F3", 100)]
    split = allocate(Money.of(250), open_items, ["F3", "F1", "F3"])
    assert split.parts == (("F3", Money.of(100)), ("F1", Money.of(100)))
    assert split.rest == Money.of(50)


def test_an_unknown_or_settled_name_leaves_its_money_unallocated() -> None:
    split = allocate(Money.of(50), [item("F1", 100), item("F2", 0)], ["F9", "F2"])
    assert split.parts == ()
    assert split.rest == Money.of(50)


def test_money_of_another_currency_settles_nothing() -> None:
    assert allocate(Money(100, "USD"), [item("F1", 1)]).rest == Money(100, "USD")
