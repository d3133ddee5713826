"""What a cell of each column type holds, or why it does not."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from core.files.columns import Column, ColumnType
from core.files.sheet import Cell
from core.rules.calendar import NotADay, parse_day
from core.rules.halfwidth import halfwidth
from core.rules.money import Money, NotAnAmount, parse_amount
from core.rules.uscc import NotACode, parse_uscc

# Excel counts days from here; serial numbers of five digits are the years 1927 to 2173.
_DAY_ZERO = date(1899, 12, 30)
_SERIAL = re.compile(r"[1-9][0-9]{4}(?:\.[0-9]+)?")
_YEAR = re.compile(r"(?<![0-9])(?:[0-9]{4}(?![0-9])|[0-9]{8}(?![0-9]))")
_TIME_OF_DAY = re.compile(r"[ T]\s*[0-9]{1,2}:[0-9]{2}.*$", re.DOTALL)
_EARLIEST = date(1900, 1, 1)
_LATEST_AHEAD = timedelta(days=3653)

_MINUS = re.compile(r"[-负]")
_WHOLE_DIGITS = 15
_READABLE_DIGITS = 12

_SEPARATORS = re.compile(r"[;,、\s]+")
_MOST_CODES = 200


class BadCell(Exception):
    """A cell that does not hold what its column needs: a key and facts for the words."""

    def __init__(self, key: str, **facts: Any) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts


def clean(text: str) -> str:
    """The text on one line, without control, formatting and direction marks, trimmed."""
    if not text.isprintable():
        text = " ".join("".join(mark for mark in text if _is_written(mark)).split())
    return text.strip()


def _is_written(mark: str) -> bool:
    return mark.isspace() or unicodedata.category(mark) not in {"Cc", "Cf", "Co", "Cn", "Cs"}


def as_text(cell: Cell) -> str:
    """A cell as a person would type it: numbers in full, days as 2026-03-05."""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, Decimal):
        return format(cell.to_integral_value() if cell == cell.to_integral_value() else cell, "f")
    return "" if cell is None else str(cell)


def _text(cell: Cell, column: Column, _: date) -> str:
    return _bounded(as_text(cell), column.limit)


def _code(cell: Cell, column: Column, _: date) -> str:
    if isinstance(cell, Decimal) and cell.adjusted() >= _WHOLE_DIGITS:
        raise BadCell("cell-digits-lost")  # Excel kept 15 of them: other invoices may look the same
    text = as_text(cell)
    return _bounded(text if text.isascii() else halfwidth(text), column.limit)


def _codes(cell: Cell, column: Column, _: date) -> tuple[str, ...]:
    if isinstance(cell, Decimal):
        return (_code(cell, column, _),)
    codes = dict.fromkeys(code for code in _SEPARATORS.split(halfwidth(as_text(cell))) if code)
    if len(codes) > _MOST_CODES:
        raise BadCell("cell-too-many", limit=_MOST_CODES)
    return tuple(_bounded(code, column.limit) for code in codes)


def _bounded(text: str, limit: int) -> str:
    if len(text) > limit:
        raise BadCell("cell-too-long", limit=limit)
    return text


def _uscc(cell: Cell, _: Column, __: date) -> str:
    try:
        return parse_uscc(as_text(cell))
    except NotACode as error:
        raise BadCell(f"uscc-{_hyphened(error.reason)}") from error


def _choice(cell: Cell, column: Column, _: date) -> str:
    if isinstance(cell, str) and cell in column.choices:
        return cell
    said = halfwidth(as_text(cell)).casefold()
    for key, words in column.choices.items():
        if said == key.casefold() or said in (word.casefold() for word in words):
            return key
    raise BadCell("cell-not-a-choice", choices=list(column.choices))


def _day(cell: Cell, _: Column, today: date) -> date:
    day = cell if isinstance(cell, date) else _typed_day(as_text(cell), today)
    if not _EARLIEST <= day <= today + _LATEST_AHEAD:
        raise BadCell("day-out-of-range", day=day)
    return day


def _typed_day(text: str, today: date) -> date:
    typed = _TIME_OF_DAY.sub("", halfwidth(text))
    if _SERIAL.fullmatch(typed):
        return _DAY_ZERO + timedelta(days=int(Decimal(typed)))
    try:
        day = parse_day(typed, today)
    except NotADay as error:
        raise BadCell(f"day-{_hyphened(error.reason)}") from error
    # In a chat 12-31 and 明天 are near today; in a ledger they may be of any year.
    if not _YEAR.search(typed):
        raise BadCell("day-no-year")
    return day


def _amount(cell: Cell, _: Column, __: date) -> Money:
    amount = _signed(cell)
    if not amount:
        raise BadCell("amount-zero")
    if amount.minor < 0:
        raise BadCell("amount-negative")
    return amount


def _amount_or_zero(cell: Cell, _: Column, __: date) -> Money:
    amount = _signed(cell)
    if amount.minor < 0:
        raise BadCell("amount-negative")
    return amount


def _signed_amount(cell: Cell, _: Column, __: date) -> Money:
    amount = _signed(cell)
    if not amount:
        raise BadCell("amount-zero")
    return amount


def _signed(cell: Cell) -> Money:
    if isinstance(cell, bool | date):
        raise BadCell("amount-unreadable")
    try:
        if isinstance(cell, Decimal) and cell.adjusted() < _READABLE_DIGITS:
            return Money.of(cell)
        return _typed_amount(as_text(cell))
    except NotAnAmount as error:
        raise BadCell(f"amount-{_hyphened(error.reason)}") from error


def _typed_amount(text: str) -> Money:
    """What `parse_amount` reads, with a sign and with zero: a ledger has both where a wish has neither."""
    try:
        return parse_amount(text)
    except NotAnAmount as error:
        if error.reason == "zero":
            return Money.zero()
        if error.reason == "negative":
            return -parse_amount(_MINUS.sub("", halfwidth(text), count=1))
        raise


def _hyphened(reason: str) -> str:
    return reason.replace("_", "-")


READERS: Mapping[ColumnType, Callable[[Cell, Column, date], Any]] = {
    "code": _code,
    "codes": _codes,
    "text": _text,
    "day": _day,
    "amount": _amount,
    "amount_or_zero": _amount_or_zero,
    "signed_amount": _signed_amount,
    "choice": _choice,
    "uscc": _uscc,
}
"""How a filled cell of each type is read, given its column and today; raises `BadCell`."""
