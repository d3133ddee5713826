"""One customer's account in the sample ledger: what it orders, owes and pays on a day."""

from bisect import insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from core.rules.calendar import next_working_day
from core.rules.money import Money, total
from core.rules.receivables.allocation import OpenItem, allocate
from core.samples.habits import Buying, Habit, Recent
from core.samples.payment import Punctuality
from core.samples.season import demand
from core.samples.shapes import InvoiceSample, ReceiptSample

# A customer seldom stretches its line to the very end; beyond this it pays on delivery.
_STRETCH = Decimal("0.9")
_WORKING_DAYS_A_MONTH = 21
_DAYS_TO_BEGIN = 12
_SMALLEST_ORDER, _LARGEST_ORDER = 0.55, 1.5
_FIRST_PART = Decimal("0.6")
_DAYS_TO_SECOND_PART = 12
_LEAST_RETURNED, _MOST_RETURNED = 3, 9
_ROUND_SUM = 1000_00
_NOTHING = Money.zero()

Numbering = Callable[[date], str]
"""The next free number of a day."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days that the ledger covers; `ago` counts back from the last, which is today."""

    first: date
    today: date

    def ago(self, days: int) -> date:
        """The day so many days before today."""
        return self.today - timedelta(days=days)


@dataclass(slots=True)
class _Appetite:
    """What the customer would still buy, in yuan; below 0 after an order, until that is used up."""

    buying: Buying
    on_credit: bool
    yuan: float = 0.0


@dataclass(order=True, frozen=True, slots=True)
class _Intent:
    """To pay an invoice, or part of it, on a day."""

    on: date
    number: str
    amount: Money = field(compare=False)


