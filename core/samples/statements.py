"""The sample company's financial statements (1.5): made from what the surveys say, so that both agree but where told."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from core.rules.money import Money
from core.rules.statements.statements import Figure, Statement
from core.samples.shapes import AnswerSample, CustomerSample, StatementSample

_FILE = Path(__file__).with_name("statements.toml")
_READY_AFTER = timedelta(days=45)
"""Statements are there so long after their period."""
_YEAR = 12
_FEN = Decimal("0.01")
_THOUSAND = Decimal(1000)
_FLOWS = frozenset(list(Figure)[list(Figure).index(Figure.REVENUE) : list(Figure).index(Figure.OPENING_CASH)])


def statements(
    customers: Iterable[CustomerSample],
    surveys: Mapping[str, Mapping[str, AnswerSample]],
    today: date,
    seed: int,
) -> tuple[StatementSample, ...]:
    """Two years and the latest quarter of every customer that has statements, as far as they can be there today."""
    made: list[StatementSample] = []
    for customer in customers:
        if customer.code in _file()["customers"]:
            rng = Random(f"{seed}:statements:{customer.code}")  # noqa: S311 (a sample, no secret)
            made += _statements(customer, surveys[customer.code], today, rng)
    return tuple(made)


def explanations() -> Mapping[str, str]:
    """What was said of findings, by customer, as people of the company say it."""
    return dict(_file()["explanations"])


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))


def _statements(
    customer: CustomerSample, survey: Mapping[str, AnswerSample], today: date, rng: Random
) -> list[StatementSample]:
    flaw = _file()["flaws"].get(customer.code, "")
    ends = _last_year_end(today - _READY_AFTER)
    if flaw == "stale":
        ends = date(ends.year - 2, 12, 31)
    year, before = _two_years(customer, survey, ends, rng, flaw)
    made = [before, year]
    if customer.code in _file()["three_years"]:
        made.insert(0, _scaled(before, Decimal("0.85"), date(ends.year - 3, 12, 31), _YEAR))
    quarter = _last_quarter_end(today - _READY_AFTER)
    if quarter > ends and flaw != "stale":
        made.append(_scaled(year, Decimal("1.02"), quarter, quarter.month))
    audited = customer.code in _file()["audited"]
    return [
        StatementSample(customer.code, each, audited and each.months == _YEAR, each.ends + _READY_AFTER)
        for each in made
    ]


def _two_years(
    customer: CustomerSample, survey: Mapping[str, AnswerSample], ends: date, rng: Random, flaw: str
) -> tuple[Statement, Statement]:
    profit, profit_before = _yuan(survey, "net_profit_last_year"), _yuan(survey, "net_profit_year_before")
    debt, quick = _number(survey, "debt_ratio"), _number(survey, "quick_ratio")
    if flaw == "otherwise_told":
        debt -= Decimal(9)
    assets = _round(customer.registered_capital.amount * _between(rng, "1.6", "3.2"))
    loss = _number(survey, "net_loss_to_equity")
    if profit < 0 < loss:
        # Opening equity is what the loss is told as a share of.
        equity = -profit / (loss / 100) + profit
        assets = _round(equity / (1 - debt / 100))
    now = _balances(assets, debt, quick, rng)
    equity_before = now[Figure.EQUITY] - profit
    debt_before = min(max(debt + _between(rng, "-2", "2"), Decimal(20)), Decimal(90))
    assets_before = (equity_before / (1 - debt_before / 100)).quantize(_FEN)
    then = _balances(assets_before, debt_before, quick + _between(rng, "-0.05", "0.05"), rng)
    then[Figure.EQUITY] = equity_before
    then[Figure.TOTAL_LIABILITIES] = assets_before - equity_before
    if flaw == "slower":
        then[Figure.INVENTORY] = (now[Figure.INVENTORY] / 5).quantize(_FEN)
    turnover = _between(rng, "0.9", "1.5")
    _flows(now, turnover, profit, _yuan(survey, "operating_cash_flow_last_year"), then[Figure.CASH])
    grown = _between(rng, "0.86", "0.97")
    opening = (then[Figure.CASH] * Decimal("0.9")).quantize(_FEN)
    _flows(then, turnover * grown, profit_before, _yuan(survey, "operating_cash_flow_year_before"), opening)
    if flaw == "copied":
        then = {**now, Figure.NET_PROFIT: profit_before}
    if flaw == "unbalanced":
        now[Figure.TOTAL_ASSETS] += _round(assets / 20)
    return Statement(ends, _YEAR, now), Statement(date(ends.year - 1, 12, 31), _YEAR, then)


def _balances(assets: Decimal, debt: Decimal, quick: Decimal, rng: Random) -> dict[Figure, Decimal]:
    """A balance sheet with these ratios, exact to the fen."""
    owed = (assets * debt / 100).quantize(_FEN)
    short = _round(min(owed * Decimal("0.85"), assets * Decimal("0.55") / quick))
    liquid = (short * quick).quantize(_FEN)
    inventory = _round(liquid * _between(rng, "0.25", "0.4"))
    return {
        Figure.CASH: (liquid * Decimal("0.35")).quantize(_FEN),
        Figure.RECEIVABLES: (liquid * Decimal("0.45")).quantize(_FEN),
        Figure.INVENTORY: inventory,
        Figure.CURRENT_ASSETS: liquid + inventory,
        Figure.TOTAL_ASSETS: assets,
        Figure.SHORT_TERM_LOANS: _round(short * Decimal("0.3")),
        Figure.CURRENT_LIABILITIES: short,
        Figure.TOTAL_LIABILITIES: owed,
        Figure.EQUITY: assets - owed,
    }


def _flows(
    figures: dict[Figure, Decimal], turnover: Decimal, profit: Decimal, operating: Decimal, opening: Decimal
) -> None:
    """An income and a cash flow statement that lead to this balance sheet."""
    revenue = _round(max(figures[Figure.TOTAL_ASSETS] * turnover, abs(profit) * 12))
    before_tax = (profit / Decimal("0.75") if profit > 0 else profit).quantize(_FEN)
    change = figures[Figure.CASH] - opening
    investing = -_round(abs(operating) * Decimal("0.4"))
    figures |= {
        Figure.REVENUE: revenue,
        Figure.COST_OF_SALES: (revenue * Decimal("0.8")).quantize(_FEN),
        Figure.SALES_TAXES: (revenue * Decimal("0.005")).quantize(_FEN),
        Figure.SELLING_EXPENSES: (revenue * Decimal("0.03")).quantize(_FEN),
        Figure.INTEREST_EXPENSE: (figures[Figure.SHORT_TERM_LOANS] * Decimal("0.045")).quantize(_FEN),
        Figure.TOTAL_PROFIT: before_tax,
        Figure.NET_PROFIT: profit,
        Figure.OPERATING_CASH_FLOW: operating,
        Figure.INVESTING_CASH_FLOW: investing,
        Figure.FINANCING_CASH_FLOW: change - operating - investing,
        Figure.EXCHANGE_EFFECT: Decimal(0),
        Figure.NET_CASH_CHANGE: change,
        Figure.OPENING_CASH: opening,
        Figure.CLOSING_CASH: figures[Figure.CASH],
    }


def _scaled(statement: Statement, factor: Decimal, ends: date, months: int) -> Statement:
    """The same business at another size and over other months; the ratios of its balances stay."""
    share = factor * months / statement.months
    figures = {
        figure: (value * (share if figure in _FLOWS else factor)).quantize(_FEN)
        for figure, value in statement.figures.items()
    }
    cash = figures[Figure.CASH]
    figures[Figure.CLOSING_CASH] = cash
    figures[Figure.OPENING_CASH] = (
        cash - figures[Figure.NET_CASH_CHANGE] if months == _YEAR else statement.figures[Figure.CLOSING_CASH]
    )
    figures[Figure.NET_CASH_CHANGE] = cash - figures[Figure.OPENING_CASH]
    figures[Figure.FINANCING_CASH_FLOW] = (
        figures[Figure.NET_CASH_CHANGE]
        - figures[Figure.OPERATING_CASH_FLOW]
        - figures[Figure.INVESTING_CASH_FLOW]
    )
    return replace(statement, ends=ends, months=months, figures=figures)


def _yuan(survey: Mapping[str, AnswerSample], key: str) -> Decimal:
    value = survey[key].value
    assert isinstance(value, Money)
    return value.amount


def _number(survey: Mapping[str, AnswerSample], key: str) -> Decimal:
    value = survey[key].value
    assert isinstance(value, Decimal)
    return value


def _between(rng: Random, low: str, high: str) -> Decimal:
    steps = int((Decimal(high) - Decimal(low)) * 1000)
    return Decimal(low) + Decimal(rng.randint(0, steps)) / 1000


def _round(amount: Decimal) -> Decimal:
    """To whole thousands of yuan."""
    return (amount / _THOUSAND).quantize(Decimal(1)) * _THOUSAND


def _last_year_end(day: date) -> date:
    return date(day.year - 1, 12, 31)


def _last_quarter_end(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
