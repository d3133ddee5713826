"""The day on which a customer pays an invoice, by its manner."""

from datetime import date, timedelta
from random import Random

from core.rules.calendar import add_months, is_working_day, next_working_day
from core.samples.habits import Manner


class Punctuality:
    """Days of payment that, over time, are as late as the manner says, working days and holidays included."""

    def __init__(self, manner: Manner, rng: Random) -> None:
        self._manner = manner
        self._rng = rng
        self._ahead = 0.0

    def day_of_payment(self, issued: date, due: date) -> date:
        """A working day not before the invoice; not after the due day when the customer is never late."""
        wanted = self._wanted(due)
        early = self._manner.never_late
        return max(_last_working_day(min(wanted, due)) if early else next_working_day(wanted), issued)

    def _wanted(self, due: date) -> date:
        manner = self._manner
        if manner.pay_day is not None:
            return _pay_day(due, manner.pay_day, before=manner.never_late)
        wanted = due + timedelta(days=round(manner.late - self._ahead + self._rng.gauss(0, manner.scatter)))
        # A bank holiday makes a payment later than meant; the customer makes up for it the next time.
        self._ahead += (next_working_day(wanted) - due).days - manner.late
        return wanted


def _pay_day(day: date, pay_day: int, *, before: bool) -> date:
    """The last pay day until a day, or the first from it on."""
    this_month = day.replace(day=pay_day)
    if before:
        return this_month if this_month <= day else add_months(this_month, -1)
    return this_month if this_month >= day else add_months(this_month, 1)


def _last_working_day(day: date) -> date:
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
