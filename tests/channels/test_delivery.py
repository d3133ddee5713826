"""Delivery: nothing lost, in order per chat, a message at most twice, whatever the channel does. Requirement 10.1."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot import delivery as delivery_module
from bot import marking as marking_module
from bot import outbox as outbox_module
from bot.delivery import IN_FLIGHT, Delivery
from bot.dialog.outcome import Delivered, Later, Outcome, Refused, Unsure
from bot.dialog.render import Renderer
from bot.dialog.rendered import Rendered
from bot.telegram import faults as faults_module
from bot.telegram.api import Api
from bot.telegram.channel import TelegramChannel
from bot.telegram.pace import UNLIMITED
from bot.telegram.request import AiohttpRequest
from core.records.outbox import OutboxMessage
from core.records.tables import table_of
from core.services import tell
from core.texts.message import Message
from tests.support.telegram import FakeTelegram, Person
from tests.support.town import Town

_OUTBOX = table_of(OutboxMessage)
NAME = "telegram"
Fate = Callable[[], Outcome]


class Chats:
    """A channel whose chats are lists, and whose next outcomes can be ordered."""

    name = NAME

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.edits: list[tuple[str, str]] = []
        self.fates: list[Fate] = []
        """What becomes of the next sends instead of `Delivered`; an error may be raised here."""
        self.flying = self.most_flying = 0
        self.on_the_way: Callable[[], Any] = lambda: None

    def wait_for(self, _address: str) -> float:
        return 0.0

    async def send(self, address: str, rendered: Rendered, *, skip_parts: int) -> Outcome:
        self.flying += 1
        self.most_flying = max(self.flying, self.most_flying)
        await asyncio.sleep(0)
        with suppress(TypeError):
            await self.on_the_way()
        self.flying -= 1
        outcome = self.fates.pop(0)() if self.fates else Delivered(str(len(self.sent) + 1))
        if isinstance(outcome, Delivered | Unsure):
            self.sent.append((address, rendered.html))
        return outcome

    async def edit(self, _address: str, external_id: str, rendered: Rendered) -> Outcome:
        self.edits.append((external_id, rendered.html))
        return Delivered(external_id)

    def read_in(self, address: str) -> list[str]:
        return [html for where, html in self.sent if where == address]


class Post:
    """An outbox, and its delivery."""

    def __init__(self, town: Town, channel: Any) -> None:
        self.town = town
        self.card_says = "waiting"
        self.card_unreadable = 0
        """So many times the database cannot be read for a card."""
        self.delivery = Delivery(
            town.database,
            Renderer(town.desk.office, {"request": self._card}),
            town.clock,
            {NAME: channel},
            "zh_CN",
        )

    def _card(self, _session: Session, _office: Any, _subject: int, _viewer: Any) -> Message:
        if self.card_unreadable:
            self.card_unreadable -= 1
            raise OperationalError("select", {}, OSError("database is locked"))
        return Message("literal", {"text": self.card_says})

    async def says(self, address: str, words: str, *, urgent: bool = False) -> None:
        message = Message("literal", {"text": words})
        await self._write(
            lambda session: tell.say(
                session, f"{NAME}:{address}", message, at=self.town.clock.now(), urgent=urgent
            )
        )

    async def shows_card(self, address: str, person: int) -> None:
        await self._write(
            lambda session: tell.say(
                session, f"{NAME}:{address}", None, at=self.town.clock.now(), person=person, card="request:1"
            )
        )

    async def card_changes(self, says: str) -> None:
        self.card_says = says
        self.town.passes(seconds=1)
        await self._write(lambda session: tell.refresh_cards(session, "request:1", at=self.town.clock.now()))

    async def waits(self, seconds: float) -> None:
        """So much time goes by, and what is due then is delivered."""
        self.town.passes(milliseconds=int(seconds * 1000))
        await self.delivery.drain()

    async def states(self) -> list[str]:
        return await self.town.database.read(
            lambda session: list(session.execute(select(_OUTBOX.c.state).order_by(_OUTBOX.c.id)).scalars())
        )

    async def _write(self, work: Callable[[Session], None]) -> None:
        await self.town.database.write(work)


@pytest.fixture
def chats() -> Chats:
    return Chats()


@pytest.fixture
def post(town: Town, chats: Chats) -> Post:
    return Post(town, chats)


def later(seconds: float, *, whole_channel: bool = True) -> Fate:
    return lambda: Later(seconds, "busy", whole_channel)


def unsure() -> Outcome:
    return Unsure("no answer")


# against a channel that does as it is told


async def test_messages_of_a_chat_arrive_in_the_order_in_which_they_were_said(
    post: Post, chats: Chats
) -> None:
    for number in range(10):
        for person in range(20):
            await post.says(str(person), str(number))
    await post.delivery.drain()
    for person in range(20):
        assert chats.read_in(str(person)) == [str(number) for number in range(10)]
    assert set(await post.states()) == {"sent"}


async def test_a_message_that_has_to_wait_holds_back_those_behind_it_in_its_chat_only(
    post: Post, chats: Chats
) -> None:
    chats.fates = [later(3, whole_channel=False)]
    for address, words in (("1", "first"), ("1", "second"), ("2", "other chat")):
        await post.says(address, words)
    await post.delivery.drain()
    assert chats.sent == [("2", "other chat")]
    await post.waits(2.9)
    assert chats.read_in("1") == []
    await post.waits(0.2)
    assert chats.read_in("1") == ["first", "second"]


async def test_the_pause_that_the_channel_asks_for_is_kept_each_time_and_not_stretched(
    post: Post, chats: Chats
) -> None:
    chats.fates = [later(3)] * 6
    await post.says("1", "patience")
    await post.delivery.drain()
    for _ in range(5):
        await post.waits(3)
    assert chats.sent == []
    await post.waits(3)
    assert chats.read_in("1") == ["patience"]


async def test_a_message_the_channel_fails_on_is_tried_less_and_less_often(post: Post, chats: Chats) -> None:
    chats.fates = [later(5, whole_channel=False)] * 1000
    await post.says("1", "unlucky")
    for _ in range(3600):
        await post.waits(1)
    tried = 1000 - len(chats.fates)
    assert 20 < tried < 40  # an hour of trouble: every 5 seconds would be 720
    chats.fates = []
    await post.waits(160)
    assert chats.read_in("1") == ["unlucky"]


async def test_a_message_of_which_nobody_knows_is_sent_twice_at_most_and_then_shown_to_the_operator(
    post: Post, chats: Chats
) -> None:
    chats.fates = [unsure] * 5
    await post.says("1", "perhaps")
    await post.says("1", "next")
    for _ in range(10):
        await post.waits(5)
    assert chats.read_in("1") == ["perhaps", "perhaps", "next", "next"]
    assert await post.states() == ["unknown", "unknown"]


async def test_pauses_do_not_use_up_the_one_retry_of_a_message_nobody_knows_of(
    post: Post, chats: Chats
) -> None:
    chats.fates = [later(1), later(1), later(1), unsure]
    await post.says("1", "throttled, then lost sight of")
    for _ in range(10):
        await post.waits(5)
    assert len(chats.read_in("1")) == 2
    assert await post.states() == ["sent"]


async def test_an_error_in_the_channel_is_a_message_nobody_knows_of(
    post: Post, chats: Chats, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> Outcome:
        raise ZeroDivisionError

    chats.fates = [broken] * 10
    await post.says("1", "cursed")
    await post.says("2", "fine")
    with caplog.at_level(logging.ERROR):
        for _ in range(10):
            await post.waits(5)
    assert len(chats.fates) == 10 - 2 - 2
    assert await post.states() == ["unknown", "unknown"]
    assert "ZeroDivisionError" in caplog.text


async def test_a_message_that_cannot_be_put_into_words_fails_alone(
    post: Post, chats: Chats, caplog: pytest.LogCaptureFixture
) -> None:
    await post._write(
        lambda session: tell.say(session, f"{NAME}:1", Message("no-such-text"), at=post.town.clock.now())
    )
    await post.says("1", "behind it")
    await post.says("2", "beside it")
    with caplog.at_level(logging.ERROR):
        await post.delivery.drain()
    assert sorted(chats.sent) == [("1", "behind it"), ("2", "beside it")]
    assert await post.states() == ["failed", "sent", "sent"]
    assert "no words for message 1" in caplog.text


async def test_a_card_that_cannot_be_read_just_now_is_told_when_it_can(post: Post, chats: Chats) -> None:
    """3.3: an approval is not given up because the database was locked for a moment."""
    approver = await post.town.hires("许文博", "market_manager")
    post.card_unreadable = 2
    await post.shows_card("1", approver.id)
    await post.says("2", "beside it")
    await post.delivery.drain()
    assert chats.sent == [("2", "beside it")]
    for _ in range(2):
        await post.waits(1)
    assert chats.read_in("1") == ["waiting"]
    assert set(await post.states()) == {"sent"}


async def test_who_blocked_the_bot_gets_nothing_and_everybody_else_does(post: Post, chats: Chats) -> None:
    chats.fates = [lambda: Refused("Forbidden: bot was blocked by the user")]
    for address, words in (("1", "into the void"), ("1", "and again"), ("2", "hello")):
        await post.says(address, words)
    await post.delivery.drain()
    assert (await post.states())[0] == "failed"
    assert chats.read_in("2") == ["hello"]


async def test_urgent_words_go_before_digests(post: Post, chats: Chats) -> None:
    for number in range(IN_FLIGHT * 5):
        await post.says(f"digest{number}", "digest")
    await post.says("asking", "your answer", urgent=True)
    await post.delivery.drain()
    assert chats.sent.index(("asking", "your answer")) < IN_FLIGHT


async def test_no_more_are_on_their_way_at_once_than_a_crash_may_repeat(post: Post, chats: Chats) -> None:
    async def takes_a_while() -> None:
        await asyncio.sleep(0.002)

    chats.on_the_way = takes_a_while
    for number in range(100):
        await post.says(str(number), "x")
    await post.delivery.drain()
    assert chats.most_flying == IN_FLIGHT
    assert len(chats.sent) == 100


async def test_a_card_that_moves_on_while_it_is_on_its_way_is_edited_right_after(
    post: Post, chats: Chats
) -> None:
    """3.4: every copy of the card follows the state."""
    approver = await post.town.hires("许文博", "market_manager")
    moved = False

    async def moves_on() -> None:
        nonlocal moved
        if not moved:
            moved = True
            await post.card_changes("granted")

    chats.on_the_way = moves_on
    await post.shows_card("1", approver.id)
    await post.delivery.drain()
    assert chats.sent == [("1", "waiting")]
    assert chats.edits == [("1", "granted")]
    assert (await post.states())[-1] == "sent"


async def test_a_card_that_moves_on_before_it_was_sent_arrives_as_it_stands(post: Post, chats: Chats) -> None:
    approver = await post.town.hires("许文博", "market_manager")
    await post.shows_card("1", approver.id)
    await post.card_changes("granted")
    await post.delivery.drain()
    assert (chats.sent, chats.edits) == ([("1", "granted")], [])


async def test_a_card_sent_earlier_is_edited_and_not_repeated(post: Post, chats: Chats) -> None:
    approver = await post.town.hires("许文博", "market_manager")
    await post.shows_card("1", approver.id)
    await post.delivery.drain()
    await post.card_changes("granted")
    await post.delivery.drain()
    assert (chats.sent, chats.edits) == ([("1", "waiting")], [("1", "granted")])


async def test_what_cannot_be_marked_is_not_sent_again(
    post: Post, chats: Chats, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full after the message went out: sending it again and again would help nobody."""
    monkeypatch.setattr(marking_module, "RETRY_SECONDS", 0.01)
    await post.says("1", "once")
    write, refusals = post.town.database.write, iter(range(5))

    async def full(work: Any) -> Any:
        if next(refusals, None) is not None:
            raise OperationalError("update", {}, OSError("disk is full"))
        return await write(work)

    monkeypatch.setattr(post.town.database, "write", full)
    await post.delivery.drain()
    assert chats.sent == [("1", "once")]
    assert await post.states() == ["sent"]


