"""The channels have one owner: whoever can no longer renew the lease serves no longer. Requirement 10.1."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError, OperationalError

from bot import app
from core.services.lease import LEASE, acquire
from tests.support.town import Town


@pytest.mark.parametrize(
    "trouble",
    [
        OperationalError("update", {}, OSError("disk is full")),
        DatabaseError("update", {}, OSError("database disk image is malformed")),
        ZeroDivisionError(),
    ],
    ids=lambda trouble: type(trouble).__name__,
)
async def test_whatever_keeps_the_lease_from_being_renewed_the_channels_are_given_up_at_its_end(
    town: Town, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    stop, began, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    @asynccontextmanager
    async def serving(*_: Any) -> AsyncIterator[None]:
        began.set()
        yield
        monkeypatch.setattr(app, "acquire", acquire)  # what was wrong is mended
        stop.set()
        ended.set()

    def in_trouble(*_: Any, **__: Any) -> None:
        town.clock.set(town.clock.now() + LEASE / 4)
        raise trouble

    monkeypatch.setattr(app, "serving", serving)
    monkeypatch.setattr(app, "RENEW_SECONDS", 0.01)
    taken = town.clock.now()
    running = asyncio.create_task(app.run_bot(town.database, town.desk, stop))
    await began.wait()
    monkeypatch.setattr(app, "acquire", in_trouble)
    async with asyncio.timeout(5):
        await ended.wait()
        await running
    assert town.clock.now() - taken == LEASE
