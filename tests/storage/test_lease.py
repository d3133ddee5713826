"""One owner at a time of what only one process may own (design: a channel has one owner)."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from bot.holder import is_gone, this_process
from core.services.lease import LEASE, acquire, release
from core.storage.database import Database
from tests.support.town import Town

NOON = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)


async def takes(database: Database, holder: str, at: datetime, **how: object) -> int | None:
    def work(session: Session) -> int | None:
        return acquire(session, "bot", holder, at, **how)  # type: ignore[arg-type]

    return await database.write(work)


async def test_a_second_owner_waits_until_the_lease_ends_and_counts_on(town: Town) -> None:
    database = town.database
    assert await takes(database, "one", NOON) == 1
    assert await takes(database, "two", NOON + LEASE - timedelta(seconds=1)) is None
    assert await takes(database, "one", NOON + timedelta(seconds=4)) == 1
    assert await takes(database, "two", NOON + timedelta(seconds=4) + LEASE) == 2
    assert await takes(database, "one", NOON + timedelta(seconds=5) + LEASE) is None


async def test_what_is_given_back_is_free_at_once(town: Town) -> None:
    assert await takes(town.database, "one", NOON) == 1
    await town.database.write(lambda session: release(session, "bot", "one", NOON))
    assert await takes(town.database, "two", NOON) == 2


async def test_an_owner_that_is_gone_holds_nothing(town: Town) -> None:
    assert await takes(town.database, "one", NOON) == 1
    assert await takes(town.database, "two", NOON, gone=lambda holder: holder == "one") == 2


def test_a_process_of_this_machine_is_gone_when_it_has_ended() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    here = this_process().split(":")[0]
    assert is_gone(f"{here}:{ended.pid}:token")
    assert not is_gone(f"{here}:{os.getppid()}:token")


def test_an_earlier_process_of_our_own_number_is_gone() -> None:
    """In a container every start has the same number."""
    assert is_gone(this_process())


def test_nothing_is_known_of_another_machine() -> None:
    assert not is_gone("elsewhere:1:token")
    assert not is_gone("token")
