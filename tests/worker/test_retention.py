"""What has been kept long enough goes; the audit trail, decisions and what waits stay (9.2, runbook)."""

import time
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from core.queries.audit import verify
from core.queries.outdated import KEPT_FOR, Kept
from core.records.audit import AuditRecord
from core.records.inbox import Update
from core.records.job_run import JobRun
from core.records.outbox import OutboxMessage
from core.records.request import CreditRequest, Signature
from core.records.session import ChatSession
from core.records.tables import table_of
from core.services.tell import touch
from tests.scenarios.story import SALESPERSON, all_consent, asks, meets_all
from tests.support.town import SHANGHAI, Town
from worker.jobs.prune import CHUNK, prune
from worker.report import Report

DAY = datetime(2026, 3, 10, 10, 0, tzinfo=SHANGHAI)


async def pruned(town: Town) -> Report:
    return await prune(town.clock.now().astimezone(SHANGHAI).date(), database=town.database, desk=town.desk)


async def count(town: Town, record: type[SQLModel]) -> int:
    return await town.database.read(
        lambda session: session.scalar(select(func.count()).select_from(table_of(record))) or 0
    )


def update(number: int, at: datetime, state: str = "worked") -> dict[str, object]:
    return {
        "channel": "telegram",
        "key": str(number),
        "conversation": "telegram:7",
        "body": "{}",
        "at": at,
        "state": state,
    }


def message(at: datetime, state: str = "sent") -> dict[str, object]:
    return {
        "channel": "telegram",
        "conversation": "telegram:7",
        "body": "",
        "urgent": False,
        "state": state,
        "attempts": 0,
        "parts_done": 0,
        "external_id": "1",
        "trouble": "",
        "created_at": at,
        "touched": touch(at),
    }


async def has(town: Town, record: type[SQLModel], *rows: dict[str, object]) -> None:
    def work(session: Session) -> None:
        session.execute(insert(table_of(record)), list(rows))

    await town.database.write(work)


async def test_nothing_goes_a_day_too_early_and_all_of_it_the_day_after(town: Town) -> None:
    last_day = town.clock.now() - KEPT_FOR[Kept.UPDATES]
    await has(town, Update, update(1, last_day), update(2, last_day + timedelta(days=1)))
    await has(town, OutboxMessage, message(last_day), message(last_day + timedelta(days=1)))
    assert (await pruned(town)).done == {"updates": 0, "messages": 0, "runs": 0, "conversations": 0}
    town.passes(seconds=1)
    assert (await pruned(town)).done == {"updates": 1, "messages": 1, "runs": 0, "conversations": 0}
    assert (await count(town, Update), await count(town, OutboxMessage)) == (1, 1)


@pytest.mark.parametrize("state", ["waiting", "parked"])
async def test_an_update_that_somebody_has_to_look_at_stays(town: Town, state: str) -> None:
    await has(town, Update, update(1, town.clock.now() - timedelta(days=3650), state))
    await pruned(town)
    assert await count(town, Update) == 1


@pytest.mark.parametrize("state", ["waiting", "edit", "nowhere", "failed", "unknown"])
async def test_a_message_that_has_not_arrived_stays(town: Town, state: str) -> None:
    await has(town, OutboxMessage, message(town.clock.now() - timedelta(days=3650), state))
    await pruned(town)
    assert await count(town, OutboxMessage) == 1


async def test_the_last_run_of_a_job_stays_however_old(town: Town) -> None:
    """It says since when the next digest has to look."""
    runs = [
        {
            "job": job,
            "slot": f"{year}-03-10T09:00",
            "holder": "x",
            "started_at": datetime(year, 3, 10, 9, 0, tzinfo=SHANGHAI),
            "lease_until": datetime(year, 3, 10, 9, 0, tzinfo=SHANGHAI),
            "finished_at": datetime(year, 3, 10, 9, 0, tzinfo=SHANGHAI),
            "report": "{}",
        }
        for job, year in (("digest", 2020), ("digest", 2021), ("climb", 2019))
    ]
    await has(town, JobRun, *runs)
    assert (await pruned(town)).done["runs"] == 1
    left = await town.database.read(
        lambda session: session.execute(select(JobRun.job, JobRun.slot).order_by(JobRun.job)).all()
    )
    assert [tuple(row) for row in left] == [("climb", "2019-03-10T09:00"), ("digest", "2021-03-10T09:00")]


async def test_a_conversation_nobody_goes_on_with_begins_anew(town: Town) -> None:
    wang = await town.hires("王小雨", "sales")
    await wang.says("/check")
    town.passes(days=181)
    await pruned(town)
    assert await count(town, ChatSession) == 0
    [menu] = [told for told in await wang.says("菜单") if "王小雨" in told]
    assert menu.buttons


async def test_decisions_and_the_trail_stay_whole_when_all_else_has_gone(sample: Town) -> None:
    await meets_all(sample)
    await asks(sample.people[SALESPERSON])
    await all_consent(sample, until="chairman")
    kept = [await count(sample, record) for record in (CreditRequest, Signature, AuditRecord)]
    sample.passes(days=500)
    assert sum((await pruned(sample)).done.values()) > 0
    [requests, signatures, records] = [
        await count(sample, record) for record in (CreditRequest, Signature, AuditRecord)
    ]
    assert [requests, signatures] == kept[:2]
    assert records == kept[2] + 1  # that it was done is on record as well
    assert (await sample.database.read(verify)).whole


async def test_a_second_run_finds_nothing_and_writes_nothing(town: Town) -> None:
    await has(town, Update, update(1, town.clock.now() - timedelta(days=200)))
    await pruned(town)
    records = await count(town, AuditRecord)
    assert sum((await pruned(town)).done.values()) == 0
    assert await count(town, AuditRecord) == records


async def test_others_write_meanwhile_a_chunk_at_a_time(town: Town) -> None:
    """No chunk holds the write lock for long: a write asked for during the job waits for one chunk at most."""
    old = town.clock.now() - timedelta(days=200)
    await has(town, OutboxMessage, *[message(old) for _ in range(20 * CHUNK)])
    held: list[float] = []
    write = town.database.write

    async def timed(work: object) -> object:
        def measured(session: Session) -> object:
            began = time.perf_counter()
            try:
                return work(session)  # type: ignore[operator]
            finally:
                held.append(time.perf_counter() - began)

        return await write(measured)

    town.database.write = timed  # type: ignore[assignment,method-assign]
    assert (await pruned(town)).done["messages"] == 20 * CHUNK
    assert sorted(held)[len(held) // 2] < 0.05
