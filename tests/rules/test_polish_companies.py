"""Known strength on public data: 5 910 Polish companies, 410 bankrupt within a year (UCI 365).

Nothing is fitted on them. A missing figure takes the median of the known ones, for this measurement only.
"""

import os
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from operator import mul
from pathlib import Path
from statistics import median_low

import pytest

from core.policies.library import SHIPPED
from core.policies.reader import PolicyFile
from core.policies.tables.efficacy_file import read_standards
from core.rules.judging.validation import discrimination
from core.rules.rating.efficacy import BasicItem, Method, Part, score
from core.rules.rating.reading import Reading
from core.rules.rating.standards import Direction, Standards

FILE = Path(os.environ.get("ZIXIN_TEST_DATA", "")) / "polish" / "5year.arff"
pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="needs ZIXIN_TEST_DATA with polish")

STANDARDS = read_standards(PolicyFile(SHIPPED / "tables" / "standards-soe.toml")).of(None, None)
# The two poorest values are cut off in the published copies; these are assumed, here only.
REVENUE_GROWTH = Standards(
    (Decimal("22.4"), Decimal("15.2"), Decimal("9.7"), Decimal(-1), Decimal(-11)), Direction.HIGHER
)
WEIGHTS = {
    "return_on_equity": 25,
    "return_on_assets": 13,
    "asset_turnover": 9,
    "current_asset_turnover": 9,
    "debt_ratio": 12,
    "interest_cover": 8,
    "revenue_growth": 12,
}
"""The basic indicators of 2002 but for the growth of capital, which the data do not have."""
Z_WEIGHTS = tuple(map(Decimal, ("6.56", "3.26", "6.72", "1.05")))
"""Altman's Z'', the yardstick: working capital, retained earnings and EBIT to assets, equity to liabilities."""

Row = tuple[Decimal | None, ...]


@cache
def companies() -> tuple[tuple[Row, ...], tuple[bool, ...]]:
    """The 64 ratios of each company, and whether it went bankrupt."""
    _, _, data = FILE.read_text("utf-8").lower().partition("@data")
    lines = [line.split(",") for line in data.split()]
    rows = tuple(tuple(None if cell == "?" else Decimal(cell) for cell in line[:-1]) for line in lines)
    return rows, tuple(line[-1] == "1" for line in lines)


def column(values: Sequence[Decimal | None]) -> list[Decimal]:
    middle = median_low(value for value in values if value is not None)
    return [middle if value is None else value for value in values]


def attribute(number: int) -> list[Decimal]:
    return column([row[number - 1] for row in companies()[0]])


def auc(scores: Sequence[Decimal], bankrupt: Sequence[bool]) -> float:
    """The chance that a firm that lived has the higher score."""
    found = discrimination(zip(scores, bankrupt, strict=True))
    assert found is not None
    return float(found.auc)


def indicators(row: Row) -> dict[str, Decimal | None]:
    """A company's figures as the method's ratios; equity that is not above zero has no return to speak of."""

    def figure(number: int) -> Decimal | None:
        return row[number - 1]

    profit, equity, debts, sales = figure(1), figure(10), figure(2), figure(9)
    current_to_debts, growth, return_on_assets = figure(50), figure(21), figure(14)
    current = None if current_to_debts is None or debts is None else current_to_debts * debts
    return {
        "return_on_equity": None
        if profit is None or equity is None
        else (profit / equity * 100 if equity > 0 else Decimal("-1e9")),
        "return_on_assets": None if return_on_assets is None else return_on_assets * 100,
        "asset_turnover": sales,
        "current_asset_turnover": None if not current or sales is None else sales / current,
        "debt_ratio": None if debts is None else debts * 100,
        "interest_cover": figure(27),
        "revenue_growth": None if growth is None else (growth - 1) * 100,
    }


def test_the_z_score_separates_as_published() -> None:
    _, bankrupt = companies()
    rows = zip(*map(attribute, (3, 6, 7, 8)), strict=True)
    scores = [sum(map(mul, Z_WEIGHTS, row), Decimal(0)) for row in rows]
    assert auc(scores, bankrupt) == pytest.approx(0.764, abs=0.001)


def test_the_basic_tier_separates_better_than_the_z_score() -> None:
    rows, bankrupt = companies()
    known = [indicators(row) for row in rows]
    filled = {key: column([each[key] for each in known]) for key in WEIGHTS}
    standards = {**STANDARDS, "revenue_growth": REVENUE_GROWTH}
    items = tuple(BasicItem(key, Decimal(weight), standards[key]) for key, weight in WEIGHTS.items())
    method = Method((Part("basic", Decimal(sum(WEIGHTS.values())), items, ()),))
    readings = [{key: Reading.of(values[at]) for key, values in filled.items()} for at in range(len(rows))]
    scores = [found for each in readings if (found := score(method, each).score) is not None]
    assert auc(scores, bankrupt) == pytest.approx(0.794, abs=0.001)
