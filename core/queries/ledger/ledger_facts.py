"""What the ledger knows of a customer for rating and limit: the facts that nobody has to be asked for.

“The last twelve months” are the current calendar month, as far as it has come, and the eleven before it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median_low

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from core.queries.ledger.exposure import Movement, balance, movements
from core.queries.ledger.lateness import invoices_open_since, lateness_facts
from core.queries.ledger.open_items import CURRENCY, INVOICE, IS_INVOICE
from core.rules.calendar import add_months
from core.rules.money import Money, total
from core.rules.policy.facts import FactValue

_FEWEST_DELIVERIES = 4


@dataclass(frozen=True, slots=True)
class LimitInputs:
    """What a limit is made from (B9 arts. 25-27); None is unknown, which is not zero."""

    average_month_receipts: Money | None
    """Over the months with business of the last twelve; None when there were none."""
    average_month_shipments: Money | None
    """Invoiced less credited, over the same months."""
    months_with_business: int
    last_year_average_exposure: Money | None
    """The mean of last calendar year's month-end exposures; None when the account is younger than that."""
    had_credit: bool
    """An invoice was left open beyond the day it was issued (原有赊销行为)."""
    is_new: bool
    """There was never any business."""


def limit_inputs(session: Session, customer: int, on: date) -> LimitInputs:
    """What the ledger says of a customer at the end of `on`."""
    account = movements(session, customer, on)
    recent = _last_twelve_months(account, on)
    months = _months_with_business(recent)
    return LimitInputs(
        average_month_receipts=_mean(_received(recent), months),
        average_month_shipments=_mean(_shipped(recent), months),
        months_with_business=months,
        last_year_average_exposure=_average_exposure(account, on.year - 1),
        had_credit=_had_credit(session, customer, on),
        is_new=not account,
    )


def ledger_facts(session: Session, customer: int, on: date) -> dict[str, FactValue]:
    """Every fact whose source in the vocabulary is the ledger, by key, at the end of `on`.

    How late it pays is unknown where there was no invoice to be late with: no record is not a good one.
    """
    account = movements(session, customer, on)
    recent = _last_twelve_months(account, on)
    last_year = [movement for movement in account if movement.day.year == on.year - 1]
    months = _months_with_business(recent)
    return {
        "cooperation_months": _whole_months(account[0].day, on) if account else 0,
        "months_with_business_12m": months,
        **lateness_facts(invoices_open_since(session, customer, on, add_months(on, -36)), on),
        "invoices_12m": _invoices(session, customer, on),
        "receipts_12m": _received(recent),
        "shipments_12m": _shipped(recent),
        "average_month_shipments": _mean(_shipped(recent), months),
        "last_year_average_exposure": _average_exposure(account, on.year - 1),
        "had_credit": _had_credit(session, customer, on),
        "month_average_last_year": _mean(_shipped(last_year), _months_with_business(last_year)),
        "purchase_cycle_days": _purchase_cycle(recent),
    }


def _invoices(session: Session, customer: int, on: date) -> int:
    issued = select(func.count()).where(
        INVOICE.c.customer == customer,
        IS_INVOICE,
        INVOICE.c.issued.between(_first_of_twelve_months(on), on),
    )
    return session.execute(issued).scalar_one()


def _purchase_cycle(account: Iterable[Movement]) -> int | None:
    """Days from one delivery to the next, the middle of them (进货周期, A18 6.2.1); unknown with fewer than four."""
    days = [movement.day for movement in account if movement.shipped > 0]
    if len(days) < _FEWEST_DELIVERIES:
        return None
    return median_low((later - earlier).days for earlier, later in pairwise(days))


def _had_credit(session: Session, customer: int, on: date) -> bool:
    waited_for = select(INVOICE.c.id).where(
        INVOICE.c.customer == customer,
        IS_INVOICE,
        INVOICE.c.issued < on,
        or_(INVOICE.c.settled_on.is_(None), INVOICE.c.settled_on > INVOICE.c.issued),
    )
    return session.execute(waited_for.limit(1)).first() is not None


def _average_exposure(account: Sequence[Movement], year: int) -> Money | None:
    """Months before the account began are not known to be months without credit, so they do not count.

    An advance is no credit used: a month that ended with one counts as nothing.
    """
    month_ends = [date(year, month, 1) - timedelta(days=1) for month in range(2, 13)] + [date(year, 12, 31)]
    known = [end for end in month_ends if account and account[0].day <= end]
    used = (max(balance(account, end), Money.zero(CURRENCY)) for end in known)
    return _mean(total(used, CURRENCY), len(known))


def _last_twelve_months(account: Sequence[Movement], on: date) -> list[Movement]:
    return [movement for movement in account if movement.day >= _first_of_twelve_months(on)]


def _first_of_twelve_months(on: date) -> date:
    return add_months(on.replace(day=1), -11)


def _months_with_business(account: Iterable[Movement]) -> int:
    return len({(movement.day.year, movement.day.month) for movement in account})


def _whole_months(since: date, on: date) -> int:
    months = (on.year - since.year) * 12 + on.month - since.month
    return months if add_months(since, months) <= on else months - 1


def _received(account: Iterable[Movement]) -> Money:
    return Money(sum(movement.received for movement in account), CURRENCY)


def _shipped(account: Iterable[Movement]) -> Money:
    return Money(sum(movement.shipped for movement in account), CURRENCY)


def _mean(amount: Money, count: int) -> Money | None:
    """Rounded down to a minor unit, so that no limit grows by rounding; None of nothing."""
    return Money(amount.minor // count, amount.currency) if count else None
