"""What the statements say of the facts that policies ask for (1.5): ratios, and figures of certain years."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.rules.money import Money
from core.rules.precision import rounded
from core.rules.rating.reading import KnownValue, Reading, Standing
from core.rules.statements.ratios import Ratio, Unit, Worked, worked_out
from core.rules.statements.statements import Figure, Statement, Statements

FILED = "filed_statements"
"""The source of what is worked out from the statements on file; people who read it off them say ``statements``."""
_PLACES = {Unit.PERCENT: 2, Unit.TIMES: 4, Unit.YUAN: 2}
_YEAR = 12

OF_A_DAY = frozenset(
    {
        "debt_ratio",
        "debt_to_equity",
        "current_ratio",
        "quick_ratio",
        "interest_bearing_share",
        "contingent_share",
        "bad_asset_share",
        "tangible_net_worth",
        "working_capital",
    }
)
"""Ratios of balances on one day: the newest are the ones to go by. The others are of a year's business."""

_FIGURES = {
    "net_profit_last_year": (Figure.NET_PROFIT, 1),
    "net_profit_year_before": (Figure.NET_PROFIT, 2),
    "operating_cash_flow_last_year": (Figure.OPERATING_CASH_FLOW, 1),
    "operating_cash_flow_year_before": (Figure.OPERATING_CASH_FLOW, 2),
    "annual_revenue": (Figure.REVENUE, 1),
}
"""Facts that are a figure of a year so many years ago."""
_BALANCES = {
    "total_assets": Figure.TOTAL_ASSETS,
    "current_assets": Figure.CURRENT_ASSETS,
    "inventory": Figure.INVENTORY,
    "current_liabilities": Figure.CURRENT_LIABILITIES,
    "total_liabilities": Figure.TOTAL_LIABILITIES,
    "net_worth": Figure.EQUITY,
}
"""Facts that are the newest balance."""
_LOSS_TO_EQUITY = "net_loss_to_equity"
_ALL_OF_IT = Decimal(100)


def years_ago(fact: str) -> int | None:
    """How many years back the year is that a fact speaks of; None for one that speaks of now."""
    if fact == _LOSS_TO_EQUITY:
        return 1
    return _FIGURES[fact][1] if fact in _FIGURES else None


@dataclass(frozen=True, slots=True)
class StatementFact:
    """What the statements say of one fact, and the end of the period they say it of."""

    value: KnownValue
    ends: date


def statement_facts(statements: Statements, on: date) -> Mapping[str, StatementFact]:
    """Every fact that the statements speak of, ratios by their own key.

    A ratio is a `Decimal` (an amount `Money`) to the places that it is graded and shown with; one without a number,
    or one that some schemes score apart, is its `Reading`.
    """
    return facts_of_periods(statements, worked_out(statements), on)


def facts_of_periods(
    statements: Statements, periods: Sequence[Worked], on: date
) -> Mapping[str, StatementFact]:
    """`statement_facts` where the ratios are worked out already."""
    given = {key: _told(ratio, ends) for key, ratio, ends in _best(periods)}
    return given | dict(_figures(statements, on)) | dict(_balances(periods))


def _best(periods: Sequence[Worked]) -> Iterator[tuple[str, Ratio, date]]:
    """Each ratio of the period to go by: the newest that has it, of a year's business the newest full year."""
    if not periods:
        return
    newest_first = periods[::-1]
    years_first = sorted(newest_first, key=lambda each: each[0].now.months != _YEAR)
    for key in periods[0][1]:
        candidates = newest_first if key in OF_A_DAY else years_first
        known = [each for each in candidates if each[1][key].reading.standing is not Standing.MISSING]
        period, found = (known or candidates)[0]
        yield key, found[key], period.now.ends


def _told(ratio: Ratio, ends: date) -> StatementFact:
    reading = ratio.reading
    if reading.value is None:
        return StatementFact(reading, ends)
    value = rounded(reading.value, _PLACES[ratio.unit])
    if reading.reason is not None:
        return StatementFact(Reading.of(value, reading.reason), ends)
    return StatementFact(Money.of(value) if ratio.unit is Unit.YUAN else value, ends)


def _figures(statements: Statements, on: date) -> Iterator[tuple[str, StatementFact]]:
    for key, (figure, years) in _FIGURES.items():
        year = _year(statements, on.year - years)
        if year is not None and (value := year[figure]) is not None:
            yield key, StatementFact(Money.of(value), year.ends)
    year, before = _year(statements, on.year - 1), _year(statements, on.year - 2)
    profit = year[Figure.NET_PROFIT] if year is not None else None
    if year is None or profit is None:
        return
    equity = before[Figure.EQUITY] if before is not None else None
    if profit >= 0:
        yield _LOSS_TO_EQUITY, StatementFact(Decimal(0), year.ends)
    elif equity is not None:
        lost = rounded(-profit / equity * 100, _PLACES[Unit.PERCENT]) if equity > 0 else _ALL_OF_IT
        yield _LOSS_TO_EQUITY, StatementFact(lost, year.ends)


def _balances(periods: Sequence[Worked]) -> Iterator[tuple[str, StatementFact]]:
    for key, figure in _BALANCES.items():
        known = [period.now for period, _ in periods if period.now[figure] is not None]
        if known and (value := known[-1][figure]) is not None:
            yield key, StatementFact(Money.of(value), known[-1].ends)


def _year(statements: Statements, year: int) -> Statement | None:
    """The full calendar year, if it is among the statements."""
    ends = date(year, _YEAR, 31)
    full = (each for each in (statements.year, statements.year_before) if each is not None)
    return next((each for each in full if each.ends == ends and each.months == _YEAR), None)
