"""Reminders and digests by hand (6.1, 2.5, 3.7): who must hear what on which working day of 2026.

Written from the policy text, with the calendar as it was published: nothing here comes from `core`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.year.books import Books
from tests.year.ledger import Customer

HOLIDAYS = (
    ((1, 1), (1, 3)),
    ((2, 15), (2, 23)),
    ((4, 4), (4, 6)),
    ((5, 1), (5, 5)),
    ((6, 19), (6, 21)),
    ((9, 25), (9, 27)),
    ((10, 1), (10, 7)),
)
"""The holidays of 2026 as the State Council published them, first and last day."""
MADE_UP = ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))
"""Saturdays and Sundays of 2026 on which people work (调休)."""

LADDER: Mapping[int, tuple[str, ...]] = {
    -7: ("sales",),
    -1: ("sales",),
    1: ("sales",),
    8: ("market_manager",),
    15: ("credit_controller",),
    31: ("cfo", "marketing_vp"),
    91: ("legal",),
}
"""Days past due, and who is told then."""
NOTICE_DAYS = (30, 7, 0)
"""So many days before a rating or a line ends it is told (B9 art. 11)."""


def is_working_day(day: date) -> bool:
    """Monday to Friday but for the holidays, and the days that make up for these."""
    at = (day.month, day.day)
    if at in MADE_UP:
        return True
    return day.isoweekday() <= 5 and not any(first <= at <= last for first, last in HOLIDAYS)


@dataclass(frozen=True, slots=True)
class Told:
    """What a digest counts: invoices and what is asked for, endings and suspensions."""

    overdue: int = 0
    overdue_minor: int = 0
    upcoming: int = 0
    upcoming_minor: int = 0
    endings: int = 0
    suspensions: int = 0

    def __add__(self, other: "Told") -> "Told":
        return Told(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


class Reminding:
    """The mornings of a year, one after another."""

    def __init__(self, customers: Iterable[Customer], holders: Mapping[str, str]) -> None:
        """``holders`` are the names of the people by role; sales is the owner's."""
        self._customers = {customer.code: customer for customer in customers}
        self._holders = holders
        self._climbed: defaultdict[str, set[int]] = defaultdict(set)
        self._last_digest: date | None = None

    def morning(self, day: date, books: Books) -> tuple[dict[str, int], dict[str, Told]]:
        """The rung that each invoice climbs, and what each person is told; nothing on a day off."""
        if not is_working_day(day):
            return {}, {}
        climbed = {
            invoice.number: rung
            for invoice in books.chased()
            if (rung := _rung((day - invoice.due).days, self._climbed[invoice.number])) is not None
        }
        for number, rung in climbed.items():
            self._climbed[number].add(rung)
        told = self._digests(day, books, climbed)
        self._last_digest = day
        return climbed, told

    def suspended(self, day: date) -> set[str]:
        """The customers whose line is suspended: the day after its last, or after their rating's."""
        return {code for code, customer in self._customers.items() if _over(customer, day)}

    def _digests(self, day: date, books: Books, climbed: Mapping[str, int]) -> dict[str, Told]:
        told: defaultdict[str, Told] = defaultdict(Told)
        for number, rung in climbed.items():
            invoice = books.invoices[number]
            minor = books.asked_for(number)
            late = invoice.due < day
            for role in LADDER[rung]:
                person = self._customers[invoice.customer].owner if role == "sales" else self._holders[role]
                told[person] += Told(1, minor) if late else Told(0, 0, 1, minor)
        for customer in self._customers.values():
            news = self._ending(customer, day)
            if news != Told():
                for person in {customer.owner, self._holders["credit_controller"]}:
                    told[person] += news
        return dict(told)

    def _ending(self, customer: Customer, day: date) -> Told:
        rating, line = customer.rated_until, customer.line_ends
        news = Told(endings=int(rating is not None and self._noticed(rating, day)))
        if _over(customer, day):
            assert rating is not None
            assert line is not None
            return replace(news, suspensions=int(self._is_news(min(rating, line) + timedelta(days=1))))
        return news + Told(endings=int(line is not None and self._noticed(line, day)))

    def _noticed(self, last_day: date, day: date) -> bool:
        """Whether one of the notices before a last day, which is not over, has come up since the last digest."""
        notices = [last_day - timedelta(days=before) for before in NOTICE_DAYS]
        return day <= last_day and any(notice <= day and self._is_news(notice) for notice in notices)

    def _is_news(self, day: date) -> bool:
        return self._last_digest is None or day > self._last_digest


def _over(customer: Customer, day: date) -> bool:
    if customer.rated_until is None or customer.line_ends is None:
        return False
    return day > min(customer.rated_until, customer.line_ends)


def _rung(late: int, climbed: set[int]) -> int | None:
    """Past due, the lowest rung that is left, once its day has come; before, the latest whose day has come."""
    if late > 0:
        lowest = min((rung for rung in LADDER if rung > 0 and rung not in climbed), default=None)
        return lowest if lowest is not None and lowest <= late else None
    latest = max((rung for rung in LADDER if rung <= late), default=None)
    return None if latest in climbed else latest
