"""The sample ledger worked through a second time, from its invoices and receipts alone."""

from collections import defaultdict
from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

from core.rules.money import Money, total
from core.rules.policy.facts import FactValue
from core.rules.receivables.allocation import OpenItem, allocate
from core.samples.company import sample_company
from core.samples.shapes import InvoiceSample, LineSample, SampleCompany

WALK_THROUGH = date(2026, 3, 10)

# Month ends, year ends, leap days, the Spring Festival, and every other day of three years.
NOTABLE_DAYS = (
    date(2024, 2, 29),
    date(2025, 1, 1),
    date(2025, 12, 31),
    date(2026, 2, 17),
    date(2026, 10, 3),
    date(2027, 2, 28),
    date(2028, 2, 29),
)
ANY_DAY = st.dates(date(2025, 1, 1), date(2027, 12, 31))

company_on = cache(sample_company)


class Books:
    """Who owes what on a day, and when each invoice was settled."""

    def __init__(self, company: SampleCompany, on: date) -> None:
        self.on = on
        self.settled: dict[str, date] = {}
        self.rests: defaultdict[str, Money] = defaultdict(Money.zero)
        self._open: defaultdict[str, dict[str, OpenItem]] = defaultdict(dict)
        notes = [
            (note.issued, note.customer_code, note.amount, ()) for note in of_kind(company, "credit_note")
        ]
        receipts = [(r.received, r.customer_code, r.amount, r.invoices) for r in company.receipts]
        issued = sorted(of_kind(company, "invoice"), key=lambda invoice: invoice.issued, reverse=True)
        for day, code, amount, named in sorted([*notes, *receipts], key=lambda payment: payment[0]):
            while issued and issued[-1].issued <= day:
                self._enter(issued.pop())
            self._pay(day, code, amount, named)
        while issued:
            self._enter(issued.pop())

    def open_items(self, code: str) -> list[OpenItem]:
        return list(self._open[code].values())

    def overdue(self, code: str) -> list[OpenItem]:
        return [item for item in self.open_items(code) if item.due < self.on]

    def exposure(self, code: str) -> Money:
        return total(item.open for item in self.open_items(code)) - self.rests[code]

    def _enter(self, invoice: InvoiceSample) -> None:
        item = OpenItem(invoice.number, invoice.due, invoice.amount, invoice.issued)
        self._open[invoice.customer_code][invoice.number] = item

    def _pay(self, day: date, code: str, amount: Money, named: tuple[str, ...]) -> None:
        allocation = allocate(amount, self.open_items(code), named)
        for number, part in allocation.parts:
            item = self._open[code].pop(number)
            if part < item.open:
                self._open[code][number] = OpenItem(number, item.due, item.open - part, item.issued)
            else:
                self.settled[number] = day
        self.rests[code] += allocation.rest


def of_kind(company: SampleCompany, kind: str) -> list[InvoiceSample]:
    return [invoice for invoice in company.invoices if invoice.kind == kind]


def line_of(company: SampleCompany, code: str) -> LineSample:
    return next(line for line in company.lines if line.customer_code == code)


def late_days(company: SampleCompany, books: Books, code: str) -> list[int]:
    """Days after the due day of every invoice of a customer settled in the last twelve months."""
    return [
        (books.settled[invoice.number] - invoice.due).days
        for invoice in of_kind(company, "invoice")
        if invoice.customer_code == code
        and invoice.number in books.settled
        and books.settled[invoice.number] > books.on - timedelta(days=365)
    ]


def ledger_facts(company: SampleCompany, on: date, code: str) -> dict[str, FactValue]:
    """The facts that the ledger knows about a customer (B9 art. 19(3))."""
    books, year_ago = Books(company, on), on - timedelta(days=365)
    invoices = [invoice for invoice in of_kind(company, "invoice") if invoice.customer_code == code]
    first = min((invoice.issued for invoice in invoices), default=on)
    late = [max(0, (books.settled.get(invoice.number, on) - invoice.due).days) for invoice in invoices]
    this_year = [invoice for invoice in invoices if invoice.issued > year_ago]
    return {
        "cooperation_months": (on.year - first.year) * 12 + on.month - first.month - (on.day < first.day),
        "months_with_business_12m": min(12, len({(i.issued.year, i.issued.month) for i in this_year})),
        "max_days_overdue_24m": max(late, default=0),
        "late_invoices_12m": sum(days > 0 for days in late),
        "shipments_12m": total(invoice.amount for invoice in this_year),
        "receipts_12m": total(
            receipt.amount
            for receipt in company.receipts
            if receipt.customer_code == code and receipt.received > year_ago
        ),
    }