class Account:
    """A customer who is asked every day, in the order of days, first for orders and then for money.

    It keeps to its `limit`, if it has one, and pays on delivery for what would go beyond.
    """

    def __init__(self, code: str, habit: Habit, limit: Money | None, period: Period, rng: Random) -> None:
        self._code = code
        self._habit = habit
        # A line that came with the weeks told by hand did not bind before them.
        self._limit = limit if habit.until is None else None
        self._period = period
        self._rng = rng
        self._starts = period.first + timedelta(days=rng.randrange(_DAYS_TO_BEGIN))
        if habit.since is not None:
            self._starts = max(self._starts, period.ago(habit.since))
        self._appetites = [
            _Appetite(buying, on_credit)
            for buying, on_credit in ((habit.credit, True), (habit.cash, False))
            if buying is not None
        ]
        self._punctuality = Punctuality(habit.manner, rng)
        self._open: dict[str, OpenItem] = {}
        self._intents: list[_Intent] = []

    def order(self, day: date, numbering: Numbering) -> Iterator[InvoiceSample]:
        """The day's invoices and credit notes."""
        for recent in self._habit.recent:
            if self._period.ago(recent.issued) == day:
                yield self._told(recent, day, numbering(day))
        if not self._trades_on(day):
            return
        for appetite in self._appetites:
            appetite.yuan += appetite.buying.monthly / _WORKING_DAYS_A_MONTH * demand(day)
            # One order a day and kind is plenty: a larger appetite is met on the days that follow.
            if appetite.yuan > 0:
                yield from self._buy(appetite, day, numbering)

    def pay(self, day: date, numbering: Numbering) -> Iterator[ReceiptSample]:
        """The day's receipts: one for all the invoices that the customer settles that day, one for each part."""
        unnamed = self._habit.manner.unnamed
        meant = self._meant_for(day)
        settling = tuple(number for number, amount in meant.items() if amount == self._open[number].open)
        # A part stands alone: named among others, it would take from the next invoice what it leaves open.
        parts = tuple((number,) for number in meant if number not in settling)
        for numbers in (settling, *parts):
            if amount := total(meant[number] for number in numbers):
                yield self._receive(numbering(day), day, amount, () if unnamed else numbers)
        if unnamed and (round_sum := self._round_sum(day)):
            yield self._receive(numbering(day), day, round_sum, ())
        advance = self._habit.advance
        if advance is not None and self._period.ago(advance.received) == day:
            yield self._receive(numbering(day), day, advance.amount, ())

    def _trades_on(self, day: date) -> bool:
        until = self._habit.until
        return (
            demand(day) > 0
            and day.month in self._habit.months
            and day >= self._starts
            and (until is None or day <= self._period.ago(until))
        )

    def _told(self, recent: Recent, day: date, number: str) -> InvoiceSample:
        if recent.paid is not None:
            self._intend(self._period.ago(recent.paid), number, recent.amount)
        on_credit = recent.paid != recent.issued
        return self._owe(number, day, recent.amount, on_credit=on_credit, disputed=recent.disputed)

    def _buy(self, appetite: _Appetite, day: date, numbering: Numbering) -> Iterator[InvoiceSample]:
        yuan = appetite.buying.order * self._rng.uniform(_SMALLEST_ORDER, _LARGEST_ORDER)
        appetite.yuan -= yuan
        amount = Money(round(yuan * 100))
        on_credit = appetite.on_credit and self._may_owe(amount, day)
        invoice = self._owe(numbering(day), day, amount, on_credit=on_credit)
        yield invoice
        if not on_credit:
            self._intend(day, invoice.number, amount)
        elif not self._habit.manner.unnamed:
            self._intend_as_usual(invoice)
        if on_credit and self._rng.random() < self._habit.manner.returns:
            yield self._return_some(amount, day, numbering(day))

    def _may_owe(self, amount: Money, day: date) -> bool:
        ended = self._habit.credit_ended
        if ended is not None and day > self._period.ago(ended):
            return False
        owed = total(item.open for item in self._open.values()) + amount
        return self._limit is None or owed <= self._limit.times(_STRETCH)

    def _owe(
        self, number: str, day: date, amount: Money, *, on_credit: bool, disputed: Money = _NOTHING
    ) -> InvoiceSample:
        due = day + timedelta(days=self._habit.term if on_credit else 0)
        self._open[number] = OpenItem(number, due, amount, day)
        return InvoiceSample(number, self._code, day, day, due, amount, "invoice", disputed)

    def _return_some(self, amount: Money, day: date, number: str) -> InvoiceSample:
        percent = self._rng.randint(_LEAST_RETURNED, _MOST_RETURNED)
        note = amount.times(Decimal(percent) / 100)
        self._settle(note)
        return InvoiceSample(number, self._code, day, day, day, note, "credit_note", _NOTHING)

    def _intend(self, on: date, number: str, amount: Money) -> None:
        # Where the last weeks are told by hand, nothing before them may be left open.
        if self._habit.until is not None:
            on = min(on, self._period.ago(1))
        insort(self._intents, _Intent(on, number, amount))

    def _intend_as_usual(self, invoice: InvoiceSample) -> None:
        on, first = self._punctuality.day_of_payment(invoice.issued, invoice.due), invoice.amount
        if self._rng.random() < self._habit.manner.part:
            first = invoice.amount.times(_FIRST_PART)
            second_on = next_working_day(on + timedelta(days=_DAYS_TO_SECOND_PART))
            self._intend(second_on, invoice.number, invoice.amount - first)
        self._intend(on, invoice.number, first)

    def _meant_for(self, day: date) -> dict[str, Money]:
        meant: dict[str, Money] = {}
        while self._intents and self._intents[0].on <= day:
            intent = self._intents.pop(0)
            meant[intent.number] = meant.get(intent.number, _NOTHING) + intent.amount
        return meant

    def _round_sum(self, day: date) -> Money:
        """Whole thousands of what is due, on the day of the month on which the customer pays."""
        pay_day = self._habit.manner.pay_day
        if pay_day is None or day != next_working_day(day.replace(day=pay_day)):
            return _NOTHING
        due = total(item.open for item in self._open.values() if item.due <= day)
        return Money(due.minor // _ROUND_SUM * _ROUND_SUM)

    def _receive(self, number: str, day: date, amount: Money, invoices: tuple[str, ...]) -> ReceiptSample:
        self._settle(amount, invoices)
        return ReceiptSample(number, self._code, day, amount, invoices)

    def _settle(self, amount: Money, named: tuple[str, ...] = ()) -> None:
        for number, part in allocate(amount, tuple(self._open.values()), named).parts:
            item = self._open.pop(number)
            if part < item.open:
                self._open[number] = OpenItem(number, item.due, item.open - part, item.issued)
