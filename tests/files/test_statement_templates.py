"""Our own workbook of statements (1.5): what is written in it is what is read out of it."""

import asyncio
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.files.columns import Language
from core.files.line_items import words
from core.files.sheet import read_pages
from core.files.statement_file import FileContent, read_statements
from core.files.statement_template import empty_statements, write_statements
from core.rules.statements.statements import Figure, Statement

TODAY = date(2026, 3, 10)
LARGEST = Decimal(10) ** 15 - 1


def read(content: bytes) -> FileContent:
    return read_statements(asyncio.run(read_pages(content, "报表.xlsx")), TODAY)


def written(
    statements: list[Statement], language: Language, audited: dict[date, bool] | None = None
) -> bytes:
    file = io.BytesIO()
    write_statements(file, language, statements, audited)
    return file.getvalue()


figures = st.dictionaries(
    st.sampled_from(Figure), st.decimals(-LARGEST, LARGEST, places=2), min_size=1, max_size=len(Figure)
)
periods = st.lists(
    st.sampled_from([date(2024, 12, 31), date(2025, 12, 31), date(2026, 2, 28), date(2025, 6, 30)]),
    min_size=1,
    unique=True,
)


@settings(max_examples=25, deadline=None)
@given(data=st.data(), ends=periods, language=st.sampled_from(["zh_CN", "en"]))
def test_a_workbook_of_statements_reads_back_the_same(
    data: st.DataObject, ends: list[date], language: Language
) -> None:
    statements = [Statement(end, data.draw(st.integers(1, 12)), data.draw(figures)) for end in sorted(ends)]
    audited = data.draw(st.dictionaries(st.sampled_from(ends), st.booleans()))

    file = read(written(statements, language, audited))

    assert list(file.statements) == statements
    assert file.audited == audited
    assert file.yuan == 1
    assert {remark.key for remark in file.remarks} <= {"total-missing", "subtotal-missing", "sum-differs"}


@pytest.mark.parametrize(
    ("today", "asked"),
    [
        (date(2026, 3, 10), ["2022-12-31", "2024-12-31", "2025-12-31"]),
        (date(2026, 8, 1), ["2022-12-31", "2024-12-31", "2025-12-31", "2026-06-30"]),
        (date(2026, 12, 31), ["2022-12-31", "2024-12-31", "2025-12-31", "2026-09-30"]),
    ],
)
def test_the_template_asks_for_two_years_the_latest_quarter_and_three_years_back(
    today: date, asked: list[str]
) -> None:
    assert [str(statement.ends) for statement in empty_statements(today)] == asked


def test_the_template_in_ten_thousands_is_read_by_its_unit(tmp_path: Path) -> None:
    """What the explanation says: the unit may be changed, and the whole sheet is read by it."""
    import openpyxl

    path = tmp_path / "statements.xlsx"
    write_statements(path, "zh_CN", empty_statements(TODAY))
    book = openpyxl.load_workbook(path)
    page = book[words("zh_CN").sheet]
    page["B1"] = "单位：万元"
    [row] = [row for row in range(1, 60) if page.cell(row, 1).value == "资产总计"]
    page.cell(row, 3).value = 1_234.5
    book.save(path)

    [statement] = read(path.read_bytes()).statements

    assert statement.figures == {Figure.TOTAL_ASSETS: 12_345_000}
