"""What the ledger knows of a customer for rating and limit: the facts that nobody has to be asked for.

“The last twelve months” are the current calendar month, as far as it has come, and the eleven before it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.queries.exposure import Movement, balance, movements
from core.queries.open_items import CURRENCY, INVOICE, IS_INVOICE
from core.rules.calendar import add_months
from core.rules.facts import FactValue
from core.rules.money import Money, total


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

    The longest overdue is unknown where there was no invoice to be late with: no record is not a good one.
    """
    account = movements(session, customer, on)
    recent = _last_twelve_months(account, on)
    lateness = _lateness(session, customer, on, since=add_months(on, -24))
    late_since = add_months(on, -12)
    return {
        "cooperation_months": _whole_months(account[0].day, on) if account else 0,
        "months_with_business_12m": _months_with_business(recent),
        "max_days_overdue_24m": max((late.days for late in lateness), default=None),
        "late_invoices_12m": sum(late.days > 0 and late.until >= late_since for late in lateness),
        "receipts_12m": _received(recent),
        "shipments_12m": _shipped(recent),
    }


@dataclass(frozen=True, slots=True)
class _Late:
    """How late an invoice was paid, or is by now."""

    until: date
    days: int


def _lateness(session: Session, customer: int, on: date, since: date) -> list[_Late]:
    """Of every invoice that was open at any time from `since` to `on`; 0 days for one that was not late."""
    found = session.execute(
        select(INVOICE.c.due, INVOICE.c.settled_on).where(
            INVOICE.c.customer == customer,
            IS_INVOICE,
            INVOICE.c.issued <= on,
            or_(INVOICE.c.settled_on.is_(None), INVOICE.c.settled_on >= since),
        )
    )
    ends = ((due, on if settled is None else min(settled, on)) for due, settled in found)
    return [_Late(end, max((end - due).days, 0)) for due, end in ends]


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
    first = add_months(on.replace(day=1), -11)
    return [movement for movement in account if movement.day >= first]


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
