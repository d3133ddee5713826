"""One person on several channels: where a message goes, and what becomes of it when a channel fails (10.1, 9.1)."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.delivery import Channel, Delivery
from bot.dialog.engine import Dialogs
from bot.dialog.outcome import Delivered, Outcome, Unreachable
from bot.dialog.render import Renderer
from bot.dialog.rendered import Rendered
from bot.flows import FLOWS
from bot.inbox import Inbox
from bot.telegram import channel as telegram
from bot.web.channel import WebChannel
from core.queries.actor import OPERATOR
from core.records.audit import AuditRecord
from core.records.outbox import OutboxMessage
from core.records.staff import Binding
from core.records.tables import table_of
from core.rules.refusal import Refusal
from core.services import tell
from core.services.people.staff import AddPerson, BeReachable, Invite, ShutOut
from core.services.people.unbinding import LeavePlace, Unbind
from core.texts.message import Message
from tests.support.town import Town

_OUTBOX, _BINDING, _AUDIT = table_of(OutboxMessage), table_of(Binding), table_of(AuditRecord)
BLOCKED = Unreachable("Forbidden: bot was blocked by the user")


class Recorder:
    """A channel that notes what it is given, and refuses the addresses that are lost to it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sent: list[tuple[str, str]] = []
        self.edits: list[tuple[str, str]] = []
        self.lost: set[str] = set()

    def wait_for(self, _address: str) -> float:
        return 0.0

    async def send(self, address: str, rendered: Rendered, *, skip_parts: int) -> Outcome:
        if address in self.lost:
            return BLOCKED
        self.sent.append((address, rendered.html))
        return Delivered(f"{self.name}-{len(self.sent)}")

    async def edit(self, address: str, external_id: str, rendered: Rendered) -> Outcome:
        if address in self.lost:
            return BLOCKED
        self.edits.append((external_id, rendered.html))
        return Delivered(external_id)

    def read_by(self, address: str) -> list[str]:
        return [html for where, html in self.sent if where == address]


class House:
    """A company whose people have Telegram, WeCom and the browser chat."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.telegram, self.wecom, self.browser = Recorder("telegram"), Recorder("wecom"), WebChannel()
        self.channels: dict[str, Channel] = {
            "telegram": self.telegram,
            "wecom": self.wecom,
            "web": self.browser,
        }
        self.card_says = "waiting"
        renderer = Renderer(town.desk.office, {"request": self._card})
        self.delivery = Delivery(
            town.database,
            renderer,
            town.clock,
            self.channels,
            "zh_CN",
        )
        dialogs = Dialogs(town.desk, FLOWS)
        self.inbox = Inbox(
            town.database, dialogs, town.clock, {"telegram": telegram.read}, lambda *_: None, {}
        )
        self._update = 0

    def _card(self, _session: Session, _office: Any, _subject: int, _viewer: Any) -> Message:
        return Message("literal", {"text": self.card_says})

    async def hires(self, name: str, role: str, **where: str) -> int:
        return int(await self.town.as_operator(AddPerson(name, (role,), **where)))

    async def tells(self, person: int, words: str, **how: Any) -> None:
        message = None if "card" in how else Message("literal", {"text": words})
        await self.writes(
            lambda session: tell.tell(session, person, message, at=self.town.clock.now(), **how)
        )
        self.town.passes(seconds=1)

    async def delivers(self) -> None:
        await self.delivery.drain()

    async def enters_chat(self, person: int) -> str:
        """A person comes into the browser chat, as from WeCom's app; the conversation, which is now the one last used."""
        self.town.passes(minutes=5)
        await self.town.does(BeReachable("web", str(person)), person)
        return f"web:{person}"

    async def hears(self, address: str, what: dict[str, Any]) -> None:
        """An update of this Telegram account reaches the bot."""
        self._update += 1
        chat = {"id": int(address), "type": "private"}
        body = {"chat": chat, "from": {"id": int(address)}, "message_id": self._update, "date": 0}
        [(kind, content)] = what.items()
        raw: dict[str, Any] = {"update_id": self._update, kind: {**body, **content}}
        if kind == "callback_query":
            raw[kind] = {"from": body["from"], "id": "1", "message": body, **content}
        await self.inbox.put("telegram", telegram.rows_of([raw]))
        await self.inbox.idle()

    async def writes(self, work: Callable[[Session], Any]) -> Any:
        return await self.town.database.write(work)

    async def ask(self, *columns: Any) -> list[tuple[Any, ...]]:
        def question(session: Session) -> list[tuple[Any, ...]]:
            return [tuple(row) for row in session.execute(select(*columns).order_by(columns[0].table.c[0]))]

        return await self.town.database.read(question)


