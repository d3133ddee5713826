"""Financial statements as Chinese companies lay them out, written cell by cell."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

Rows = Sequence[Sequence[Any]]
FIRM = "华东机械设备有限公司"


def workbook(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook of these sheets; None is an empty cell."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date):
                        page.write_datetime(row, column, cell, day)
                    elif cell is not None:
                        page.write(row, column, cell)
    return file.getvalue()


def balance_sheet(unit: str = "单位：元", times: float = 1, firm: str = FIRM) -> list[list[Any]]:
    """资产负债表, 会企01表: assets on the left, liabilities and equity on the right, with numbers of the lines."""
    left: list[tuple[Any, ...]] = [
        ("流动资产：", None, None),
        ("  货币资金", 1_200_000, 900_000),
        ("  应收票据", 50_000, None),
        ("  应收账款", 2_300_000, 2_000_000),
        ("  存货", 1_450_000.55, 1_300_000),
        ("流动资产合计", 5_000_000.55, 4_200_000),
        ("非流动资产：", None, None),
        ("  固定资产", 2_900_000, 2_700_000),
        ("  无形资产", 99_999.45, 100_000),
        ("  开发支出", None, None),
        ("非流动资产合计", 2_999_999.45, 2_800_000),
        ("资  产  总  计", 8_000_000, 7_000_000),
    ]
    right: list[tuple[Any, ...]] = [
        ("流动负债：", None, None),
        ("  短期借款", 1_000_000, 800_000),
        ("  应付账款", 2_000_000, 1_800_000),
        ("  一年内到期的非流动负债", 0, 0),
        ("流动负债合计", 3_000_000, 2_600_000),
        ("非流动负债：", None, None),
        ("  长期借款", 1_000_000, 1_000_000),
        ("非流动负债合计", 1_000_000, 1_000_000),
        ("负债合计", 4_000_000, 3_600_000),
        ("  实收资本（或股本）", 2_000_000, 2_000_000),
        ("  未分配利润", 2_000_000, 1_400_000),
        ("所有者权益（或股东权益）合计", 4_000_000, 3_400_000),
    ]
    head: list[list[Any]] = [
        ["资产负债表"],
        [None, None, None, None, None, None, None, "会企01表"],
        [f"编制单位：{firm}", None, "2025年12月31日", None, None, None, None, unit],
        [
            "资  产",
            "行次",
            "期末余额",
            "年初余额",
            "负债和所有者权益（或股东权益）",
            "行次",
            "期末余额",
            "年初余额",
        ],
    ]
    body = [
        [
            _scaled(one, times),
            at,
            *(_scaled(v, times) for v in two),
            other,
            at + 40,
            *(_scaled(v, times) for v in three),
        ]
        for at, ((one, *two), (other, *three)) in enumerate(zip(left, right, strict=True), 1)
    ]
    last = ["单位负责人：", None, None, "会计机构负责人：", None, None, "制表日期：2026年1月20日"]
    return [*head, *body, last]


def income_statement(unit: str = "单位：元", times: float = 1, firm: str = FIRM) -> list[list[Any]]:
    """利润表, 会企02表, of 2025 and 2024."""
    lines: list[tuple[Any, ...]] = [
        ("一、营业收入", 12_000_000, 10_000_000),
        ("  减：营业成本", 9_000_000, 7_600_000),
        ("    税金及附加", 60_000, 50_000),
        ("    销售费用", 700_000, 600_000),
        ("    管理费用", 1_000_000, 900_000),
        ("    研发费用", 240_000, 200_000),
        ("    财务费用", 120_000, 100_000),
        ("      其中：利息费用", 100_000, 90_000),
        ("            利息收入", 5_000, 4_000),
        ("二、营业利润（亏损以“－”号填列）", 880_000, 550_000),
        ("  加：营业外收入", 20_000, 0),
        ("  减：营业外支出", 100_000, 150_000),
        ("三、利润总额（亏损总额以“－”号填列）", 800_000, 400_000),
        ("  减：所得税费用", 200_000, 100_000),
        ("四、净利润（净亏损以“－”号填列）", 600_000, 300_000),
        ("（一）持续经营净利润（净亏损以“－”号填列）", 600_000, 300_000),
    ]
    return [
        ["利 润 表"],
        [None, None, "会企02表"],
        [f"编制单位：{firm}", "2025年度", None, unit],
        ["项    目", "行次", "本期金额", "上期金额"],
        *([name, at, *(_scaled(v, times) for v in values)] for at, (name, *values) in enumerate(lines, 1)),
    ]


def cash_flow_statement(unit: str = "单位：元", times: float = 1, firm: str = FIRM) -> list[list[Any]]:
    """现金流量表, 会企03表, with its 补充资料 below."""
    lines: list[tuple[Any, ...]] = [
        ("一、经营活动产生的现金流量：", None, None),
        ("  销售商品、提供劳务收到的现金", 13_000_000, 11_000_000),
        ("经营活动产生的现金流量净额", 700_000, 500_000),
        ("投资活动产生的现金流量净额", -300_000, -250_000),
        ("筹资活动产生的现金流量净额", -100_000, -50_000),
        ("四、汇率变动对现金及现金等价物的影响", 0, 0),
        ("五、现金及现金等价物净增加额", 300_000, 200_000),
        ("  加：期初现金及现金等价物余额", 900_000, 700_000),
        ("六、期末现金及现金等价物余额", 1_200_000, 900_000),
        ("补充资料", None, None),
        ("1．将净利润调节为经营活动现金流量：", None, None),
        ("  净利润", 600_001, 300_001),
        ("  加：资产减值准备", 12_345, 0),
        ("  财务费用（收益以“－”号填列）", 99_999, 0),
        ("经营活动产生的现金流量净额", 700_000, 500_000),
    ]
    return [
        ["现金流量表"],
        [f"编制单位：{firm}", "2025年度", None, unit],
        ["项    目", "行次", "本期金额", "上期金额"],
        *([name, at, *(_scaled(v, times) for v in values)] for at, (name, *values) in enumerate(lines, 1)),
    ]


def three_statements(unit: str = "单位：元", times: float = 1, firm: str = FIRM) -> bytes:
    """The set that an accountant sends: each statement on a sheet of its own."""
    return workbook(
        {
            "资产负债表": balance_sheet(unit, times, firm),
            "利润表": income_statement(unit, times, firm),
            "现金流量表": cash_flow_statement(unit, times, firm),
        }
    )


def _scaled(value: Any, times: float) -> Any:
    return round(value * times, 6) if isinstance(value, int | float) and times != 1 else value
