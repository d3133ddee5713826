"""The fence around a slot: claimed before, held while it runs, finished after, each in a transaction of its own."""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict

from core.clock import Clock
from core.queries.past_runs import Slot
from core.services import job_runs
from core.services.job_runs import RENEW_SECONDS
from core.storage.database import Database
from core.texts.wire import dumps
from worker.report import Report

log = logging.getLogger(__name__)


async def once(
    database: Database, machine: Clock, slot: Slot, work: Callable[[], Awaitable[Report]]
) -> Report | None:
    """Do the work of a slot; None when it is done already, or another process is at it.

    What raises or is killed leaves the slot unfinished: it is taken over when the lease has run out. ``machine``
    tells the real time, on which leases run whatever day the work is for.
    """
    holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    if not await database.write(lambda session: job_runs.claim(session, slot, holder, machine.now())):
        return None
    async with _held(database, machine, slot, holder):
        report = await work()
    text = dumps(asdict(report))
    await database.write(lambda session: job_runs.finish(session, slot, holder, machine.now(), text))
    log.info("%s %s: %s", slot.job, slot.key, dict(report.done))
    return report


@asynccontextmanager
async def _held(database: Database, machine: Clock, slot: Slot, holder: str) -> AsyncIterator[None]:
    """The lease is renewed meanwhile.

    Nothing stops the work of a process that stood still and was taken over: all that jobs do may be done twice.
    """

    async def keep() -> None:
        ours = True
        while ours:
            await asyncio.sleep(RENEW_SECONDS)
            try:
                ours = await database.write(
                    lambda session: job_runs.renew(session, slot, holder, machine.now())
                )
            except Exception:
                # The lease outlasts two that fail, and is ours beyond its end until somebody takes it.
                log.exception("the lease on %s %s could not be renewed", slot.job, slot.key)

    keeper = asyncio.create_task(keep(), name=f"hold {slot.job} {slot.key}")
    try:
        yield
    finally:
        keeper.cancel()
        with suppress(asyncio.CancelledError):
            await keeper