@pytest.fixture
def house(town: Town) -> House:
    return House(town)


# where a message goes


async def test_a_message_goes_to_the_channel_last_used(house: House) -> None:
    xu = await house.hires("许文博", "market_manager", telegram="77", wecom="xuwb")
    house.town.passes(minutes=5)
    await house.hears("77", {"message": {"text": "菜单"}})
    await house.tells(xu, "摘要")
    await house.delivers()
    assert house.telegram.read_by("77")[-1] == "摘要"
    assert house.wecom.sent == []


async def test_what_is_urgent_goes_to_every_channel_and_is_told_once_in_each(house: House) -> None:
    xu = await house.hires("许文博", "market_manager", telegram="77", wecom="xuwb")
    for _ in range(2):
        await house.tells(xu, "等你审批", urgent=True, key="nag:1:1:1")
    await house.delivers()
    assert house.telegram.read_by("77") == ["等你审批"]
    assert house.wecom.read_by("xuwb") == ["等你审批"]


async def test_a_card_follows_its_state_in_every_channel(house: House) -> None:
    """3.4: decided in one channel, it cannot be decided in another."""
    xu = await house.hires("许文博", "market_manager", telegram="77", wecom="xuwb")
    await house.tells(xu, "", card="request:1", urgent=True)
    await house.delivers()
    house.card_says = "granted"
    await house.writes(lambda session: tell.refresh_cards(session, "request:1", at=house.town.clock.now()))
    await house.delivers()
    assert [html for _, html in house.telegram.edits + house.wecom.edits] == ["granted", "granted"]


async def test_approvals_go_before_digests_in_a_conversation_and_among_them(house: House) -> None:
    people = [await house.hires(f"员工{n}", "sales", telegram=str(n)) for n in range(1, 40)]
    for person in people:
        await house.tells(person, "摘要")
    await house.tells(people[-1], "等你审批", urgent=True)
    await house.delivers()
    assert house.telegram.sent[0] == ("39", "等你审批")
    assert house.telegram.read_by("39") == ["等你审批", "摘要"]


# the browser, which shows what is said to whoever looks, and calls nobody


async def test_what_nobody_looks_at_in_the_browser_goes_to_the_phone(house: House) -> None:
    """10.1: they came in from WeCom to send a file, and have closed the page since."""
    xu = await house.hires("许文博", "market_manager", telegram="77", wecom="xuwb")
    house.town.passes(minutes=5)
    await house.hears("77", {"message": {"text": "菜单"}})
    await house.enters_chat(xu)
    for words in ("一", "二"):
        await house.tells(xu, words)
    await house.delivers()
    assert house.telegram.read_by("77")[-2:] == ["一", "二"]
    assert house.wecom.sent == []


async def test_whoever_has_the_browser_open_is_told_there(house: House) -> None:
    xu = await house.hires("许文博", "market_manager", wecom="xuwb")
    chat = await house.enters_chat(xu)
    with house.browser.page(chat):
        await house.tells(xu, "摘要")
        await house.delivers()
    assert await house.ask(_OUTBOX.c.conversation, _OUTBOX.c.state) == [(chat, "sent")]
    assert house.wecom.sent == []


