"""Allocating a receipt to what is owed (5.2): the items it names, else the oldest due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.rules.money import Money


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An invoice with what is still open of it, the day it falls due and the day it was issued."""

    number: str
    due: date
    open: Money
    issued: date


@dataclass(frozen=True, slots=True)
class Allocation:
    """How a receipt is split: `parts` of (item number, amount) and the `rest` that stays unallocated."""

    parts: tuple[tuple[str, Money], ...]
    rest: Money


def allocate(receipt: Money, open_items: Sequence[OpenItem], named: Sequence[str] = ()) -> Allocation:
    """Split a receipt over open items; parts and rest always add up to the receipt.

    Named items are paid in the order named and nothing else is: what an unknown, settled or foreign-currency
    one would have taken stays unallocated for a person to place. Without names the oldest due is paid first.
    """
    parts: list[tuple[str, Money]] = []
    rest = receipt
    for item in _in_order(open_items, named):
        if item.open.currency != receipt.currency:
            continue
        part = min(item.open, rest)
        if part > Money.zero(receipt.currency):
            parts.append((item.number, part))
            rest -= part
    return Allocation(tuple(parts), rest)


def _in_order(open_items: Sequence[OpenItem], named: Sequence[str]) -> list[OpenItem]:
    if not named:
        return sorted(open_items, key=lambda item: (item.due, item.issued, item.number))
    by_number = {item.number: item for item in open_items}
    return [by_number[number] for number in dict.fromkeys(named) if number in by_number]
