"""The worksheet of a ratio: its figures as formulas ask for them, with what a reader has to be told."""

from decimal import Decimal
from enum import StrEnum

from core.rules.statements.statements import Figure, Period, Statement

_YEAR = 12


class Reason(StrEnum):
    """Why a ratio has no number, or a number that some schemes score apart."""

    FIGURE_MISSING = "FIGURE_MISSING"
    PRIOR_MISSING = "PRIOR_MISSING"
    """No period before that joins on."""
    EQUITY_NON_POSITIVE = "EQUITY_NON_POSITIVE"
    ASSETS_NON_POSITIVE = "ASSETS_NON_POSITIVE"
    CAPITAL_NON_POSITIVE = "CAPITAL_NON_POSITIVE"
    REVENUE_NON_POSITIVE = "REVENUE_NON_POSITIVE"
    COSTS_NON_POSITIVE = "COSTS_NON_POSITIVE"
    CURRENT_ASSETS_NON_POSITIVE = "CURRENT_ASSETS_NON_POSITIVE"
    NO_INVENTORY = "NO_INVENTORY"
    NO_RECEIVABLES = "NO_RECEIVABLES"
    NO_CURRENT_LIABILITIES = "NO_CURRENT_LIABILITIES"
    NO_LIABILITIES = "NO_LIABILITIES"
    NEGATIVE_LIABILITIES = "NEGATIVE_LIABILITIES"
    INTEREST_NON_POSITIVE = "INTEREST_NON_POSITIVE"
    PRIOR_REVENUE_NON_POSITIVE = "PRIOR_REVENUE_NON_POSITIVE"
    PRIOR_ASSETS_NON_POSITIVE = "PRIOR_ASSETS_NON_POSITIVE"
    OPENING_EQUITY_NON_POSITIVE = "OPENING_EQUITY_NON_POSITIVE"
    OPENING_EQUITY_RECOVERED = "OPENING_EQUITY_RECOVERED"
    """Equity was negative and is positive again."""
    CASH_IN_WITH_LOSS = "CASH_IN_WITH_LOSS"
    CASH_OUT_WITH_PROFIT = "CASH_OUT_WITH_PROFIT"
    """The ratio is a number, and below zero."""
    CASH_OUT_WITH_LOSS = "CASH_OUT_WITH_LOSS"
    CASH_IN_WITHOUT_PROFIT = "CASH_IN_WITHOUT_PROFIT"
    """Net profit is exactly zero, as below."""
    NO_CASH_WITHOUT_PROFIT = "NO_CASH_WITHOUT_PROFIT"
    LOSS_TO_PROFIT = "LOSS_TO_PROFIT"
    NIL_TO_PROFIT = "NIL_TO_PROFIT"
    LOSS_TO_NIL = "LOSS_TO_NIL"
    NO_PROFIT_AGAIN = "NO_PROFIT_AGAIN"


class Flag(StrEnum):
    """What a reader of the ratio has to know about how it was made."""

    CLOSING_FOR_AVERAGE = "closing_for_average"
    """No opening figure: up to twice too low or too high for a firm that grows or shrinks fast."""
    ANNUALISED = "annualised"
    SEASONAL = "seasonal"
    """Annualised although the business depends on the season."""
    PART_YEAR = "part_year"
    """A change over less than a year, not annualised."""
    INTEREST_PROXY = "interest_proxy"
    """Finance expenses for interest: interest earned and exchange differences are mixed in."""
    CAPITALISED_INTEREST = "capitalised_interest"
    NET_RECEIVABLES = "net_receivables"
    """The allowance is not known, so receivables count net of it."""
    MINORITY_UNKNOWN = "minority_unknown"
    OUTSIDE_EQUITY_UNKNOWN = "outside_equity_unknown"
    """What owners paid in is not known, and so counts as earned."""


