"""What the ledger knows of a customer for rating and limit: the facts that nobody has to be asked for.

“The last twelve months” are the current calendar month, as far as it has come, and the eleven before it.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from itertools import accumulate, pairwise
from operator import sub
from statistics import median_low

from sqlalchemy.orm import Session

from core.queries.ledger.accounts import Account, accounts_of_many
from core.queries.ledger.lateness import invoices_open_since, lateness_facts
from core.queries.ledger.open_items import CURRENCY
from core.rules.calendar import add_months
from core.rules.money import Money
from core.rules.policy.facts import FactValue

_FEWEST_DELIVERIES = 4


def ledger_facts(session: Session, customer: int, on: date) -> dict[str, FactValue]:
    """Every fact whose source in the vocabulary is the ledger, by key, at the end of `on`.

    How late it pays is unknown where there was no invoice to be late with: no record is not a good one.
    """
    return ledger_facts_of_many(session, [customer], on)[customer]


def ledger_facts_of_many(
    session: Session, customers: Collection[int], on: date
) -> Mapping[int, dict[str, FactValue]]:
    """`ledger_facts` of many customers."""
    accounts = accounts_of_many(session, customers, on)
    return {customer: _ledger_facts(account, on) for customer, account in accounts.items()}


def _ledger_facts(account: Account, on: date) -> dict[str, FactValue]:
    recent = account.between(_first_of_twelve_months(on), on)
    last_year = account.between(date(on.year - 1, 1, 1), date(on.year - 1, 12, 31))
    months, shipped = _months_with_business(recent), _sum(recent.shipped)
    return {
        "cooperation_months": _whole_months(account.days[0], on) if account.days else 0,
        "months_with_business_12m": months,
        **lateness_facts(invoices_open_since(account, on, add_months(on, -36)), on),
        "invoices_12m": sum(due is not None for due in recent.due),
        "receipts_12m": _sum(recent.received),
        "shipments_12m": shipped,
        "average_month_shipments": _mean(shipped, months),
        "last_year_average_exposure": _average_exposure(account, on.year - 1),
        "had_credit": _had_credit(account, on),
        "month_average_last_year": _mean(_sum(last_year.shipped), _months_with_business(last_year)),
        "purchase_cycle_days": _purchase_cycle(recent),
    }


def _purchase_cycle(account: Account) -> int | None:
    """Days from one delivery to the next, the middle of them (进货周期, A18 6.2.1); unknown with fewer than four."""
    shipped = dict.fromkeys(account.days, 0)
    for day, amount in zip(account.days, account.shipped, strict=True):
        shipped[day] += amount
    days = [day for day, amount in shipped.items() if amount > 0]
    if len(days) < _FEWEST_DELIVERIES:
        return None
    return median_low((later - earlier).days for earlier, later in pairwise(days))


def _had_credit(account: Account, on: date) -> bool:
    before = account.between(date.min, on - timedelta(days=1))
    return any(
        settled_on is None or settled_on > day
        for day, due, settled_on in zip(before.days, before.due, before.settled_on, strict=True)
        if due is not None
    )


def _average_exposure(account: Account, year: int) -> Money | None:
    """Months before the account began are not known to be months without credit, so they do not count.

    An advance is no credit used: a month that ended with one counts as nothing.
    """
    month_ends = [date(year, month, 1) - timedelta(days=1) for month in range(2, 13)] + [date(year, 12, 31)]
    owed = list(accumulate(map(sub, account.shipped, account.received)))
    used = [max(owed[begun - 1], 0) for end in month_ends if (begun := bisect_right(account.days, end))]
    return _mean(_sum(used), len(used))


def _first_of_twelve_months(on: date) -> date:
    return add_months(on.replace(day=1), -11)


def _months_with_business(account: Account) -> int:
    return len({(day.year, day.month) for day in account.days})


def _whole_months(since: date, on: date) -> int:
    months = (on.year - since.year) * 12 + on.month - since.month
    return months if add_months(since, months) <= on else months - 1


def _sum(amounts: Iterable[int]) -> Money:
    return Money(sum(amounts), CURRENCY)


def _mean(amount: Money, count: int) -> Money | None:
    """Rounded down to a minor unit, so that no limit grows by rounding; None of nothing."""
    return Money(amount.minor // count, amount.currency) if count else None
