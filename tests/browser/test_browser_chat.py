"""The browser chat in a real browser (10.3, 10.6): by mouse and by keyboard, two windows, both languages, 360 px."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from tests.support.chromium import PROGRAM, Chromium, Page, chromium
from tests.support.web import House, Said, house

pytestmark = [
    pytest.mark.skipif(PROGRAM is None, reason="no chromium: the browser chat is NOT tested in a browser"),
]

HOLD = (
    "⛔ <b>华东机械 · 5万 · 暂不能发</b>\n1. 逾期 ¥12,300（最早 17 天，发票 20260122-07）<i>〔制度 第34条〕</i>\n"
    "2. 额度余 ¥41,000，差 ¥9,000 <i>〔第31条〕</i>\n<b>这样就能发</b>：收到逾期的 ¥12,300 → 不再逾期，额度余 ¥53,300"
)
CARD = (
    "🟡 <b>华东机械</b> 申请 ¥260,000 / 30天（现额度 ¥180,000）\nB 级（上次 B）· 在用 ¥139,000 · 逾期 ¥12,300/17天\n"
    "要留意：额度比原来高，需写理由 <i>〔第42条〕</i>"
)


class Visit:
    """One browser at one chat."""

    def __init__(self, home: House, browser: Chromium, address: str) -> None:
        self.home = home
        self.browser = browser
        self.address = address

    async def window(self, width: int = 1280, height: int = 800, **how: Any) -> Page:
        page = await self.browser.window()
        await page.open(self.address, width=width, height=height, **how)
        return page

    async def enter_as(self, name: str, **how: Any) -> Page:
        page = await self.window(**how)
        await page.tap(name, ".people button")
        await page.see(name, "#name")
        return page


@pytest.fixture
async def visit(tmp_path: Path) -> AsyncIterator[Visit]:
    async for one in visiting(tmp_path, "zh-CN"):
        yield one


@pytest.fixture
async def english(tmp_path: Path) -> AsyncIterator[Visit]:
    async for one in visiting(tmp_path, "en-US"):
        yield one


async def visiting(folder: Path, language: str, mode: str = "demo") -> AsyncIterator[Visit]:
    async with (
        house(folder, mode) as (home, app),
        TestServer(app) as server,
        chromium(language) as browser,
    ):
        yield Visit(home, browser, str(server.make_url("/chat")))


def deal_check(person: int, body: dict[str, Any]) -> list[Said]:
    """A desk that answers the question of the storyboard's first scene."""
    if body["kind"] == "start":
        return [Said("你好。要做什么？", [["申请授信", "问能不能发"], ["我的客户"]])]
    if body["kind"] == "tap":
        return [Said(f"好：{body['label']}")]
    return [Said(HOLD, [["催这笔款", "看明细"]])]


async def test_the_first_screen_says_what_to_try_in_three_buttons_and_offers_every_role(visit: Visit) -> None:
    page = await visit.window()
    await page.see("王小雨", ".people")
    assert await page.run("document.querySelectorAll('.example').length") == 3
    assert await page.run(
        "[...document.querySelectorAll('.signing strong')].map((one) => one.innerText)"
    ) == [
        "许文博",
        "沈雅琴",
        "赵明辉",
        "林静秋",
        "陈国梁",
        "周鸿远",
    ]
    assert page.complaints == []


async def test_an_example_enters_as_its_person_and_does_the_thing(visit: Visit) -> None:
    visit.home.answer = deal_check
    page = await visit.window()
    await page.tap("问一句能不能发货", ".example")
    await page.see("王小雨", "#name")
    await page.see("华东机械 能发5万吗", ".me")
    await page.see("暂不能发", ".desk.latest")
    assert [body["kind"] for body in await visit.home.inbox()] == ["start", "text"]


