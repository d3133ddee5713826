"""The desk over the WeCom bot when things go wrong (10.2): nothing lost, nothing twice, every tap answered in time."""

import asyncio
import json
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from bot.inbox import Inbox
from bot.wecom import taps
from bot.wecom.frames import EVENT
from bot.wecom.receive import Receiver
from core.queries.actor import OPERATOR
from core.rules.permission import Role
from core.services.people.staff import AddPerson
from core.storage.database import Database
from tests.support.wecom.link_server import FakeWeCom
from tests.support.wecom.members import Member
from tests.support.wecom.served import QUICK, Served, quick, served_company

EAST, SALES, MANAGER, FINANCE = "华东机械设备有限公司", "王小雨", "许文博", "郑惠芳"


@pytest.fixture
async def company(
    tmp_path: Path, sample_folder: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Served]:
    quick(monkeypatch)
    async with (
        FakeWeCom(most_a_minute=1000) as wecom,
        served_company(tmp_path, sample_folder, wecom, unused_tcp_port) as served,
    ):
        yield served


@pytest.fixture
async def wang(company: Served) -> Member:
    return (await company.knows(SALES))[SALES]


async def worked(company: Served, count: int) -> None:
    await company.comes_to("select count(*) from inbox where state = 'worked'", (count,))
    await company.is_quiet()


# coming in


async def test_known_by_user_id_they_are_greeted_by_name(company: Served, wang: Member) -> None:
    """9.5: `zixin staff add --wecom`."""
    async with company.runs():
        await wang.enters()
        assert SALES in (await wang.wait_message()).text
    assert company.wecom.asked("aibot_respond_welcome_msg"), "the entrance itself is answered"


async def test_entering_reaches_also_who_never_wrote(company: Served) -> None:
    async with company.runs():
        stranger = company.wecom.member("Stranger", wrote=False)
        await stranger.enters()
        assert "邀请码" in (await stranger.wait_message()).text


