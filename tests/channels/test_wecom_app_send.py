"""Sending as the app and changing its cards (10.2): what became of a message is a value, and a code is used once."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.dialog.outcome import Delivered, Later, Outcome, Refused, Unreachable, Unsure
from bot.dialog.rendered import Rendered, RenderedButton
from bot.wecom.api import AppApi, Credentials
from bot.wecom.app_channel import AppChannel
from bot.wecom.app_codes import ResponseCodes
from bot.wecom.app_repeats import CHECK_SECONDS, Repeats
from bot.wecom.pace import HOUR, MINUTE, MOST_A_MINUTE, MOST_AN_HOUR, Pace
from core.clock import SetClock
from core.storage.database import Database
from tests.support.prepared import new_database
from tests.support.web import MONDAY
from tests.support.wecom.api_server import AGENT_ID, CORP_ID, SECRET, FakeApp
from tests.support.wecom.app_world import Message

LONG = "\n".join(f"{number:04} 某某商贸有限公司 逾期 31 天" for number in range(90))


class Way:
    """The app as delivery holds it, with WeCom behind it."""

    def __init__(
        self,
        database: Database,
        wecom: FakeApp,
        channel: AppChannel,
        codes: ResponseCodes,
        clock: SetClock,
    ) -> None:
        self.database = database
        self.wecom = wecom
        self.channel = channel
        self.codes = codes
        self.clock = clock
        self.anna = wecom.member("anna")

    async def send(self, rendered: Rendered, *, skip_parts: int = 0, to: str = "anna") -> Outcome:
        """As delivery does: what is to be kept beside the mark is kept."""
        outcome = await self.channel.send(to, rendered, skip_parts=skip_parts)
        if isinstance(outcome, Delivered) and outcome.beside is not None:
            await self.database.write(outcome.beside)
        return outcome

    async def sent_card(self, *labels: str) -> tuple[str, Message]:
        """A card on anna's screen, and its id for changing it."""
        outcome = await self.send(card("等你审批", *labels))
        assert isinstance(outcome, Delivered)
        return outcome.external_id, self.anna.messages[-1]

    async def edit(self, external_id: str, rendered: Rendered) -> Outcome:
        return await self.channel.edit("anna", external_id, rendered)

    async def tap(self, message: Message) -> None:
        """What a tap leaves behind: a fresh code for the card."""
        await self.codes.keep(message.body["task_id"], self.wecom.world.code_for(message))

    def starts_anew(self) -> None:
        """Another process sends from now on."""
        self.channel = AppChannel(self.channel._api, self.codes)

    def pass_time(self, hours: float) -> None:
        self.clock.set(self.clock.now() + timedelta(hours=hours))
        self.wecom.pass_time(hours * 3600)


@pytest.fixture
async def way(tmp_path: Path) -> AsyncIterator[Way]:
    path = tmp_path / "zixin.db"
    new_database(path)
    clock = SetClock(MONDAY)
    credentials = Credentials(CORP_ID, AGENT_ID, SECRET)
    async with (
        Database(path) as database,
        FakeApp(clock) as wecom,
        AppApi(credentials, wecom.base_url, read_seconds=0.5) as api,
    ):
        codes = ResponseCodes(database, clock)
        yield Way(database, wecom, AppChannel(api, codes), codes, clock)


_numbers = iter(range(1, 10_000))


def card(html: str, *labels: str) -> Rendered:
    """A card whose buttons act, but for 全部资料."""
    number = next(_numbers)
    buttons = tuple(
        (RenderedButton(label, f"{number}.all:12" if label == "全部资料" else f"{number}.do{place}:12:4"),)
        for place, label in enumerate(labels)
    )
    return Rendered(html, buttons, name=f"{number}-1773108000000000")


