"""How late a customer paid, or is by now, as facts for rating (A15, A19, B2, B9, B10)."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from core.queries.ledger.accounts import Account
from core.rules.calendar import add_months
from core.rules.policy.facts import FactValue
from core.rules.precision import rounded

_PLACES = 2


class JudgedInvoice(NamedTuple):
    """An invoice, and how late it was paid or is by now."""

    amount_minor: int
    until: date
    """The day it was settled, or the day that is asked about."""
    days_late: int
    """Days past due; 0 for one that is not late."""
    is_open: bool
    tested: bool
    """Whether it could have been late: paid, or due by now."""


def invoices_open_since(account: Account, on: date, since: date) -> list[JudgedInvoice]:
    """Every invoice of a customer that was open at any time from `since` to `on`."""
    return [
        _judged(amount_minor, due, settled_on, on)
        for amount_minor, due, settled_on in zip(
            account.shipped, account.due, account.settled_on, strict=True
        )
        if due is not None and (settled_on is None or settled_on >= since)
    ]


def _judged(amount_minor: int, due: date, settled_on: date | None, on: date) -> JudgedInvoice:
    settled = settled_on if settled_on is not None and settled_on <= on else None
    until = on if settled is None else settled
    days_late = (until - due).days if until > due else 0
    return JudgedInvoice(amount_minor, until, days_late, settled is None, settled is not None or due <= on)


def lateness_facts(invoices: Sequence[JudgedInvoice], on: date) -> dict[str, FactValue]:
    """The facts about lateness at the end of `on`; all but the count are unknown without an invoice to judge by."""
    a_year_ago, two_years_ago = add_months(on, -12), add_months(on, -24)
    year = [each for each in invoices if each.until >= a_year_ago]
    two_years = [each for each in invoices if each.until >= two_years_ago]
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


def _longest(invoices: Iterable[JudgedInvoice]) -> int | None:
    return max((each.days_late for each in invoices), default=None)


def _mean(invoices: Sequence[JudgedInvoice], values: Sequence[int]) -> Decimal | None:
    """The mean by amount, rounded half up to two decimals; None of nothing."""
    whole = sum(each.amount_minor for each in invoices)
    if not whole:
        return None
    weighted = sum(each.amount_minor * value for each, value in zip(invoices, values, strict=True))
    return rounded(Decimal(weighted) / whole, _PLACES)