async def test_an_entrance_answered_too_late_is_told_as_a_message(
    company: Served, wang: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.wecom.channel.WELCOME_SECONDS", 0.0)
    async with company.runs():
        await wang.enters()
        assert SALES in (await wang.wait_message()).text
    assert not company.wecom.asked("aibot_respond_welcome_msg")


async def test_spoken_words_mixed_words_and_pictures_find_their_way(company: Served, wang: Member) -> None:
    async with company.runs():
        await wang.speaks("华东机械 能发5万吗")
        assert "¥12,300" in (await wang.wait_message("暂不能发")).text
        await wang.sends_mixed("逾期")
        await worked(company, 2)
        said = len(wang.messages)
        await wang.sends_picture(b"\xff\xd8\xff picture")
        await worked(company, 3)
        assert len(wang.messages) == said + 1, "it is told what becomes of a picture"


async def test_a_frame_that_breaks_the_reader_does_not_take_the_bot_away(
    company: Served, wang: Member, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.lasting.AGAIN_SECONDS", 0.05)
    async with company.runs():
        before = company.wecom.subscribed
        await company.wecom.raw("[" * 200_000)
        await company.wecom.serves(before + 1)
        await wang.says("逾期")
        await worked(company, 1)
    assert "wecom stopped and begins again" in caplog.text


async def test_a_frame_that_cannot_be_taken_apart_is_parked_and_keeps_no_other_out(
    company: Served, wang: Member
) -> None:
    """10.2: what stands around it is worked as ever; the admin is told where to look, once a day."""
    async with company.runs():
        for word in ("逾期", "账龄", "帮助"):
            await wang.says(word)
            await company.wecom.tell(EVENT, {"msgtype": "event", "event": {"eventtype": [word]}})
        await worked(company, 3)
        await company.comes_to("select count(*) from inbox where state = 'parked'", (3,))
    assert company.rows("select count(*) from outbox where body like '%part-stumbled%'") == [(1,)]
    assert company.rows("select count(*) from audit where action = 'part.stumbled'") == [(1,)]
    [kept] = company.rows("select body from inbox where state = 'parked' order by id limit 1")
    assert json.loads(kept[0])["unreadable"]["body"]["event"]["eventtype"] == ["逾期"]


async def test_a_frame_that_nothing_can_store_is_parked_as_well(
    company: Served, wang: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Inbox.put

    async def poisoned(self: Inbox, channel: str, rows: Any) -> None:
        if any("毒药" in body for _, _, body in rows):
            raise ValueError("no database takes this")
        await put(self, channel, rows)

    monkeypatch.setattr(Inbox, "put", poisoned)
    async with company.runs():
        for word in ("毒药", "菜单"):
            await wang.says(word)
        assert SALES in (await wang.wait_message()).text
    assert company.rows("select state from inbox order by id") == [("parked",), ("worked",)]


async def test_storing_that_a_bug_ends_begins_again_with_all_that_is_held(
    company: Served, wang: Member, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """10.2: the link looks healthy all the while, and would go on hearing what nobody stores."""
    monkeypatch.setattr("bot.lasting.AGAIN_SECONDS", 0.05)
    store_all, deaths = Receiver._store_all, 2

    async def dies_at_first(self: Receiver) -> None:
        nonlocal deaths
        await self._news.wait()
        if deaths:
            deaths -= 1
            raise TypeError("a bug")
        await store_all(self)

    monkeypatch.setattr(Receiver, "_store_all", dies_at_first)
    async with company.runs():
        await wang.says("菜单")
        assert SALES in (await wang.wait_message()).text
        assert company.wecom.subscribed == 1, "the connection itself is kept"
    assert deaths == 0
    assert caplog.text.count("TypeError: a bug") == 2
    assert company.rows("select count(*) from outbox where body like '%part-stumbled%'") == [(1,)]


async def test_in_a_group_the_desk_is_silent(company: Served, wang: Member) -> None:
    async with company.runs():
        await wang.says_in_group("g1", "@资信 逾期")
        await company.comes_to("select state from inbox", ("parked",))
        await company.is_quiet()
    assert wang.messages == []


async def test_the_same_told_twice_is_worked_once(company: Served, wang: Member) -> None:
    async with company.runs():
        frame = await wang.says("菜单")
        await worked(company, 1)
        await company.wecom.repeat(frame)
        await wang.says("逾期")
        await worked(company, 2)
    assert company.rows("select count(*) from inbox") == [(2,)]
    assert company.rows("select count(*) from outbox where channel = 'wecom'") == [(2,)]


async def test_told_in_the_wrong_order_all_is_answered_once(company: Served, wang: Member) -> None:
    async with company.runs():
        company.wecom.hold()
        for text in ("菜单", "逾期", "账龄"):
            await wang.says(text)
        await company.wecom.release(backwards=True)
        await worked(company, 3)
    keys = company.rows("select key from inbox order by id")
    assert keys == sorted(keys, reverse=True)
    assert company.rows("select count(*) from outbox where channel = 'wecom'") == [(3,)]


async def test_what_was_heard_is_kept_until_the_database_takes_it(
    company: Served, wang: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WeCom promises no second delivery."""
    monkeypatch.setattr("bot.wecom.receive.STORE_PAUSE_SECONDS", 0.05)
    put, failures = Inbox.put, 3

    async def fails_at_first(self: Inbox, channel: str, rows: Any) -> None:
        nonlocal failures
        if failures:
            failures -= 1
            raise OSError("disk full")
        await put(self, channel, rows)

    monkeypatch.setattr(Inbox, "put", fails_at_first)
    async with company.runs():
        await wang.says("菜单")
        assert SALES in (await wang.wait_message()).text
    assert failures == 0


async def test_what_no_memory_is_kept_for_stays_with_wecom_and_is_heard_when_the_database_is_back(
    company: Served, wang: Member, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """10.2: more said than is held while the database is away: TCP holds WeCom back, and nothing is lost."""
    monkeypatch.setattr("bot.wecom.receive.STORE_PAUSE_SECONDS", 0.05)
    monkeypatch.setattr("bot.wecom.receive.MOST_HELD", 10)
    put, back = Inbox.put, asyncio.Event()

    async def away(self: Inbox, channel: str, rows: Any) -> None:
        if not back.is_set():
            raise OSError("disk full")
        await put(self, channel, rows)

    async def talks() -> None:
        for _ in range(150):
            await wang.says_in_group("g1", "今天发货吗" * 20_000)

    monkeypatch.setattr(Inbox, "put", away)
    async with company.runs():
        talking = asyncio.create_task(talks())
        await asyncio.sleep(QUICK.ping + 3 * QUICK.answer)
        assert not talking.done(), "WeCom cannot tell more than there is room for"
        assert company.wecom.subscribed == 1, "answers to pings that are not read are not missed"
        back.set()
        await talking
        await company.comes_to("select count(*) from inbox", (150,))
    assert caplog.text.count("no more is read") >= 1


async def test_what_a_stop_finds_unstored_is_told_in_the_log(
    company: Served, wang: Member, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.wecom.receive.LAST_SECONDS", 0.1)

    async def away(_self: Inbox, _channel: str, _rows: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Inbox, "put", away)
    async with company.runs():
        await wang.says("菜单")
        await company.wecom.until(lambda: "is not stored" in caplog.text or None, "the failure")
    assert "1 things that people said in WeCom are not stored" in caplog.text


async def test_what_was_heard_at_the_moment_of_a_stop_is_worked_after_the_next_start(
    company: Served, wang: Member
) -> None:
    async with company.runs():
        for _ in range(20):
            await wang.says("菜单")
    kept = company.rows("select count(*) from inbox")
    async with company.runs():
        await company.is_quiet()
        assert company.rows("select count(*) from inbox where state = 'worked'") == kept


# going out


async def test_while_there_is_no_connection_messages_wait_and_then_come_in_order(
    company: Served, wang: Member
) -> None:
    async with company.runs():
        await wang.says("菜单")
        await worked(company, 1)
        company.wecom.silent = True
        for text in ("逾期", "账龄", "帮助"):
            await wang.says(text)
        await company.comes_to("select count(*) from inbox where state = 'worked'", (4,))
        company.wecom.aborts()
        await asyncio.sleep(0.3)
        company.wecom.silent = False
        await company.wecom.serves()
        company.passes(minutes=1)
        await company.comes_to(
            "select count(*) from outbox where channel = 'wecom' and state = 'waiting'", (0,)
        )
    ids = [int(one.task_id.split("-")[0]) for one in wang.messages if one.task_id]
    assert ids == sorted(set(ids)), "in order, and no card twice"


async def test_kicked_it_alarms_the_admin_and_does_not_fight(company: Served, wang: Member) -> None:
    await company.desk.run(company.database, AddPerson("管理员", (Role.ADMIN,)), OPERATOR)
    async with company.runs():
        await company.wecom.kicks()
        told = "select count(*) > 0 from outbox where body like '%channel-taken-over%'"
        await company.comes_to(told, (1,))
        await asyncio.sleep(0.5)
        assert company.wecom.subscribed == 1
    assert company.rows("select count(*) from audit where action = 'channel.taken_over'") == [(1,)]


# taps


async def _asks(company: Served, wang: Member) -> None:
    chat = company.chat(wang, SALES)
    await chat.says("申请授信")
    await chat.says("C0009")
    kinds = await chat.says("10万")
    await chat.taps("长期", kinds)
    preview = await chat.says("旺季备货")
    await chat.taps("提交", preview)


async def test_a_tap_is_answered_even_if_its_work_takes_longer_than_wecom_waits(
    company: Served, wang: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five seconds to answer a tap; the outcome comes as a message whenever it does."""
    monkeypatch.setattr(taps, "PATIENCE_SECONDS", 0.2)
    async with company.runs():
        await wang.says("C0009 能发5万吗")
        card = await wang.wait_button("菜单")
        release = asyncio.Event()
        write = Database.write

        async def slow(self: Database, work: Any) -> Any:
            if "turn" in work.__qualname__:
                await release.wait()
            return await write(self, work)

        monkeypatch.setattr(Database, "write", slow)
        await wang.taps(card, "菜单")
        changed = await wang.wait_change()
        assert "✓ 菜单" in changed.buttons
        said = len(wang.messages)
        release.set()
        await company.wecom.until(lambda: len(wang.messages) > said or None, "the outcome")


async def test_a_card_tapped_days_later_shows_how_things_stand(company: Served, wang: Member) -> None:
    """3.4: an old copy of a card does no harm, and says what has become of its subject."""
    people = await company.knows(MANAGER, "沈雅琴")
    async with company.runs():
        await _asks(company, wang)
        old = await people[MANAGER].wait_button("同意 ¥")
        await company.chat(people[MANAGER], MANAGER).taps("同意 ¥", old)
        for second in (1, 2):
            company.wecom.pass_time(86_400 * 3)
            await people[MANAGER].taps_key(old, old.button("同意 ¥"))
            now = await people[MANAGER].wait_change(second + 1)
            assert "等信用控制主管" in now.text
            assert not any(label.startswith("同意") for label in now.buttons)
        await company.is_quiet()
    assert company.rows("select count(*) from signature") == [(1,)]


async def test_a_tap_that_is_told_too_late_to_be_answered_is_worked_all_the_same(
    company: Served, wang: Member
) -> None:
    async with company.runs():
        await wang.says("C0009 能发5万吗")
        card = await wang.wait_button("菜单")
        company.wecom.hold()
        await wang.taps(card, "菜单")
        company.wecom.pass_time(6)
        await company.wecom.release()
        assert SALES in (await wang.wait_message(SALES)).text
    assert wang.changes == []


async def test_in_english_everything_has_room_too(company: Served, wang: Member) -> None:
    """10.6: what would be clipped on the screen fails the stand-in."""
    manager = (await company.knows(MANAGER))[MANAGER]
    async with company.runs():
        for member, name in ((wang, SALES), (manager, MANAGER)):
            talk = company.chat(member, name)
            await talk.taps("English", await talk.taps("English", await talk.says("菜单")))
        chat = company.chat(wang, SALES)
        for said in (
            "/help",
            "/overdue",
            "/aging",
            "/customers",
            "/requests",
            f"can we ship 50000 to {EAST}",
        ):
            await chat.says(said)
        await chat.says("/credit")
        await chat.says("C0009")
        kinds = await chat.says("100,000")
        await chat.taps(next(iter(kinds.buttons)), kinds)
        preview = await chat.says("Spring orders")
        await chat.taps("Submit", preview)
        card = await manager.wait_button("Approve")
        await company.chat(manager, MANAGER).taps("Approve", card)
        await company.is_quiet()


async def test_two_taps_in_a_row_decide_once(company: Served, wang: Member) -> None:
    people = await company.knows(MANAGER)
    async with company.runs():
        await _asks(company, wang)
        card = await people[MANAGER].wait_button("同意 ¥")
        key = card.button("同意 ¥")
        await asyncio.gather(*(people[MANAGER].taps_key(card, key) for _ in range(2)))
        await people[MANAGER].wait_change(2)
        await company.is_quiet()
    assert company.rows("select count(*) from signature") == [(1,)]


async def test_another_persons_card_cannot_be_tapped_and_is_not_shown(company: Served, wang: Member) -> None:
    li = (await company.knows(MANAGER))[MANAGER]
    async with company.runs():
        await wang.says("C0009 能发5万吗")
        card = await wang.wait_button("菜单")
        await li.taps_key(card, card.button("菜单"))
        assert "用不了" in (await li.wait_message()).text
        await asyncio.sleep(0.2)
    assert not company.wecom.asked("aibot_respond_update_msg")


async def test_a_list_sent_off_with_nothing_chosen_changes_nothing(company: Served, wang: Member) -> None:
    async with company.runs():
        await wang.says("菜单")
        menu = await wang.wait_button("逾期")
        assert menu.is_list
        await wang.taps_key(menu, "")
        assert SALES in (await wang.wait_change()).text
        await company.is_quiet()


async def test_a_choice_from_a_list_is_marked_on_it(company: Served, wang: Member) -> None:
    async with company.runs():
        await wang.says("菜单")
        menu = await wang.wait_button("逾期")
        await wang.taps(menu, "逾期")
        changed = await wang.wait_change()
        chosen = [one["text"] for one in changed.card["checkbox"]["option_list"] if one["is_checked"]]
        assert chosen == ["逾期"]


# files


async def test_a_file_that_is_too_large_is_told_so(company: Served) -> None:
    finance = (await company.knows(FINANCE))[FINANCE]
    async with company.runs():
        await finance.sends_file("三月.xlsx", bytes(21 << 20))
        assert "20 MiB" in (await finance.wait_message("太大")).text


async def test_a_file_whose_five_minutes_are_over_is_asked_for_again(
    company: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.inbox.FETCH_TRIES", 1)
    finance = (await company.knows(FINANCE))[FINANCE]
    async with company.runs():
        company.wecom.hold()
        await finance.sends_file("三月.xlsx", b"PK")
        company.wecom.forget_files()
        await company.wecom.release()
        assert "再发一次" in (await finance.wait_message("没有取到")).text


async def test_a_file_is_kept_under_the_name_that_its_download_tells(company: Served) -> None:
    finance = (await company.knows(FINANCE))[FINANCE]
    workbook = BytesIO()
    book = xlsxwriter.Workbook(workbook, {"in_memory": True})
    book.add_worksheet().write_row(0, 0, ["单号", "客户编码", "开票日", "金额"])
    book.close()
    async with company.runs():
        await finance.sends_file("三月发票.xlsx", workbook.getvalue())
        await finance.wait_message("三月发票.xlsx")
        await company.is_quiet()
    assert company.rows("select name, content from upload") == [("三月发票.xlsx", workbook.getvalue())]


# settings


@pytest.mark.parametrize("missing", ["wecom_bot_id", "wecom_bot_secret"])
def test_half_of_a_bot_is_no_bot(missing: str) -> None:
    from core.settings import Settings

    given = {"wecom_bot_id": "bot", "wecom_bot_secret": "secret"}
    del given[missing]
    with pytest.raises(ValueError, match="half-a-wecom-bot"):
        Settings(**given, _env_file=None)  # type: ignore[arg-type]