class TestSending:
    async def test_a_short_question_is_one_card_with_its_buttons(self, way: Way) -> None:
        outcome = await way.send(card("<b>用多久?</b>", "30 天", "临时 15 天"))
        (message,) = way.anna.messages
        assert outcome == Delivered(f"app:{message.body['task_id']}")
        assert (message.text, message.labels) == ("用多久?", ["30 天", "临时 15 天"])

    async def test_words_without_buttons_are_a_text_that_nothing_can_change(self, way: Way) -> None:
        assert await way.send(Rendered("<b>好</b>,记下了", name="1-1")) == Delivered("app:")
        assert [message.text for message in way.anna.messages] == ["**好**,记下了"]
        assert isinstance(await way.edit("app:", card("x", "y")), Refused)

    async def test_a_long_text_comes_in_parts_with_the_card_last(self, way: Way) -> None:
        await way.send(card(LONG, "同意", "拒绝"))
        *texts, last = way.anna.messages
        assert "\n".join(message.text for message in texts) == LONG
        assert all(len(message.text.encode()) <= 2048 for message in texts)
        assert last.labels == ["同意", "拒绝"]

    async def test_a_retry_repeats_no_part_that_arrived(self, way: Way) -> None:
        long = card(LONG, "同意")
        way.wecom.dawdles("message/send", 0)  # the first part is let through
        way.wecom.fails("message/send", 502)
        first = await way.send(long)
        assert first == Later(5.0, "HTTP 502", whole_channel=False, parts_done=1)
        assert isinstance(await way.send(long, skip_parts=1), Delivered)
        assert "\n".join(one.text for one in way.anna.messages[:-1]) == LONG

    @pytest.mark.parametrize(("name", "kind"), [("账龄.png", "image"), ("三月.xlsx", "file")])
    async def test_a_picture_is_shown_and_any_other_file_is_handed_over(
        self, way: Way, name: str, kind: str
    ) -> None:
        await way.send(Rendered("", file=(name, b"content"), name="1-1"))
        (message,) = way.anna.messages
        media = way.wecom.world.medium(message.body["media_id"])
        assert (message.kind, media.name, media.content) == (kind, name, b"content")

    async def test_an_upload_whose_answer_is_lost_is_simply_done_again(self, way: Way) -> None:
        file = Rendered("", file=("a.xlsx", b"content"), name="1-1")
        way.wecom.cuts("media/upload", done=True)
        assert isinstance(await way.send(file), Later)
        assert isinstance(await way.send(file), Delivered)
        assert len(way.anna.messages) == 1

    async def test_a_card_whose_answer_was_lost_is_not_shown_twice(self, way: Way) -> None:
        """The service refuses a name that it has seen: it has the card."""
        asked = card("用多久?", "30 天")
        way.wecom.garbles("message/send")
        assert isinstance(await way.send(asked), Unsure)
        assert isinstance(await way.send(asked), Delivered)
        assert len(way.anna.messages) == 1

    @pytest.mark.parametrize("compares", ["content", "request"])
    async def test_a_text_whose_answer_was_lost_is_not_shown_twice(self, way: Way, compares: str) -> None:
        """The service is asked to compare, and whatever it compares, finds the same."""
        way.wecom.world.compares = compares
        way.wecom.garbles("message/send")
        assert isinstance(await way.send(Rendered("记下了", name="1-1")), Unsure)
        assert isinstance(await way.send(Rendered("记下了", name="1-1")), Delivered)
        assert [message.text for message in way.anna.messages] == ["记下了"]

    @pytest.mark.parametrize("compares", ["content", "request"])
    async def test_a_text_that_a_crash_sends_anew_is_not_shown_twice(self, way: Way, compares: str) -> None:
        """10.1: sent, and killed before it could be marked; the next process sends the same message."""
        way.wecom.world.compares = compares
        long = card(LONG, "同意")
        assert isinstance(await way.send(long), Delivered)
        way.pass_time(hours=60 / 3600)
        way.starts_anew()
        assert isinstance(await way.send(long), Delivered)
        *texts, _ = way.anna.messages
        assert "\n".join(message.text for message in texts) == LONG

    @pytest.mark.parametrize("compares", ["content", "request"])
    async def test_two_answers_in_the_same_words_are_two(self, way: Way, compares: str) -> None:
        way.wecom.world.compares = compares
        for number in (1, 2, 3):
            assert isinstance(await way.send(Rendered("请写数字", name=f"{number}-1")), Delivered)
        assert len(way.anna.messages) == 3
        assert isinstance(await way.send(Rendered("同上\n" * 900, name="4-1")), Delivered)
        assert "".join(message.text for message in way.anna.messages[3:]).count("同上") == 900

    async def test_whoever_reads_the_same_elsewhere_hides_nothing_from_others(self, way: Way) -> None:
        way.wecom.member("bo")
        for person in ("anna", "bo"):
            assert isinstance(await way.send(Rendered("放假通知", name=f"{person}-1"), to=person), Delivered)
        assert len(way.wecom.world.messages) == 2

    def test_what_was_said_is_remembered_for_as_long_as_it_is_compared(self) -> None:
        repeats = Repeats()
        assert repeats.may_only_repeat("anna", "1-1#0", "好", 0.0)
        assert repeats.may_only_repeat("anna", "1-1#0", "好", 100.0)
        assert not repeats.may_only_repeat("anna", "2-1#0", "好", 200.0)
        assert not repeats.may_only_repeat("anna", "1-1#0", "好", 210.0), "it would hide behind the other"
        assert repeats.may_only_repeat("anna", "3-1#0", "好", 210.0 + CHECK_SECONDS)
        for number in range(10_000):
            repeats.may_only_repeat("anna", f"{number}-1#0", str(number), 1000.0 + number)
        assert len(repeats._lately) <= CHECK_SECONDS

    @pytest.mark.parametrize(
        ("number", "outcome"),
        [
            (-1, Later(5.0, "-1 why", whole_channel=False)),
            (45009, Later(60.0, "45009 why", whole_channel=True)),
            (40001, Later(60.0, "40001 why", whole_channel=True)),
            (60111, Unreachable("60111 why")),
            (45002, Refused("45002 why")),
        ],
    )
    async def test_each_refusal_becomes_what_helps(self, way: Way, number: int, outcome: Outcome) -> None:
        way.wecom.refuses("message/send", number, "why")
        assert await way.send(card("x", "y")) == outcome
        assert way.anna.messages == []

    async def test_too_many_requests_hold_everybody_back(self, way: Way) -> None:
        way.wecom.fails("message/send", 429)
        assert await way.send(card("x", "y")) == Later(60.0, "HTTP 429", whole_channel=True)
        assert way.channel.wait_for("anyone") > 55

    async def test_an_untrusted_address_is_told_to_the_operator_with_the_address(
        self, way: Way, caplog: pytest.LogCaptureFixture
    ) -> None:
        way.wecom.trusted = False
        outcome = await way.send(card("x", "y"))
        assert isinstance(outcome, Later)
        assert outcome.whole_channel
        assert "203.0.113.9" in caplog.text
        assert way.channel.wait_for("anyone") > 55

    async def test_a_wrong_secret_is_told_to_the_operator_without_the_secret(
        self, way: Way, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO)
        way.wecom.refuses("gettoken", 40001, "invalid credential")
        await way.send(card("x", "y"))
        assert "settings" in caplog.text
        assert SECRET not in caplog.text

    async def test_somebody_whom_the_app_may_not_write_to_is_reached_another_way(self, way: Way) -> None:
        way.wecom.world.outside.add("bo")
        way.wecom.member("bo")
        assert isinstance(await way.send(card("x", "y"), to="bo"), Unreachable)
        assert isinstance(await way.send(card("x", "y"), to="nobody"), Unreachable)

    async def test_slow_is_unsure_and_fifty_at_once_ask_for_one_token(self, way: Way) -> None:
        way.wecom.dawdles("message/send", 3)
        assert isinstance(await way.send(card("x", "y")), Unsure)
        people = [f"p{number}" for number in range(50)]
        for person in people:
            way.wecom.member(person)
        way.wecom.tokens.clear()
        outcomes = await asyncio.gather(*(way.send(card("x", "y"), to=person) for person in people))
        assert all(isinstance(outcome, Delivered) for outcome in outcomes)
        assert way.wecom.calls["gettoken"] == 2