async def test_only_the_last_question_stands_out_and_a_tap_answers_it(visit: Visit) -> None:
    visit.home.answer = deal_check
    page = await visit.enter_as("王小雨")
    await page.see("我的客户")
    await page.tap("问能不能发")
    await page.see("好：问能不能发", ".latest")
    assert await page.run("document.querySelectorAll('.latest').length") == 1
    assert await page.run("document.querySelectorAll('.latest button').length") == 0
    await page.see("问能不能发", ".me")


async def test_a_second_window_sees_a_card_arrive_and_change_at_once(visit: Visit) -> None:
    salesperson = await visit.enter_as("王小雨")
    manager = await visit.enter_as("许文博")
    card = await visit.home.say(3, Said(CARD, [["同意", "减额同意"], ["退回问一句", "拒绝"]]))
    await manager.see("申请 ¥260,000", ".latest")
    await visit.home.change(card, Said("✅ 你同意了 ¥200,000 · 现在在：信用控制主管"))
    await manager.see("✅ 你同意了")
    await manager.see_no_more("减额同意")
    assert await manager.run("document.querySelectorAll('.item').length") == 1
    await salesperson.see("王小雨", "#name")
    assert "华东机械" not in await salesperson.text()


async def test_what_another_process_changes_is_seen_without_reloading(visit: Visit) -> None:
    manager = await visit.enter_as("许文博")
    card = await visit.home.say(3, Said(CARD))
    await manager.see("申请 ¥260,000")
    await visit.home.change(card, Said("已撤回"), nudge=False)
    await manager.see("已撤回")


async def test_it_all_works_by_keyboard(visit: Visit) -> None:
    visit.home.answer = deal_check
    page = await visit.window()
    await page.see("王小雨", ".people")
    while not (await page.focused()).startswith("王小雨"):
        await page.press("Tab")
    await page.press("Enter")
    await page.see("我的客户")
    await page.until("document.activeElement?.id === 'text'")
    await page.type("能发吗")
    await page.press("Enter", shift=True)
    await page.type("五万")
    await page.press("Enter")
    await page.see("催这笔款")
    assert (await visit.home.inbox())[-1]["text"] == "能发吗\n五万"
    assert await page.focused() == "text"
    while await page.focused() != "看明细":
        await page.press("Tab", shift=True)
    await page.press("Enter")
    await page.see("好：看明细")
    await page.until("document.activeElement?.id === 'text'")


async def test_the_answer_to_a_tap_takes_the_focus_but_none_of_its_buttons_does(visit: Visit) -> None:
    visit.home.answer = lambda person, body: [Said(f"问题：{body['kind']}", [["同意", "拒绝"]])]
    page = await visit.enter_as("许文博")
    await page.tap("同意", ".latest button")
    await page.see("问题：tap", ".latest")
    await page.until("document.activeElement?.matches('.latest') ?? false")
    await page.press("Enter")
    assert [body["kind"] for body in await visit.home.inbox()] == ["start", "tap"]
    await page.press("Tab")
    assert await page.focused() == "同意"


async def test_news_never_takes_the_focus_from_where_one_is(visit: Visit) -> None:
    page = await visit.enter_as("许文博")
    await page.type("我正在写")
    await visit.home.say(3, Said(CARD, [["同意", "拒绝"]]))
    await page.see("申请 ¥260,000")
    assert await page.focused() == "text"
    await page.run("document.activeElement.blur()")
    await visit.home.say(3, Said("另一件", [["同意", "拒绝"]]))
    await page.see("另一件")
    assert await page.run("document.activeElement === document.body")


async def test_a_card_that_changes_under_the_focus_keeps_it(visit: Visit) -> None:
    page = await visit.enter_as("许文博")
    card = await visit.home.say(3, Said(CARD, [["同意", "拒绝"]]))
    await page.see("申请 ¥260,000")
    await page.run("document.querySelector('.row button').focus()")
    await visit.home.change(card, Said("已撤回"))
    await page.see("已撤回")
    assert await page.run(f"document.activeElement.dataset.id === 'desk-{card}'")


