"""Holidays, make-up working days and quiet hours: when the worker speaks and when it is silent (6.1)."""

from datetime import date, timedelta

import pytest

from tests.worker.company import ADMIN, AUDITOR, MANAGER, OWNER, Company
from worker.run import run_due, run_job

SPRING_FESTIVAL = (date(2026, 2, 15), date(2026, 2, 23))
BACK_AT_WORK = date(2026, 2, 24)
MAKE_UP_SATURDAY = date(2026, 2, 14)
MAKE_UP_SATURDAY_AFTER = date(2026, 2, 28)


async def days_spoken(firm: Company, person: int) -> list[date]:
    return [message.facts["on"] for message in await firm.said(person)]


async def test_nothing_is_said_in_the_holidays_and_the_day_after_says_it_once(firm: Company) -> None:
    """Spring Festival 2026: 15 to 23 February."""
    before = await firm.invoice(date(2026, 2, 13), 100)
    meanwhile = [await firm.invoice(date(2026, 2, day), 100) for day in (14, 16, 18, 22)]
    await firm.mornings(date(2026, 2, 12), BACK_AT_WORK)
    assert await days_spoken(firm, OWNER) == [
        date(2026, 2, 12),
        date(2026, 2, 13),
        MAKE_UP_SATURDAY,
        BACK_AT_WORK,
    ]
    assert (await firm.digest(OWNER)).facts["overdue"]["invoices"] == len(meanwhile)
    assert await firm.climbed(before) == {-1: date(2026, 2, 12), 1: MAKE_UP_SATURDAY, 8: BACK_AT_WORK}


async def test_a_make_up_working_day_is_a_working_day(firm: Company) -> None:
    """调休: people work on Saturday 28 February."""
    await firm.invoice(date(2026, 2, 27))
    await firm.mornings(date(2026, 2, 26), date(2026, 3, 1))
    assert MAKE_UP_SATURDAY_AFTER in await days_spoken(firm, OWNER)
    assert date(2026, 3, 1) not in await days_spoken(firm, OWNER)


async def test_rungs_are_climbed_one_at_a_time_after_the_holidays_too(firm: Company) -> None:
    """Due on the 14th, 8 days late in the holidays: the manager hears of it the day after the salesperson."""
    invoice = await firm.invoice(MAKE_UP_SATURDAY)
    await firm.mornings(SPRING_FESTIVAL[0], BACK_AT_WORK + timedelta(days=1))
    assert await firm.climbed(invoice) == {1: BACK_AT_WORK, 8: BACK_AT_WORK + timedelta(days=1)}
    assert await days_spoken(firm, MANAGER) == [BACK_AT_WORK + timedelta(days=1)]


@pytest.mark.parametrize("hour", [20, 22, 23, 0, 5, 7])
async def test_nobody_is_written_to_in_the_quiet_hours(firm: Company, hour: int) -> None:
    day = date(2026, 3, 4)
    await firm.invoice(day - timedelta(days=2))
    await firm.request(firm.at(date(2026, 3, 2)))
    reports = await run_due(firm.database, firm.desk, firm.at(day, hour), machine=firm.machine)
    assert {report.job for report in reports} <= {
        "suspend",
        "conceal",
        "rerate",
        "reconcile",
        "prune",
        "snapshot",
    }
    assert await firm.outbox() == 0


async def test_a_digest_missed_in_the_morning_is_told_in_the_afternoon(firm: Company) -> None:
    day = date(2026, 3, 4)
    await firm.invoice(day - timedelta(days=1))
    await run_due(firm.database, firm.desk, firm.at(day, 15, 20), machine=firm.machine)
    assert await days_spoken(firm, OWNER) == [day]


async def test_a_digest_missed_all_day_is_told_the_next_morning_not_twice(firm: Company) -> None:
    day = date(2026, 3, 4)
    await firm.invoice(day - timedelta(days=1))
    await run_due(firm.database, firm.desk, firm.at(day, 21), machine=firm.machine)
    await run_due(firm.database, firm.desk, firm.at(day + timedelta(days=1), 8, 30), machine=firm.machine)
    assert await days_spoken(firm, OWNER) == []
    await firm.morning(day + timedelta(days=1))
    assert await days_spoken(firm, OWNER) == [day + timedelta(days=1)]


async def test_a_digest_asked_for_on_a_holiday_is_no_digest(firm: Company) -> None:
    firm.at(SPRING_FESTIVAL[0])
    assert await run_job(firm.database, firm.desk, "digest", SPRING_FESTIVAL[0]) is None


async def test_the_admin_is_told_before_the_known_holidays_run_out(
    firm: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """60 days before, and again at 30, 7 and 0, once each."""
    last = date(2026, 5, 8)
    monkeypatch.setattr("core.queries.digests.digest.known_until", lambda: last)
    await firm.mornings(date(2026, 3, 4), last)
    digests = await firm.said(ADMIN)
    assert [digest.facts["on"] for digest in digests] == [
        date(2026, 3, 9),
        date(2026, 4, 8),
        date(2026, 5, 6),
        last,
    ]
    assert {digest.facts["calendar_ends"] for digest in digests} == {last}


async def test_the_audit_head_goes_out_to_the_auditor_every_working_day(firm: Company) -> None:
    """9.2: so that a cut tail shows."""
    await firm.invoice(date(2026, 3, 3))
    await firm.mornings(date(2026, 3, 4), date(2026, 3, 8))
    heads = [message.facts["head"] for message in await firm.said(AUDITOR)]
    assert await days_spoken(firm, AUDITOR) == [date(2026, 3, day) for day in (4, 5, 6)]
    assert {head["seq"] for head in heads} == {1}
    assert all(len(head["hash"]) == 64 for head in heads)
