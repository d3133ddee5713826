"""A year lived once, by the program and by hand: what both say of each day, for the tests to compare."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from core.rules.refusal import Refusal
from tests.support.town import a_town
from tests.year.books import Aged, Books
from tests.year.company import (
    HOLDERS,
    Company,
    Evening,
    invoice_sheet,
    receipt_sheet,
)
from tests.year.ledger import Ledger
from tests.year.ledgers import LAST_DAY, NEW_YEAR
from tests.year.reminding import Reminding, Told

_FRIDAY = 5
_ONE_DAY = timedelta(days=1)
_AUDITOR = "邓守拙"

DAYS = tuple(NEW_YEAR + timedelta(days=ahead) for ahead in range((LAST_DAY - NEW_YEAR).days + 1))
MONTH_ENDS = tuple(day for day in DAYS if (day + _ONE_DAY).day == 1)


@dataclass
class Side:
    """What one of the two says."""

    evenings: dict[date, Evening] = field(default_factory=dict)
    exposures: dict[date, dict[str, int]] = field(default_factory=dict)
    """At month ends."""
    climbed: dict[date, dict[str, int]] = field(default_factory=dict)
    digests: dict[date, dict[str, Told]] = field(default_factory=dict)
    looking_back: dict[date, dict[str, Aged]] = field(default_factory=dict)
    """The aging reports of past month ends, asked for when the year is over."""
    balances_by_day: dict[str, list[int]] = field(default_factory=dict)
    """Each customer's balance on every day of the year, asked for when it is over."""


@dataclass
class Diary:
    """Both sides, and what only the program can say."""

    program: Side = field(default_factory=Side)
    by_hand: Side = field(default_factory=Side)
    failures: list[str] = field(default_factory=list)
    """Anything that the nightly reconciliation found (5.2)."""
    changed_again: list[str] = field(default_factory=list)
    """The tables that a second run through the year changed."""
    done_again: list[str] = field(default_factory=list)
    """What a second run through the year did."""
    audit_whole: bool = False


async def live(ledger: Ledger, folder: Path) -> Diary:
    """The books come over on New Year's Eve; then the worker every day at nine and files on Friday evenings."""
    diary = Diary()
    async with a_town(folder, "2025-12-31T18:00") as town:
        company = await Company.founded(town, ledger.customers)
        books, reminding = Books(), Reminding(ledger.customers, HOLDERS)
        await _files_come(ledger, date.min, NEW_YEAR - _ONE_DAY, company, books)
        last_files = NEW_YEAR - _ONE_DAY
        for day in DAYS:
            for report in await company.morning(day):
                if report.done.get("differences"):
                    diary.failures.append(f"{day}: {report}")
            climbed, digests = reminding.morning(day, books)
            if climbed:
                diary.by_hand.climbed[day] = climbed
            if digests:
                diary.by_hand.digests[day] = digests
            if day.isoweekday() == _FRIDAY or day == LAST_DAY:
                town.comes(f"{day}T18:00")
                await _files_come(ledger, last_files, day, company, books)
                last_files = day
            diary.program.evenings[day] = await company.evening(day)
            diary.by_hand.evenings[day] = Evening(
                balances=books.balances(),
                open_items=books.open_items(),
                overdue=books.overdue(day),
                aging=books.aging(day),
                suspended=reminding.suspended(day),
            )
            if day in MONTH_ENDS:
                diary.program.exposures[day] = await company.exposures()
                diary.by_hand.exposures[day] = books.balances()
        await _look_back(diary, ledger, company, books)
        await _live_again(diary, ledger, company)
        first_head = (await company.heads_told(_AUDITOR))[0]
        diary.audit_whole = await company.audit_whole(first_head)
    return diary


async def _files_come(ledger: Ledger, after: date, until: date, company: Company, books: Books) -> None:
    for invoices in ledger.invoice_files(after, until):
        await company.books_invoices(invoices)
        books.book_invoices(invoices)
    for receipts in ledger.receipt_files(after, until):
        await company.books_receipts(receipts)
        books.book_receipts(receipts)


async def _look_back(diary: Diary, ledger: Ledger, company: Company, books: Books) -> None:
    diary.program.climbed = await company.climbed()
    diary.program.digests = await company.digests()
    diary.program.balances_by_day = await company.balances_of(DAYS)
    diary.by_hand.balances_by_day = {
        customer.code: [books.balance(customer.code, day) for day in DAYS] for customer in ledger.customers
    }
    for day in MONTH_ENDS:
        diary.program.looking_back[day] = await company.aging(day)
        diary.by_hand.looking_back[day] = books.aging(day)


async def _live_again(diary: Diary, ledger: Ledger, company: Company) -> None:
    """The same days and the same rows once more: with the worker's fence, without it, and the files by month."""
    before = await company.everything()
    for day in DAYS:
        reports = [*await company.morning(day), *await company.morning_without_fence(day)]
        diary.done_again += [f"{report}" for report in reports if any(report.done.values())]
    for content in _files_again(ledger):
        try:
            seen = await company.books("again.csv", content)
            diary.done_again.append(f"{seen.new} rows booked")
        except Refusal as refusal:
            if refusal.key != "import-nothing-new":
                raise
    after = await company.everything()
    diary.changed_again = [table for table in before if before[table] != after[table]]


def _files_again(ledger: Ledger) -> Iterator[bytes]:
    months: defaultdict[tuple[int, int], list] = defaultdict(list)  # type: ignore[type-arg]
    for invoice in ledger.invoices:
        months[invoice.issued.year, invoice.issued.month].append(invoice)
    yield from (invoice_sheet(rows) for month, rows in months.items() if month <= (2026, 12))
    paid: defaultdict[tuple[int, int], list] = defaultdict(list)  # type: ignore[type-arg]
    for receipt in ledger.receipts:
        paid[receipt.received.year, receipt.received.month].append(receipt)
    yield from (receipt_sheet(rows) for month, rows in paid.items() if month <= (2026, 12))