async def test_who_has_the_browser_alone_finds_it_there(house: House) -> None:
    xu = await house.hires("许文博", "market_manager")
    chat = await house.enters_chat(xu)
    await house.tells(xu, "摘要")
    await house.delivers()
    assert await house.ask(_OUTBOX.c.conversation, _OUTBOX.c.state) == [(chat, "sent")]


async def test_what_is_urgent_lies_in_the_browser_as_well_and_comes_once_to_the_phone(house: House) -> None:
    xu = await house.hires("许文博", "market_manager", wecom="xuwb")
    chat = await house.enters_chat(xu)
    await house.tells(xu, "等你审批", urgent=True)
    await house.delivers()
    assert house.wecom.read_by("xuwb") == ["等你审批"]
    rows = await house.ask(_OUTBOX.c.conversation, _OUTBOX.c.state)
    assert rows == [(chat, "sent"), ("wecom:xuwb", "sent")]


async def test_a_place_that_is_lost_or_not_served_is_no_better_than_a_page_that_is_closed(
    house: House,
) -> None:
    xu = await house.hires("许文博", "market_manager", telegram="77", wecom="xuwb")
    house.telegram.lost = {"77"}
    await house.tells(xu, "先前", urgent=True)
    await house.delivers()
    del house.channels["wecom"]  # it is set up no more
    chat = await house.enters_chat(xu)
    await house.tells(xu, "摘要")
    await house.delivers()
    *_, last = await house.ask(_OUTBOX.c.conversation, _OUTBOX.c.state)
    assert last == (chat, "sent")


# a channel that fails


async def test_who_blocked_the_bot_is_told_by_the_other_channel_and_the_admin_learns_of_it(
    house: House,
) -> None:
    admin = await house.hires("管理员", "admin", telegram="1")
    xu = await house.hires("许文博", "market_manager", telegram="77", wecom="xuwb")
    house.town.passes(minutes=5)
    await house.hears("77", {"message": {"text": "菜单"}})
    await house.delivers()
    house.telegram.lost = {"77"}
    for words in ("一", "二"):
        await house.tells(xu, words)
    await house.delivers()
    assert house.wecom.read_by("xuwb") == ["一", "二"]
    [alarm] = house.telegram.read_by("1")
    assert "许文博" in alarm
    assert "企业微信" in alarm
    assert admin != xu
    await house.tells(xu, "三")
    await house.delivers()
    assert house.wecom.read_by("xuwb")[-1] == "三"
    assert ("staff.unreachable",) in await house.ask(_AUDIT.c.action)


async def test_what_went_to_every_channel_is_not_told_twice_in_the_one_that_is_left(house: House) -> None:
    xu = await house.hires("许文博", "market_manager", telegram="77", wecom="xuwb")
    house.telegram.lost = {"77"}
    await house.tells(xu, "等你审批", urgent=True)
    await house.delivers()
    assert house.wecom.read_by("xuwb") == ["等你审批"]


async def test_without_another_channel_messages_wait_until_the_person_is_heard_again(house: House) -> None:
    xu = await house.hires("许文博", "market_manager", telegram="77")
    house.telegram.lost = {"77"}
    await house.tells(xu, "摘要")
    await house.delivers()
    assert await house.ask(_OUTBOX.c.state) == [("nowhere",)]
    house.telegram.lost = set()
    await house.hears("77", {"my_chat_member": {"new_chat_member": {"status": "member"}}})
    await house.delivers()
    assert house.telegram.read_by("77") == ["摘要"]


async def test_what_is_said_to_nobody_in_particular_is_not_tried_for_ever(house: House) -> None:
    """An apology for a bug, say, has no person; the conversation is somebody's all the same."""
    await house.hires("许文博", "market_manager", telegram="77", wecom="xuwb")
    house.telegram.lost = {"77"}
    sorry = Message("literal", {"text": "抱歉"})
    await house.writes(lambda session: tell.say(session, "telegram:77", sorry, at=house.town.clock.now()))
    await house.writes(lambda session: tell.say(session, "telegram:99", sorry, at=house.town.clock.now()))
    house.telegram.lost = {"77", "99"}
    await house.delivers()
    assert await house.ask(_OUTBOX.c.state) == [("failed",), ("failed",)]


