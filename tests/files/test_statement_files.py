"""Financial statements by file (1.5): real layouts are read whole, and what is wrong is told with its place."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.files.line_items import find_lines, line_items
from core.files.sheet import BadFile, read_pages
from core.files.statement_file import FileContent, read_statements
from core.files.statement_firm import is_another_firm
from core.rules.statements.statements import Figure, Statement
from tests.files.books import raw
from tests.files.statement_books import (
    balance_sheet,
    cash_flow_statement,
    income_statement,
    three_statements,
    workbook,
)

TODAY = date(2026, 3, 10)
YEAR, BEFORE = date(2025, 12, 31), date(2024, 12, 31)


async def read(content: bytes, name: str = "报表.xlsx", **told: Any) -> FileContent:
    return read_statements(await read_pages(content, name), TODAY, name=name, **told)


def of(file: FileContent, ends: date) -> Statement:
    return next(statement for statement in file.statements if statement.ends == ends)


def remarks(file: FileContent) -> list[tuple[str, str, str]]:
    return [(remark.place.sheet, remark.place.cell, remark.key) for remark in file.remarks]


def simple(*lines: tuple[Any, ...], head: tuple[Any, ...] = ("项目", "期末余额", "年初余额")) -> bytes:
    """A balance sheet in 元 of these lines, the first of them in row 3."""
    return workbook({"资产负债表": [["2025年12月31日", "单位：元"], head, *lines]})


def test_every_figure_has_its_line_and_no_name_means_two_lines() -> None:
    assert {item.figure for item in line_items()} - {None} == set(Figure)
    for item in line_items():
        for name in item.names:
            parts = [match.item.part for match in find_lines(name) if match.item.figure]
            assert len(parts) <= 1, name


async def test_the_three_statements_of_an_accountant_are_read_whole() -> None:
    file = await read(three_statements())

    assert remarks(file) == []
    assert [statement.ends for statement in file.statements] == [BEFORE, YEAR]
    assert of(file, YEAR) == Statement(
        YEAR,
        12,
        {
            Figure.CASH: Decimal(1_200_000),
            Figure.RECEIVABLES: Decimal(2_300_000),
            Figure.INVENTORY: Decimal("1450000.55"),
            Figure.CURRENT_ASSETS: Decimal("5000000.55"),
            Figure.INTANGIBLES: Decimal("99999.45"),
            Figure.TOTAL_ASSETS: Decimal(8_000_000),
            Figure.SHORT_TERM_LOANS: Decimal(1_000_000),
            Figure.CURRENT_PART_OF_DEBT: Decimal(0),
            Figure.CURRENT_LIABILITIES: Decimal(3_000_000),
            Figure.LONG_TERM_LOANS: Decimal(1_000_000),
            Figure.TOTAL_LIABILITIES: Decimal(4_000_000),
            Figure.PAID_IN_CAPITAL: Decimal(2_000_000),
            Figure.RETAINED_EARNINGS: Decimal(2_000_000),
            Figure.EQUITY: Decimal(4_000_000),
            Figure.REVENUE: Decimal(12_000_000),
            Figure.COST_OF_SALES: Decimal(9_000_000),
            Figure.SALES_TAXES: Decimal(60_000),
            Figure.SELLING_EXPENSES: Decimal(700_000),
            Figure.ADMIN_EXPENSES: Decimal(1_000_000),
            Figure.RESEARCH_SPENDING: Decimal(240_000),
            Figure.FINANCE_EXPENSES: Decimal(120_000),
            Figure.INTEREST_EXPENSE: Decimal(100_000),
            Figure.TOTAL_PROFIT: Decimal(800_000),
            Figure.NET_PROFIT: Decimal(600_000),
            Figure.OPERATING_CASH_FLOW: Decimal(700_000),
            Figure.INVESTING_CASH_FLOW: Decimal(-300_000),
            Figure.FINANCING_CASH_FLOW: Decimal(-100_000),
            Figure.EXCHANGE_EFFECT: Decimal(0),
            Figure.NET_CASH_CHANGE: Decimal(300_000),
            Figure.OPENING_CASH: Decimal(900_000),
            Figure.CLOSING_CASH: Decimal(1_200_000),
        },
    )


async def test_what_is_left_empty_is_unknown_and_a_zero_is_zero() -> None:
    now = of(await read(three_statements()), YEAR)

    assert now[Figure.DEVELOPMENT_COST] is None
    assert now[Figure.BONDS_PAYABLE] is None
    assert now[Figure.CURRENT_PART_OF_DEBT] == 0


async def test_the_figures_of_a_cash_flow_supplement_are_not_taken_for_the_income_statement() -> None:
    now = of(await read(three_statements()), YEAR)

    assert now[Figure.NET_PROFIT] == 600_000, "the supplement says 600 001"
    assert now[Figure.IMPAIRMENT_ALLOWANCE] is None, "资产减值准备 is a flow there, no balance"


@pytest.mark.parametrize(
    ("unit", "times"), [("单位：千元", 1e-3), ("金额单位：人民币万元", 1e-4), ("单位：百万元", 1e-6)]
)
async def test_thousands_and_ten_thousands_are_told_apart_by_the_unit_line(unit: str, times: float) -> None:
    file, yuan = await read(three_statements(unit, times)), await read(three_statements())

    assert remarks(file) == []
    for figure, value in of(yuan, YEAR).figures.items():
        assert of(file, YEAR)[figure] == pytest.approx(value, abs=Decimal("0.5")), figure


async def test_one_unit_line_serves_the_sheets_that_have_none() -> None:
    book = workbook({"资产负债表": balance_sheet("单位：万元", 1e-4), "利润表": income_statement("", 1e-4)})

    assert of(await read(book), YEAR)[Figure.REVENUE] == 12_000_000


async def test_without_a_unit_the_figures_are_yuan_and_the_file_says_so() -> None:
    assert (await read(three_statements(""))).yuan is None
    assert (await read(three_statements())).yuan == 1


async def test_another_currency_is_not_read_as_yuan() -> None:
    with pytest.raises(BadFile, match="statement-currency"):
        await read(three_statements("单位：美元"))


async def test_statements_under_one_another_on_one_sheet() -> None:
    rows = [*balance_sheet(), [], *income_statement(), [], *cash_flow_statement()]

    assert of(await read(workbook({"Sheet1": rows})), YEAR) == of(await read(three_statements()), YEAR)


async def test_the_first_half_year_with_the_months_so_far() -> None:
    """本月数 is one month; 本年累计金额 is what ratios are made of."""
    book = workbook(
        {
            "利润表": [
                ["编制单位：示例公司", None, "2025年6月", "单位：元"],
                ["项目", "本月金额", "本年累计金额", "上年同期累计"],
                ["一、营业收入", 100, 600, 500],
                ["三、利润总额", 10, 60, 50],
                ["四、净利润", 8, 48, 40],
            ]
        }
    )

    [half] = (await read(book)).statements

    assert (half.ends, half.months, half[Figure.REVENUE]) == (date(2025, 6, 30), 6, 600)


async def test_a_single_month_is_no_period_to_rate_by() -> None:
    book = workbook({"利润表": [["2025年6月"], ["项目", "本月金额", "上年同期"], ["营业收入", 100, 500]]})

    file = await read(book)

    assert remarks(file) == [
        ("利润表", "B3", "figure-of-a-month"),
        ("利润表", "C3", "total-missing"),
        ("利润表", "C3", "total-missing"),
    ]
    assert [s.ends for s in file.statements] == [date(2024, 6, 30)]


async def test_the_opening_column_of_a_half_year_is_the_year_before() -> None:
    """期初 of an interim balance sheet is 31 December; 上期 of its income statement is the same months a year ago."""
    book = workbook(
        {
            "资产负债表": [["2025年6月30日"], ["项目", "期末余额", "年初余额"], ["资产总计", 9, 8]],
            "利润表": [["2025年1-6月"], ["项目", "本期金额", "上期金额"], ["营业收入", 7, 6]],
        }
    )

    file = await read(book)

    told = {(s.ends, s.months): dict(s.figures) for s in file.statements}
    assert told == {
        (date(2024, 6, 30), 6): {Figure.REVENUE: 6},
        (BEFORE, 12): {Figure.TOTAL_ASSETS: 8},
        (date(2025, 6, 30), 6): {Figure.TOTAL_ASSETS: 9, Figure.REVENUE: 7},
    }


async def test_years_side_by_side_as_in_an_annual_report() -> None:
    book = workbook(
        {
            "主要财务数据": [
                ["单位：万元"],
                ["项目", 2025, 2024, "2023年", date(2022, 12, 31)],
                ["营业收入", 1200, 1000, "８００", "1,234.5"],
                ["净利润", "(60)", "（３０．５）", -5, "△2"],
            ]
        }
    )

    file = await read(book)

    profits = {s.ends.year: s[Figure.NET_PROFIT] for s in file.statements}
    assert profits == {2025: -600_000, 2024: -305_000, 2023: -50_000, 2022: -20_000}
    assert of(file, date(2023, 12, 31))[Figure.REVENUE] == 8_000_000
    assert of(file, date(2022, 12, 31))[Figure.REVENUE] == 12_345_000


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        ("1,234.56", "1234.56"),
        ("¥1234", "1234"),
        ("１，２３４", "1234"),
        ("(1,234.56)", "-1234.56"),
        ("（１２３４）", "-1234"),
        ("-1234", "-1234"),
        ("－1234", "-1234"),
        ("负1234", "-1234"),
        ("5万", "50000"),
        ("5.5亿元", "550000000"),
        ("0", "0"),
        (1234.5600000000001, "1234.56"),
    ],
)
async def test_a_figure_is_read_as_it_is_written(typed: Any, yuan: str) -> None:
    file = await read(simple(("货币资金", typed, None)))

    assert of(file, YEAR)[Figure.CASH] == Decimal(yuan)


@pytest.mark.parametrize("typed", [None, " ", "-", "—", "——", "/", "N/A", "不适用", "未知"])
async def test_a_dash_is_no_zero(typed: Any) -> None:
    file = await read(simple(("货币资金", typed, None), ("存货", 5, None)))

    assert dict(of(file, YEAR).figures) == {Figure.INVENTORY: 5}


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("约500", "figure-unreadable"),
        ("#REF!", "figure-unreadable"),
        ("1,2345", "figure-unreadable"),
        ("5美元", "figure-unreadable"),
        ("1e5", "figure-unreadable"),
        ("NaN", "figure-unreadable"),
        (True, "figure-unreadable"),
        (date(2025, 1, 1), "figure-unreadable"),
        (10**15, "figure-too-large"),
        ("9" * 17, "figure-too-large"),
    ],
)
async def test_a_cell_that_is_no_figure_is_told_with_its_place_and_costs_no_other(
    typed: Any, why: str
) -> None:
    file = await read(simple(("货币资金", typed, 7), ("存货", 5, 6)))

    assert ("资产负债表", "B3", why) in remarks(file)
    assert dict(of(file, YEAR).figures) == {Figure.INVENTORY: 5}
    assert dict(of(file, BEFORE).figures) == {Figure.CASH: 7, Figure.INVENTORY: 6}


async def test_a_missing_total_is_told_and_not_made_up() -> None:
    file = await read(simple(("流动资产合计", 5, None), ("非流动资产合计", 6, None)))

    missing = [r.facts["total"] for r in file.remarks if r.key == "total-missing"]
    assert missing == ["total_assets", "total_liabilities", "equity"]
    assert of(file, YEAR)[Figure.TOTAL_ASSETS] is None


async def test_a_missing_subtotal_is_told_with_the_ratios_that_nobody_can_work_out_without_it() -> None:
    """1.5: while the file is at hand, not months later when the ratio is looked for."""
    rows = [[None if cell == "流动负债合计" else cell for cell in row] for row in balance_sheet()]

    file = await read(workbook({"资产负债表": rows}))

    lacking = [remark for remark in file.remarks if remark.key == "subtotal-missing"]
    assert [(r.place.sheet, r.facts["total"], r.facts["ends"]) for r in lacking] == [
        ("资产负债表", "current_liabilities", BEFORE),
        ("资产负债表", "current_liabilities", YEAR),
    ]
    assert lacking[1].facts["ratios"] == ("current_ratio", "quick_ratio", "working_capital")


async def test_without_both_subtotals_each_is_told_with_its_ratios() -> None:
    gone = {"流动资产合计", "流动负债合计"}
    rows = [[None if cell in gone else cell for cell in row] for row in balance_sheet()]

    file = await read(workbook({"资产负债表": rows}))

    lost = {r.facts["total"]: r.facts["ratios"] for r in file.remarks if r.key == "subtotal-missing"}
    assert set(lost) == {"current_assets", "current_liabilities"}
    assert all("current_ratio" in ratios for ratios in lost.values())


async def test_with_all_subtotals_nothing_is_said_of_them() -> None:
    file = await read(three_statements())

    assert {remark.key for remark in file.remarks} & {"subtotal-missing"} == set()


@pytest.mark.parametrize(
    ("above", "firm"),
    [
        (["编制单位：华东机械设备有限公司", "2025年12月31日"], "华东机械设备有限公司"),
        (["编制单位：华东机械（上海）有限公司    2025年12月31日    单位：元"], "华东机械（上海）有限公司"),
        (["编制单位:", "华东机械", "2025-12-31"], "华东机械"),
        (["Company name: East Machinery Ltd  2025-12-31"], "East Machinery Ltd"),
        (["2025年12月31日", "单位：元"], None),
        (["编制单位：", "2025年12月31日"], None),
    ],
)
async def test_the_firm_that_a_file_names_is_read(above: list[str], firm: str | None) -> None:
    rows = [above, ["项目", "期末余额"], ["货币资金", 5]]

    assert (await read(workbook({"资产负债表 2025年12月31日": rows}))).firm == firm


@pytest.mark.parametrize(
    ("named", "customer", "another"),
    [
        ("华东机械设备有限公司", "华东机械设备有限公司", False),
        ("华东机械（上海）有限公司", "华东机械(上海)有限公司", False),
        ("华东机械", "华东机械设备有限公司", False),
        ("华东机械设备有限公司", "华东机械", False),
        ("华东电机有限公司", "华东机械设备有限公司", True),
    ],
)
def test_a_shorter_form_of_a_name_is_no_other_firm(named: str, customer: str, another: bool) -> None:
    assert is_another_firm(named, customer) is another


async def test_a_sum_that_does_not_add_up_is_told_where_it_stands() -> None:
    """1.6: 流动资产 + 非流动资产 is what 资产总计 says, within a thousandth."""
    rows = balance_sheet()
    total = next(number for number, row in enumerate(rows) if row[0] == "资  产  总  计")
    rows[total][2] = 8_300_000

    file = await read(workbook({"资产负债表": rows}))

    [parts, sides] = file.remarks
    assert (parts.key, parts.place.sheet, parts.place.cell) == ("sum-differs", "资产负债表", f"C{total + 1}")
    assert (parts.value, parts.facts["made"], parts.facts["difference"]) == ("8300000.00", 8_000_000, 300_000)
    assert sides.facts["made"] == 8_000_000, "liabilities and equity"


async def test_a_sum_within_a_thousandth_is_rounding() -> None:
    rows = balance_sheet()
    total = next(row for row in rows if row[0] == "资  产  总  计")
    total[2] = 8_007_999

    assert (await read(workbook({"资产负债表": rows}))).remarks == ()


async def test_a_line_given_twice_counts_once_and_is_told() -> None:
    file = await read(simple(("存货", 5, None), ("其中：存货", 6, None)))

    assert of(file, YEAR)[Figure.INVENTORY] == 5
    assert ("资产负债表", "B4", "figure-twice") in remarks(file)


async def test_the_line_itself_goes_before_one_that_holds_more() -> None:
    """The form of 2018: 应收票据及应收账款, 其中：应收账款; and profit without the minority's where it is told."""
    file = await read(simple(("应收票据及应收账款", 9, None), ("  其中：应收账款", 7, None)))
    assert of(file, YEAR)[Figure.RECEIVABLES] == 7

    book = workbook(
        {
            "合并利润表": [
                ["2025年度"],
                ["项目", "本期金额", "上期金额"],
                ["四、净利润", 100, 90],
                ["1.归属于母公司股东的净利润（净亏损以“-”号填列）", 80, 70],
                ["2.少数股东损益", 20, 20],
            ]
        }
    )
    now = of(await read(book), YEAR)
    assert (now[Figure.NET_PROFIT], now[Figure.MINORITY_PROFIT]) == (80, 20)


