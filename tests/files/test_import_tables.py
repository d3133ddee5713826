"""Each row of an import file becomes a record, or its bad cells are named with row, column, value, reason (5.1)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.files.columns import KIND_NAMES, KindName, kind
from core.files.nearest import nearest
from core.files.sheet import BadFile, Row, Sheet
from core.files.tables import CustomerRow, InvoiceRow, ReceiptRow, RowError, read_rows
from core.rules.money import Money
from core.rules.uscc import parse_uscc

TODAY = date(2026, 3, 10)
INVOICE: dict[str, Any] = {
    "单号": "FP-1",
    "客户编码": "C0001",
    "开票日": date(2026, 3, 5),
    "金额": Decimal("12300.00"),
}


def table(*rows: dict[str, Any]) -> Sheet:
    """A sheet of rows by their headers, from row 2 on."""
    header = tuple(dict.fromkeys(name for row in rows for name in row))
    return Sheet(header, [Row(n, tuple(row.get(name) for name in header)) for n, row in enumerate(rows, 2)])


def invoice(**changed: Any) -> InvoiceRow:
    parsed = read_rows(table(INVOICE | changed), "invoices", TODAY)
    assert parsed.errors == []
    return parsed.rows[0]


def error(kind_name: KindName = "invoices", **changed: Any) -> RowError:
    parsed = read_rows(table(INVOICE | changed), kind_name, TODAY)
    assert parsed.rows == []
    assert len(parsed.errors) == 1
    return parsed.errors[0]


def test_an_invoice_by_its_chinese_headers() -> None:
    assert invoice(
        到期日="2026/4/4", 发货日="2026年3月4日", 类型="红字", 争议金额="1,000", 订单号="D-7"
    ) == InvoiceRow(
        row=2,
        number="FP-1",
        customer="C0001",
        issued=date(2026, 3, 5),
        amount=Money.of(12_300),
        due=date(2026, 4, 4),
        shipped=date(2026, 3, 4),
        kind="credit_note",
        disputed=Money.of(1_000),
        order="D-7",
    )


def test_a_cell_that_repeats_is_read_in_every_row_and_a_bad_one_named_in_every_row() -> None:
    rows = [{"单号": f"FP-{n}", "开票日": "2026/3/5", "到期日": "2026-02-30"} for n in range(3)]
    parsed = read_rows(table(*(INVOICE | row for row in rows[:2])), "invoices", TODAY)
    assert [(error.row, error.key) for error in parsed.errors] == [
        (2, "day-no-such-day"),
        (3, "day-no-such-day"),
    ]
    parsed = read_rows(table(*(INVOICE | row | {"到期日": None} for row in rows)), "invoices", TODAY)
    assert [row.issued for row in parsed.rows] == [date(2026, 3, 5)] * 3


def test_equal_cells_of_different_kinds_are_read_apart() -> None:
    sheet = table(INVOICE | {"订单号": Decimal(1)}, INVOICE | {"单号": "FP-2", "订单号": True})
    assert [row.order for row in read_rows(sheet, "invoices", TODAY).rows] == ["1", "True"]


def test_a_receipt_by_its_english_headers_in_any_order_and_case() -> None:
    sheet = table(
        {
            "Invoice": "FP-1； FP-2;FP-1",
            "AMOUNT": "1万",
            "received": "20260402",
            "Customer": "C1",
            "number *": "S1",
        }
    )
    parsed = read_rows(sheet, "receipts", TODAY)
    assert parsed.rows == [ReceiptRow(2, "S1", "C1", date(2026, 4, 2), Money.of(10_000), ("FP-1", "FP-2"))]
    assert parsed.columns["invoice"] == "Invoice"


def test_a_receipt_that_names_no_invoice_pays_the_oldest_5_2() -> None:
    sheet = table({"单号": "S1", "客户编码": "C1", "收款日": "2026-04-02", "金额": "1"})
    assert read_rows(sheet, "receipts", TODAY).rows[0].invoice == ()


def test_a_customer_with_nothing_but_code_and_name_has_nothing_else_known() -> None:
    parsed = read_rows(
        table({"客户编码": Decimal("1001.0"), "客户名称": "华东机械（上海）有限公司"}), "customers", TODAY
    )
    assert parsed.rows == [CustomerRow(2, "1001", "华东机械（上海）有限公司")]
    assert parsed.rows[0].registered_capital is None


def test_a_customer_with_everything() -> None:
    row = {column.zh: column.example for column in kind("customers").columns} | {"类型": "供应商"}
    customer = read_rows(table(row), "customers", TODAY).rows[0]
    assert customer.kind == "supplier"
    assert customer.registered_capital == Money.of(5_000_000)
    assert customer.uscc == parse_uscc(str(row["统一社会信用代码"]))
    assert customer.founded == date(2015, 6, 18)


def test_unknown_columns_are_listed_and_ignored() -> None:
    parsed = read_rows(table(INVOICE | {"备注": "x", "金额(万元)": "1.23"}), "invoices", TODAY)
    assert parsed.ignored_columns == ["备注", "金额(万元)"]
    assert parsed.rows[0].amount == Money.of(12_300)


def test_missing_columns_are_named_with_those_that_were_found() -> None:
    with pytest.raises(BadFile) as refused:
        read_rows(table({"单号": "FP-1", "金额(万元)": "1.23", "due": ""}), "invoices", TODAY)
    assert refused.value.key == "file-missing-columns"
    assert refused.value.facts == {
        "missing": ["customer", "issued", "amount"],
        "found": ["number", "due"],
        "ignored": ["金额(万元)"],
    }


def test_two_headers_for_one_column_are_refused() -> None:
    with pytest.raises(BadFile) as refused:
        read_rows(table(INVOICE | {"价税合计": Decimal(1)}), "invoices", TODAY)
    assert (refused.value.key, refused.value.facts) == (
        "file-repeated-columns",
        {"columns": ["金额", "价税合计"]},
    )


@pytest.mark.parametrize(
    "written",
    [
        date(2026, 3, 5),
        "2026-03-05",
        "2026/3/5",
        "2026.3.5",
        "2026年3月5日",
        "20260305",
        Decimal(20260305),
        "２０２６－０３－０５",
        "2026-03-05 00:00:00",
        "2026-03-05T17:30:00",
        Decimal("46086"),
        Decimal("46086.73"),
        "46086",
    ],
)
def test_the_same_day_in_every_usual_form(written: Any) -> None:
    assert invoice(开票日=written).issued == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("2026-02-30", "day-no-such-day"),
        ("12-31", "day-no-year"),
        ("明天", "day-no-year"),
        ("3月5日", "day-no-year"),
        ("soon", "day-unreadable"),
        (Decimal(5), "day-unreadable"),
        (Decimal(-46086), "day-unreadable"),
        (True, "day-unreadable"),
        ("20620305", "day-out-of-range"),
        (date(1899, 12, 31), "day-out-of-range"),
    ],
)
def test_a_day_that_is_none_is_named(written: Any, key: str) -> None:
    bad = error(到期日=written)
    assert (bad.row, bad.column, bad.header, bad.key) == (2, "due", "到期日", key)


def test_the_bad_cell_is_shown_as_it_stands() -> None:
    assert error(到期日="2026-02-30").value == "2026-02-30"


@pytest.mark.parametrize(
    ("written", "yuan"),
    [
        (Decimal("12300.5"), "12300.5"),
        ("¥12,300.50", "12300.5"),
        ("￥１２，３００．５０元", "12300.5"),
        ("1.23万", "12300"),
        (" 12300 ", "12300"),
        (Decimal("100000000000"), "100000000000"),
    ],
)
def test_an_amount_in_every_usual_form(written: Any, yuan: str) -> None:
    assert invoice(金额=written).amount == Money.of(yuan)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        (Decimal(-5), "amount-negative"),
        ("-5", "amount-negative"),
        ("¥-5", "amount-negative"),
        (Decimal(0), "amount-zero"),
        ("0.00", "amount-zero"),
        (Decimal("0.001"), "amount-too-precise"),
        ("5.123", "amount-too-precise"),
        (Decimal("1E+308"), "amount-unreadable"),
        (Decimal(10**13), "amount-too-large"),
        ("9" * 40, "amount-too-large"),
        ("5-", "amount-unreadable"),
        ("NaN", "amount-unreadable"),
        ("=1+1", "amount-unreadable"),
        (date(2026, 3, 5), "amount-unreadable"),
        (True, "amount-unreadable"),
        ("", "cell-empty"),
        (None, "cell-empty"),
        ("\u200b \u202e", "cell-empty"),
    ],
)
def test_an_amount_that_is_none_is_named(written: Any, key: str) -> None:
    assert error(金额=written).key == key


@pytest.mark.parametrize("written", [Decimal("-12300"), Decimal(12300), "-12,300.00", "负12300"])
def test_a_credit_note_counts_the_same_with_a_minus_and_without(written: Any) -> None:
    credit = invoice(金额=written, 类型="红字发票")
    assert (credit.kind, credit.amount) == ("credit_note", Money.of(12_300))


def test_amounts_are_in_the_rows_currency() -> None:
    foreign = invoice(币种="美元", 争议金额=Decimal(0))
    assert (foreign.amount, foreign.disputed) == (Money.of(12_300, "USD"), Money.zero("USD"))


def test_no_more_than_the_amount_can_be_disputed() -> None:
    bad = error(争议金额=Decimal("12300.01"))
    assert (bad.column, bad.key, bad.facts) == (
        "disputed",
        "amount-disputed-above",
        {"amount": Money.of(12_300)},
    )
    assert invoice(争议金额=Decimal("12300.00")).disputed == Money.of(12_300)


def test_a_long_number_that_excel_has_rounded_is_not_believed() -> None:
    assert error(单号=Decimal("2.61120000001234E+19")).key == "cell-digits-lost"
    assert invoice(单号="26112000000123456789").number == "26112000000123456789"


def test_a_word_that_is_no_choice_is_told_the_choices() -> None:
    bad = error(类型="收据")
    assert (bad.key, bad.facts) == ("cell-not-a-choice", {"choices": ["invoice", "credit_note"]})


def test_a_wrong_credit_code_is_told_what_is_wrong_with_it() -> None:
    right = {"code": "C1", "name": "甲"}
    for written, key in (("91350100M000100Y44", "check-digit"), ("123", "length"), ("I" * 18, "alphabet")):
        parsed = read_rows(table(right | {"uscc": written}), "customers", TODAY)
        assert [bad.key for bad in parsed.errors] == [f"uscc-{key}"]


def test_texts_are_bounded_and_shown_shortened() -> None:
    parsed = read_rows(table({"code": "C1", "name": "甲" * 121}), "customers", TODAY)
    assert [(bad.key, bad.facts, len(bad.value)) for bad in parsed.errors] == [
        ("cell-too-long", {"limit": 120}, 60)
    ]
    assert read_rows(table({"code": "C1", "name": "甲" * 120}), "customers", TODAY).errors == []
    assert error(单号="1" * 41).facts == {"limit": 40}


def test_texts_lose_the_marks_that_nobody_sees() -> None:
    sheet = table({"code": "\ufeffＣ０００１\u200b", "name": "\u202e华东\u0007 机械\n有限公司\u2066 "})
    customer = read_rows(sheet, "customers", TODAY).rows[0]
    assert (customer.code, customer.name) == ("C0001", "华东 机械 有限公司")


def test_too_many_invoices_for_one_receipt_are_refused() -> None:
    many = ";".join(f"FP-{n}" for n in range(201))
    sheet = table(
        {"number": "S1", "customer": "C1", "received": "2026-03-01", "amount": "1", "invoice": many}
    )
    assert [bad.key for bad in read_rows(sheet, "receipts", TODAY).errors] == ["cell-too-many"]


def test_a_number_stands_in_a_file_once() -> None:
    parsed = read_rows(
        table(INVOICE, INVOICE | {"单号": "FP-2"}, INVOICE | {"金额": Decimal(7)}), "invoices", TODAY
    )
    assert [row.row for row in parsed.rows] == [2, 3]
    assert [(bad.row, bad.column, bad.key, bad.facts) for bad in parsed.errors] == [
        (4, "number", "cell-repeated", {"first_row": 2})
    ]


def test_every_bad_cell_of_a_row_is_named_at_once() -> None:
    parsed = read_rows(table(INVOICE | {"单号": None, "金额": "x", "到期日": "y"}), "invoices", TODAY)
    assert [bad.column for bad in parsed.errors] == ["number", "amount", "due"]


def test_a_row_with_more_cells_than_headers_is_not_guessed_at() -> None:
    """``1,234.00`` without quotes has become two cells of a csv row."""
    sheet = Sheet(
        ("number", "customer", "received", "amount"), [Row(2, ("S1", "C1", "2026-03-01", "1", "234.00"))]
    )
    parsed = read_rows(sheet, "receipts", TODAY)
    assert (list(parsed.rows), [bad.key for bad in parsed.errors]) == ([], ["row-too-many-cells"])


def test_an_error_found_later_names_the_column_by_the_files_own_header() -> None:
    parsed = read_rows(table(INVOICE), "invoices", TODAY)
    assert parsed.error(2, "customer", "C0881", "customer-unknown", nearest="C0081") == RowError(
        2, "customer", "客户编码", "C0881", "customer-unknown", {"nearest": "C0081"}
    )


@pytest.mark.parametrize("name", KIND_NAMES)
def test_no_header_word_means_two_columns(name: KindName) -> None:
    words = [word for column in kind(name).columns for word in (column.key, column.zh, *column.also)]
    plain = [word.casefold().replace(" ", "").replace("_", "") for word in words]
    assert len(plain) == len(set(plain))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("C0881", "C0081"),
        ("c0081", "C0081"),
        ("C0018", "C0081"),
        ("C081", "C0081"),
        ("C00811", "C0081"),
        ("77", "0077"),
        ("C0081", None),
        ("X9999", None),
        ("", None),
        ("C" * 10_000, None),
    ],
)
def test_a_mistyped_code_has_a_nearest_known_one(typed: str, meant: str | None) -> None:
    assert nearest(typed, {"C0081", "0077", "C2000"}) == meant
