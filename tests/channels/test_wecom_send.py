"""Sending over the long connection (10.2): what arrives, what WeCom's codes mean, and at which pace."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest

from bot.dialog.outcome import Delivered, Later, Outcome, Refused, Unreachable, Unsure
from bot.dialog.rendered import Rendered, RenderedButton
from bot.wecom.channel import BotChannel
from bot.wecom.link import Link
from bot.wecom.pace import Pace
from tests.support.wecom.link_server import FakeWeCom
from tests.support.wecom.members import Member
from tests.support.wecom.served import QUICK

BUTTONS = ((RenderedButton("同意", "812.0"), RenderedButton("拒绝", "812.1")),)
CARD = Rendered("<b>华东机械</b> 申请 ¥260,000", BUTTONS, name="812-1")
LONG = replace(CARD, html="<b>华东机械</b>\n" + "依据一条\n" * 60)
FILE = Rendered("账龄在附件里", BUTTONS, ("账龄.xlsx", b"PK" * 400_000), name="813-1")


class Sending:
    def __init__(self, wecom: FakeWeCom, channel: BotChannel, link: Link) -> None:
        self.wecom = wecom
        self.channel = channel
        self.link = link

    async def send(self, to: Member, rendered: Rendered, skip_parts: int = 0) -> Outcome:
        return await self.channel.send(to.userid, rendered, skip_parts=skip_parts)


@pytest.fixture
async def bot() -> AsyncIterator[Sending]:
    async with FakeWeCom() as wecom, aiohttp.ClientSession() as session:
        link = Link(wecom.bot_id, wecom.secret, wecom.ws_url, QUICK)
        task = asyncio.create_task(link.run(lambda _frame: None))
        await wecom.until(lambda: link.up or None, "the link is up")
        yield Sending(wecom, BotChannel(link, session), link)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def anna(bot: Sending) -> Member:
    return bot.wecom.member("anna")


async def test_a_card_arrives_and_is_known_by_its_task(bot: Sending, anna: Member) -> None:
    assert await bot.send(anna, CARD) == Delivered("812-1-1")
    [card] = anna.messages
    assert (card.kind, card.text, list(card.buttons)) == ("card", "华东机械 申请 ¥260,000", ["同意", "拒绝"])


async def test_many_words_arrive_before_their_buttons(bot: Sending, anna: Member) -> None:
    await bot.send(anna, LONG)
    assert [message.kind for message in anna.messages] == ["text", "card"]


async def test_a_file_arrives_whole_before_its_words(bot: Sending, anna: Member) -> None:
    assert isinstance(await bot.send(anna, FILE), Delivered)
    file, card = anna.messages
    assert (file.name, file.content) == FILE.file
    assert card.text == "账龄在附件里"


async def test_an_empty_file_is_filled_up_to_what_wecom_takes(bot: Sending, anna: Member) -> None:
    await bot.send(anna, replace(FILE, file=("leer.csv", b"")))
    assert anna.messages[0].content.strip() == b""


async def test_a_text_is_known_by_something_too_so_that_no_edit_sends_it_again(
    bot: Sending, anna: Member
) -> None:
    outcome = await bot.send(anna, Rendered("记下了", name="814-1"))
    assert outcome == Delivered("814-1")
    assert await bot.channel.edit("anna", "814-1", CARD) == Delivered("814-1")
    assert len(anna.messages) == 1


async def test_a_card_sent_twice_arrives_once_and_counts_as_arrived(bot: Sending, anna: Member) -> None:
    """The promise on delivery: of a lost answer nobody reads twice."""
    bot.wecom.swallows("aibot_send_msg")
    assert isinstance(await bot.send(anna, CARD), Unsure)
    assert await bot.send(anna, CARD) == Delivered("812-1-1")
    assert len(anna.messages) == 1


async def test_an_answer_that_takes_too_long_leaves_it_unsure_with_what_surely_arrived(
    bot: Sending, anna: Member
) -> None:
    bot.wecom.delays("aibot_send_msg", 0.0)
    bot.wecom.delays("aibot_send_msg", QUICK.answer * 2)
    outcome = await bot.send(anna, LONG)
    assert isinstance(outcome, Unsure)
    assert outcome.parts_done == 1
    assert await bot.send(anna, LONG, skip_parts=outcome.parts_done) == Delivered("812-1-1")
    assert [message.kind for message in anna.messages] == ["text", "card"]


@pytest.mark.parametrize(
    ("errcode", "outcome"),
    [
        (-1, Later(3.0, "-1 as ordered", whole_channel=False)),
        (846607, Later(60.0, "846607 as ordered", whole_channel=False)),
        (45009, Later(60.0, "45009 as ordered", whole_channel=True)),
        (93006, Unreachable("93006 as ordered")),
        (60111, Unreachable("60111 as ordered")),
        (45002, Refused("45002 as ordered")),
        (999999, Refused("999999 as ordered")),
    ],
)
async def test_what_wecom_answers_and_what_becomes_of_the_message(
    bot: Sending, anna: Member, errcode: int, outcome: Outcome
) -> None:
    bot.wecom.refuses("aibot_send_msg", errcode)
    assert await bot.send(anna, CARD) == outcome


async def test_a_whole_channel_that_is_over_its_limit_rests(bot: Sending, anna: Member) -> None:
    bot.wecom.refuses("aibot_send_msg", 45009)
    await bot.send(anna, CARD)
    assert 55 < bot.channel.wait_for("somebody else") <= 60


async def test_who_never_wrote_is_not_reached(bot: Sending) -> None:
    silent = bot.wecom.member("bo", wrote=False)
    assert isinstance(await bot.send(silent, CARD), Unreachable)
    assert silent.messages == []


async def test_a_file_that_wecom_does_not_take_is_refused(bot: Sending, anna: Member) -> None:
    bot.wecom.refuses("aibot_upload_media_init", 40006)
    assert await bot.send(anna, FILE) == Refused("40006 as ordered")


async def test_an_upload_that_stops_is_tried_again_for_nobody_was_sent_anything(
    bot: Sending, anna: Member
) -> None:
    bot.wecom.swallows("aibot_upload_media_chunk")
    outcome = await bot.send(anna, FILE)
    assert isinstance(outcome, Later)
    assert outcome.parts_done == 0
    assert isinstance(await bot.send(anna, FILE), Delivered)
    assert [message.kind for message in anna.messages] == ["file", "card"]


async def test_without_a_connection_nothing_sets_off(bot: Sending, anna: Member) -> None:
    bot.wecom.silent = True
    bot.wecom.aborts()
    await bot.wecom.until(lambda: not bot.link.up or None, "the link is down")
    assert bot.channel.wait_for("anna") > 0
    assert isinstance(await bot.send(anna, CARD), Later)


async def test_the_pace_holds_back_before_wecom_refuses(bot: Sending, anna: Member) -> None:
    """Thirty messages a minute in a conversation; nothing over it, and nothing lost."""
    for number in range(40):
        if bot.channel.wait_for("anna") > 0:
            break
        assert isinstance(await bot.send(anna, replace(LONG, name=f"{number}-1")), Delivered)
    assert 24 <= len(anna.messages) <= 30
    assert bot.channel.wait_for("anna") > 50
    assert bot.channel.wait_for("somebody else") == 0


async def test_a_message_in_many_parts_stops_at_the_limit_and_goes_on_behind_it(
    bot: Sending, anna: Member
) -> None:
    very_long = Rendered("依据一条，很长的一条\n" * 30_000, name="900-1")
    outcome = await bot.send(anna, very_long)
    assert isinstance(outcome, Later)
    assert outcome.parts_done == len(anna.messages) == 30


def test_a_thousand_an_hour() -> None:
    pace, now, sent = Pace(), 0.0, 0
    while now < 3600:
        wait = pace.wait_for("anna", now, room=1)
        if wait:
            now += wait
            continue
        pace.count("anna", now)
        sent += 1
    assert sent == 1000


def test_never_more_than_thirty_in_any_minute() -> None:
    pace, now, moments = Pace(), 0.0, list[float]()
    while len(moments) < 200:
        wait = pace.wait_for("anna", now, room=1)
        now += wait or 0.7
        if not wait:
            pace.count("anna", now - 0.7)
            moments.append(now - 0.7)
    assert all(later - earlier > 59.999 for earlier, later in zip(moments, moments[30:], strict=False))
