"""Ratios from the statements (1.5): a value, or by name why there is none; never a number by accident.

The formulas are the official ones of 企业绩效评价; an average is of the opening and the closing figure.
Ratios are in their own unit: percent, times or yuan. Flows of a period that is not a year count as if it
went on for one, balance sheet figures never do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum

from core.rules.precision import WORKING, rounded
from core.rules.rating.reading import Reading, Standing
from core.rules.statements.statements import Figure, Period, Statements
from core.rules.statements.worksheet import Flag, Reason, Unknown, Worksheet

_ROOT_PLACES = 20


class Unit(StrEnum):
    """What a ratio is counted in."""

    PERCENT = "percent"
    TIMES = "times"
    YUAN = "yuan"


@dataclass(frozen=True, slots=True)
class Ratio:
    """One ratio of one period, with the figures it is made of as the statements have them."""

    key: str
    unit: Unit
    reading: Reading
    flags: tuple[Flag, ...]
    figures: Mapping[Figure, Decimal | None]
    """Of the period itself: closing figures and flows."""
    earlier: Mapping[Figure, Decimal | None]
    """Opening figures, and flows of the period held against."""


def _percent(numerator: Decimal, denominator: Decimal) -> Reading:
    return Reading.of(numerator / denominator * 100)


def _times(numerator: Decimal, denominator: Decimal) -> Reading:
    return Reading.of(numerator / denominator)


def _return_on_equity(sheet: Worksheet) -> Reading:
    # A loss over negative equity would read as a fine return.
    if (equity := sheet.average(Figure.EQUITY)) <= 0:
        return Reading.undefined(Reason.EQUITY_NON_POSITIVE)
    return _percent(sheet.flow(Figure.NET_PROFIT), equity)


def _return_on_assets(sheet: Worksheet) -> Reading:
    if (assets := sheet.average(Figure.TOTAL_ASSETS)) <= 0:
        return Reading.undefined(Reason.ASSETS_NON_POSITIVE)
    return _percent(sheet.flow(Figure.TOTAL_PROFIT) + sheet.interest(), assets)


def _return_on_capital(sheet: Worksheet) -> Reading:
    capital = sheet.average(Figure.PAID_IN_CAPITAL) + sheet.average(Figure.CAPITAL_RESERVE)
    if capital <= 0:
        return Reading.undefined(Reason.CAPITAL_NON_POSITIVE)
    return _percent(sheet.flow(Figure.NET_PROFIT), capital)


def _margin_on_sales(sheet: Worksheet) -> Reading:
    if (revenue := sheet.at_end(Figure.REVENUE)) <= 0:
        return Reading.missing(Reason.REVENUE_NON_POSITIVE)
    costs = sheet.at_end(Figure.COST_OF_SALES) + sheet.at_end(Figure.SALES_TAXES)
    return _percent(revenue - costs, revenue)


_COSTS = (
    Figure.COST_OF_SALES,
    Figure.SALES_TAXES,
    Figure.SELLING_EXPENSES,
    Figure.ADMIN_EXPENSES,
    Figure.FINANCE_EXPENSES,
)


def _profit_on_costs(sheet: Worksheet) -> Reading:
    if (costs := sum(map(sheet.at_end, _COSTS), Decimal(0))) <= 0:
        return Reading.missing(Reason.COSTS_NON_POSITIVE)
    return _percent(sheet.at_end(Figure.TOTAL_PROFIT), costs)


def _earnings_cash_cover(sheet: Worksheet) -> Reading:
    cash, minority = sheet.at_end(Figure.OPERATING_CASH_FLOW), sheet.known(Figure.MINORITY_PROFIT)
    if minority is None:
        sheet.flag(Flag.MINORITY_UNKNOWN)
    earnings = sheet.at_end(Figure.NET_PROFIT) + (minority or 0)
    if earnings > 0:
        return Reading.of(cash / earnings, Reason.CASH_OUT_WITH_PROFIT if cash < 0 else None)
    if earnings < 0:
        return Reading.undefined(Reason.CASH_IN_WITH_LOSS if cash > 0 else Reason.CASH_OUT_WITH_LOSS)
    return Reading.undefined(Reason.CASH_IN_WITHOUT_PROFIT if cash > 0 else Reason.NO_CASH_WITHOUT_PROFIT)


def _asset_turnover(sheet: Worksheet) -> Reading:
    if (assets := sheet.average(Figure.TOTAL_ASSETS)) <= 0:
        return Reading.undefined(Reason.ASSETS_NON_POSITIVE)
    return _times(sheet.flow(Figure.REVENUE), assets)


def _current_asset_turnover(sheet: Worksheet) -> Reading:
    if (assets := sheet.average(Figure.CURRENT_ASSETS)) <= 0:
        return Reading.missing(Reason.CURRENT_ASSETS_NON_POSITIVE)
    return _times(sheet.flow(Figure.REVENUE), assets)


def _inventory_turnover(sheet: Worksheet) -> Reading:
    if (inventory := sheet.average(Figure.INVENTORY)) <= 0:
        return Reading.missing(Reason.NO_INVENTORY)
    return _times(sheet.flow(Figure.COST_OF_SALES), inventory)


def _receivables_turnover(sheet: Worksheet) -> Reading:
    if (receivables := sheet.receivables()) <= 0:
        return Reading.missing(Reason.NO_RECEIVABLES)
    return _times(sheet.flow(Figure.REVENUE), receivables)


def _asset_cash_recovery(sheet: Worksheet) -> Reading:
    if (assets := sheet.average(Figure.TOTAL_ASSETS)) <= 0:
        return Reading.undefined(Reason.ASSETS_NON_POSITIVE)
    return _percent(sheet.flow(Figure.OPERATING_CASH_FLOW), assets)


def _bad_asset_share(sheet: Worksheet) -> Reading:
    allowance = sheet.at_end(Figure.IMPAIRMENT_ALLOWANCE)
    if (assets := sheet.at_end(Figure.TOTAL_ASSETS) + allowance) <= 0:
        return Reading.undefined(Reason.ASSETS_NON_POSITIVE)
    bad = allowance + sheet.at_end(Figure.LATENT_LOSSES) + sheet.at_end(Figure.UNSETTLED_LOSSES)
    return _percent(bad, assets)


def _debt_ratio(sheet: Worksheet) -> Reading:
    if (assets := sheet.at_end(Figure.TOTAL_ASSETS)) <= 0:
        return Reading.undefined(Reason.ASSETS_NON_POSITIVE)
    return _percent(sheet.at_end(Figure.TOTAL_LIABILITIES), assets)


def _debt_to_equity(sheet: Worksheet) -> Reading:
    if (equity := sheet.at_end(Figure.EQUITY)) <= 0:
        return Reading.undefined(Reason.EQUITY_NON_POSITIVE)
    return _times(sheet.at_end(Figure.TOTAL_LIABILITIES), equity)


def _interest_cover(sheet: Worksheet) -> Reading:
    charged = sheet.interest()
    earned = sheet.flow(Figure.TOTAL_PROFIT) + charged
    # What went into assets has to be paid like the rest, but never lowered the profit.
    if (interest := charged + sheet.capitalised_interest()) <= 0:
        reached = Reading.best if earned > 0 else Reading.worst
        return reached(Reason.INTEREST_NON_POSITIVE)
    return _times(earned, interest)


def _current_ratio(sheet: Worksheet) -> Reading:
    return _liquidity(sheet, sheet.at_end(Figure.CURRENT_ASSETS))


def _quick_ratio(sheet: Worksheet) -> Reading:
    return _liquidity(sheet, _quick_assets(sheet))


def _quick_assets(sheet: Worksheet) -> Decimal:
    return sheet.at_end(Figure.CURRENT_ASSETS) - sheet.at_end(Figure.INVENTORY)


def _liquidity(sheet: Worksheet, liquid: Decimal) -> Reading:
    owed = sheet.at_end(Figure.CURRENT_LIABILITIES)
    if owed > 0:
        return _times(liquid, owed)
    if owed < 0:
        return Reading.missing(Reason.NEGATIVE_LIABILITIES)
    reached = Reading.best if _quick_assets(sheet) > 0 else Reading.missing
    return reached(Reason.NO_CURRENT_LIABILITIES)


def _cash_to_current_liabilities(sheet: Worksheet) -> Reading:
    if (owed := sheet.at_end(Figure.CURRENT_LIABILITIES)) <= 0:
        return Reading.missing(Reason.NEGATIVE_LIABILITIES if owed else Reason.NO_CURRENT_LIABILITIES)
    return _percent(sheet.flow(Figure.OPERATING_CASH_FLOW), owed)


_INTEREST_BEARING = (
    Figure.SHORT_TERM_LOANS,
    Figure.CURRENT_PART_OF_DEBT,
    Figure.LONG_TERM_LOANS,
    Figure.BONDS_PAYABLE,
    Figure.INTEREST_PAYABLE,
)


def _interest_bearing_share(sheet: Worksheet) -> Reading:
    if (liabilities := sheet.at_end(Figure.TOTAL_LIABILITIES)) < 0:
        return Reading.missing(Reason.NEGATIVE_LIABILITIES)
    if not liabilities:
        return Reading.best(Reason.NO_LIABILITIES)
    return _percent(sum(map(sheet.at_end, _INTEREST_BEARING), Decimal(0)), liabilities)


def _contingent_share(sheet: Worksheet) -> Reading:
    if (equity := sheet.at_end(Figure.EQUITY)) <= 0:
        return Reading.undefined(Reason.EQUITY_NON_POSITIVE)
    return _percent(sheet.at_end(Figure.CONTINGENT_LIABILITIES), equity)


def _capital_preservation(sheet: Worksheet) -> Reading:
    opening, closing = sheet.at_start(Figure.EQUITY), sheet.earned_equity()
    return _from_nothing(opening, closing) or _percent(closing, opening)


def _capital_accumulation(sheet: Worksheet) -> Reading:
    opening, closing = sheet.at_start(Figure.EQUITY), sheet.at_end(Figure.EQUITY)
    return _from_nothing(opening, closing) or _percent(closing - opening, opening)


def _capital_growth_3y(sheet: Worksheet) -> Reading:
    opening, closing = sheet.three_years_ago(Figure.EQUITY), sheet.at_end(Figure.EQUITY)
    if closing <= 0 < opening:
        return Reading.worst(Reason.EQUITY_NON_POSITIVE)
    return _from_nothing(opening, closing) or _a_year_over_three(closing, opening)


def _from_nothing(opening: Decimal, closing: Decimal) -> Reading | None:
    """Equity that has nothing to grow from; None where it has."""
    if opening > 0:
        return None
    if opening < 0 < closing:
        return Reading.undefined(Reason.OPENING_EQUITY_RECOVERED)
    return Reading.worst(Reason.OPENING_EQUITY_NON_POSITIVE)


def _revenue_growth(sheet: Worksheet) -> Reading:
    if (before := sheet.flow_before(Figure.REVENUE)) <= 0:
        return Reading.missing(Reason.PRIOR_REVENUE_NON_POSITIVE)
    return _percent(sheet.flow(Figure.REVENUE) - before, before)


def _revenue_growth_3y(sheet: Worksheet) -> Reading:
    if (before := sheet.three_years_ago(Figure.REVENUE)) <= 0:
        return Reading.missing(Reason.PRIOR_REVENUE_NON_POSITIVE)
    if (revenue := sheet.flow(Figure.REVENUE)) <= 0:
        return Reading.worst(Reason.REVENUE_NON_POSITIVE)
    return _a_year_over_three(revenue, before)


def _a_year_over_three(now: Decimal, before: Decimal) -> Reading:
    # A root is the one step that the working precision does not settle to the last digit.
    return Reading.of((rounded((now / before) ** (Decimal(1) / 3), _ROOT_PLACES) - 1) * 100)


def _profit_growth(sheet: Worksheet) -> Reading:
    before, now = sheet.flow_before(Figure.TOTAL_PROFIT), sheet.flow(Figure.TOTAL_PROFIT)
    if before > 0:
        return _percent(now - before, before)
    if now > 0:
        return Reading.undefined(Reason.LOSS_TO_PROFIT if before else Reason.NIL_TO_PROFIT)
    return Reading.undefined(Reason.LOSS_TO_NIL if before and not now else Reason.NO_PROFIT_AGAIN)


def _asset_growth(sheet: Worksheet) -> Reading:
    if (opening := sheet.at_start(Figure.TOTAL_ASSETS)) <= 0:
        return Reading.missing(Reason.PRIOR_ASSETS_NON_POSITIVE)
    return _percent(sheet.at_end(Figure.TOTAL_ASSETS) - opening, opening)


def _research_share(sheet: Worksheet) -> Reading:
    if (revenue := sheet.at_end(Figure.REVENUE)) <= 0:
        return Reading.missing(Reason.REVENUE_NON_POSITIVE)
    return _percent(sheet.at_end(Figure.RESEARCH_SPENDING), revenue)


_NOT_TANGIBLE = (
    Figure.INTANGIBLES,
    Figure.GOODWILL,
    Figure.DEVELOPMENT_COST,
    Figure.LONG_TERM_DEFERRED,
)


def _tangible_net_worth(sheet: Worksheet) -> Reading:
    return Reading.of(sheet.at_end(Figure.EQUITY) - sum(map(sheet.at_end, _NOT_TANGIBLE), Decimal(0)))


def _working_capital(sheet: Worksheet) -> Reading:
    return Reading.of(sheet.at_end(Figure.CURRENT_ASSETS) - sheet.at_end(Figure.CURRENT_LIABILITIES))


_Formula = Callable[[Worksheet], Reading]
_FORMULAS: Mapping[str, tuple[Unit, _Formula]] = {
    "return_on_equity": (Unit.PERCENT, _return_on_equity),
    "return_on_assets": (Unit.PERCENT, _return_on_assets),
    "return_on_capital": (Unit.PERCENT, _return_on_capital),
    "margin_on_sales": (Unit.PERCENT, _margin_on_sales),
    "profit_on_costs": (Unit.PERCENT, _profit_on_costs),
    "earnings_cash_cover": (Unit.TIMES, _earnings_cash_cover),
    "asset_turnover": (Unit.TIMES, _asset_turnover),
    "current_asset_turnover": (Unit.TIMES, _current_asset_turnover),
    "inventory_turnover": (Unit.TIMES, _inventory_turnover),
    "receivables_turnover": (Unit.TIMES, _receivables_turnover),
    "asset_cash_recovery": (Unit.PERCENT, _asset_cash_recovery),
    "bad_asset_share": (Unit.PERCENT, _bad_asset_share),
    "debt_ratio": (Unit.PERCENT, _debt_ratio),
    "debt_to_equity": (Unit.TIMES, _debt_to_equity),
    "interest_cover": (Unit.TIMES, _interest_cover),
    "current_ratio": (Unit.TIMES, _current_ratio),
    "quick_ratio": (Unit.TIMES, _quick_ratio),
    "cash_to_current_liabilities": (Unit.PERCENT, _cash_to_current_liabilities),
    "interest_bearing_share": (Unit.PERCENT, _interest_bearing_share),
    "contingent_share": (Unit.PERCENT, _contingent_share),
    "capital_preservation": (Unit.PERCENT, _capital_preservation),
    "capital_accumulation": (Unit.PERCENT, _capital_accumulation),
    "capital_growth_3y": (Unit.PERCENT, _capital_growth_3y),
    "revenue_growth": (Unit.PERCENT, _revenue_growth),
    "revenue_growth_3y": (Unit.PERCENT, _revenue_growth_3y),
    "profit_growth": (Unit.PERCENT, _profit_growth),
    "asset_growth": (Unit.PERCENT, _asset_growth),
    "research_share": (Unit.PERCENT, _research_share),
    "tangible_net_worth": (Unit.YUAN, _tangible_net_worth),
    "working_capital": (Unit.YUAN, _working_capital),
}

UNITS: Mapping[str, Unit] = {key: unit for key, (unit, _) in _FORMULAS.items()}
"""Every ratio there is, with its unit."""


Worked = tuple[Period, Mapping[str, Ratio]]
"""A period with its ratios."""


def worked_out(statements: Statements) -> tuple[Worked, ...]:
    """The ratios of every period, oldest first."""
    return tuple((period, ratios(period)) for period in statements.periods())


def ratios(period: Period) -> Mapping[str, Ratio]:
    """Every ratio of a period, by key; what cannot be worked out says why."""
    with localcontext(WORKING):
        return {key: _ratio(key, period) for key in _FORMULAS}


def _ratio(key: str, period: Period) -> Ratio:
    unit, formula = _FORMULAS[key]
    sheet = Worksheet(period)
    try:
        reading = formula(sheet)
    except Unknown as unknown:
        reading = Reading.missing(unknown.reason)
    told = () if reading.standing is Standing.MISSING else tuple(sheet.flags)
    return Ratio(key, unit, reading, told, sheet.figures, sheet.earlier)
