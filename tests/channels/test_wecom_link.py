"""The life of the long connection (10.2): kept up whatever ends it, and never fought over."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.wecom.frames import Frame, NoAnswer, NotSent
from bot.wecom.link import Link, Times
from tests.support.wecom.link_server import FakeWeCom
from tests.support.wecom.members import Member
from tests.support.wecom.served import QUICK

LONG = 1.0
"""Long, for a connection whose times are tenths of seconds."""


@pytest.fixture
async def wecom() -> AsyncIterator[FakeWeCom]:
    async with FakeWeCom() as found:
        yield found


class Running:
    def __init__(self, link: Link, task: asyncio.Task[None], heard: list[Frame]) -> None:
        self.link = link
        self.task = task
        self.heard = heard

    def texts(self) -> list[str]:
        return [frame["body"]["text"]["content"] for frame in self.heard]


@asynccontextmanager
async def running(wecom: FakeWeCom, times: Times = QUICK, secret: str = "") -> AsyncIterator[Running]:
    link = Link(wecom.bot_id, secret or wecom.secret, wecom.ws_url, times)
    heard: list[Frame] = []
    task = asyncio.create_task(link.run(heard.append))
    try:
        yield Running(link, task, heard)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def hears(bot: Running, member: Member, wecom: FakeWeCom, text: str) -> None:
    await member.says(text)
    await wecom.until(lambda: text in bot.texts() or None, f"the bot hears {text!r}")


async def up(bot: Running, wecom: FakeWeCom) -> None:
    await wecom.until(lambda: bot.link.up or None, "the link is up")


async def _silence(wecom: FakeWeCom) -> None:
    wecom.silent = True
    asyncio.get_running_loop().call_later(2.0, lambda: setattr(wecom, "silent", False))


async def _abort(wecom: FakeWeCom) -> None:
    wecom.aborts()


ENDS: dict[str, Callable[[FakeWeCom], Awaitable[None]]] = {
    "close 1000": lambda wecom: wecom.closes(1000),
    "close 1001, as when they deploy": lambda wecom: wecom.closes(1001),
    "close 1011": lambda wecom: wecom.closes(1011),
    "an aborted connection": _abort,
    "a line that is dead without saying so": _silence,
}


@pytest.mark.parametrize("end", ENDS)
async def test_whatever_ends_the_connection_there_is_another_and_people_are_heard(
    wecom: FakeWeCom, end: str
) -> None:
    anna = wecom.member("anna")
    async with running(wecom) as bot:
        await wecom.serves(1)
        await hears(bot, anna, wecom, "before")
        await ENDS[end](wecom)
        await wecom.serves(2)
        await up(bot, wecom)
        await hears(bot, anna, wecom, "after")
    assert bot.texts() == ["before", "after"]
    assert wecom.kicked <= 1  # a line that is dead on our side only is alive on theirs


async def test_kicked_it_does_not_come_back(wecom: FakeWeCom) -> None:
    async with running(wecom) as bot:
        await wecom.serves(1)
        await wecom.kicks()
        await asyncio.wait_for(bot.task, LONG)
        await asyncio.sleep(LONG)
        assert not bot.link.up
    assert wecom.subscribed == 1


async def test_of_two_that_connect_as_the_same_bot_the_later_stays_and_there_is_no_fight(
    wecom: FakeWeCom,
) -> None:
    async with running(wecom) as first:
        await wecom.serves(1)
        async with running(wecom) as second:
            await wecom.serves(2)
            await asyncio.wait_for(first.task, LONG)
            await asyncio.sleep(LONG)
            assert (wecom.subscribed, wecom.kicked) == (2, 1)
            assert second.link.up


async def test_a_wrong_secret_is_told_in_the_log_and_seldom_tried(
    wecom: FakeWeCom, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "websockets.client")
    caplog.set_level(logging.DEBUG, "bot")
    async with running(wecom, secret="not-the-secret") as bot:
        await asyncio.sleep(QUICK.refused * 2.5)
        assert not bot.link.up
    assert 1 <= len(wecom.asked("aibot_subscribe")) <= 3
    assert "ZIXIN_WECOM_BOT_SECRET" in caplog.text
    assert "not-the-secret" not in caplog.text


async def test_subscribing_too_often_makes_it_wait(
    wecom: FakeWeCom, caplog: pytest.LogCaptureFixture
) -> None:
    times = replace(QUICK, too_often=60.0)
    wecom.refuses("aibot_subscribe", 45009)
    async with running(wecom, times) as bot:
        await asyncio.sleep(LONG)
        assert not bot.link.up
    assert len(wecom.asked("aibot_subscribe")) == 1
    assert "too often" in caplog.text


async def test_busy_at_first_it_is_asked_again_soon(wecom: FakeWeCom) -> None:
    wecom.refuses("aibot_subscribe", -1, times=2)
    async with running(wecom):
        await wecom.serves(1)
    assert len(wecom.asked("aibot_subscribe")) == 3


async def test_a_connection_that_never_lasts_is_tried_less_and_less_often(wecom: FakeWeCom) -> None:
    times = replace(QUICK, longest_pause=2.0, steady=60.0)
    async with running(wecom, times):
        for count in range(1, 6):
            await wecom.serves(count)
            await wecom.closes(1001)
        before = len(wecom.asked("aibot_subscribe"))
        await asyncio.sleep(0.3)
        assert len(wecom.asked("aibot_subscribe")) == before, "the sixth pause is 0.8 s at least"


async def test_a_service_that_is_not_there_yet_is_found_when_it_comes(unused_tcp_port: int) -> None:
    link = Link("bot", "secret", f"ws://127.0.0.1:{unused_tcp_port}", QUICK)
    task = asyncio.create_task(link.run(lambda _frame: None))
    await asyncio.sleep(0.3)
    assert not task.done()
    assert not link.up
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_an_address_that_is_none_is_told_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    task = asyncio.create_task(Link("bot", "secret", "https://example.com", QUICK).run(lambda _frame: None))
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert "ZIXIN_WECOM_WS_URL" in caplog.text


async def test_without_a_connection_nothing_is_sent(wecom: FakeWeCom) -> None:
    link = Link(wecom.bot_id, wecom.secret, wecom.ws_url, QUICK)
    with pytest.raises(NotSent):
        await link.ask("aibot_send_msg", {})


async def test_a_request_under_which_the_connection_ends_has_no_answer(wecom: FakeWeCom) -> None:
    wecom.swallows("aibot_send_msg")
    async with running(wecom, replace(QUICK, answer=30.0)) as bot:
        await wecom.serves(1)
        await up(bot, wecom)
        asking = asyncio.create_task(bot.link.ask("aibot_send_msg", {}))
        await wecom.until(lambda: wecom.asked("aibot_send_msg") or None, "the request")
        wecom.aborts()
        with pytest.raises(NoAnswer):
            await asyncio.wait_for(asking, LONG)


async def test_an_answer_that_comes_too_late_is_passed_over(wecom: FakeWeCom) -> None:
    wecom.delays("ping", QUICK.answer * 1.5)
    async with running(wecom) as bot:
        await wecom.serves(1)
        await asyncio.sleep(QUICK.ping + QUICK.answer * 2)
        assert bot.link.up, "one missed ping is no death"
    assert wecom.subscribed == 1


async def test_frames_that_nobody_understands_end_nothing(wecom: FakeWeCom) -> None:
    anna = wecom.member("anna")
    async with running(wecom) as bot:
        await wecom.serves(1)
        for text in (
            "no json",
            "[]",
            "{}",
            '{"cmd": "aibot_news"}',
            '{"headers": 3, "errcode": 0}',
            '{"headers": {"req_id": "unknown"}, "errcode": 0}',
        ):
            await wecom.raw(text)
        await hears(bot, anna, wecom, "still there?")
    assert wecom.subscribed == 1


async def test_it_pings_while_nobody_says_anything(wecom: FakeWeCom) -> None:
    async with running(wecom):
        await wecom.serves(1)
        await wecom.until(lambda: len(wecom.asked("ping")) >= 3 or None, "three pings")
    assert wecom.subscribed == 1


async def test_a_bug_in_pinging_is_no_end_of_the_connection_like_any_other(
    wecom: FakeWeCom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would connect for ever, and nobody would learn why."""

    async def broken(_self: Link, _wire: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Link, "_ping", broken)
    async with running(wecom) as bot:
        with pytest.raises(ZeroDivisionError):
            await asyncio.wait_for(bot.task, 5)
