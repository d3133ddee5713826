"""Aging of receivables (5.3): how much is owed, and for how long past the due date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.rules.money import Money, total
from core.rules.receivables.allocation import OpenItem

BUCKETS = ("1-30", "31-60", "61-90", "91-180", "181-365", "366+")
_LAST_DAYS = (30, 60, 90, 180, 365)


@dataclass(frozen=True, slots=True)
class Aging:
    """What is open on a day: `not_due`, and the overdue amounts by bucket of days past due."""

    not_due: Money
    buckets: dict[str, Money]

    @property
    def overdue(self) -> Money:
        """Everything past its due date."""
        return total(self.buckets.values(), self.not_due.currency)

    @property
    def outstanding(self) -> Money:
        """Everything open, due or not."""
        return self.not_due + self.overdue


def bucket(days_past_due: int) -> str | None:
    """The bucket of so many days past due; None when not overdue (due today is not overdue)."""
    if days_past_due <= 0:
        return None
    return BUCKETS[sum(days_past_due > last for last in _LAST_DAYS)]


def age(items: Iterable[OpenItem], on: date, currency: str = "CNY") -> Aging:
    """Open items of one currency by age on a day; every bucket is there, empty ones as zero."""
    not_due = Money.zero(currency)
    buckets = dict.fromkeys(BUCKETS, not_due)
    for item in items:
        name = bucket((on - item.due).days)
        if name is None:
            not_due += item.open
        else:
            buckets[name] += item.open
    return Aging(not_due, buckets)
