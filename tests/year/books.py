"""The receivables ledger kept by hand (5.2, 5.3): dicts and whole 分, written from the requirements.

Nothing here comes from `core`: where these books and the program's agree, two have worked it out.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tests.year.ledger import Invoice, Receipt

BUCKET_ENDS = (0, 30, 60, 90, 180, 365)
"""The last day past due of each column of the aging report but the last; the first is what is not due."""

Aged = tuple[int, ...]
"""Not due, 1-30, 31-60, 61-90, 91-180, 181-365 and 366+ days past due, and last what is unallocated."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """A customer on the overdue list."""

    amount: int
    disputed: int
    oldest_days: int
    invoices: int


@dataclass(frozen=True, slots=True)
class _Payment:
    """A receipt or credit note, which settle invoices alike."""

    number: str
    customer: str
    on: date
    minor: int
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Settled:
    """So much of an invoice was settled out of a payment, as of a day."""

    payment: str
    invoice: str
    minor: int
    on: date


class Books:
    """What is owed, kept by booking one file after another."""

    def __init__(self) -> None:
        self.invoices: dict[str, Invoice] = {}
        self._payments: dict[str, _Payment] = {}
        self._open: defaultdict[str, dict[str, int]] = defaultdict(dict)
        """By customer, what is open of each invoice."""
        self._rest: defaultdict[str, dict[str, int]] = defaultdict(dict)
        """By customer, what is left of each payment."""
        self._settled: list[_Settled] = []
        self._moved: defaultdict[str, defaultdict[date, int]] = defaultdict(lambda: defaultdict(int))
        """By customer and day, what was invoiced less what was credited and received."""

    # booking

    def book_invoices(self, file: Sequence[Invoice]) -> None:
        """Credit notes settle what is due the longest; what was paid ahead settles the new invoices."""
        invoices = [one for one in file if not one.is_note]
        for one in invoices:
            self.invoices[one.number] = one
            self._open[one.customer][one.number] = one.minor
            self._moved[one.customer][one.issued] += one.minor
        notes = [_Payment(one.number, one.customer, one.issued, one.minor) for one in file if one.is_note]
        self._take_in(notes)
        new = {one.number for one in invoices}
        ahead = [
            payment
            for customer in dict.fromkeys(one.customer for one in invoices)
            for number in self._rest[customer]
            if not (payment := self._payments[number]).named or new.intersection(payment.named)
        ]
        for payment in _in_turn(ahead):
            self._settle(payment, new)

    def book_receipts(self, file: Sequence[Receipt]) -> None:
        """A receipt settles the invoices it names and no others; without names, the oldest due."""
        self._take_in([_Payment(r.number, r.customer, r.received, r.minor, r.named) for r in file])

    def _take_in(self, payments: Sequence[_Payment]) -> None:
        for payment in payments:
            self._payments[payment.number] = payment
            self._rest[payment.customer][payment.number] = payment.minor
            self._moved[payment.customer][payment.on] -= payment.minor
        for payment in _in_turn(payments):
            self._settle(payment, self.invoices.keys())

    def _settle(self, payment: _Payment, among: Iterable[str]) -> None:
        theirs, rests = self._open[payment.customer], self._rest[payment.customer]
        wanted = payment.named or sorted(theirs, key=self._age)
        for number in wanted:
            left = rests.get(payment.number, 0)
            if not left or number not in theirs or number not in among:
                continue
            part = min(left, theirs[number])
            on = max(payment.on, self.invoices[number].issued)
            self._settled.append(_Settled(payment.number, number, part, on))
            _take(theirs, number, part)
            _take(rests, payment.number, part)

    def _age(self, number: str) -> tuple[date, date, str]:
        invoice = self.invoices[number]
        return invoice.due, invoice.issued, number

    # asking

    def balances(self) -> dict[str, int]:
        """What each customer owes, those who owe nothing left out: a sum that knows of no allocation."""
        sums = {customer: sum(days.values()) for customer, days in self._moved.items()}
        return {customer: owed for customer, owed in sums.items() if owed}

    def balance(self, customer: str, on: date) -> int:
        """What a customer owed at the end of a day."""
        return sum(minor for day, minor in self._moved[customer].items() if day <= on)

    def open_items(self) -> dict[str, int]:
        """What is open of each invoice that is not settled."""
        return {number: left for theirs in self._open.values() for number, left in theirs.items()}

    def chased(self) -> list[Invoice]:
        """The open invoices that are not wholly disputed."""
        return [
            invoice
            for number, left in self.open_items().items()
            if (invoice := self.invoices[number]).disputed < left
        ]

    def asked_for(self, number: str) -> int:
        """What is open of an invoice and not disputed."""
        invoice = self.invoices[number]
        return self._open[invoice.customer][number] - invoice.disputed

    def overdue(self, on: date) -> dict[str, Overdue]:
        """The overdue list: due today is not overdue; what was paid is taken to be what was not disputed."""
        found = {}
        for customer, theirs in self._open.items():
            late = {n: left for n, left in theirs.items() if self.invoices[n].due < on}
            if late:
                disputed = sum(min(left, self.invoices[n].disputed) for n, left in late.items())
                oldest = max((on - self.invoices[n].due).days for n in late)
                found[customer] = Overdue(sum(late.values()), disputed, oldest, len(late))
        return found

    def aging(self, on: date) -> dict[str, Aged]:
        """The aging report at the end of a day that may have passed, customers with nothing in it left out."""
        open_then = {n: one.minor for n, one in self.invoices.items() if one.issued <= on}
        rest_then = {n: one.minor for n, one in self._payments.items() if one.on <= on}
        for settled in self._settled:
            if settled.on <= on:
                open_then[settled.invoice] -= settled.minor
                rest_then[settled.payment] -= settled.minor
        rows: defaultdict[str, list[int]] = defaultdict(lambda: [0] * (len(BUCKET_ENDS) + 2))
        for number, left in open_then.items():
            invoice = self.invoices[number]
            rows[invoice.customer][bisect_left(BUCKET_ENDS, (on - invoice.due).days)] += left
        for number, left in rest_then.items():
            rows[self._payments[number].customer][-1] += left
        return {customer: tuple(row) for customer, row in rows.items() if any(row)}


def _in_turn(payments: Iterable[_Payment]) -> list[_Payment]:
    """Who names invoices comes before who takes the oldest; then the older payment."""
    return sorted(payments, key=lambda payment: (not payment.named, payment.on))


def _take(amounts: dict[str, int], key: str, minor: int) -> None:
    amounts[key] -= minor
    if not amounts[key]:
        del amounts[key]