async def test_bound_anew_a_place_that_was_lost_counts_again(house: House) -> None:
    xu = await house.hires("许文博", "market_manager", telegram="77")
    house.telegram.lost = {"77"}
    await house.tells(xu, "摘要")
    await house.delivers()
    house.telegram.lost = set()
    await house.hires("许文博", "market_manager", telegram="77")
    await house.tells(xu, "再来")
    await house.delivers()
    assert house.telegram.read_by("77") == ["摘要", "再来"]


async def test_blocking_the_bot_moves_what_waits_before_anything_fails(house: House) -> None:
    xu = await house.hires("许文博", "market_manager", telegram="77", wecom="xuwb")
    house.town.passes(minutes=5)
    await house.hears("77", {"message": {"text": "菜单"}})
    await house.delivers()
    await house.hears("77", {"my_chat_member": {"new_chat_member": {"status": "kicked"}}})
    await house.tells(xu, "摘要")
    await house.delivers()
    assert house.wecom.read_by("xuwb") == ["摘要"]
    assert "摘要" not in house.telegram.read_by("77")


async def test_a_card_that_cannot_be_edited_any_more_does_not_come_anew(house: House) -> None:
    xu = await house.hires("许文博", "market_manager", telegram="77")
    await house.tells(xu, "", card="request:1")
    await house.delivers()
    house.telegram.lost = {"77"}
    await house.writes(lambda session: tell.refresh_cards(session, "request:1", at=house.town.clock.now()))
    await house.delivers()
    assert await house.ask(_OUTBOX.c.state) == [("sent",)]


# unbinding, and a lost phone


async def test_taken_out_of_one_channel_a_person_is_told_by_the_other(house: House) -> None:
    xu = await house.hires("许文博", "market_manager", telegram="77", wecom="xuwb")
    await house.tells(xu, "摘要")
    await house.town.as_operator(Unbind("许文博", "telegram"))
    await house.delivers()
    assert house.wecom.read_by("xuwb") == ["摘要"]
    assert await house.ask(_BINDING.c.channel) == [("wecom",)]


async def test_a_lost_phone_is_shut_out_at_once(house: House) -> None:
    """9.1: it is told nothing more, what it says does nothing, and what lies on it goes blank."""
    xu = await house.hires("许文博", "market_manager", telegram="77")
    await house.tells(xu, "", card="request:1")
    await house.delivers()
    await house.tells(xu, "摘要")
    await house.town.as_operator(ShutOut("许文博"))
    await house.delivers()
    [(_, shown)] = house.telegram.edits
    assert shown == "这张卡不在你的权限内。"
    [number, *_] = [number for number, card in await house.ask(_OUTBOX.c.id, _OUTBOX.c.card) if card]
    await house.hears("77", {"callback_query": {"data": f"{number}.approve:1:1"}})
    await house.hears("77", {"message": {"text": "/overdue"}})
    await house.delivers()
    refused = "我是<b>资信</b>"
    assert [words[: len(refused)] for words in house.telegram.read_by("77")[1:]] == [refused, refused]
    assert ("request.approve",) not in await house.ask(_AUDIT.c.action)


async def test_on_a_new_phone_what_waited_comes_and_the_cards_come_back(house: House) -> None:
    xu = await house.hires("许文博", "market_manager", telegram="77")
    await house.tells(xu, "", card="request:1")
    await house.delivers()
    await house.town.as_operator(ShutOut("许文博"))
    await house.tells(xu, "摘要")
    await house.delivers()
    code = await house.town.as_operator(Invite("许文博"))
    await house.hears("77", {"message": {"text": code}})
    await house.delivers()
    assert house.telegram.edits[-1] == ("telegram-1", "waiting")
    assert "摘要" in house.telegram.read_by("77")


