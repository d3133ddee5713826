"""Financial statements (1.5): the figures of a period, two years and the latest one, in yuan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Figure(StrEnum):
    """One line of the statements. Balance sheet lines are at the period's end, the others for the period."""

    CASH = "cash"
    RECEIVABLES = "receivables"
    """应收账款, net of the allowance."""
    BAD_DEBT_ALLOWANCE = "bad_debt_allowance"
    INVENTORY = "inventory"
    CURRENT_ASSETS = "current_assets"
    INTANGIBLES = "intangibles"
    GOODWILL = "goodwill"
    DEVELOPMENT_COST = "development_cost"
    LONG_TERM_DEFERRED = "long_term_deferred"
    """长期待摊费用."""
    TOTAL_ASSETS = "total_assets"
    IMPAIRMENT_ALLOWANCE = "impairment_allowance"
    """减值准备余额, all assets together."""
    LATENT_LOSSES = "latent_losses"
    """潜亏挂账."""
    UNSETTLED_LOSSES = "unsettled_losses"
    """未处理资产损失."""
    SHORT_TERM_LOANS = "short_term_loans"
    CURRENT_PART_OF_DEBT = "current_part_of_debt"
    """一年内到期的长期负债."""
    INTEREST_PAYABLE = "interest_payable"
    CURRENT_LIABILITIES = "current_liabilities"
    LONG_TERM_LOANS = "long_term_loans"
    BONDS_PAYABLE = "bonds_payable"
    TOTAL_LIABILITIES = "total_liabilities"
    CONTINGENT_LIABILITIES = "contingent_liabilities"
    """或有负债: off the balance sheet, from the notes."""
    PAID_IN_CAPITAL = "paid_in_capital"
    CAPITAL_RESERVE = "capital_reserve"
    RETAINED_EARNINGS = "retained_earnings"
    EQUITY = "equity"

    REVENUE = "revenue"
    COST_OF_SALES = "cost_of_sales"
    SALES_TAXES = "sales_taxes"
    """税金及附加."""
    SELLING_EXPENSES = "selling_expenses"
    ADMIN_EXPENSES = "admin_expenses"
    FINANCE_EXPENSES = "finance_expenses"
    INTEREST_EXPENSE = "interest_expense"
    """其中:利息费用, under the finance expenses."""
    CAPITALISED_INTEREST = "capitalised_interest"
    RESEARCH_SPENDING = "research_spending"
    """科技支出."""
    TOTAL_PROFIT = "total_profit"
    """利润总额, before tax."""
    NET_PROFIT = "net_profit"
    """净利润 of the parent, without the minority's."""
    MINORITY_PROFIT = "minority_profit"
    EQUITY_FROM_OUTSIDE = "equity_from_outside"
    """客观因素: what owners paid in and the like; no merit of the year."""

    OPERATING_CASH_FLOW = "operating_cash_flow"
    INVESTING_CASH_FLOW = "investing_cash_flow"
    FINANCING_CASH_FLOW = "financing_cash_flow"
    EXCHANGE_EFFECT = "exchange_effect"
    NET_CASH_CHANGE = "net_cash_change"
    OPENING_CASH = "opening_cash"
    CLOSING_CASH = "closing_cash"


class StatementsOutOfOrder(ValueError):
    """Periods that do not follow one another, or are not of 1 to 12 months."""


@dataclass(frozen=True, slots=True)
class Statement:
    """The statements of one period; a figure that is absent is unknown, which is not zero."""

    ends: date
    """The last day of the period, the day of the balance sheet."""
    months: int
    figures: Mapping[Figure, Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 1 <= self.months <= 12:
            raise StatementsOutOfOrder(f"{self.months} months")

    def __getitem__(self, figure: Figure) -> Decimal | None:
        return self.figures.get(figure)

    def follows(self, earlier: "Statement", months: int | None = None) -> bool:
        """Whether `earlier` ends as many months before this one does: as long as this period, unless told."""
        return _month(self.ends) - _month(earlier.ends) == (self.months if months is None else months)


@dataclass(frozen=True, slots=True)
class Period:
    """A statement with what it is held against."""

    now: Statement
    before: Statement | None = None
    """The period that ends where this one begins: its closing figures are the opening ones here."""
    three_years_ago: Statement | None = None
    seasonal: bool | None = None
    """Whether the business depends on the season; None is not known."""

    def __post_init__(self) -> None:
        if self.before is not None and not self.now.follows(self.before):
            raise StatementsOutOfOrder(f"{self.before.ends} before {self.now.ends}")
        if self.three_years_ago is not None and not self.now.follows(self.three_years_ago, 36):
            raise StatementsOutOfOrder(f"{self.three_years_ago.ends} three years before {self.now.ends}")


@dataclass(frozen=True, slots=True)
class Statements:
    """What a customer hands in: two years and the latest period (B4), as far as there is any."""

    year: Statement | None = None
    year_before: Statement | None = None
    latest: Statement | None = None
    """The part of the running year that is over."""
    three_years_ago: Statement | None = None
    seasonal: bool | None = None

    def __post_init__(self) -> None:
        ends = [each.ends for each in (self.year_before, self.year, self.latest) if each is not None]
        if ends != sorted(set(ends)):
            raise StatementsOutOfOrder(", ".join(map(str, ends)))

    def periods(self) -> Iterator[Period]:
        """Every period with its forerunner, where the two join without a gap; oldest first."""
        earlier: Statement | None = None
        for now in (self.year_before, self.year, self.latest):
            if now is None:
                continue
            base = self.three_years_ago
            yield Period(
                now,
                before=earlier if earlier is not None and now.follows(earlier) else None,
                three_years_ago=base if base is not None and now.follows(base, 36) else None,
                seasonal=self.seasonal,
            )
            earlier = now


def _month(day: date) -> int:
    return day.year * 12 + day.month
