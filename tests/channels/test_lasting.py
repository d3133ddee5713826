"""What runs as long as the bot does begins again after a bug, and the admin is told (10.2)."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from bot.lasting import Lasting
from core.records.outbox import OutboxMessage
from core.records.tables import table_of
from core.rules.permission import Role
from core.services.people.staff import AddPerson
from core.services.stumbles import Part
from core.texts.message import Message
from tests.support.town import Town

_OUTBOX = table_of(OutboxMessage)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.lasting.AGAIN_SECONDS", 0.01)


def dying(times: int) -> tuple[Callable[[], Awaitable[None]], list[int]]:
    """Work that a bug ends so many times; and how often it was begun."""
    begun: list[int] = []

    async def work() -> None:
        begun.append(len(begun))
        if len(begun) <= times:
            raise ZeroDivisionError("a bug")

    return work, begun


async def alarms(town: Town) -> list[Message]:
    bodies = await town.database.read(lambda session: session.scalars(select(_OUTBOX.c.body)).all())
    return [message for body in bodies if (message := Message.from_text(body)).key == "part-stumbled"]


async def test_it_begins_again_until_it_is_done(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    work, begun = dying(3)

    await Lasting(town.database, town.desk).run(Part.TELEGRAM, work)

    assert len(begun) == 4
    assert caplog.text.count("ZeroDivisionError: a bug") == 3


async def test_the_admin_is_told_once_a_day_for_each_part_with_the_place_in_the_log(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    await town.as_operator(AddPerson("管理员", (Role.ADMIN,), telegram="1"))
    lasting = Lasting(town.database, town.desk)

    for part in (Part.TELEGRAM, Part.TELEGRAM, Part.DELIVERY):
        await lasting.run(part, dying(2)[0])
    told = await alarms(town)
    assert [one.facts["part"].key for one in told] == ["part-telegram", "part-delivery"]
    assert all(one.facts["reference"] in caplog.text for one in told)

    town.passes(days=1)
    await lasting.run(Part.TELEGRAM, dying(1)[0])
    assert len(await alarms(town)) == 3


async def test_a_database_that_cannot_be_told_keeps_it_from_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def away(_work: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(town.database, "write", away)
    work, begun = dying(1)

    await Lasting(town.database, town.desk).run(Part.TELEGRAM, work)

    assert len(begun) == 2
    assert "nobody could be told" in caplog.text


async def test_told_to_stop_it_stops(town: Town) -> None:
    async def works() -> None:
        await asyncio.sleep(60)

    task = asyncio.create_task(Lasting(town.database, town.desk).run(Part.TELEGRAM, works))
    await asyncio.sleep(0)
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert await alarms(town) == []
