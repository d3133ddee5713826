"""Delivery stops when it is told to, whatever comes in at that moment. Requirement 10.1."""

import asyncio

import pytest

from tests.channels.test_delivery import Chats, Post
from tests.support.town import Town


@pytest.mark.parametrize("ticks", range(4))
async def test_told_to_stop_just_as_something_is_said_it_stops(town: Town, ticks: int) -> None:
    post = Post(town, Chats())
    running = asyncio.create_task(post.delivery.run())
    await asyncio.sleep(0.1)
    await post.says("1", "您好")
    for _ in range(ticks):
        await asyncio.sleep(0)

    running.cancel()

    stopped, _ = await asyncio.wait([running], timeout=3)
    assert stopped == {running}


async def test_begun_again_after_a_bug_it_goes_on_delivering(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """10.2."""
    chats = Chats()
    post = Post(town, chats)
    with monkeypatch.context() as broken:
        broken.setattr(post.delivery, "_step", None)
        with pytest.raises(TypeError):
            await post.delivery.run()
    running = asyncio.create_task(post.delivery.run())

    await post.says("1", "您好")
    async with asyncio.timeout(5):
        while not chats.sent:
            await asyncio.sleep(0.01)

    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