async def test_the_wording_of_older_forms_and_of_english_reports() -> None:
    file = await read(
        simple(
            ("应收帐款", 1, None),
            ("一年内到期的长期负债", 2, None),
            ("资产总额", 3, None),
            ("股东权益合计", 4, None),
        )
    )
    assert list(of(file, YEAR).figures.values()) == [1, 2, 3, 4]

    english = workbook(
        {
            "Balance Sheet": [
                ["In thousands"],
                ["Item", "2025-12-31", "2024-12-31"],
                ["Total assets", 8, 7],
                ["Total shareholders' equity", "(1)", 2],
            ]
        }
    )
    now = of(await read(english), YEAR)
    assert (now[Figure.TOTAL_ASSETS], now[Figure.EQUITY]) == (8_000, -1_000)


async def test_the_day_may_come_from_the_neighbour_the_caller_or_the_name_of_the_file() -> None:
    bare = workbook({"资产负债表": [["项目", "期末余额", "年初余额"], ["资产总计", 9, 8]]})

    assert (await read(bare, ends=date(2025, 6, 30))).statements[-1].ends == date(2025, 6, 30)
    assert (await read(bare, "华东机械2025年报表.xlsx")).statements[-1].ends == YEAR
    with pytest.raises(BadFile, match="statement-no-date"):
        await read(bare)

    beside = workbook(
        {
            "资产负债表": [["项目", "期末余额", "年初余额"], ["资产总计", 9, 8]],
            "利润表": [["2025年度"], ["项目", "本期金额", "上期金额"], ["营业收入", 7, 6]],
        }
    )
    assert of(await read(beside), YEAR)[Figure.TOTAL_ASSETS] == 9


