"""The sample ledger: a good year of invoices and receipts, written up day by day."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from random import Random

from core.rules.calendar import add_months
from core.rules.money import Money
from core.samples.account import Account, Numbering, Period
from core.samples.habits import habits
from core.samples.shapes import InvoiceSample, ReceiptSample

# Twelve whole months for every yearly figure, and one more so that their first invoices can be paid.
_MONTHS_BACK = 13


def first_day(today: date) -> date:
    """The day on which the ledger begins: the first of a month, thirteen to fourteen months ago."""
    return add_months(today.replace(day=1), -_MONTHS_BACK)


def write_up(
    today: date, limits: Mapping[str, Money], seed: int
) -> tuple[tuple[InvoiceSample, ...], tuple[ReceiptSample, ...]]:
    """Every invoice issued and receipt received until and including today, in the order of days.

    `limits` are the credit limits by customer code, which customers keep to.
    """
    period = Period(first_day(today), today)
    # Each customer has dice of its own: changing one habit leaves the other accounts as they were.
    accounts = [
        Account(code, habit, limits.get(code), period, Random(f"{seed}:{code}"))  # noqa: S311 (a sample, no secret)
        for code, habit in habits().items()
    ]
    invoices: list[InvoiceSample] = []
    receipts: list[ReceiptSample] = []
    invoice_number, receipt_number = _numbering(""), _numbering("SK")
    for day in _days(period.first, today):
        for account in accounts:
            invoices.extend(account.order(day, invoice_number))
            receipts.extend(account.pay(day, receipt_number))
    return tuple(invoices), tuple(receipts)


def receivables(invoices: Iterable[InvoiceSample], receipts: Iterable[ReceiptSample], on: date) -> Money:
    """What all customers together owed at the end of a day, advances of some taken off."""
    owed = sum(
        invoice.amount.minor if invoice.kind == "invoice" else -invoice.amount.minor
        for invoice in invoices
        if invoice.issued <= on
    )
    return Money(owed - sum(receipt.amount.minor for receipt in receipts if receipt.received <= on))


def _numbering(prefix: str) -> Numbering:
    used: Counter[date] = Counter()

    def number(day: date) -> str:
        used[day] += 1
        return f"{prefix}{day:%Y%m%d}-{used[day]:02}"

    return number


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=days) for days in range((last - first).days + 1))
