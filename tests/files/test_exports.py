"""What is written can be read back, and nothing in it runs: exports, templates, the annotated upload."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.files.columns import KIND_NAMES, KindName, Language, kind
from core.files.export import Table, Value, annotate, write_csv, write_xlsx
from core.files.sheet import Cell, Row, Sheet, read_sheet
from core.files.tables import RowError, read_rows
from core.files.template import write_template
from core.rules.money import Money

TODAY = date(2026, 3, 10)
ATTACKS = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    '=HYPERLINK("http://x")',
    "http://x",
]

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=40)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=2)
DAYS = st.dates(date(1950, 1, 1), date(2100, 1, 1))
ROWS = st.lists(st.tuples(TEXTS, NUMBERS, DAYS, st.booleans(), st.none() | TEXTS), min_size=1, max_size=8)
SLOW_IS_FINE = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def xlsx(header: tuple[str, ...], rows: Sequence[Sequence[Value]]) -> bytes:
    file = io.BytesIO()
    write_xlsx(file, [Table("表", header, rows)])
    return file.getvalue()


def csv_file(header: tuple[str, ...], rows: Sequence[Sequence[Value]]) -> bytes:
    file = io.BytesIO()
    write_csv(file, header, rows)
    return file.getvalue()


@SLOW_IS_FINE
@given(ROWS)
async def test_a_written_workbook_reads_back_the_same(rows: list[tuple[Cell, ...]]) -> None:
    table = await read_sheet(xlsx(("a", "b", "c", "d", "e"), rows), "a.xlsx")
    assert [row.cells for row in table.rows] == rows


@SLOW_IS_FINE
@given(ROWS)
async def test_a_written_csv_reads_back_the_same_words(rows: list[tuple[Cell, ...]]) -> None:
    table = await read_sheet(csv_file(("a", "b", "c", "d", "e"), rows), "a.csv")
    expected = [tuple(None if cell is None else str(cell) for cell in row) for row in rows]
    unquoted = [
        tuple(cell and cell.removeprefix("'") for cell in map(str_or_none, row.cells)) for row in table.rows
    ]
    assert unquoted == [tuple(cell and cell.removeprefix("'") for cell in row) for row in expected]


def str_or_none(cell: Cell) -> str | None:
    return None if cell is None else str(cell)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_becomes_a_formula_or_a_link_in_a_workbook(attack: str) -> None:
    file = xlsx((attack, "b"), [(attack, 1)])
    sheet = zipfile.ZipFile(io.BytesIO(file)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet
    page = openpyxl.load_workbook(io.BytesIO(file)).active
    assert page["A2"].data_type in {"s", "inlineStr"}


@pytest.mark.parametrize("attack", ATTACKS[:-1])
def test_no_text_begins_like_a_formula_in_a_csv(attack: str) -> None:
    lines = list(
        csv.reader(io.StringIO(csv_file((attack, "b"), [(attack, "b")]).decode("utf-8-sig"), newline=""))
    )
    assert [line[0] for line in lines] == [f"'{attack}"] * 2


def test_our_own_numbers_and_days_stay_numbers_and_days_in_a_csv() -> None:
    row = (Money.of("-1234.5"), Decimal("-0.5"), -3, date(2026, 3, 5), None)
    assert (
        csv_file(tuple("abcde"), [row]).decode("utf-8-sig").splitlines()[1] == "-1234.50,-0.5,-3,2026-03-05,"
    )


def test_amounts_are_numbers_and_very_long_ones_keep_every_digit() -> None:
    page = openpyxl.load_workbook(
        io.BytesIO(xlsx(("a", "b"), [(Money.of("-1234.5"), Decimal("12345678901234567"))]))
    ).active
    assert (page["A2"].value, page["A2"].number_format) == (-1234.5, "#,##0.00")
    assert page["B2"].value == "12345678901234567"


def test_a_text_longer_than_a_cell_is_cut_and_not_lost() -> None:
    page = openpyxl.load_workbook(io.BytesIO(xlsx(("a",), [("甲" * 40_000,)]))).active
    assert len(page["A2"].value) == 32_767


def test_a_sheet_title_may_be_anything() -> None:
    file = io.BytesIO()
    write_xlsx(file, [Table("账龄 [2026/3]: 全部?*\\'" + "长" * 40, ["a"], [])])
    assert len(openpyxl.load_workbook(file).sheetnames[0]) == 31


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("name", KIND_NAMES)
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
async def test_a_template_is_itself_a_good_file(
    name: KindName, language: Language, suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"template{suffix}"
    write_template(name, path, language)
    table = await read_sheet(path.read_bytes(), path.name)
    assert table.header == tuple(column.name(language) for column in kind(name).columns)
    parsed = read_rows(table, name, TODAY)
    assert (len(parsed.rows), parsed.errors, parsed.ignored_columns) == (1, [], [])


def test_a_template_explains_every_column_and_keeps_codes_as_text() -> None:
    file = io.BytesIO()
    write_template("invoices", file, "zh_CN")
    book = openpyxl.load_workbook(file)
    table, explanation = book.worksheets
    assert (table.title, explanation.title) == ("发票", "填写说明")
    assert table["A2"].number_format == table.column_dimensions["A"].number_format == "@"
    lines = list(explanation.iter_rows(values_only=True))
    assert [line[0] for line in lines[1:]] == [column.zh for column in kind("invoices").columns]
    assert all(line[3] for line in lines)


def annotated(sheet: Sheet, *errors: RowError) -> bytes:
    return annotate(sheet, errors, lambda bad: f"{bad.header}: {bad.key}", "问题")


async def test_an_annotated_upload_marks_the_bad_cells_where_they_are() -> None:
    sheet = Sheet(
        ("单号", "到期日", "备注"),
        [Row(4, ("FP-1", "2026-02-30", "=1+1")), Row(7, ("FP-2", date(2026, 3, 5), None))],
        header_row=3,
    )
    file = annotated(
        sheet,
        RowError(4, "due", "到期日", "2026-02-30", "day-no-such-day"),
        RowError(4, "number", "单号", "FP-1", "cell-repeated"),
        RowError(7, "note", "备注", "", "cell-empty"),
    )
    page = openpyxl.load_workbook(io.BytesIO(file)).active
    red = {cell.coordinate for row in page.iter_rows() for cell in row if cell.fill.fgColor.rgb == "FFFFC7CE"}
    assert red == {"A4", "B4", "D4", "C7", "D7"}
    assert page["D4"].value == "到期日: day-no-such-day\n单号: cell-repeated"
    again = await read_sheet(file, "a.xlsx")
    assert (again.header, again.header_row) == (("单号", "到期日", "备注", "问题"), 3)
    assert [row.cells[:3] for row in again.rows] == [row.cells for row in sheet.rows]


async def test_an_annotated_upload_keeps_what_stood_beyond_the_header() -> None:
    file = annotated(
        Sheet(("a", "b"), [Row(2, ("1", "2", "3"))]), RowError(2, "", "", "", "row-too-many-cells")
    )
    again = await read_sheet(file, "a.xlsx")
    assert again.header == ("a", "b", "", "问题")
    assert again.rows[0].cells == ("1", "2", "3", ": row-too-many-cells")
