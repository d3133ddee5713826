"""How late a customer paid, or is by now, as facts for rating (A15, A19, B2, B9, B10)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.queries.ledger.open_items import INVOICE, IS_INVOICE
from core.rules.calendar import add_months
from core.rules.policy.facts import FactValue
from core.rules.precision import rounded

_PLACES = 2


@dataclass(frozen=True, slots=True)
class DueInvoice:
    """An invoice, and how late it was paid or is by now."""

    amount_minor: int
    due: date
    until: date
    """The day it was settled, or the day that is asked about."""
    is_open: bool

    @property
    def days_late(self) -> int:
        """Days past due; 0 for one that is not late."""
        return max((self.until - self.due).days, 0)

    @property
    def tested(self) -> bool:
        """Whether it could have been late: paid, or due by now."""
        return not self.is_open or self.due <= self.until


def invoices_open_since(session: Session, customer: int, on: date, since: date) -> tuple[DueInvoice, ...]:
    """Every invoice of a customer that was open at any time from `since` to `on`."""
    found = session.execute(
        select(INVOICE.c.amount_minor, INVOICE.c.due, INVOICE.c.settled_on).where(
            INVOICE.c.customer == customer,
            IS_INVOICE,
            INVOICE.c.issued <= on,
            or_(INVOICE.c.settled_on.is_(None), INVOICE.c.settled_on >= since),
        )
    )
    return tuple(
        DueInvoice(amount, due, on, is_open=True)
        if settled is None or settled > on
        else DueInvoice(amount, due, settled, is_open=False)
        for amount, due, settled in found
    )


def lateness_facts(invoices: Sequence[DueInvoice], on: date) -> dict[str, FactValue]:
    """The facts about lateness at the end of `on`; all but the count are unknown without an invoice to judge by."""
    year = [each for each in invoices if each.until >= add_months(on, -12)]
    two_years = [each for each in invoices if each.until >= add_months(on, -24)]
    tested = [each for each in year if each.tested]
    return {
        "days_overdue_now": _longest(each for each in invoices if each.is_open) or 0 if invoices else None,
        "max_days_overdue_12m": _longest(year),
        "max_days_overdue_24m": _longest(two_years),
        "max_days_overdue_36m": _longest(invoices),
        "late_invoices_12m": sum(each.days_late > 0 for each in year),
        "late_share_12m": _mean(tested, [100 if each.days_late else 0 for each in tested]),
        "average_days_late_12m": _mean(tested, [each.days_late for each in tested]),
    }


def _longest(invoices: Iterable[DueInvoice]) -> int | None:
    return max((each.days_late for each in invoices), default=None)


def _mean(invoices: Sequence[DueInvoice], values: Sequence[int]) -> Decimal | None:
    """The mean by amount, rounded half up to two decimals; None of nothing."""
    whole = sum(each.amount_minor for each in invoices)
    if not whole:
        return None
    weighted = sum(each.amount_minor * value for each, value in zip(invoices, values, strict=True))
    return rounded(Decimal(weighted) / whole, _PLACES)
