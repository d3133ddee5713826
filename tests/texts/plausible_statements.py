"""The cards of financial statements, told as the flows tell them: periods, ratios, a form, a file, findings."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from bot.flows import finding, statements
from core.files.line_items import asked_figures, item_of
from core.files.statement_check import Place, Remark, subtotals_missing, totals_and_sums
from core.files.statement_file import FileContent
from core.policies.findings.tolerances_file import shipped_tolerances
from core.policies.library import Library
from core.queries.customers.statements import KeptStatement
from core.rules.money import Money
from core.rules.statements.contradictions import between, in_statement, of_age, of_ratios
from core.rules.statements.disagreement import Claim, of_sources
from core.rules.statements.ratios import ratios
from core.rules.statements.statement_facts import FILED, statement_facts
from core.rules.statements.statements import Figure, Statement, Statements
from core.services.statements.statement_preview import figure_name, preview
from core.texts.wire import Label, Named

DAY = date(2026, 3, 10)
FIRM = "华东机械设备有限公司"
SELLER = Named("王小雨", "Wang Xiaoyu")
AT = datetime(2026, 3, 10, 6, 2, tzinfo=UTC)
OFFICE: Any = SimpleNamespace(vocabulary=Library().vocabulary)
ALLOW = shipped_tolerances()

_NOW = {
    Figure.CASH: 1_200_000,
    Figure.RECEIVABLES: 2_300_000,
    Figure.INVENTORY: 1_450_000,
    Figure.CURRENT_ASSETS: 5_000_000,
    Figure.TOTAL_ASSETS: 8_000_000,
    Figure.CURRENT_LIABILITIES: 3_000_000,
    Figure.TOTAL_LIABILITIES: 4_000_000,
    Figure.EQUITY: 4_000_000,
    Figure.REVENUE: 12_000_000,
    Figure.COST_OF_SALES: 9_000_000,
    Figure.SALES_TAXES: 60_000,
    Figure.FINANCE_EXPENSES: 120_000,
    Figure.TOTAL_PROFIT: 800_000,
    Figure.NET_PROFIT: 600_000,
    Figure.OPERATING_CASH_FLOW: -700_000,
}


def _statement(year: int, **changed: int) -> Statement:
    figures = _NOW | {Figure(key): value for key, value in changed.items()}
    return Statement(date(year, 12, 31), 12, {figure: Decimal(value) for figure, value in figures.items()})


_YEAR = _statement(2025)
_BEFORE = _statement(2024, equity=3_400_000, total_assets=7_000_000, total_liabilities=3_600_000, revenue=0)
_BOTH = Statements(year=_YEAR, year_before=_BEFORE)
_BROKEN = replace(
    _statement(2025, total_assets=8_300_000, cash=5_300_000),
    figures={
        **_statement(2025, total_assets=8_300_000, cash=5_300_000).figures,
        Figure.INVESTING_CASH_FLOW: Decimal(-300_000),
        Figure.FINANCING_CASH_FLOW: Decimal(-100_000),
        Figure.NET_CASH_CHANGE: Decimal(300_000),
        Figure.OPENING_CASH: Decimal(900_000),
        Figure.CLOSING_CASH: Decimal(1_300_000),
    },
)
_JUMPED = _statement(2024, total_assets=7_000, inventory=90_000, equity=-5)
_CLAIMS = (
    Claim("debt_ratio", FILED, Decimal(50), DAY),
    Claim("debt_ratio", "bank", Decimal("56.8"), DAY),
    Claim("law_abiding", "visit", True, DAY),
    Claim("law_abiding", "authority", False, DAY),
)
_PERIODS = tuple(Statements(year=_YEAR, year_before=_JUMPED).periods())
_EVERY_FINDING = (
    *in_statement(_BROKEN, ALLOW),
    *between(_JUMPED, _YEAR, ALLOW),
    *between(
        replace(_BEFORE, figures={**_BEFORE.figures, Figure.CLOSING_CASH: Decimal(5)}),
        replace(_YEAR, figures={**_YEAR.figures, Figure.OPENING_CASH: Decimal(9)}),
        ALLOW,
    ),
    *of_ratios(ratios(_PERIODS[0]), ratios(_PERIODS[1]), ALLOW),
    *of_sources(_CLAIMS, {"debt_ratio": Decimal("0.05")}),
    *of_age(_YEAR, date(2027, 8, 1), ALLOW),
)


def _findings(*found: Any) -> list[dict[str, Any]]:
    """The first is explained, the others are not."""
    told = [finding.told(OFFICE, each) | {"explanation": "", "who": "", "at": None} for each in found]
    told[0] |= {"explanation": "年末有一笔在途货款，审计调整后补齐", "who": SELLER, "at": AT}
    return told


def _page(**more: Any) -> dict[str, Any]:
    talk: Any = SimpleNamespace()
    kept = [KeptStatement(each, each is _YEAR, "customer", None, AT, None) for each in (_YEAR, _BEFORE)]
    given = statement_facts(_BOTH, DAY)
    return {
        "customer": FIRM,
        "periods": [statements.told_period(talk, each) for each in kept],
        "ratios": [
            statements.told_ratio(key, given[key].value, given[key].ends)
            for key in statements.FIRST
            if key in given
        ],
        "findings": [],
    } | more


def _group(group: str) -> dict[str, Any]:
    found = ratios(tuple(_BOTH.periods())[-1])
    return {
        "customer": FIRM,
        "ends": _YEAR.ends,
        "months": 12,
        "ratios": [statements.told_formula(found[key]) for key in statements.GROUPS[group]],
    }


def _review(given: Statement) -> dict[str, Any]:
    return {
        "customer": FIRM,
        "ends": given.ends,
        "months": given.months,
        "audited": False,
        "source": Label("source-customer"),
        "lines": [
            {
                "name": figure_name(figure),
                "amount": Money.of(value)
                if (value := given[figure]) is not None
                else Label("choice-unknown"),
            }
            for figure in asked_figures()
        ],
        "findings": [finding.told(OFFICE, each) for each in in_statement(given, ALLOW)],
    }


def _place(column: int, row: int, figure: Figure) -> Place:
    item = item_of(figure)
    return Place("资产负债表", row, column, item.zh, item)


_SUMS = totals_and_sums(
    {
        _YEAR.ends: {
            str(figure): (value, _place(2, row, figure))
            for row, (figure, value) in enumerate(_BROKEN.figures.items(), 5)
            if figure is not Figure.NET_PROFIT
        }
    },
    Decimal(1),
)
_REMARKS = (
    Remark(_place(2, 6, Figure.CASH), "约500", "figure-unreadable"),
    Remark(_place(3, 9, Figure.INVENTORY), "6", "figure-twice", {"other": Decimal(5), "at": "D8"}),
    *_SUMS,
)

_UNTOTALLED = {key: value for key, value in _YEAR.figures.items() if key is not Figure.CURRENT_LIABILITIES}
_WITHOUT_SUBTOTAL = tuple(
    subtotals_missing(
        [replace(_YEAR, figures=_UNTOTALLED)],
        {
            _YEAR.ends: {
                str(figure): (value, _place(2, row, figure))
                for row, (figure, value) in enumerate(_UNTOTALLED.items(), 5)
            }
        },
    )
)


def _file(remarks: tuple[Remark, ...], yuan: Decimal | None, firm: str | None = None) -> dict[str, Any]:
    content = FileContent((_BEFORE, _YEAR), {}, yuan, remarks, firm)
    kept = (KeptStatement(_statement(2024, equity=3_300_000), False, "customer", None, AT, None),)
    return preview(content, kept, FIRM) | {"file": "2025报表.xlsx"}


STATEMENT_CARDS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "statements": {
        "nothing on file": _page(periods=[], ratios=[]),
        "two years": _page(),
        "with findings": _page(findings=_findings(*in_statement(_BROKEN, ALLOW)[:2])),
        "every finding": _page(findings=_findings(*_EVERY_FINDING)),
    },
    "statement-ratios": {group: _group(group) for group in statements.GROUPS},
    "statement-review": {
        "in order": _review(_YEAR),
        "contradicts itself": _review(replace(_BROKEN, months=7)),
    },
    "statement-preview": {
        "in order": _file((), Decimal(1)),
        "no unit, remarks": _file(_REMARKS, None),
        "another firm's, without a subtotal": _file(_WITHOUT_SUBTOTAL, Decimal(1), "华东电机有限公司"),
    },
    "finding-question": {
        "a broken balance": {
            "customer": FIRM,
            "finding": finding.told(OFFICE, in_statement(_BROKEN, ALLOW)[0]),
        }
    },
}
