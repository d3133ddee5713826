"""An empty import file to fill in: the header, one example row, and a sheet that explains each column."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from core.files.columns import Column, KindName, Language, kind, template_words
from core.files.export import DAY_FORMAT, TITLE_FORMAT, column_width, open_workbook, page_title, write_csv

_TEXT_FORMAT = {"num_format": "@"}
_FILLED_ROWS = 10_000


def write_template(kind_name: KindName, target: Path | BinaryIO, language: Language) -> None:
    """A template for one kind of import in a language: csv when the path ends so, else xlsx.

    In the workbook codes are text, so that Excel keeps leading zeros and long invoice numbers whole, and a
    choice has its list.
    """
    columns = kind(kind_name).columns
    if isinstance(target, Path) and target.suffix.lower() == ".csv":
        examples = [_example(column, language) for column in columns]
        write_csv(target, [column.name(language) for column in columns], [examples])
        return
    words = template_words(language)
    with open_workbook(target) as book:
        _write_table(book, book.add_worksheet(page_title(words.table[kind_name])), columns, language)
        _write_explanation(book, book.add_worksheet(page_title(words.explanation)), columns, language)


def _write_table(book: Any, page: Any, columns: Sequence[Column], language: Language) -> None:
    titled, text, day = (book.add_format(each) for each in (TITLE_FORMAT, _TEXT_FORMAT, DAY_FORMAT))
    styles = {"code": text, "codes": text, "uscc": text, "day": day}
    page.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        name = column.name(language)
        page.set_column(at, at, column_width(name), styles.get(column.type))
        page.write_string(0, at, name, titled)
        if column.choices:
            page.data_validation(
                *(1, at, _FILLED_ROWS, at), {"validate": "list", "source": column.words(language)}
            )
    for at, column in enumerate(columns):
        style = styles.get(column.type)
        match _example(column, language):
            case str(example):
                page.write_string(1, at, example, style)
            case Decimal() as example:
                page.write_number(1, at, float(example), style)
            case date() as example:
                page.write_datetime(1, at, example, style)


def _write_explanation(book: Any, page: Any, columns: Sequence[Column], language: Language) -> None:
    words, titled = template_words(language), book.add_format(TITLE_FORMAT)
    other: Language = "en" if language == "zh_CN" else "zh_CN"
    lines = [
        (
            column.name(language),
            column.name(other),
            words.required if column.required else "",
            " ".join((column.about[language], *column.words(language))),
            _said(_example(column, language)),
        )
        for column in columns
    ]
    for at, name in enumerate(words.headings):
        page.set_column(at, at, max(column_width(line[at]) for line in lines))
        page.write_string(0, at, name, titled)
    for number, line in enumerate(lines, 1):
        for at, said in enumerate(line):
            page.write_string(number, at, said)


def _example(column: Column, language: Language) -> str | date | Decimal | None:
    return column.words(language)[0] if column.choices else column.example


def _said(example: str | date | Decimal | None) -> str:
    return "" if example is None else str(example)