async def test_a_period_that_is_not_over_is_not_taken() -> None:
    file = await read(workbook({"资产负债表": [["项目", "2026-06-30", "2025-12-31"], ["资产总计", 9, 8]]}))

    assert [s.ends for s in file.statements] == [YEAR]
    assert ("资产负债表", "B2", "figure-of-the-future") in remarks(file)


async def test_a_csv_is_read_as_well() -> None:
    content = (
        '资产负债表,2025年12月31日,单位：万元\n项目,期末余额,年初余额\n资产总计,"1,200.5",1000\n'.encode(
            "gb18030"
        )
    )

    assert of(await read(content, "资产负债表.csv"), YEAR)[Figure.TOTAL_ASSETS] == 12_005_000


async def test_a_file_of_a_period_to_come_is_told_as_that() -> None:
    """1.5: the lines are known; it is the day that cannot be."""
    with pytest.raises(BadFile, match="statement-future") as refused:
        await read(workbook({"Sheet1": [["项目", "2099年12月31日"], ["资产总计", 100]]}))

    assert refused.value.facts["ends"].year == 2099


async def test_a_file_of_something_else_is_told_so() -> None:
    with pytest.raises(BadFile, match="statement-not-found"):
        await read(workbook({"Sheet1": [["单号", "金额"], ["FP-1", 5]]}))
    heads = ["项目", *(f"{year}年" for year in range(2001, 2015))]
    years = workbook({"Sheet1": [heads, ["资产总计", *range(1, 15)]]})
    with pytest.raises(BadFile, match="statement-too-many-periods"):
        await read(years)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "file-empty"),
        (b"\xd0\xcf\x11\xe0" + bytes(4_000), "file-encrypted"),
        (raw(more={"xl/vbaProject.bin": b"\xd0\xcf"}), "file-macros"),
        (raw(more={"xl/media/1.bin": bytes(140 << 20)}), "file-bomb"),
    ],
    ids=["nothing", "a password", "a macro", "a bomb"],
)
async def test_a_hostile_file_is_refused_like_any_other(content: bytes, why: str) -> None:
    with pytest.raises(BadFile, match=why):
        await read(content)