class TestPace:
    async def test_nothing_is_sent_that_wecom_would_silently_drop(self, way: Way) -> None:
        outcomes = [await way.send(Rendered(f"{number}", name=f"{number}-1")) for number in range(40)]
        delivered = [outcome for outcome in outcomes if isinstance(outcome, Delivered)]
        assert len(delivered) == len(way.anna.messages) == MOST_A_MINUTE
        assert way.wecom.world.dropped == []
        held = outcomes[-1]
        assert isinstance(held, Later)
        assert 0 < held.seconds <= MINUTE
        assert not held.whole_channel
        assert way.channel.wait_for("bo") == 0

    async def test_the_parts_of_a_long_message_count_each(self, way: Way) -> None:
        long = card("\n".join(LONG for _ in range(20)), "y")
        outcome = await way.send(long)
        assert isinstance(outcome, Later)
        assert outcome.parts_done == MOST_A_MINUTE
        assert way.wecom.world.dropped == []

    def test_a_minute_and_an_hour_are_kept_at_any_moment(self) -> None:
        pace, now, sent = Pace(), 0.0, []
        while len(sent) < 2500:
            wait = pace.wait_for("anna", now)
            if wait > 0:
                now += wait
                continue
            pace.count("anna", now)
            sent.append(now)
        for span, most in ((MINUTE, MOST_A_MINUTE), (HOUR, MOST_AN_HOUR)):
            assert all(later - early >= span for early, later in zip(sent, sent[most:], strict=False))
        assert sent[1000] - sent[0] == HOUR

    def test_what_was_long_on_its_way_counts_from_its_arrival(self) -> None:
        """A first message waits for its token: counted from when it set off, the 31st would come too early."""
        pace = Pace()
        pace.count("anna", 0.0)
        pace.arrived("anna", since=0.0, now=3.0)
        for _ in range(MOST_A_MINUTE - 1):
            pace.count("anna", 4.0)
            pace.arrived("anna", since=4.0, now=4.5)
        assert pace.wait_for("anna", 60.0) == 3.0
        assert pace.wait_for("anna", 63.0) == 0.0
        pace.count("anna", 63.0)
        assert pace.wait_for("anna", 63.0) == 1.5

    def test_members_who_were_quiet_for_an_hour_are_forgotten(self) -> None:
        pace = Pace()
        for number in range(10_001):
            pace.count(f"p{number}", number * 1.0)
        assert len(pace._sent) <= 3_600


