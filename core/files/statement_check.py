"""What does not add up within a file of statements, each with its place (1.5, 1.6)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from string import ascii_uppercase
from typing import Any

from core.files.line_items import LineItem, LineSum, Part, line_items, sums, totals
from core.rules.statements.lacking import ratios_for_want_of
from core.rules.statements.statements import Figure, Statement

_SUBTOTALS = (Figure.CURRENT_ASSETS, Figure.CURRENT_LIABILITIES)
_SHARE = Decimal("0.001")
_ROUNDED_UNITS = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file: sheet, row (from 1), column (from 0), and its line."""

    sheet: str
    row: int
    column: int
    label: str
    item: LineItem | None = None

    def of(self, item: LineItem) -> "Place":
        """The same place, known for a line."""
        return replace(self, item=item)

    @property
    def cell(self) -> str:
        """As Excel names it: ``C12``."""
        letters, left = "", self.column + 1
        while left:
            left, letter = divmod(left - 1, len(ascii_uppercase))
            letters = ascii_uppercase[letter] + letters
        return f"{letters}{self.row}"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in a file that a person has to look at: where, what stands there, why; a key and facts for the words."""

    place: Place
    value: str
    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)


Lines = Mapping[str, tuple[Decimal, Place]]


def totals_and_sums(periods: Mapping[date, Lines], yuan: Decimal) -> Iterator[Remark]:
    """Totals that are missing, and sums that do not add up, by period; what is rounded to units of so many yuan may
    be two of them apart, or a thousandth.

    Keys: ``total-missing`` (total, ends), ``sum-differs`` (total, ends, made, difference).
    """
    for ends, lines in sorted(periods.items()):
        yield from _missing(ends, lines)
        for each in sums():
            yield from _sum(ends, lines, each, yuan)


def subtotals_missing(statements: Iterable[Statement], periods: Mapping[date, Lines]) -> Iterator[Remark]:
    """Subtotals that a balance sheet lacks, with the ratios that nobody can work out for want of them.

    Key: ``subtotal-missing`` (total, ends, ratios).
    """
    for statement in statements:
        lines = periods[statement.ends]
        places = _places(lines, Part.BALANCE)
        lost = ratios_for_want_of(statement, [each for each in _SUBTOTALS if each not in lines])
        for figure, keys in lost.items():
            if places and keys:
                nowhere = replace(places[0], label="", item=_item(figure))
                facts = {"total": str(figure), "ends": statement.ends, "ratios": keys}
                yield Remark(nowhere, "", "subtotal-missing", facts)


def _places(lines: Lines, part: Part) -> list[Place]:
    return [place for _, place in lines.values() if place.item and place.item.part is part]


def _missing(ends: date, lines: Lines) -> Iterator[Remark]:
    for part in Part:
        places = _places(lines, part)
        for key in totals(part):
            if places and key not in lines:
                # It stands nowhere: only the sheet and the column can be told.
                nowhere = replace(places[0], label="", item=_item(key))
                yield Remark(nowhere, "", "total-missing", {"total": key, "ends": ends})


def _sum(ends: date, lines: Lines, each: LineSum, yuan: Decimal) -> Iterator[Remark]:
    if any(key not in lines for key in (each.total, *each.plus, *each.minus)):
        return
    value, place = lines[each.total]
    made = sum((lines[key][0] for key in each.plus), Decimal(0))
    made -= sum((lines[key][0] for key in each.minus), Decimal(0))
    allowed = max(_ROUNDED_UNITS * yuan, _SHARE * max(abs(value), abs(made)))
    if abs(value - made) > allowed:
        facts = {"total": each.total, "ends": ends, "made": made, "difference": value - made}
        yield Remark(place, str(value), "sum-differs", facts)


def _item(key: str) -> LineItem:
    return next(item for item in line_items() if item.key == key)
