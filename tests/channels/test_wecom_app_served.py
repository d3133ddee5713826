"""The desk over the WeCom app when things go wrong (10.2), and beside the bot: nothing lost, nothing twice."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import serving
from bot.dialog.outcome import Delivered, Later
from bot.dialog.rendered import Rendered
from bot.wecom import app_send
from bot.wecom.app_and_bot import AppAndBot
from bot.wecom.callback import PATH
from bot.wecom.ways import WeCom
from core.queries.actor import actor_of
from core.records.inbox import Update
from core.services.commands import open_desk
from core.services.credit.request import Withdraw
from core.services.people.staff import BeReachable, find_person
from core.settings import Settings
from tests.support.town import Town
from tests.support.wecom.api_server import FakeApp
from tests.support.wecom.app_people import Member
from tests.support.wecom.app_served import Served, asks_for_credit, served_over_app
from tests.support.wecom.link_server import FakeWeCom
from tests.support.wecom.served import USERIDS, quick

SALES, MANAGER, FINANCE = "王小雨", "许文博", "郑惠芳"


@pytest.fixture
async def company(
    tmp_path: Path, sample_folder: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Served]:
    async with served_over_app(tmp_path, sample_folder, unused_tcp_port, monkeypatch) as served:
        yield served


@pytest.fixture
async def wang(company: Served) -> Member:
    return (await company.knows(SALES))[SALES]


async def withdraws(company: Served) -> None:
    """The requester takes the request back, somewhere else."""
    number = await company.database.read(lambda session: getattr(find_person(session, SALES), "id", 0))
    actor = await company.database.read(lambda session: actor_of(session, number))
    assert actor is not None
    [(request, version)] = company.rows("select id, version from request")
    await company.desk.run(company.database, Withdraw(request, version), actor)
    await company.is_quiet()


# coming in


async def test_the_same_told_twice_and_in_the_wrong_order_is_answered_once(
    company: Served, wang: Member
) -> None:
    caller = company.wecom.caller
    early, late = (
        caller.call(wang.text_message(text, number)) for number, text in enumerate(("菜单", "逾期"), 1)
    )
    async with company.runs():
        for call in (late, early, late, early):
            assert await caller.post(call) == 200
        await company.is_quiet()
    assert company.rows("select key from inbox order by id") == [("app:2",), ("app:1",)]
    assert company.rows("select count(*) from outbox where channel = 'wecom'") == [(2,)]


async def test_what_came_in_before_a_stop_is_answered_after_the_next_start(
    company: Served, wang: Member
) -> None:
    company.wecom.fails("message/send", 502, times=100)
    async with company.runs():
        assert await wang.says("菜单") == 200
    assert wang.messages == []
    company.wecom.heals()
    company.clock.set(company.clock.now() + timedelta(minutes=5))
    async with company.runs():
        await company.is_quiet()
    assert len(wang.messages) == 1


async def test_a_picture_is_kept_as_it_came(company: Served) -> None:
    """3.11: originals are kept."""
    finance = company.chat((await company.knows(FINANCE))[FINANCE], FINANCE)
    async with company.runs():
        await finance.sends_picture(b"\xff\xd8\xff of a contract")
    [(name, content)] = company.rows("select name, content from upload")
    assert (name.endswith(".jpg"), content) == (True, b"\xff\xd8\xff of a contract")


@pytest.mark.parametrize("kind", ["voice", "video", "location", "link", "file"])
async def test_what_the_app_cannot_read_is_told_so_with_the_address_of_the_page(
    tmp_path: Path,
    sample_folder: Path,
    unused_tcp_port: int,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    page = {"public_url": "https://credit.example.com/", "web_chat": "login"}
    async with served_over_app(tmp_path, sample_folder, unused_tcp_port, monkeypatch, **page) as company:
        finance = company.chat((await company.knows(FINANCE))[FINANCE], FINANCE)
        async with company.runs():
            assert "https://credit.example.com/chat" in (await finance.sends(kind)).text
            before = len(finance.member.messages)
            await finance.uses_menu("/import")
            how = "".join(one.text for one in finance.member.messages[before:])
            assert "https://credit.example.com/chat" in how


async def test_without_a_page_none_is_promised(company: Served, wang: Member) -> None:
    async with company.runs():
        assert "http" not in (await company.chat(wang, SALES).sends("video")).text


async def test_a_forged_tap_is_refused_in_the_chat_and_changes_no_card(company: Served, wang: Member) -> None:
    manager = (await company.knows(MANAGER))[MANAGER]
    async with company.runs():
        await company.chat(wang, SALES).says("C0009 能发5万吗")
        card = wang.messages[-1]
        await manager.chooses(card, card.choice("菜单"))
        assert "用不了" in (await manager.wait_message("用不了")).text
        await company.is_quiet()
    assert card.before == []


# cards


async def test_a_card_whose_request_is_taken_back_is_closed_for_who_never_touched_it(
    company: Served, wang: Member
) -> None:
    """3.4: with the code of its sending, two days later."""
    manager = (await company.knows(MANAGER))[MANAGER]
    async with company.runs():
        mine = await asks_for_credit(company.chat(wang, SALES))
        card = await manager.wait_button("同意 ¥")
        company.wecom.pass_time(2 * 86_400)
        company.clock.set(company.clock.now() + timedelta(days=2))
        await withdraws(company)
        for one in (card, mine):
            assert "已撤回" in one.text
            assert not any(label.startswith(("同意", "撤回")) for label in one.labels)


async def test_a_card_tapped_days_later_says_how_things_stand_and_is_healed_by_the_tap(
    company: Served, wang: Member
) -> None:
    manager = (await company.knows(MANAGER))[MANAGER]
    async with company.runs():
        await asks_for_credit(company.chat(wang, SALES))
        card = await manager.wait_button("同意 ¥")
        company.wecom.pass_time(4 * 86_400)
        company.clock.set(company.clock.now() + timedelta(days=4))
        await withdraws(company)
        assert any(label.startswith("同意") for label in card.labels), "no code is left that would change it"
        await company.chat(manager, MANAGER).taps("同意 ¥", card)
        assert "已撤回" in card.text
        assert not any(label.startswith("同意") for label in card.labels)
    assert company.rows("select count(*) from signature") == [(0,)]


async def test_three_taps_in_a_row_decide_once(company: Served, wang: Member) -> None:
    manager = (await company.knows(MANAGER))[MANAGER]
    async with company.runs():
        await asks_for_credit(company.chat(wang, SALES))
        card = await manager.wait_button("同意 ¥")
        choice = card.choice("同意 ¥")
        assert await asyncio.gather(*(manager.chooses(card, choice) for _ in range(3))) == [200] * 3
        await company.is_quiet()
    assert company.rows("select count(*) from signature") == [(1,)]
    assert "等信用控制主管" in card.text


async def test_a_choice_from_a_list_is_marked_on_it(company: Served, wang: Member) -> None:
    async with company.runs():
        chat = company.chat(wang, SALES)
        menu = await chat.says("菜单")
        await chat.taps("逾期", menu)
        marked = [one["text"] for one in menu.body["checkbox"]["option_list"] if one["is_checked"]]
        assert marked == ["逾期"]


async def test_a_mark_that_fails_is_no_trouble(company: Served, wang: Member) -> None:
    async with company.runs():
        chat = company.chat(wang, SALES)
        menu = await chat.says("菜单")
        company.wecom.refuses("message/update_template_card", 42020)
        assert await wang.taps(menu, "账龄") == 200
        await company.is_quiet()
    assert len(wang.messages) > 1
    assert company.rows("select distinct state from inbox") == [("worked",)]


# going out


async def test_until_the_address_is_trusted_everything_waits_and_then_it_comes(
    company: Served, wang: Member, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(app_send, "SETUP_SECONDS", 0.2)
    async with company.runs():
        company.wecom.trusted = False
        for text in ("菜单", "我的申请"):
            await wang.says(text)
        async with asyncio.timeout(10):
            while "203.0.113.9" not in caplog.text:
                await asyncio.sleep(0.01)
        company.wecom.trusted = True
        company.clock.set(company.clock.now() + timedelta(minutes=2))
        await company.is_quiet()
    assert len(wang.messages) == 2
    assert SALES in wang.messages[0].text


async def test_who_cannot_be_reached_by_the_app_is_told_in_the_browser(company: Served, wang: Member) -> None:
    """An approver outside 可见范围."""
    manager = (await company.knows(MANAGER))[MANAGER]
    number = await company.database.read(lambda session: getattr(find_person(session, MANAGER), "id", 0))
    actor = await company.database.read(lambda session: actor_of(session, number))
    assert actor is not None
    await company.desk.run(company.database, BeReachable("web", str(number)), actor)
    company.wecom.world.outside.add(manager.userid)
    async with company.runs():
        await asks_for_credit(company.chat(wang, SALES))
        there = f"card like 'request:%' and conversation = 'web:{number}' and state = 'sent'"
        await company.comes_to(f"select count(*) from outbox where {there}", (1,))
    assert manager.messages == []


async def test_a_menu_that_cannot_be_set_stops_nothing_and_is_tried_again(
    company: Served, wang: Member, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.wecom.app_menu.AGAIN_SECONDS", 0.1)
    world = company.wecom.world
    world.menu = {"button": ["of last year"]}
    company.wecom.refuses("menu/create", 48002, "api forbidden")
    company.wecom.fails("menu/create", 502)
    async with company.runs():
        await company.chat(wang, SALES).says("菜单")
        await world.until(lambda: world.menu["button"] != ["of last year"] or None, 10, "the menu")
    assert "menu of the WeCom app could not be set: 48002" in caplog.text
    assert company.wecom.calls["menu/create"] == 3


# beside the bot


@pytest.fixture
async def bot(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeWeCom]:
    quick(monkeypatch)
    async with FakeWeCom(most_a_minute=1000) as wecom:
        yield wecom


@pytest.fixture
async def both(
    tmp_path: Path, sample_folder: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch, bot: FakeWeCom
) -> AsyncIterator[Served]:
    settings = {
        "wecom_bot_id": bot.bot_id,
        "wecom_bot_secret": SecretStr(bot.secret),
        "wecom_ws_url": bot.ws_url,
    }
    async with served_over_app(tmp_path, sample_folder, unused_tcp_port, monkeypatch, **settings) as served:
        yield served


async def test_the_bot_converses_and_the_app_reaches_who_never_wrote_to_it(
    both: Served, bot: FakeWeCom
) -> None:
    known = await both.knows(SALES, MANAGER)
    wang = bot.member(USERIDS[SALES])
    async with both.runs():
        await bot.serves(1)
        for said, question in (("申请授信", "给哪家"), ("C0009", "要多少"), ("10万", "长期用")):
            await wang.says(said)
            asked = await wang.wait_message(question)
        await wang.taps(asked, "长期")
        await wang.wait_message("为什么")
        await wang.says("旺季备货")
        await wang.taps(await wang.wait_button("提交"), "按 ¥100,000 提交")
        card = await known[MANAGER].wait_button("同意 ¥")
        await both.chat(known[MANAGER], MANAGER).taps("同意 ¥", card)
        await both.is_quiet()
    assert known[SALES].messages == []
    assert [one.task_id for one in bot.member(USERIDS[MANAGER]).messages] == []
    assert "等信用控制主管" in card.text
    assert both.rows("select count(*) from signature") == [(1,)]


async def test_everybody_is_answered_the_way_they_wrote_last(both: Served, bot: FakeWeCom) -> None:
    in_app = (await both.knows(SALES))[SALES]
    in_bot = bot.member(USERIDS[SALES])
    async with both.runs():
        await bot.serves(1)
        await in_bot.says("菜单")
        await in_bot.wait_message()
        await both.is_quiet()
        await in_app.says("菜单")
        await in_app.wait_message(SALES)
        await both.is_quiet()
        await in_bot.says("菜单")
        await both.comes_to("select count(*) from outbox where state = 'sent'", (3,))
    assert (len(in_app.messages), len(in_bot.messages)) == (1, 2)


async def test_who_closed_the_bot_is_reached_by_the_app(both: Served, bot: FakeWeCom) -> None:
    in_app = (await both.knows(SALES))[SALES]
    in_bot = bot.member(USERIDS[SALES])
    async with both.runs():
        await bot.serves(1)
        bot.refuses("aibot_send_msg", 93006)
        await in_bot.says("菜单")
        assert SALES in (await in_app.wait_message(SALES)).text
        await both.is_quiet()
    assert both.rows("select distinct trouble from binding where channel = 'wecom'") == [("",)]


async def test_a_long_message_is_finished_the_way_it_was_begun(both: Served, bot: FakeWeCom) -> None:
    """Both cut a text in their own way: the rest of one is not the rest of the other."""
    in_app = (await both.knows(SALES))[SALES]
    in_bot = bot.member(USERIDS[SALES])
    long = Rendered("\n".join(f"{n:04} 某某商贸有限公司" for n in range(150)), name="9-1")
    wecom = WeCom(both.database, both.desk)
    async with wecom:
        way = wecom.channel
        assert isinstance(way, AppAndBot)
        both.wecom.dawdles("message/send", 0)  # the first part is let through
        both.wecom.fails("message/send", 502)
        first = await way.send(in_app.userid, long, skip_parts=0)
        assert isinstance(first, Later)
        assert first.parts_done == 1
        await both.database.write(
            lambda session: session.add(
                Update(
                    channel="wecom",
                    key="bot:1",
                    conversation=f"wecom:{in_app.userid}",
                    at=both.clock.now(),
                    state="worked",
                )
            )
        )
        assert isinstance(await way.send(in_app.userid, long, skip_parts=1), Delivered)
    assert in_bot.messages == []
    assert "\n".join(one.text for one in in_app.messages) == long.html


async def test_of_messages_that_were_begun_and_given_up_no_more_than_a_bound_is_remembered(
    both: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.wecom.app_and_bot.MOST_BEGUN", 2)
    in_app = (await both.knows(SALES))[SALES]
    longs = [
        Rendered("\n".join(f"{n:04} {name}商贸有限公司" for n in range(150)), name=f"{name}-1")
        for name in "abc"
    ]
    wecom = WeCom(both.database, both.desk)
    async with wecom:
        way = wecom.channel
        assert isinstance(way, AppAndBot)
        for long in longs:
            both.wecom.dawdles("message/send", 0)
            both.wecom.fails("message/send", 502)
            assert isinstance(await way.send(in_app.userid, long, skip_parts=0), Later)
        assert len(way._begun) == 2
        calls = both.wecom.calls["message/send"]
        for long in longs:
            assert isinstance(await way.send(in_app.userid, long, skip_parts=1), Delivered)
        parts = len(in_app.messages)
        told_again = both.wecom.calls["message/send"] - calls - (parts - len(longs))
    assert told_again == 1, "the oldest is told whole again, of which WeCom shows nothing twice"
    said = [line for one in in_app.messages for line in one.text.splitlines()]
    assert len(said) == len(set(said)) == 3 * 150


async def test_a_card_of_each_is_changed_by_the_one_that_sent_it(both: Served, bot: FakeWeCom) -> None:
    in_app = (await both.knows(SALES))[SALES]
    in_bot = bot.member(USERIDS[SALES])
    async with both.runs():
        await bot.serves(1)
        chat = both.chat(in_app, SALES)
        mine = await asks_for_credit(chat)
        await in_bot.says("菜单")
        await both.is_quiet()
        await withdraws(both)
    assert "已撤回" in mine.text


# settings


async def test_where_no_app_is_set_up_nobody_can_call(town: Town, unused_tcp_port: int) -> None:
    settings = town.desk.office.settings.model_copy(update={"http_port": unused_tcp_port})
    desk = open_desk(replace(town.desk.office, settings=settings))
    address = f"http://127.0.0.1:{unused_tcp_port}{PATH}"
    async with (
        serving(town.database, desk),
        aiohttp.ClientSession() as session,
        session.get(address) as answer,
    ):
        assert answer.status == 404


@pytest.mark.parametrize(
    "missing",
    ["wecom_corp_id", "wecom_agent_id", "wecom_secret", "wecom_callback_token", "wecom_encoding_aes_key"],
)
async def test_a_part_of_an_app_is_no_app(missing: str) -> None:
    async with FakeApp() as wecom:
        given = wecom.settings
        del given[missing]
        with pytest.raises(ValueError, match=f"ZIXIN_{missing.upper()}"):
            Settings(**given, _env_file=None)


def test_a_key_that_was_not_copied_whole_is_told() -> None:
    whole = {"wecom_corp_id": "ww1", "wecom_agent_id": 1, "wecom_secret": "s", "wecom_callback_token": "t"}
    with pytest.raises(ValueError, match="no-aes-key"):
        Settings(**whole, wecom_encoding_aes_key="x" * 42, _env_file=None)  # type: ignore[arg-type]