class Unknown(Exception):
    """A figure that the formula cannot do without is unknown."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class Worksheet:
    """The figures of a period as formulas ask for them; keeps what was asked and what has to be told."""

    def __init__(self, period: Period) -> None:
        self._period = period
        self.figures: dict[Figure, Decimal | None] = {}
        """What was asked of the period itself."""
        self.earlier: dict[Figure, Decimal | None] = {}
        """What was asked of a period before it."""
        self.flags: list[Flag] = []

    def flag(self, flag: Flag) -> None:
        """Something that a reader of the ratio has to know."""
        if flag not in self.flags:
            self.flags.append(flag)

    def known(self, figure: Figure) -> Decimal | None:
        """A figure as the statement has it."""
        self.figures[figure] = self._period.now[figure]
        return self.figures[figure]

    def at_end(self, figure: Figure) -> Decimal:
        """A figure that the formula needs, as the statement has it."""
        return _given(self.known(figure), Reason.FIGURE_MISSING)

    def at_start(self, figure: Figure) -> Decimal:
        """The opening figure of a change over the period."""
        if self._period.now.months != _YEAR:
            self.flag(Flag.PART_YEAR)
        return _given(self._earlier(self._period.before, figure), Reason.PRIOR_MISSING)

    def average(self, figure: Figure) -> Decimal:
        """Half of opening and closing together; the closing figure alone when there is no other."""
        closing, opening = self.at_end(figure), self._earlier(self._period.before, figure)
        if opening is None:
            self.flag(Flag.CLOSING_FOR_AVERAGE)
            return closing
        return (opening + closing) / 2

    def flow(self, figure: Figure) -> Decimal:
        """What flowed in a year, at this period's pace."""
        return self._yearly(self._period.now, self.at_end(figure))

    def flow_before(self, figure: Figure) -> Decimal:
        """What flowed in a year, at the pace of the period before."""
        before = self._period.before
        flow = _given(self._earlier(before, figure), Reason.PRIOR_MISSING)
        return flow if before is None else self._yearly(before, flow)

    def three_years_ago(self, figure: Figure) -> Decimal:
        """A figure of the year that ended three years before."""
        return _given(self._earlier(self._period.three_years_ago, figure), Reason.PRIOR_MISSING)

    def interest(self) -> Decimal:
        """The interest charged to profit, or the finance expenses for want of it."""
        charged = self.known(Figure.INTEREST_EXPENSE)
        if charged is not None:
            return self._yearly(self._period.now, charged)
        self.flag(Flag.INTEREST_PROXY)
        return max(self.flow(Figure.FINANCE_EXPENSES), Decimal(0))

    def capitalised_interest(self) -> Decimal:
        """Interest that went into assets: disclosed by few, so that none told is none counted."""
        capitalised = self.known(Figure.CAPITALISED_INTEREST)
        if not capitalised:
            return Decimal(0)
        self.flag(Flag.CAPITALISED_INTEREST)
        return self._yearly(self._period.now, capitalised)

    def receivables(self) -> Decimal:
        """The average balance owed by customers, before the allowance where that is known at both ends."""
        before = self._period.before
        gross_at_end = self.known(Figure.BAD_DEBT_ALLOWANCE) is not None
        gross_at_start = before is None or before[Figure.BAD_DEBT_ALLOWANCE] is not None
        if gross_at_end and gross_at_start:
            return self.average(Figure.RECEIVABLES) + self.average(Figure.BAD_DEBT_ALLOWANCE)
        self.flag(Flag.NET_RECEIVABLES)
        return self.average(Figure.RECEIVABLES)

    def earned_equity(self) -> Decimal:
        """Closing equity without what came from outside the business (扣除客观因素)."""
        outside = self.known(Figure.EQUITY_FROM_OUTSIDE)
        if outside is None:
            self.flag(Flag.OUTSIDE_EQUITY_UNKNOWN)
        return self.at_end(Figure.EQUITY) - (outside or 0)

    def _earlier(self, statement: Statement | None, figure: Figure) -> Decimal | None:
        self.earlier[figure] = None if statement is None else statement[figure]
        return self.earlier[figure]

    def _yearly(self, statement: Statement, flow: Decimal) -> Decimal:
        if statement.months == _YEAR:
            return flow
        self.flag(Flag.ANNUALISED)
        if self._period.seasonal:
            self.flag(Flag.SEASONAL)
        return flow * _YEAR / statement.months


def _given(value: Decimal | None, otherwise: Reason) -> Decimal:
    if value is None:
        raise Unknown(otherwise)
    return value
