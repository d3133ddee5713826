"""A year of the ledger, imported, reminded and paid down day by day, every figure worked out a second time by hand."""

import asyncio
import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.year.diary import DAYS, MONTH_ENDS, Diary, Side, live
from tests.year.ledgers import LAST_DAY, ibm_ledger, paid_ahead_ledger, sample_ledger
from tests.year.reminding import LADDER, is_working_day

_MEMORY = Path("/dev/shm")
"""Where there is such a place, nothing waits for the disk: a year has five thousand commits."""


def _ibm_folder() -> Path | None:
    folder = os.environ.get("ZIXIN_TEST_DATA")
    return Path(folder) if folder and (Path(folder) / "ibm_ar").is_dir() else None


@pytest.fixture(scope="module")
def diary() -> Diary:
    """The year of the sample company, which has IBM's customers too where their file is at hand."""
    ledger, folder = sample_ledger() + paid_ahead_ledger(), _ibm_folder()
    if folder is not None:
        ledger += ibm_ledger(folder)
    with TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as place:
        return asyncio.run(live(ledger, Path(place)))


Said = Callable[[Side, date], Mapping[str, Any]]


def same_every_day(diary: Diary, said: Said, days: tuple[date, ...] = DAYS) -> None:
    """Both sides say the same of each day: of the first on which they do not, what differs is shown."""
    for day in days:
        program, by_hand = said(diary.program, day), said(diary.by_hand, day)
        differing = [key for key in {**program, **by_hand} if program.get(key) != by_hand.get(key)]
        answers = {key: (program.get(key), by_hand.get(key)) for key in differing}
        assert not answers, f"{day}, the program's and by hand: {answers}"


def test_every_balance_of_every_day_is_the_sum_of_what_was_invoiced_and_paid(diary: Diary) -> None:
    """5.1, 5.2: allocating moves nothing from one balance to another."""
    same_every_day(diary, lambda side, day: side.evenings[day].balances)
    assert all(diary.program.evenings[day].balances for day in DAYS)


def test_every_invoice_is_open_by_what_no_receipt_or_credit_note_has_settled(diary: Diary) -> None:
    """5.2: the invoices a receipt names, else the oldest first."""
    same_every_day(diary, lambda side, day: side.evenings[day].open_items)


def test_the_overdue_list_names_who_is_late_with_how_much_of_it_disputed(diary: Diary) -> None:
    """5.3."""
    same_every_day(diary, lambda side, day: side.evenings[day].overdue)
    assert any(late.disputed for day in DAYS for late in diary.program.evenings[day].overdue.values())


def test_the_aging_report_of_every_evening_adds_up_by_bucket(diary: Diary) -> None:
    """5.3."""
    same_every_day(diary, lambda side, day: side.evenings[day].aging)


def test_the_aging_report_of_a_past_month_end_is_as_it_was_then(diary: Diary) -> None:
    """5.3: the report of any day, when the year is over."""
    same_every_day(diary, lambda side, day: side.looking_back[day], MONTH_ENDS)


def test_the_exposure_of_every_customer_at_month_ends_is_its_balance(diary: Diary) -> None:
    """4.1: what a deal is held against."""
    same_every_day(diary, lambda side, day: side.exposures[day], MONTH_ENDS)


def test_the_account_of_every_customer_tells_the_balance_of_every_day(diary: Diary) -> None:
    assert diary.program.balances_by_day == diary.by_hand.balances_by_day


def test_every_rung_is_climbed_on_the_working_day_it_is_due_and_no_other(diary: Diary) -> None:
    """6.1: one rung an invoice and working day, the lowest first; none on holidays, all of them in a year."""
    same_every_day(diary, lambda side, day: side.climbed.get(day, {}))
    assert all(is_working_day(day) for day in diary.program.climbed)


def test_everybody_has_one_digest_a_working_day_with_what_is_theirs(diary: Diary) -> None:
    """6.1; 2.5 and 3.7: ratings and lines 30, 7 and 0 days before they end, and lines that are suspended."""
    same_every_day(diary, lambda side, day: side.digests.get(day, {}))
    assert all(is_working_day(day) for day in diary.program.digests)


def test_lines_are_suspended_on_the_day_after_their_last(diary: Diary) -> None:
    """3.7; 2.5: a rating that ends takes the line with it."""
    same_every_day(diary, lambda side, day: dict.fromkeys(side.evenings[day].suspended, "suspended"))


def test_the_nightly_reconciliation_finds_nothing(diary: Diary) -> None:
    """5.2."""
    assert diary.differences == []


def test_the_same_days_and_files_again_change_nothing_and_tell_nobody(diary: Diary) -> None:
    """5.1, 6.1: with the worker's fence and without it, and the same rows in other files."""
    assert diary.done_again == []
    assert diary.changed_again == []


def test_the_audit_trail_of_the_year_is_whole(diary: Diary) -> None:
    """9.2: and it still holds the head that the auditor was told first."""
    assert diary.audit_whole


def test_the_ledger_has_everything_that_is_compared(diary: Diary) -> None:
    """A comparison of nothing with nothing proves nothing."""
    ledger, program = diary.ledger, diary.program
    assert any(one.is_note for one in ledger.invoices)
    assert any(0 < one.disputed < one.minor for one in ledger.invoices)
    assert any(not one.named for one in ledger.receipts)
    assert any(len(one.named) > 1 for one in ledger.receipts)
    assert any(row[-1] for evening in program.evenings.values() for row in evening.aging.values())
    assert {rung for rungs in program.climbed.values() for rung in rungs.values()} == LADDER.keys()
    assert any(told.suspensions for digests in program.digests.values() for told in digests.values())


def test_ibms_receivables_sample_is_among_the_books(diary: Diary) -> None:
    """All of its 2 466 invoices, 147 703.18 in all, less the 13 that are paid after the year."""
    folder = _ibm_folder()
    if folder is None:
        pytest.skip("ZIXIN_TEST_DATA has no ibm_ar: a year without IBM's receivables sample")
    ledger = ibm_ledger(folder)
    late = {one.named[0] for one in ledger.receipts if one.received > LAST_DAY}
    owed = sum(diary.program.balances_by_day[customer.code][-1] for customer in ledger.customers)
    assert (len(ledger.invoices), sum(one.minor for one in ledger.invoices)) == (2466, 14_770_318)
    assert len(late) == 13
    assert owed == sum(one.minor for one in ledger.invoices if one.number in late)
