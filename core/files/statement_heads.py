"""What stands over the columns of a statement: which period, which unit (1.5)."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.files.figure_cell import UNITS
from core.files.line_items import ColumnRole, column_role, squeezed
from core.files.sheet import BadFile, Cell, Row

_EARLIEST, _LATEST = 1990, 2099
_LONGEST_HEAD = 120

_DAY = re.compile(r"(?<![0-9])([12][09][0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})(?![0-9])")
_COMPACT_DAY = re.compile(r"(?<![0-9])([12][09][0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])")
_MONTHS = re.compile(r"([12][09][0-9]{2})年?[-/.]?([0-9]{1,2})月?(?:-|至|到|~)(?:\1年)?([0-9]{1,2})月")
_MONTH = re.compile(r"(?<![0-9])([12][09][0-9]{2})(?:年|-|/|\.)([0-9]{1,2})月?(?![0-9])")
_SEASON = re.compile(r"([12][09][0-9]{2})年?(?:度)?(第?一季度|1季度|半年度|半年|上半年|前三季度|q1|h1)")
_SEASONS = {"半年度": 6, "半年": 6, "上半年": 6, "前三季度": 9, "h1": 6}
_YEAR = re.compile(r"(?<![0-9])(?:fy)?([12][09][0-9]{2})(?![0-9])(?:年度?|$|末|12月|-12)?")

_UNIT = re.compile(r"(?:单位|unit)[^元]{0,12}?((?:百万|千|万|亿)?元)|\((?:人民币)?((?:百万|千|万|亿)?元)\)")
_BARE_UNIT = re.compile(r"(?:人民币)?((?:百万|千|万|亿)?元)")
_ENGLISH_UNITS = {
    "thousandyuan": UNITS["千元"],
    "rmb'000": UNITS["千元"],
    "rmbthousand": UNITS["千元"],
    "inthousands": UNITS["千元"],
    "10,000yuan": UNITS["万元"],
    "millionyuan": UNITS["百万元"],
    "rmbmillion": UNITS["百万元"],
    "unit:yuan": UNITS["元"],
    "unit:rmb": UNITS["元"],
    "unit:cny": UNITS["元"],
}
_FOREIGN = re.compile(
    r"(?:单位|币种|unit|currency).{0,12}?(美元|港元|港币|欧元|日元|英镑|usd|hkd|eur|jpy|gbp)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A period as a heading tells it; the months are None where it only tells the day."""

    ends: date
    months: int | None = None


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of figures: where it stands, its heading, and what the heading says of the period."""

    position: int
    heading: str
    role: ColumnRole | None
    span: Span | None
    label: int | None
    """The column of the lines that it belongs to; None where no heading tells."""


def span_in(cell: Cell) -> Span | None:
    """The period that a cell tells; a day that ends no month is the day of something else."""
    if isinstance(cell, date):
        return _on_day(cell.year, cell.month, cell.day)
    if not isinstance(cell, str):
        return None
    said = squeezed(cell[:_LONGEST_HEAD])
    if found := _MONTHS.search(said):
        year, first, last = (int(part) for part in found.groups())
        return _to_month(year, last, last - first + 1) if 1 <= first <= last <= 12 else None
    if found := (_DAY.search(said) or _COMPACT_DAY.search(said)):
        return _on_day(*(int(part) for part in found.groups()))
    if found := _SEASON.search(said):
        months = _SEASONS.get(found[2], 3)
        return _to_month(int(found[1]), months, months)
    if found := _MONTH.search(said):
        return _to_month(int(found[1]), int(found[2]), None)
    if found := _YEAR.search(said):
        return _to_month(int(found[1]), 12, 12)
    return None


def unit_in(text: str) -> Decimal | None:
    """Yuan in the unit that a text tells. Raises `BadFile` (``statement-currency``) for another currency."""
    said = squeezed(text[:_LONGEST_HEAD])
    if foreign := _FOREIGN.search(said):
        raise BadFile("statement-currency", currency=foreign[1].upper())
    if found := _UNIT.search(said) or _BARE_UNIT.fullmatch(said):
        return UNITS[next(unit for unit in found.groups() if unit)]
    return next((yuan for words, yuan in _ENGLISH_UNITS.items() if words in said), None)


def value_columns(row: Row) -> tuple[ValueColumn, ...]:
    """The columns of figures, if the row is what stands over them; else none."""
    roles = [column_role(cell) if isinstance(cell, str) else None for cell in row.cells]
    labels = [position for position, role in enumerate(roles) if role == "line"]
    spans = [_heading_span(cell, bool(labels)) for cell in row.cells]
    found = tuple(
        ValueColumn(
            position,
            str(cell),
            roles[position],
            spans[position],
            max((label for label in labels if label < position), default=None),
        )
        for position, cell in enumerate(row.cells)
        if roles[position] != "line" and (roles[position] or spans[position])
    )
    return found if found and (labels or len(found) > 1) else ()


def _heading_span(cell: Cell, beside_lines: bool) -> Span | None:
    # 2025 is a year over a column only where something else says that columns begin here.
    if isinstance(cell, Decimal):
        return _to_month(int(cell), 12, 12) if beside_lines and cell == cell.to_integral_value() else None
    return span_in(cell)


def _on_day(year: int, month: int, day: int) -> Span | None:
    span = _to_month(year, month, None)
    return span if span is not None and span.ends.day == day else None


def _to_month(year: int, month: int, months: int | None) -> Span | None:
    if not (_EARLIEST <= year <= _LATEST and 1 <= month <= 12):
        return None
    return Span(date(year, month, monthrange(year, month)[1]), months)
