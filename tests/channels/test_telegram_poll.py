"""Receiving: stored before acknowledged, and nothing that comes in or breaks can stop it. Requirement 10.1."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.telegram.api import Api, WrongToken
from bot.telegram.poll import CONFLICT_SECONDS, LONGEST_BACKOFF_SECONDS, backoff_seconds, poll
from tests.support.telegram import FakeTelegram


class Inbox:
    """Commits batches, drops what it already has, and can be told to fail."""

    def __init__(self) -> None:
        self.kept: list[dict[str, Any]] = []
        self.batches = 0
        self.fail_next = 0
        self.before_commit: Callable[[], object] = lambda: None
        self.pauses: list[float] = []
        self.stored = asyncio.Event()

    async def store(self, updates: list[dict[str, Any]]) -> None:
        self.before_commit()
        if self.fail_next:
            self.fail_next -= 1
            raise OSError("disk full")
        self.batches += 1
        known = self.ids
        self.kept += [update for update in updates if update["update_id"] not in known]
        self.stored.set()

    async def pause(self, stop: asyncio.Event, seconds: float) -> None:
        """Waits are noted, not waited for."""
        self.pauses.append(seconds)
        await asyncio.sleep(0.01)

    @property
    def ids(self) -> list[int]:
        return [update["update_id"] for update in self.kept]


@asynccontextmanager
async def polling(api: Api, inbox: Inbox) -> AsyncIterator[asyncio.Event]:
    """A poller at work; leaving stops it in good order and shows its errors."""
    stop = asyncio.Event()
    task = asyncio.create_task(poll(api, inbox.store, stop=stop, pause=inbox.pause))
    try:
        yield stop
    finally:
        stop.set()
        await asyncio.wait_for(task, 2)


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def api(telegram: FakeTelegram) -> AsyncIterator[Api]:
    async with Api(telegram.token, telegram.base_url) as connected:
        yield connected


async def test_what_people_do_is_stored_raw_and_then_confirmed(telegram: FakeTelegram, api: Api) -> None:
    anna, inbox = telegram.person("Anna"), Inbox()
    waiting = anna.send_text("before the bot was up")
    async with polling(api, inbox):
        await telegram.wait_confirmed(waiting)
        while_up = anna.send_text("and after")
        await telegram.wait_confirmed(while_up)
    assert inbox.ids == [waiting, while_up]
    assert inbox.kept[1]["message"]["text"] == "and after"


async def test_an_update_is_acknowledged_only_once_it_is_stored(telegram: FakeTelegram, api: Api) -> None:
    anna, inbox = telegram.person("Anna"), Inbox()
    update_id = anna.send_text("5万")
    confirmed_too_early: list[bool] = []
    inbox.before_commit = lambda: confirmed_too_early.append(update_id in telegram.world.updates.confirmed)
    async with polling(api, inbox):
        await telegram.wait_confirmed(update_id)
    assert confirmed_too_early == [False]


async def test_if_storing_fails_the_same_batch_is_asked_for_again(
    telegram: FakeTelegram, api: Api, caplog: pytest.LogCaptureFixture
) -> None:
    anna, inbox = telegram.person("Anna"), Inbox()
    inbox.fail_next = 2
    update_id = anna.send_text("5万")
    async with polling(api, inbox):
        await telegram.wait_confirmed(update_id)
    assert inbox.ids == [update_id]
    assert len(inbox.pauses) == 2
    assert "disk full" in caplog.text


async def test_a_backlog_larger_than_a_batch_comes_whole_and_in_order(
    telegram: FakeTelegram, api: Api
) -> None:
    anna, inbox = telegram.person("Anna"), Inbox()
    sent = [anna.send_text(f"message {number}") for number in range(250)]
    async with polling(api, inbox):
        await telegram.wait_confirmed(sent[-1])
    assert inbox.ids == sent
    assert inbox.batches == 3


async def test_only_what_the_desk_uses_is_asked_for(telegram: FakeTelegram, api: Api) -> None:
    async with polling(api, Inbox()):
        await telegram.wait_call("getUpdates")
    assert telegram.world.updates.allowed == ["message", "edited_message", "callback_query", "my_chat_member"]


async def test_an_update_of_any_shape_is_stored_and_passed(telegram: FakeTelegram, api: Api) -> None:
    anna, inbox = telegram.person("Anna"), Inbox()
    poison = telegram.inject({"message": {"chat": None, "text": 7}})
    good = anna.send_text("still here")
    async with polling(api, inbox):
        await telegram.wait_confirmed(good)
    assert inbox.ids == [poison, good]


async def test_an_update_without_an_id_does_not_hold_up_the_others(
    telegram: FakeTelegram, api: Api, caplog: pytest.LogCaptureFixture
) -> None:
    anna, inbox = telegram.person("Anna"), Inbox()
    good = anna.send_text("still here")
    batches: list[list[Any]] = [
        ["not even an object", {"message": {}}, telegram.world.updates.pending()[0]],
        [],
    ]

    async def updates(offset: int) -> list[Any]:
        if batches:
            return batches.pop(0)
        await asyncio.sleep(60)
        return []

    api.updates = updates  # type: ignore[method-assign, assignment]
    async with polling(api, inbox):
        await asyncio.wait_for(inbox.stored.wait(), 2)
    assert inbox.ids == [good]
    assert "2 of 3 updates have no id" in caplog.text


async def test_a_repeated_update_is_the_inboxs_to_drop(telegram: FakeTelegram, api: Api) -> None:
    anna, inbox = telegram.person("Anna"), Inbox()
    async with polling(api, inbox):
        first = anna.send_text("once")
        await telegram.wait_confirmed(first)
        telegram.world.updates.repeat(first)
        second = anna.send_text("twice?")
        await telegram.wait_confirmed(second)
    assert inbox.ids == [first, second]


async def test_updates_out_of_order_are_all_kept(telegram: FakeTelegram, api: Api) -> None:
    anna, inbox = telegram.person("Anna"), Inbox()
    sent = [anna.send_text(text) for text in "abc"]
    telegram.world.updates.reverse()
    async with polling(api, inbox):
        await telegram.wait_confirmed(sent[-1])
    assert inbox.ids == sent[::-1]


async def test_numbering_that_starts_lower_after_a_quiet_week_is_followed(
    telegram: FakeTelegram, api: Api
) -> None:
    anna, inbox = telegram.person("Anna"), Inbox()
    api_wait = api.updates
    api.updates = lambda offset: api_wait(offset, wait_seconds=0)  # type: ignore[method-assign, misc, assignment]
    async with polling(api, inbox):
        await telegram.wait_confirmed(anna.send_text("before"))
        telegram.world.updates.jump_to(1000)
        await telegram.wait_confirmed(anna.send_text("after"))
    assert [update["message"]["text"] for update in inbox.kept] == ["before", "after"]


async def test_a_webhook_in_the_way_is_removed_without_losing_what_waits(
    telegram: FakeTelegram, api: Api
) -> None:
    anna, inbox = telegram.person("Anna"), Inbox()
    await api.bot.set_webhook("https://example.org/telegram/webhook")
    update_id = anna.send_text("sent meanwhile")
    async with polling(api, inbox):
        await telegram.wait_confirmed(update_id)
    assert inbox.ids == [update_id]


async def test_of_two_pollers_the_one_sent_away_waits_and_says_so_once(
    telegram: FakeTelegram, api: Api, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = Inbox(), Inbox()
    async with polling(api, first):
        await telegram.wait_call("getUpdates")
        async with Api(telegram.token, telegram.base_url) as other, polling(other, second):
            await telegram.wait_call("getUpdates", count=8)
    assert set(first.pauses) | set(second.pauses) == {CONFLICT_SECONDS}
    complaints = [record for record in caplog.records if "another process" in record.message]
    assert 1 <= len(complaints) <= 2  # one each at most, however often they met


@pytest.mark.parametrize("token", ["4242:another-token-that-is-well-formed", "nonsense"])
async def test_a_wrong_token_ends_it_with_a_clear_error(telegram: FakeTelegram, token: str) -> None:
    async with Api(token, telegram.base_url) as api:
        with pytest.raises(WrongToken):
            await poll(api, Inbox().store, stop=asyncio.Event())
        with pytest.raises(WrongToken):
            await api.updates(0)


async def test_a_throttle_is_waited_out_as_long_as_it_asks(telegram: FakeTelegram, api: Api) -> None:
    anna, inbox = telegram.person("Anna"), Inbox()
    telegram.faults.throttle("getUpdates", seconds=11)
    update_id = anna.send_text("hello")
    async with polling(api, inbox):
        await telegram.wait_confirmed(update_id)
    assert inbox.pauses == [11]


async def test_it_survives_every_kind_of_broken_answer(telegram: FakeTelegram, api: Api) -> None:
    anna, inbox = telegram.person("Anna"), Inbox()
    update_id = anna.send_text("hello")
    telegram.faults.error("deleteWebhook", status=502)
    telegram.faults.error("getUpdates", status=502)
    telegram.faults.drop_before("getUpdates")
    telegram.faults.drop_after("getUpdates")
    telegram.faults.garble("getUpdates")
    telegram.faults.error("getUpdates", status=400)
    async with polling(api, inbox):
        await telegram.wait_confirmed(update_id)
    assert inbox.ids == [update_id]
    assert telegram.faults.waiting == 0


async def test_a_network_that_is_down_is_tried_again_and_again() -> None:
    inbox = Inbox()
    async with Api("1:nobody", "http://127.0.0.1:1") as api, polling(api, inbox):
        while len(inbox.pauses) < 12:
            await asyncio.sleep(0.01)
    assert inbox.pauses[0] <= 1.0
    assert LONGEST_BACKOFF_SECONDS / 2 <= inbox.pauses[-1] <= LONGEST_BACKOFF_SECONDS


def test_pauses_grow_to_half_a_minute_and_differ() -> None:
    assert all(backoff_seconds(failures) <= LONGEST_BACKOFF_SECONDS for failures in range(1, 5000))
    assert len({backoff_seconds(20) for _ in range(50)}) > 1


async def test_stopping_does_not_wait_for_the_long_poll(telegram: FakeTelegram, api: Api) -> None:
    async with polling(api, Inbox()) as stop:
        await telegram.wait_call("getUpdates")
        before = asyncio.get_running_loop().time()
        stop.set()
    assert asyncio.get_running_loop().time() - before < 1


async def test_a_real_pause_ends_with_the_stop() -> None:
    stop = asyncio.Event()
    async with Api("1:nobody", "http://127.0.0.1:1") as api:
        task = asyncio.create_task(poll(api, Inbox().store, stop=stop))
        await asyncio.sleep(0.05)
        stop.set()
        await asyncio.wait_for(task, 0.4)


async def test_what_is_killed_between_storing_and_confirming_comes_again(telegram: FakeTelegram) -> None:
    anna, inbox = telegram.person("Anna"), Inbox()
    update_id = anna.send_text("5万")
    async with Api(telegram.token, telegram.base_url) as api:
        await inbox.store(await api.updates(0, wait_seconds=0))
    async with Api(telegram.token, telegram.base_url) as api, polling(api, inbox):
        await telegram.wait_confirmed(update_id)
    assert inbox.batches == 2
    assert inbox.ids == [update_id]


async def test_the_token_is_never_logged(telegram: FakeTelegram, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    anna, inbox = telegram.person("Anna"), Inbox()
    telegram.faults.drop_before("getUpdates", times=2)
    telegram.faults.garble("getUpdates")
    telegram.faults.error("getUpdates", status=502)
    inbox.fail_next = 1
    async with Api(telegram.token, telegram.base_url) as api, polling(api, inbox):
        await telegram.wait_confirmed(anna.send_text("hello"))
    assert len(caplog.records) >= 3
    assert telegram.token not in caplog.text
