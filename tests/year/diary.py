"""A year lived once, by the program and by hand: what both say of each day, for the tests to compare."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from core.rules.refusal import Refusal
from tests.support.town import a_town
from tests.year.books import Aged, Books
from tests.year.company import HOLDERS, Company, Evening, invoice_sheet, receipt_sheet
from tests.year.ledger import Ledger
from tests.year.ledgers import LAST_DAY, NEW_YEAR
from tests.year.reminding import Reminding, Told, is_working_day
from worker.report import Report

_FRIDAY = 5
_JANUARY, _FEBRUARY = 1, 2
_ONE_DAY = timedelta(days=1)
_EVE = NEW_YEAR - _ONE_DAY
_AUDITOR = "邓守拙"

DAYS = tuple(NEW_YEAR + timedelta(days=ahead) for ahead in range((LAST_DAY - NEW_YEAR).days + 1))
MONTH_ENDS = tuple(day for day in DAYS if (day + _ONE_DAY).day == 1)


@dataclass(repr=False)
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


@dataclass(repr=False)
class Diary:
    """Both sides, and what only the program can say."""

    ledger: Ledger
    program: Side = field(default_factory=Side)
    by_hand: Side = field(default_factory=Side)
    differences: list[str] = field(default_factory=list)
    """Anything that the nightly reconciliation found (5.2)."""
    done_again: list[str] = field(default_factory=list)
    """Whatever was done when the worker or a file came a second time."""
    changed_again: list[str] = field(default_factory=list)
    """The tables that a second run through the year changed."""
    audit_whole: bool = False


async def live(ledger: Ledger, folder: Path) -> Diary:
    """The books come over on New Year's Eve; then the worker every day at nine, and files in the evening."""
    diary = Diary(ledger)
    async with a_town(folder, f"{_EVE}T18:00") as town:
        company = await Company.founded(town, ledger.customers)
        books, reminding = Books(), Reminding(ledger.customers, HOLDERS)
        await _files_come(ledger, date.min, _EVE, company, books)
        last_files = _EVE
        for day in DAYS:
            await _morning(diary, day, company)
            diary.by_hand.climbed[day], diary.by_hand.digests[day] = reminding.morning(day, books)
            if _files_are_due(day):
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
        await _look_back(diary, company, books)
        await _live_again(diary, company)
        first_head = (await company.heads_told(_AUDITOR))[0]
        diary.audit_whole = await company.audit_whole(first_head)
    return diary


def _files_are_due(day: date) -> bool:
    """Every evening of February, when the Spring Festival is; else on Fridays: reading a file takes its time."""
    return day.month == _FEBRUARY or day.isoweekday() == _FRIDAY or day == LAST_DAY


async def _morning(diary: Diary, day: date, company: Company) -> None:
    """What the worker does, often twice over: as if it had died before it could note that it was done.

    In January, when old invoices have several rungs left to climb, every time; then on Fridays.
    """
    for report in await company.morning(day):
        if report.done.get("differences"):
            diary.differences.append(str(report))
    if is_working_day(day) and (day.month == _JANUARY or day.isoweekday() == _FRIDAY):
        _note_done(diary, await company.morning_without_fence(day))


async def _files_come(ledger: Ledger, after: date, until: date, company: Company, books: Books) -> None:
    for invoices in ledger.invoice_files(after, until):
        await company.books_invoices(invoices)
        books.book_invoices(invoices)
    for receipts in ledger.receipt_files(after, until):
        await company.books_receipts(receipts)
        books.book_receipts(receipts)


async def _look_back(diary: Diary, company: Company, books: Books) -> None:
    program, by_hand = diary.program, diary.by_hand
    program.climbed = await company.climbed()
    program.digests = await company.digests()
    program.balances_by_day = await company.balances_of(DAYS)
    for customer in diary.ledger.customers:
        by_hand.balances_by_day[customer.code] = [books.balance(customer.code, day) for day in DAYS]
    for day in MONTH_ENDS:
        program.looking_back[day] = await company.aging(day)
        by_hand.looking_back[day] = books.aging(day)


async def _live_again(diary: Diary, company: Company) -> None:
    """Every morning once more, and all that was booked once more, in a single file of each kind."""
    before = await company.everything()
    for day in DAYS:
        _note_done(diary, await company.morning(day))
    invoices = [one for one in diary.ledger.invoices if one.issued <= LAST_DAY]
    receipts = [one for one in diary.ledger.receipts if one.received <= LAST_DAY]
    for content in (invoice_sheet(invoices), receipt_sheet(receipts)):
        try:
            seen = await company.books("again.csv", content)
        except Refusal as refusal:
            assert refusal.key == "import-nothing-new"  # noqa: PT017 -- not what is tested here
        else:
            diary.done_again.append(f"{seen.new} {seen.kind}")
    after = await company.everything()
    diary.changed_again = [table for table in before if before[table] != after[table]]


def _note_done(diary: Diary, reports: list[Report]) -> None:
    diary.done_again += [str(report) for report in reports if any(report.done.values())]
