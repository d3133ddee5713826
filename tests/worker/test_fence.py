"""Each slot once: run twice, in two processes, killed half-way, failing, and on the minute (10.4)."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from core.records.job_run import JobRun
from core.services import job_runs
from core.services.job_runs import LEASE
from core.storage.database import Database
from core.texts.wire import facts_of
from tests.worker.company import ADMIN, OWNER, Company
from worker import timetable as timetable_module
from worker.report import Report
from worker.run import UnknownJob, keep_time, run_due, run_job
from worker.timetable import timetable

WEDNESDAY = date(2026, 3, 4)
YESTERDAY = WEDNESDAY - timedelta(days=1)


class Killed(BaseException):
    """The process ends here: nothing after it runs."""


async def test_a_second_run_does_nothing(firm: Company) -> None:
    await firm.invoice(YESTERDAY)
    first = await firm.morning(WEDNESDAY)
    rows = await firm.outbox()
    assert [report.job for report in first] == [
        "suspend",
        "conceal",
        "rerate",
        "reconcile",
        "prune",
        "climb",
        "digest",
        "approvals",
        "snapshot",
    ]
    assert await firm.morning(WEDNESDAY) == []
    assert await firm.outbox() == rows


async def test_two_processes_at_once_tell_once(firm: Company) -> None:
    invoice = await firm.invoice(YESTERDAY)
    at = firm.at(WEDNESDAY)
    async with Database(firm.database.path) as other:
        runs = await asyncio.gather(
            *(run_due(each, firm.desk, at, machine=firm.machine) for each in (firm.database, other) * 3)
        )
        runs.append(await run_due(firm.database, firm.desk, at, machine=firm.machine))
    ran = sorted(report.job for reports in runs for report in reports)
    assert ran == [
        "approvals",
        "climb",
        "conceal",
        "digest",
        "prune",
        "reconcile",
        "rerate",
        "snapshot",
        "suspend",
    ]
    assert len(await firm.said(OWNER)) == 1
    assert await firm.climbed(invoice) == {1: WEDNESDAY}


async def test_what_was_done_is_kept_with_its_report(firm: Company) -> None:
    await firm.invoice(YESTERDAY)
    await firm.morning(WEDNESDAY)
    run = await firm.database.read(lambda session: session.get_one(JobRun, ("climb", "2026-03-04T09:00")))
    assert run.finished_at is not None
    assert facts_of(run.report)["done"] == {"climbed": 1}


@pytest.mark.parametrize("command", ["ClimbLadder", "TellDigests"])
@pytest.mark.parametrize("when", ["before", "after"])
async def test_killed_half_way_another_takes_over_after_the_lease(
    firm: Company, monkeypatch: pytest.MonkeyPatch, command: str, when: str
) -> None:
    """Killed before or after the commit of a chunk: nothing lost, nothing told twice."""
    invoice = await firm.invoice(YESTERDAY)
    run = firm.desk.run

    async def killed(database, order, by):
        if type(order).__name__ != command:
            return await run(database, order, by)
        if when == "after":
            await run(database, order, by)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(firm.desk, "run", killed)
        with pytest.raises(Killed):
            await firm.morning(WEDNESDAY)
    firm.machine.set(firm.machine.now() + LEASE - timedelta(seconds=1))
    assert "digest" not in {r.job for r in await firm.morning(WEDNESDAY)}

    firm.machine.set(firm.machine.now() + timedelta(seconds=1))
    await firm.morning(WEDNESDAY)

    assert await firm.climbed(invoice) == {1: WEDNESDAY}
    assert len(await firm.said(OWNER)) == 1
    assert await firm.morning(WEDNESDAY) == []


async def test_a_slot_that_is_held_is_left_alone_and_taken_over_when_the_lease_is_out(
    firm: Company,
) -> None:
    await firm.write(
        JobRun(
            job="climb",
            slot="2026-03-04T09:00",
            holder="crashed",
            started_at=firm.machine.now(),
            lease_until=firm.machine.now() + LEASE,
        )
    )
    invoice = await firm.invoice(YESTERDAY)
    await firm.morning(WEDNESDAY)
    assert await firm.climbed(invoice) == {}
    firm.machine.set(firm.machine.now() + LEASE)
    assert [report.job for report in await firm.morning(WEDNESDAY)] == ["climb", "digest"]
    assert await firm.climbed(invoice) == {1: WEDNESDAY}


async def test_the_lease_is_renewed_while_a_long_job_runs(
    firm: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("worker.fence.RENEW_SECONDS", 0.01)
    running = asyncio.Event()

    async def long(day: date, *, database: Database, desk) -> Report:
        running.set()
        await asyncio.sleep(0.3)
        return Report("suspend", day)

    monkeypatch.setattr(timetable_module, "suspend", long)
    at = firm.at(WEDNESDAY, 0, 7)
    first = asyncio.create_task(run_due(firm.database, firm.desk, at, machine=firm.machine))
    await running.wait()
    firm.machine.set(firm.machine.now() + LEASE)
    await asyncio.sleep(0.1)
    assert await run_due(firm.database, firm.desk, at, machine=firm.machine) == []
    assert [report.job for report in await first] == ["suspend"]


async def test_a_renewal_that_fails_is_tried_again_and_the_work_is_finished(
    firm: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    renew, failures = job_runs.renew, 2

    def fails_at_first(*given: Any) -> bool:
        nonlocal failures
        if failures:
            failures -= 1
            raise OperationalError("update", {}, OSError("disk I/O error"))
        return renew(*given)

    monkeypatch.setattr("worker.fence.RENEW_SECONDS", 0.01)
    monkeypatch.setattr(job_runs, "renew", fails_at_first)
    running = asyncio.Event()

    async def long(day: date, *, database: Database, desk) -> Report:
        running.set()
        await asyncio.sleep(0.5)
        return Report("suspend", day)

    monkeypatch.setattr(timetable_module, "suspend", long)
    at = firm.at(WEDNESDAY, 0, 7)
    first = asyncio.create_task(run_due(firm.database, firm.desk, at, machine=firm.machine))
    await running.wait()
    firm.machine.set(firm.machine.now() + LEASE)
    await asyncio.sleep(0.2)
    assert await run_due(firm.database, firm.desk, at, machine=firm.machine) == []
    assert [report.job for report in await first] == ["suspend"]
    assert caplog.text.count("could not be renewed") == 2


async def test_a_digest_waits_for_the_climb_or_what_climbs_later_would_never_be_told(
    firm: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(day: date, *, database: Database, desk) -> Report:
        raise OSError("disk full")

    await firm.invoice(YESTERDAY)
    with monkeypatch.context() as patch:
        patch.setattr(timetable_module, "climb", broken)
        with pytest.raises(ExceptionGroup):
            await firm.morning(WEDNESDAY)
    assert await firm.said(OWNER) == []
    firm.machine.set(firm.machine.now() + LEASE)
    await firm.morning(WEDNESDAY)
    assert len(await firm.said(OWNER)) == 1


async def test_a_digest_run_by_hand_climbs_first(firm: Company) -> None:
    await firm.invoice(YESTERDAY)
    firm.at(date(2026, 6, 1), 23)
    report = await run_job(firm.database, firm.desk, "digest", WEDNESDAY, machine=firm.machine)
    assert report is not None
    assert [message.facts["on"] for message in await firm.said(OWNER)] == [WEDNESDAY]


async def test_a_job_that_fails_keeps_no_other_from_running_and_is_run_again(
    firm: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(day: date, *, database: Database, desk) -> Report:
        raise OSError("disk full")

    await firm.invoice(YESTERDAY)
    with monkeypatch.context() as patch:
        patch.setattr(timetable_module, "reconcile", broken)
        with pytest.raises(ExceptionGroup) as raised:
            await firm.morning(WEDNESDAY)
    assert raised.group_contains(OSError)
    assert len(await firm.said(OWNER)) == 1
    firm.machine.set(firm.machine.now() + LEASE)
    assert [report.job for report in await firm.morning(WEDNESDAY)] == ["reconcile"]


async def test_only_the_latest_slot_of_the_day_is_run(firm: Company) -> None:
    await run_due(firm.database, firm.desk, firm.at(WEDNESDAY, 15, 35), machine=firm.machine)
    ran = await firm.database.read(
        lambda session: session.get(JobRun, ("approvals", "2026-03-04T15:30")) is not None
    )
    assert ran
    assert await run_due(firm.database, firm.desk, firm.at(WEDNESDAY, 15, 39), machine=firm.machine) == []


async def test_one_job_for_one_day_is_run_once(firm: Company) -> None:
    await firm.invoice(YESTERDAY)
    firm.at(date(2026, 6, 1), 23)
    report = await run_job(firm.database, firm.desk, "climb", WEDNESDAY, machine=firm.machine)
    assert report == Report("climb", WEDNESDAY, {"climbed": 1})
    assert await run_job(firm.database, firm.desk, "climb", WEDNESDAY, machine=firm.machine) is None


async def test_a_job_that_does_not_exist_is_named_with_those_that_do(firm: Company) -> None:
    with pytest.raises(UnknownJob) as raised:
        await run_job(firm.database, firm.desk, "climbing", WEDNESDAY)
    assert raised.value.known == (
        "suspend",
        "conceal",
        "rerate",
        "reconcile",
        "prune",
        "climb",
        "digest",
        "approvals",
        "snapshot",
    )


async def test_keeping_time_does_what_is_due_at_once_and_stops_when_told(firm: Company) -> None:
    await firm.invoice(YESTERDAY)
    firm.at(WEDNESDAY, 9, 30)
    stop = asyncio.Event()
    keeping = asyncio.create_task(keep_time(firm.database, firm.desk, stop))
    for _ in range(200):
        if await firm.said(OWNER):
            break
        await asyncio.sleep(0.02)
    stop.set()
    await keeping
    assert len(await firm.said(OWNER)) == 1


async def test_keeping_time_survives_a_failing_minute(
    firm: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object, **__: object) -> list[Report]:
        raise OSError("disk full")

    monkeypatch.setattr("worker.run.run_due", broken)
    stop = asyncio.Event()
    stop.set()
    for _ in range(2):
        await keep_time(firm.database, firm.desk, stop)
    assert caplog.text.count("could not do everything") == 2
    [told] = await firm.said(ADMIN, "part-stumbled")
    assert told.facts["reference"] in caplog.text, "the admin finds the trace"


def test_a_repeated_hour_is_one_slot_and_every_job_has_its_own_name(firm: Company) -> None:
    jobs = timetable(firm.desk.office.reminders(WEDNESDAY))
    assert len({job.name for job in jobs}) == len(jobs)
    slots = [slot.key for job in jobs for slot in job.slots(WEDNESDAY) if job.name == "digest"]
    assert slots == ["2026-03-04T09:00"]


def test_a_report_is_printed_as_the_job_the_day_and_its_counts() -> None:
    told = Report("rerate", WEDNESDAY, {"opened": 2, "escalated": 0})

    assert str(told) == "rerate 2026-03-04 opened=2 escalated=0"