async def test_a_place_that_becomes_somebody_elses_takes_nothing_of_the_first_along(house: House) -> None:
    xu = await house.hires("许文博", "market_manager", telegram="77", wecom="xuwb")
    house.town.passes(minutes=5)
    await house.hears("77", {"message": {"text": "菜单"}})
    await house.delivers()
    before = len(house.telegram.sent)
    await house.tells(xu, "只给许文博")
    await house.hires("沈雅琴", "credit_controller", telegram="77")
    await house.delivers()
    assert house.telegram.sent[before:] == []
    assert house.wecom.read_by("xuwb") == ["只给许文博"]


async def test_nobody_gives_up_a_place_of_somebody_else(house: House) -> None:
    xu = await house.hires("许文博", "market_manager", telegram="77")
    shen = await house.hires("沈雅琴", "credit_controller", telegram="78")
    [(place, _), *_] = await house.ask(_BINDING.c.id, _BINDING.c.person)
    with pytest.raises(Refusal) as caught:
        await house.town.does(LeavePlace(place), shen)
    assert caught.value.key == "place-not-yours"
    await house.town.does(LeavePlace(place), xu)
    assert [channel for (channel,) in await house.ask(_BINDING.c.person)] == [shen]


async def test_unbinding_where_nothing_is_bound_is_told(house: House) -> None:
    await house.hires("许文博", "market_manager", telegram="77")
    with pytest.raises(Refusal) as caught:
        await house.town.as_operator(Unbind("许文博", "web"), OPERATOR)
    assert caught.value.key == "place-none"


# several files sent as one


async def test_an_album_is_declined_in_one_sentence(house: House) -> None:
    await house.hires("王小雨", "sales", telegram="77")
    for number in range(4):
        photo = [{"file_id": f"f{number}", "file_unique_id": f"u{number}", "file_size": 30_000_000}]
        await house.hears("77", {"message": {"photo": photo, "media_group_id": "9"}})
    await house.delivers()
    assert len(house.telegram.read_by("77")) == 1
    await house.hears("77", {"message": {"photo": photo}})
    await house.delivers()
    assert len(house.telegram.read_by("77")) == 2


# the same in chat


async def test_a_person_gives_up_a_channel_from_the_menu(town: Town) -> None:
    wang = await town.hires("王小雨", "sales")
    await town.does(BeReachable("telegram", "77"), wang.id)
    [told] = await _opens(wang, "我的渠道")
    assert "Telegram" in told
    [sure] = await wang.taps("解绑Telegram")
    assert "邀请码" in sure
    [done] = await wang.taps("确定解绑")
    assert "已解绑Telegram" in done
    [rest] = await _opens(wang, "我的渠道")
    assert "Telegram" not in rest


async def test_an_admin_unbinds_and_cuts_off_from_the_chat(town: Town) -> None:
    admin = await town.hires("管理员", "admin")
    wang = await town.hires("王小雨", "sales")
    await town.does(BeReachable("telegram", "77"), wang.id)
    await _opens(admin, "人员")
    [shown] = await admin.taps("王小雨")
    assert "Telegram" in shown
    unbound, shown = await admin.taps("解绑Telegram")
    assert "Telegram" in unbound
    assert "Telegram" not in shown
    await admin.taps("手机丢了")
    [done] = await admin.taps("确定切断")
    assert "王小雨" in done
    [stranger] = await wang.says("逾期")
    assert "邀请码" in stranger


async def test_who_is_no_admin_sees_no_staff(town: Town) -> None:
    wang = await town.hires("王小雨", "sales")
    [refused] = await wang.says("/staff")
    assert "不在你的权限内" in refused
    assert json.dumps(refused.buttons, ensure_ascii=False).count("人员") == 0


async def _opens(person: Any, what: str) -> Any:
    await person.says("菜单")
    return await person.taps(what)
