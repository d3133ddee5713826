"""Statements as a workbook to fill in (1.5): one sheet, a column for each period, the lines of every statement."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

from core.files.columns import Language
from core.files.export import DAY_FORMAT, TITLE_FORMAT, column_width, open_workbook, page_title
from core.files.line_items import LineItem, StatementWords, line_items, words
from core.rules.statements.statements import Statement

_AMOUNT_FORMAT = {"num_format": "#,##0.00"}
_EXACT_DIGITS = 15
_FIRST_PERIOD = 2
_PERIOD_WIDTH = 18
_ROOM_FOR_A_TEXT = 100


def empty_statements(today: date) -> tuple[Statement, ...]:
    """The periods that are asked for (1.5): two years, the year three years back, and the latest quarter."""
    year = today.year - 1
    latest = date(today.year, (today.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
    ends = sorted({date(year - 3, 12, 31), date(year - 1, 12, 31), date(year, 12, 31), latest})
    return tuple(Statement(end, end.month) for end in ends)


def write_statements(
    target: Path | BinaryIO,
    language: Language,
    statements: Sequence[Statement],
    audited: Mapping[date, bool] | None = None,
) -> None:
    """A workbook of these periods, with what is known of each; what is unknown is left empty."""
    said = words(language)
    with open_workbook(target) as book:
        page = book.add_worksheet(page_title(said.sheet))
        _write_periods(book, page, said, statements, audited or {})
        _write_lines(book, page, language, statements)
        explanation = book.add_worksheet(page_title(said.explanation))
        explanation.set_column(0, 0, _ROOM_FOR_A_TEXT)
        for number, line in enumerate(said.lines):
            explanation.write_string(number, 0, line)


def _write_periods(
    book: Any,
    page: Any,
    said: StatementWords,
    statements: Sequence[Statement],
    audited: Mapping[date, bool],
) -> None:
    titled, day = book.add_format(TITLE_FORMAT), book.add_format(TITLE_FORMAT | DAY_FORMAT)
    page.freeze_panes(2, _FIRST_PERIOD)
    page.write_string(0, 0, said.sheet, titled)
    page.write_string(0, 1, said.unit)
    page.write_string(1, 0, said.line, titled)
    page.write_string(1, 1, said.key, titled)
    for at, statement in enumerate(statements, _FIRST_PERIOD):
        page.set_column(at, at, _PERIOD_WIDTH)
        page.write_datetime(1, at, statement.ends, day)
        page.data_validation(3, at, 3, at, {"validate": "list", "source": [said.yes, said.no]})
    page.write_string(2, 0, said.months)
    for at, statement in enumerate(statements, _FIRST_PERIOD):
        page.write_number(2, at, statement.months)
    page.write_string(3, 0, said.audited)
    for at, statement in enumerate(statements, _FIRST_PERIOD):
        if statement.ends in audited:
            page.write_string(3, at, said.yes if audited[statement.ends] else said.no)


def _write_lines(book: Any, page: Any, language: Language, statements: Sequence[Statement]) -> None:
    titled, amount = book.add_format(TITLE_FORMAT), book.add_format(_AMOUNT_FORMAT)
    other: Language = "en" if language == "zh_CN" else "zh_CN"
    figures = [item for item in line_items() if item.figure is not None]
    row = 4
    for part, lines in groupby(figures, key=lambda item: item.part):
        page.write_string(row, 0, words(language).parts[part], titled)
        for item in lines:
            row += 1
            page.write_string(row, 0, item.name(language))
            page.write_string(row, 1, item.name(other))
            _write_figures(page, row, item, statements, amount)
        row += 1
    page.set_column(0, 1, max(column_width(item.name(language)) for item in figures))


def _write_figures(page: Any, row: int, item: LineItem, statements: Sequence[Statement], amount: Any) -> None:
    for at, statement in enumerate(statements, _FIRST_PERIOD):
        figure = statement[item.figure] if item.figure is not None else None
        if figure is None:
            page.write_blank(row, at, None, amount)
        elif len(figure.as_tuple().digits) > _EXACT_DIGITS:
            page.write_string(row, at, format(figure, "f"))
        else:
            page.write_number(row, at, float(figure), amount)
