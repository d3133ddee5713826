"""Tables out as xlsx and csv. Whatever a text says, it leaves as text: nothing in an export runs or links."""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from core.files.sheet import Sheet
from core.files.tables import RowError
from core.rules.money import Money

Value = str | Decimal | Money | date | int | bool | None
Target = Path | BinaryIO

DAY_FORMAT = {"num_format": "yyyy-mm-dd"}
TITLE_FORMAT = {"bold": True, "bg_color": "#EFEFEF"}
_MONEY_FORMAT = {"num_format": "#,##0.00"}
_BAD_FORMAT = {"bg_color": "#FFC7CE", "font_color": "#9C0006"}

# What a spreadsheet may take for the beginning of a formula; the full-width ones in Chinese Excel.
_FORMULA_BEGINS = tuple("=+-@\t\r\n＝＋－＠")
_EXACT_DIGITS = 15
_LONGEST_TEXT = 32_767
_LONGEST_TITLE = 31
_TITLE_SPOILERS = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_NARROWEST, _WIDEST = 12, 40


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet to write: its title, its header in the reader's language, its rows."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Value]]


def write_xlsx(target: Target, tables: Iterable[Table]) -> None:
    """A workbook with a sheet for each table, its header in bold and kept in sight.

    Amounts and numbers are numbers, days are days. A number of more than 15 digits, which Excel would round,
    is written as text.
    """
    with open_workbook(target) as book:
        write_value, titled = _value_writer(book), book.add_format(TITLE_FORMAT)
        for table in tables:
            page = book.add_worksheet(page_title(table.title))
            page.freeze_panes(1, 0)
            for column, name in enumerate(table.header):
                page.set_column(column, column, column_width(name))
                page.write_string(0, column, name, titled)
            for number, row in enumerate(table.rows, 1):
                for column, value in enumerate(row):
                    write_value(page, number, column, value)


def write_csv(target: Target, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """A csv file in UTF-8 with a byte order mark, without which Excel takes it for the system's encoding.

    A text that a spreadsheet might run gets a leading ``'``; our own numbers and days do not.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([_inert(name) for name in header])
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    data = text.getvalue().encode("utf-8-sig")
    if isinstance(target, Path):
        target.write_bytes(data)
    else:
        target.write(data)


def annotate(
    sheet: Sheet, errors: Iterable[RowError], tell: Callable[[RowError], str], heading: str
) -> bytes:
    """The uploaded table again as xlsx, every row where it was, bad cells red, the reasons in a last column.

    `tell` gives the words of an error and `heading` those of the last column, which an import then ignores.
    Takes seconds for tens of thousands of rows, so call it in a thread.
    """
    by_row: dict[int, list[RowError]] = {}
    for error in errors:
        by_row.setdefault(error.row, []).append(error)
    target = io.BytesIO()
    with open_workbook(target) as book:
        page = book.add_worksheet()
        write_value, bad = _value_writer(book), book.add_format(_BAD_FORMAT)
        bad_day, titled = book.add_format(_BAD_FORMAT | DAY_FORMAT), book.add_format(TITLE_FORMAT)
        reasons = max([len(sheet.header), *(len(row.cells) for row in sheet.rows)])
        for column, name in enumerate((*sheet.header, *[""] * (reasons - len(sheet.header)), heading)):
            page.set_column(column, column, column_width(name))
            page.write_string(sheet.header_row - 1, column, name, titled)
        page.freeze_panes(sheet.header_row, 0)
        for row in sheet.rows:
            wrong = by_row.get(row.number, [])
            marked = {sheet.header.index(error.header) for error in wrong if error.header}
            for column, cell in enumerate(row.cells):
                style = (bad_day if isinstance(cell, date) else bad) if column in marked else None
                write_value(page, row.number - 1, column, cell, style)
            if wrong:
                page.write_string(row.number - 1, reasons, "\n".join(map(tell, wrong))[:_LONGEST_TEXT], bad)
    return target.getvalue()


@contextmanager
def open_workbook(target: Target) -> Iterator[Any]:
    """An xlsxwriter workbook that makes neither formulas nor links of texts and holds one row in memory."""
    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    try:
        yield book
    finally:
        book.close()


def page_title(title: str) -> str:
    """A title as Excel takes it: at most 31 characters, none of ``[]:*?/\\'``."""
    return title.translate(_TITLE_SPOILERS)[:_LONGEST_TITLE]


def column_width(name: str) -> int:
    """A column's width in characters, from its header; Chinese ones are two wide."""
    wide = sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in name)
    return min(max(wide + 2, _NARROWEST), _WIDEST)


def _value_writer(book: Any) -> Callable[..., None]:
    """Writes a value of any kind into a page of the book, in its kind's style or the one given."""
    money, day = book.add_format(_MONEY_FORMAT), book.add_format(DAY_FORMAT)

    def write(page: Any, row: int, column: int, value: Value, style: Any = None) -> None:
        match value:
            case None | "":
                page.write_blank(row, column, None, style)
            case str():
                page.write_string(row, column, value[:_LONGEST_TEXT], style)
            case bool():
                page.write_boolean(row, column, value, style)
            case date():
                page.write_datetime(row, column, value, style or day)
            case Money():
                _write_number(page, row, column, value.amount, style or money)
            case Decimal() | int():
                _write_number(page, row, column, Decimal(value), style)

    return write


def _write_number(page: Any, row: int, column: int, number: Decimal, style: Any) -> None:
    if not number.is_finite() or len(number.normalize().as_tuple().digits) > _EXACT_DIGITS:
        page.write_string(row, column, format(number, "f"), style)
    else:
        page.write_number(row, column, float(number), style)


def _csv_cell(value: Value) -> str:
    match value:
        case str():
            return _inert(value)
        case None:
            return ""
        case Money():
            return format(value.amount, "f")
        case Decimal():
            return format(value, "f")
        case _:
            return str(value)


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_BEGINS) else text