async def test_enter_that_chooses_chinese_characters_sends_nothing(visit: Visit) -> None:
    page = await visit.enter_as("王小雨")
    await page.type("hua")
    await page.run(
        "document.getElementById('text').dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
    )
    await page.press("Tab")
    assert await page.run("document.getElementById('text').value") == "hua"
    assert [body["kind"] for body in await visit.home.inbox()] == ["start"]


async def test_the_language_changes_for_page_and_messages_alike(visit: Visit) -> None:
    await visit.home.say(1, Said({"zh_CN": "账龄", "en": "Aging"}))
    page = await visit.enter_as("王小雨")
    await page.see("账龄", ".desk")
    await page.tap("English")
    await page.see("Aging", ".desk")
    await page.see("Wang Xiaoyu", "#name")
    assert await page.run("document.documentElement.lang") == "en"
    assert await page.run("document.getElementById('text').placeholder") == "Write a message"
    await page.tap("中文")
    await page.see("王小雨", "#name")


async def test_an_english_browser_is_met_in_english(english: Visit) -> None:
    page = await english.window()
    await page.see("Your company’s credit desk")
    await page.tap("Xu Wenbo", ".people button")
    await page.see("Market manager", "#role")
    assert (await english.home.inbox())[0]["language"] == "en"


async def test_markup_beyond_the_safe_subset_is_never_made(visit: Visit) -> None:
    hostile = '<b>粗</b><img src=x onerror="document.title=1"><a href="javascript:1">链接</a><script>document.title=2</script>'
    page = await visit.enter_as("王小雨")
    await visit.home.say(1, Said(hostile))
    await page.see("链接", ".desk")
    assert (
        await page.run("document.querySelector('.desk .body').innerHTML") == "<b>粗</b>链接document.title=2"
    )
    await page.type("<i>斜</i>\u202e反")
    await page.press("Enter")
    await page.see("<i>斜</i>", ".me")


async def test_what_could_not_be_sent_says_so_and_goes_out_once_by_hand(visit: Visit) -> None:
    page = await visit.enter_as("王小雨")
    await page.run(
        "window.kept = window.fetch; window.fetch = () => Promise.reject(new TypeError('offline'))"
    )
    await page.type("在吗")
    await page.press("Enter")
    await page.see("发送中", ".me")
    await page.see("再试一次", ".me")
    await page.run("window.fetch = window.kept")
    await page.tap("再试一次")
    await page.see_no_more("再试一次")
    await page.see("在吗", ".me:not(.pending)")
    assert [body.get("text") for body in await visit.home.inbox()] == [None, "在吗"]
    assert await page.run("document.querySelectorAll('.me').length") == 1


async def test_a_lost_answer_is_asked_for_again_under_the_same_key(visit: Visit) -> None:
    page = await visit.enter_as("王小雨")
    await page.run(
        "window.kept = window.fetch; window.fetch = async (...all) => {"
        " const answer = await window.kept(...all);"
        " if (String(all[0]).includes('/say')) { window.fetch = window.kept; throw new TypeError('lost'); }"
        " return answer; }"
    )
    await page.type("同意")
    await page.press("Enter")
    await page.see("同意", ".me:not(.pending)")
    await asyncio.sleep(0.6)
    assert [body["kind"] for body in await visit.home.inbox()] == ["start", "text"]
    assert await page.run("document.querySelectorAll('.me').length") == 1


async def test_a_file_is_sent_and_can_be_fetched_back(visit: Visit) -> None:
    page = await visit.enter_as("沈雅琴")
    await page.run(
        "(() => { const all = new DataTransfer(); all.items.add(new File(['单号,金额'], '三月\"发票.csv'));"
        " const field = document.getElementById('file'); field.files = all.files;"
        " field.dispatchEvent(new Event('change')); })()"
    )
    await page.see("三月", ".me:not(.pending) a.file")
    body = (await visit.home.inbox())[-1]
    assert (body["kind"], body["name"]) == ("file", "三月发票.csv")
    assert (
        await page.run("fetch(document.querySelector('a.file').href).then((one) => one.text())")
        == "单号,金额"
    )