class TestChanging:
    async def test_a_card_is_changed_late_with_the_code_of_its_sending(self, way: Way) -> None:
        external_id, message = await way.sent_card("同意", "拒绝")
        way.pass_time(hours=71)
        assert await way.edit(external_id, card("✅ 已由市场部经理同意")) == Delivered(external_id)
        assert (message.text, message.labels, message.closed) == ("✅ 已由市场部经理同意", [], "已办结")

    async def test_after_72_hours_it_stays_as_it_is(self, way: Way) -> None:
        external_id, message = await way.sent_card("同意")
        way.pass_time(hours=73)
        assert isinstance(await way.edit(external_id, card("已处理")), Refused)
        assert message.text == "等你审批"

    async def test_a_tap_days_later_brings_a_code_along(self, way: Way) -> None:
        external_id, message = await way.sent_card("同意")
        way.pass_time(hours=100)
        await way.tap(message)
        assert isinstance(await way.edit(external_id, card("已处理")), Delivered)
        assert message.text == "已处理"

    async def test_a_card_on_which_nothing_can_be_done_any_more_is_brought_up_to_date(self, way: Way) -> None:
        external_id, message = await way.sent_card("同意", "全部资料")
        await way.edit(external_id, card("✅ 已由市场部经理同意", "全部资料"))
        assert (message.text, message.labels) == ("✅ 已由市场部经理同意", ["全部资料"])

    async def test_a_card_on_which_something_can_be_done_keeps_its_last_code_for_its_end(
        self, way: Way
    ) -> None:
        external_id, message = await way.sent_card("同意")
        assert await way.edit(external_id, card("改成 20 万", "同意")) == Delivered(external_id)
        assert message.before == []
        assert await way.edit(external_id, card("已处理")) == Delivered(external_id)
        assert message.text == "已处理"

    async def test_with_the_code_of_a_tap_it_is_changed_while_it_is_open(self, way: Way) -> None:
        external_id, message = await way.sent_card("同意", "拒绝")
        await way.tap(message)
        await way.edit(external_id, card("改成 20 万", "同意", "拒绝"))
        assert (message.text, message.labels) == ("改成 20 万", ["同意", "拒绝"])
        await way.edit(external_id, card("已处理"))
        assert message.closed

    async def test_a_list_becomes_a_closed_card_as_well(self, way: Way) -> None:
        external_id, message = await way.sent_card(*(f"客户{number}" for number in range(12)))
        await way.edit(external_id, card("已选好"))
        assert (message.text, message.labels) == ("已选好", [])

    async def test_every_code_is_used_once(self, way: Way) -> None:
        external_id, message = await way.sent_card("同意")
        for _ in range(3):
            await way.tap(message)
        await asyncio.gather(*(way.edit(external_id, card(f"已处理 {n}")) for n in range(6)))
        assert len(message.before) == 4
        assert sum(code.used for code in way.wecom.world.codes.values()) == 4
        assert way.wecom.calls["message/update_template_card"] == 4

    async def test_a_code_that_the_service_calls_used_makes_way_for_the_next(self, way: Way) -> None:
        external_id, message = await way.sent_card("同意")
        await way.tap(message)
        way.wecom.refuses("message/update_template_card", 42022, "code已经被使用过")
        assert isinstance(await way.edit(external_id, card("已处理")), Delivered)
        assert message.text == "已处理"

    @pytest.mark.parametrize("trouble", ["busy", "502", "untrusted"])
    async def test_a_code_that_surely_was_not_used_is_kept(self, way: Way, trouble: str) -> None:
        external_id, message = await way.sent_card("同意")
        method = "message/update_template_card"
        if trouble == "busy":
            way.wecom.refuses(method, -1)
        elif trouble == "502":
            way.wecom.fails(method, 502)
        else:
            way.wecom.refuses(method, 60020, "from ip: 203.0.113.9")
        assert isinstance(await way.edit(external_id, card("已处理")), Later)
        assert isinstance(await way.edit(external_id, card("已处理")), Delivered)
        assert message.text == "已处理"

    async def test_a_change_whose_answer_was_lost_is_not_tried_with_the_same_code(self, way: Way) -> None:
        external_id, message = await way.sent_card("同意")
        way.wecom.cuts("message/update_template_card", done=True)
        assert isinstance(await way.edit(external_id, card("已处理")), Unsure)
        assert isinstance(await way.edit(external_id, card("已处理")), Refused)
        assert message.text == "已处理"

    async def test_the_code_of_a_tap_is_used_by_whoever_is_first(self, way: Way) -> None:
        external_id, message = await way.sent_card("同意")
        await way.tap(message)
        *_, code = way.wecom.world.codes
        assert await way.codes.use(code)
        assert not await way.codes.use(code)
        assert not await way.codes.use("never seen")
        await way.edit(external_id, card("已处理"))
        assert not way.wecom.world.codes[code].used

    async def test_codes_too_old_are_thrown_away(self, way: Way) -> None:
        _, message = await way.sent_card("同意")
        way.pass_time(hours=73)
        await way.tap(message)
        assert await way.codes.take(message.body["task_id"], spare=0) is not None
        assert await way.codes.take(message.body["task_id"], spare=0) is None