async def test_a_mark_that_cannot_be_written_keeps_no_other_from_it(
    post: Post, chats: Chats, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    mark_all = outbox_module.mark_all

    def broken(session: Session, landed: Sequence[tuple[OutboxMessage, Outcome]], *rest: Any) -> None:
        if any(row.conversation == f"{NAME}:3" for row, _ in landed):
            raise ZeroDivisionError
        mark_all(session, landed, *rest)

    monkeypatch.setattr(outbox_module, "mark_all", broken)
    for number in range(8):
        await post.says(str(number), "x")
    with caplog.at_level(logging.ERROR):
        await post.delivery.round()
        await asyncio.wait(post.delivery._flying.values())
    assert sorted(await post.states()) == ["sent"] * 7 + ["waiting"]
    assert "ZeroDivisionError" in caplog.text


@asynccontextmanager
async def running(delivery: Delivery) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(delivery.run())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(found: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not found():
            await asyncio.sleep(0.005)


async def test_told_to_stop_it_lets_what_is_on_its_way_arrive(post: Post, chats: Chats) -> None:
    """A stop is no crash: nothing is repeated after it."""
    on_its_way, arrives = asyncio.Event(), asyncio.Event()

    async def slowly() -> None:
        on_its_way.set()
        await arrives.wait()

    chats.on_the_way = slowly
    for number in range(IN_FLIGHT + 5):
        await post.says(str(number), "x")
    async with running(post.delivery) as task:
        await on_its_way.wait()
        task.cancel()
        asyncio.get_running_loop().call_later(0.05, arrives.set)
    assert len(chats.sent) == IN_FLIGHT
    assert sorted(await post.states()) == ["sent"] * IN_FLIGHT + ["waiting"] * 5


async def test_trouble_with_the_database_does_not_end_the_delivery(
    post: Post, chats: Chats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery_module, "POLL_SECONDS", 0.01)
    read, refusals = post.town.database.read, iter(range(3))

    async def locked(question: Any) -> Any:
        if next(refusals, None) is not None:
            raise OperationalError("select", {}, OSError("database is locked"))
        return await read(question)

    monkeypatch.setattr(post.town.database, "read", locked)
    async with running(post.delivery):
        await post.says("1", "in spite of all")
        await until(lambda: chats.read_in("1") == ["in spite of all"])


async def test_a_message_said_here_is_sent_at_once(
    post: Post, chats: Chats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery_module, "POLL_SECONDS", 60.0)
    async with running(post.delivery):
        await asyncio.sleep(0.05)
        await post.says("1", "now")
        await until(lambda: chats.read_in("1") == ["now"])


async def test_a_message_said_by_another_process_is_found_soon(
    post: Post, chats: Chats, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(post.delivery):
        await asyncio.sleep(0.05)
        post.town.database._listeners.clear()  # what another process commits announces nothing here
        await post.says("1", "from afar")
        await until(lambda: chats.read_in("1") == ["from afar"])


# against Telegram


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@asynccontextmanager
async def delivering(town: Town, telegram: FakeTelegram, *, read: float = 20.0) -> AsyncIterator[Post]:
    """The outbox delivered to Telegram, on the clock of the machine."""
    async with Api(telegram.token, telegram.base_url, request=AiohttpRequest(read=read)) as api:
        yield Post(town, TelegramChannel(api, UNLIMITED))


async def settled(post: Post, seconds: float = 6) -> None:
    """Time goes by until nothing is left to send."""
    for _ in range(int(seconds / 0.05)):
        await post.waits(0.5)
        if not {"waiting", "edit"} & set(await post.states()):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(await post.states())


def texts(person: Person) -> list[str]:
    return [message.text for message in person.messages]


async def test_429_is_obeyed_and_nothing_is_lost(town: Town, telegram: FakeTelegram) -> None:
    anna, bert = telegram.person("Anna"), telegram.person("Bert")
    telegram.faults.throttle("sendMessage", seconds=1)
    async with delivering(town, telegram) as post:
        for number in range(3):
            await post.says(anna.address, str(number))
            await post.says(bert.address, str(number))
        began = asyncio.get_running_loop().time()
        await post.delivery.drain()
        tried = len(telegram.calls("sendMessage"))
        await settled(post)
        assert asyncio.get_running_loop().time() - began >= 1
    assert texts(anna) == texts(bert) == ["0", "1", "2"]
    assert tried <= 2 + 1  # whoever was on the way already; nobody sets off during the pause
    assert len(telegram.calls("sendMessage")) == 7


@pytest.mark.parametrize("fault", ["error", "drop_before"])
async def test_what_surely_did_not_arrive_arrives_once(
    town: Town, telegram: FakeTelegram, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = telegram.person("Anna")
    getattr(telegram.faults, fault)("sendMessage", times=1)
    async with delivering(town, telegram) as post:
        await post.says(anna.address, "first")
        await post.says(anna.address, "second")
        await settled(post)
    assert texts(anna) == ["first", "second"]


@pytest.mark.parametrize("fault", ["drop_after", "garble", "delay"])
async def test_what_arrived_without_a_word_is_there_once_or_twice_and_in_order(
    town: Town, telegram: FakeTelegram, fault: str
) -> None:
    anna = telegram.person("Anna")
    how: dict[str, Any] = {"seconds": 0.5} if fault == "delay" else {}
    getattr(telegram.faults, fault)("sendMessage", **how)
    async with delivering(town, telegram, read=0.2) as post:
        await post.says(anna.address, "first")
        await post.says(anna.address, "second")
        await settled(post)
    assert texts(anna) == ["first", "first", "second"]
    assert await post.states() == ["sent", "sent"]


async def test_a_storm_of_every_fault_loses_nothing_and_tells_nothing_three_times(
    town: Town, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everybody's connection breaks once without a word, among faults that say what they are."""
    monkeypatch.setattr(faults_module, "FAULT_SECONDS", 0.2)
    people = [telegram.person(f"P{number}") for number in range(9)]
    faults = telegram.faults
    async with delivering(town, telegram, read=0.3) as post:
        for number in range(5):
            for person in people:
                await post.says(person.address, f"{number}")
        for who, person in enumerate(people):
            faults.error("sendMessage", chat=person.address)
            wordless = (faults.drop_before, faults.drop_after, faults.garble)[who % 3]
            wordless("sendMessage", chat=person.address)
            faults.error("sendMessage", status=500, times=2, chat=person.address)
        faults.throttle("sendMessage", seconds=0, times=10)
        await settled(post, seconds=15)
    assert faults.waiting == 0
    assert set(await post.states()) == {"sent"}
    for person in people:
        read = texts(person)
        assert sorted(set(read), key=read.index) == [str(number) for number in range(5)]
        assert len(read) <= 5 + 1


async def test_while_telegram_is_away_nothing_is_lost(
    town: Town, monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> None:
    monkeypatch.setattr(faults_module, "FAULT_SECONDS", 0.1)
    telegram = FakeTelegram(port=unused_tcp_port)
    anna = telegram.person("Anna")
    async with delivering(town, FakeTelegram(port=unused_tcp_port)) as post:
        await post.says(anna.address, "before")
        for _ in range(20):
            await post.waits(1)
        await post.says(anna.address, "meanwhile")
        async with telegram:
            await settled(post)
            assert texts(anna) == ["before", "meanwhile"]


async def test_who_blocked_the_bot_on_telegram_fails_and_the_others_get_theirs(
    town: Town, telegram: FakeTelegram
) -> None:
    anna, bert = telegram.person("Anna"), telegram.person("Bert")
    anna.block()
    async with delivering(town, telegram) as post:
        await post.says(anna.address, "for Anna")
        await post.says(bert.address, "for Bert")
        await settled(post)
    assert await post.states() == ["failed", "sent"]
    assert texts(bert) == ["for Bert"]


async def test_a_card_on_telegram_is_edited_in_place(town: Town, telegram: FakeTelegram) -> None:
    anna = telegram.person("Anna")
    approver = await town.hires("许文博", "market_manager")
    async with delivering(town, telegram) as post:
        await post.shows_card(anna.address, approver.id)
        await settled(post)
        telegram.faults.drop_after("editMessageText")
        telegram.faults.error("editMessageText")
        await post.card_changes("granted")
        await settled(post)
    [card] = anna.messages
    assert (card.text, [version.text for version in card.before]) == ("granted", ["waiting"])


async def test_a_card_that_was_deleted_by_its_reader_does_not_stop_the_rest(
    town: Town, telegram: FakeTelegram
) -> None:
    anna = telegram.person("Anna")
    approver = await town.hires("许文博", "market_manager")
    async with delivering(town, telegram) as post:
        await post.shows_card(anna.address, approver.id)
        await settled(post)
        anna.delete(anna.messages[0])
        await post.card_changes("granted")
        await post.says(anna.address, "and on")
        await settled(post)
    assert texts(anna)[-1] == "and on"


async def test_the_outbox_can_be_read_by_an_operator(post: Post, chats: Chats) -> None:
    """What did not arrive keeps its reason: the runbook's question to the database."""
    chats.fates = [lambda: Refused("chat not found")]
    await post.says("1", "hello?")
    await post.delivery.drain()
    question = text("select conversation, trouble from outbox where state in ('failed', 'unknown')")
    rows = await post.town.database.read(lambda session: session.execute(question).all())
    assert [tuple(row) for row in rows] == [("telegram:1", "chat not found")]
