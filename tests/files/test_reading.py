"""Honest files are read as their authors meant them: xlsx and csv, whatever encoding and delimiter (5.1)."""

import io
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest

from core.files.sheet import Row, read_sheet
from tests.files.books import HONEST_ROWS, honest, raw


async def test_a_workbook_gives_numbers_days_and_texts() -> None:
    book = honest(
        ["单号", "金额", "开票日", "到账", "付清", "备注"],
        ["FP-1", 12300.5, date(2026, 3, 5), datetime(2026, 3, 6, 17, 30), True, time(9, 30)],
    )
    table = await read_sheet(book, "三月发票.xlsx")
    assert table.header == ("单号", "金额", "开票日", "到账", "付清", "备注")
    assert table.rows == [
        Row(2, ("FP-1", Decimal("12300.5"), date(2026, 3, 5), date(2026, 3, 6), True, "09:30:00"))
    ]


async def test_a_number_has_the_fifteen_digits_that_excel_shows() -> None:
    table = await read_sheet(honest(["a", "b"], [0.1 + 0.2, 113.00000000000001]), "a.xlsx")
    assert table.rows[0].cells == (Decimal("0.3"), Decimal(113))


async def test_a_formula_counts_with_its_last_value() -> None:
    cells = (
        '<row r="3"><c r="A3" t="str"><f>"FP-"&amp;2</f><v>FP-2</v></c><c r="B3"><f>2+3</f><v>5</v></c></row>'
    )
    table = await read_sheet(raw(HONEST_ROWS + cells), "a.xlsx")
    assert table.rows[1] == Row(3, ("FP-2", Decimal(5)))


async def test_what_is_no_number_stays_a_word() -> None:
    cells = '<row r="3"><c r="A3"><v>NaN</v></c><c r="B3"><v>1e999</v></c></row>'
    table = await read_sheet(raw(HONEST_ROWS + cells), "a.xlsx")
    assert table.rows[1].cells == ("NaN", "Infinity")


async def test_titles_above_and_blank_lines_between_are_passed_over_and_rows_keep_their_numbers() -> None:
    book = honest(
        [], ["2026年3月发票明细"], [], [None, "单号", "金额"], [], [None, "FP-1", 5], [None, None, None]
    )
    table = await read_sheet(book, "a.xlsx")
    assert (table.header_row, table.header) == (4, ("", "单号", "金额"))
    assert table.rows == [Row(6, (None, "FP-1", Decimal(5)))]


async def test_an_empty_or_hidden_first_sheet_is_passed_over() -> None:
    book = openpyxl.Workbook()
    for name, hidden in (("空", False), ("隐藏", True), ("发票", False)):
        page = book.create_sheet(name)
        page.sheet_state = "hidden" if hidden else "visible"
        if name != "空":
            page.append([name, "金额"])
            page.append(["FP-1", 5])
    file = io.BytesIO()
    book.save(file)
    assert (await read_sheet(file.getvalue(), "a.xlsx")).header == ("发票", "金额")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
async def test_a_csv_file_is_read_in_any_encoding_and_with_any_delimiter(
    encoding: str, delimiter: str
) -> None:
    lines = [["单号", "客户编码", "核销发票"], ["SK-1", "宁波海港", '"FP-1;FP-2;FP-3;FP-4;FP-5"']]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    table = await read_sheet(text.encode(encoding), "收款.CSV")
    assert table.header == ("单号", "客户编码", "核销发票")
    assert table.rows == [Row(2, ("SK-1", "宁波海港", "FP-1;FP-2;FP-3;FP-4;FP-5"))]


async def test_a_short_csv_line_is_filled_up_and_a_long_one_kept() -> None:
    table = await read_sheet(b"a,b,c\n1\n1,2,3,4\n", "a.csv")
    assert [row.cells for row in table.rows] == [("1", None, None), ("1", "2", "3", "4")]


async def test_a_workbook_named_csv_is_a_workbook_still() -> None:
    assert (await read_sheet(raw(), "a.csv")).header == ("单号", "金额")


async def test_a_hundred_thousand_rows_go_through() -> None:
    line = "FP-{n},C0001,2026-03-05,100.00,2026-04-04,2026-03-04,CNY,invoice,0,D-1,甲,乙\n"
    text = "number,customer,issued,amount,due,shipped,currency,kind,disputed,order,x,y\n" + "".join(
        line.format(n=n) for n in range(100_000)
    )
    table = await read_sheet(text.encode(), "a.csv")
    assert len(table.rows) == 100_000
    assert table.rows[-1] == Row(100_001, ("FP-99999", *line.rstrip().split(",")[1:]))