async def test_news_in_a_window_nobody_looks_at_is_counted_in_its_title(visit: Visit) -> None:
    page = await visit.enter_as("许文博")
    await page.run("document.hasFocus = () => false")
    await visit.home.say(3, Said(CARD))
    await page.until("document.title.startsWith('(1) 许文博')")
    await page.run("window.dispatchEvent(new Event('focus'))")
    assert await page.run("document.title") == "许文博 · 资信"


async def test_whoever_is_shut_out_stands_at_the_entrance(visit: Visit) -> None:
    page = await visit.enter_as("王小雨")
    await visit.home.shut_out(1)
    await page.type("在吗")
    await page.press("Enter")
    await page.see("选一个人进去")


async def test_reloading_keeps_who_one_is(visit: Visit) -> None:
    page = await visit.enter_as("许文博")
    await page.call("Page.reload")
    await page.see("许文博", "#name")


async def test_people_who_must_log_in_enter_their_code(tmp_path: Path) -> None:
    async for visit in visiting(tmp_path, "zh-CN", "login"):
        page = await visit.window()
        await page.until("document.activeElement?.id === 'code'")
        await page.type("OPEN-SESAME")
        await page.press("Enter")
        await page.see("王小雨", "#name")


async def test_dates_and_numbers_stay_whole_and_no_line_begins_with_a_dot_at_360_px(visit: Visit) -> None:
    """Every width of what stands before them is tried: one of them would break each."""
    page = await visit.enter_as("王小雨", width=360, height=640)
    for before in range(1, 24):
        await visit.home.say(
            1, Said("字" * before + " · <b>至</b> · 2027-01-20 · REQ-2026-0001 · 电话 021-55500001 · 完")
        )
    said = "[...document.querySelectorAll('.body')].filter((one) => one.innerText.endsWith('完'))"
    await page.until(f"{said}.length === 23")
    broken = """[...document.querySelectorAll('.body .whole')].filter((one) => one.getClientRects().length > 1)
      .map((one) => one.innerText)"""
    assert await page.run(broken) == []
    assert await page.run("document.querySelector('.body .whole').innerText") == "字 ·"
    assert await page.run("[...document.querySelectorAll('.body')].at(-1).innerText") == (
        "字" * 23 + " · 至 · 2027-01-20 · REQ-2026-0001 · 电话 021-55500001 · 完"
    )


@pytest.mark.parametrize("width", [360, 1280])
async def test_nothing_is_wider_than_the_window(visit: Visit, width: int) -> None:
    visit.home.answer = deal_check
    await visit.home.say(
        1, Said("长" + "a" * 400, [["一个很长很长很长很长很长很长很长很长的按钮" * 2, "短"]])
    )
    page = await visit.window(width=width, height=740)
    await page.see("王小雨", ".people")
    assert await page.run("document.documentElement.scrollWidth <= innerWidth")
    assert await page.run("document.getElementById('entrance').scrollWidth <= innerWidth")
    await page.tap("王小雨", ".people button")
    await page.see("我的客户")
    assert await page.run("document.getElementById('messages').scrollWidth <= innerWidth")
    assert await page.run("document.getElementById('composer').getBoundingClientRect().bottom <= innerHeight")


async def test_on_a_phone_everything_that_can_be_tapped_is_as_large_as_a_thumb(visit: Visit) -> None:
    """Also what was said long ago, and in a row of three."""
    visit.home.answer = deal_check
    page = await visit.enter_as("王小雨", width=360, height=640)
    await page.see("我的客户")
    await visit.home.say(1, Said(HOLD, [["申请授信", "看客户", "菜单"]]))
    await page.see("看客户", ".latest")
    small = """[...document.querySelectorAll('button, a')].filter((one) => one.checkVisibility() &&
      Math.min(one.offsetWidth, one.offsetHeight) < 44).map((one) => one.outerHTML)"""
    assert await page.run(small) == []
