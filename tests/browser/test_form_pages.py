"""Forms as pages in a real browser (1.1, 1.3, 10.3, 10.6): on a small phone, by keyboard, in both languages, beside the chat."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp.test_utils import TestServer

from tests.dialog.filling import CUSTOMER, FRESH_CODE
from tests.support.chromium import PROGRAM, Page, chromium
from tests.support.pages import PUBLIC, prepare, served, signed
from tests.support.town import Someone, Town

pytestmark = [
    pytest.mark.skipif(PROGRAM is None, reason="no chromium: form pages are NOT tested in a browser"),
]

SMALL = {"width": 360, "height": 640}
NO_SIDEWAYS = "document.documentElement.scrollWidth <= innerWidth"
SMALL_TARGETS = """[...document.querySelectorAll('button, textarea, .chip')].filter((one) =>
  one.checkVisibility() && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"""
UNNAMED = """[...document.querySelectorAll('textarea, [role=radiogroup]')].filter((one) =>
  !one.labels?.[0]?.innerText && !document.getElementById(one.getAttribute('aria-labelledby'))?.innerText
).map((one) => one.outerHTML)"""


class Phone:
    """Somebody's small phone with the chat in the browser."""

    def __init__(self, page: Page, address: str, person: Someone) -> None:
        self.page = page
        self.address = address
        self.person = person

    async def chat(self) -> None:
        await self.page.open(f"{self.address}/chat?as={self.person.id}", **SMALL)

    async def fills(self, field: str, text: str) -> None:
        """Write into a field and leave it."""
        await self.page.run(f"document.getElementById('field-{field}').focus()")
        await self.page.run("document.activeElement.select()")
        await self.page.type(text)
        await self.page.press("Tab")

    async def kept(self) -> None:
        """Everything that was given is with the desk."""
        await self.page.until(
            "document.getElementById('saved').innerText && !/正在|Saving/.test(saved.innerText)"
        )


@asynccontextmanager
async def a_phone(town: Town, language: str = "zh-CN") -> AsyncIterator[Phone]:
    prepare(town)
    wang = await town.meets("王小雨")
    wang.language = "en" if language == "en-US" else "zh_CN"
    async with TestServer(served(town, {}, [])) as server, chromium(language) as browser:
        page = await browser.window()
        phone = Phone(page, str(server.make_url("")).rstrip("/"), wang)
        await page.open(f"{phone.address}/chat", **SMALL)
        name = "Wang Xiaoyu" if language == "en-US" else "王小雨"
        await page.see(name, ".people")
        await page.tap(name, ".people button")
        await page.see(name, "#name")
        yield phone


@pytest.fixture
async def phone(sample: Town) -> AsyncIterator[Phone]:
    async with a_phone(sample) as found:
        yield found


@pytest.fixture
async def english(sample: Town) -> AsyncIterator[Phone]:
    async with a_phone(sample, "en-US") as found:
        yield found


async def opens_customer_file(phone: Phone) -> Page:
    await phone.page.tap("建客户档案", ".latest button")
    await phone.page.tap("整页填写", ".latest a")
    await phone.page.see("信用代码", ".title")
    return phone.page


async def test_a_customer_file_from_the_chat_to_the_desk_on_one_page(phone: Phone) -> None:
    page = await opens_customer_file(phone)
    for field, text in {
        "name": CUSTOMER.answers[0],
        "uscc": FRESH_CODE,
        "contact": "陈芳 13800000000",
        "address": "上海市青浦区示范路 9 号",
        "legal_representative": "陈芳",
        "registered_capital": "500万",
        "founded": "2019-04-17",
        "region": "华东",
    }.items():
        await phone.fills(field, text)
    await page.tap("批发", "label")
    await page.tap("小型", "label")
    await phone.kept()
    await page.see("已答 10 / 14", "#progress")

    await page.tap("填好了，看一遍")
    await page.see("¥5,000,000", "#text")
    await page.tap("保存档案")
    await page.see("办好了", "#title")
    await page.see(CUSTOMER.answers[0], "#outcome")
    await page.tap("回到对话", "#leave")

    await page.see(CUSTOMER.answers[0], ".desk.latest")
    await page.see("资信调查", ".latest button")
    assert page.complaints == []


async def test_what_is_wrong_stands_beside_its_field_and_is_told_to_screen_readers(phone: Phone) -> None:
    page = await opens_customer_file(phone)
    await phone.fills("founded", "2019-04-17")
    await phone.fills("uscc", "91310117MAAY4CL12X")
    await page.see("校验位", "[data-key=uscc] .error")
    assert await page.run("document.getElementById('error-uscc').getAttribute('aria-live')") == "polite"
    assert await page.run("document.getElementById('field-uscc').getAttribute('aria-invalid')") == "true"
    assert await page.run("document.getElementById('field-uscc').value") == "91310117MAAY4CL12X"
    assert await page.run("document.getElementById('field-founded').value") == "2019-04-17"

    await page.tap("填好了，看一遍")
    await page.see("1 项要改", "#notice")
    await page.until("document.activeElement.id === 'field-uscc'")
    await phone.fills("uscc", FRESH_CODE)
    await page.until("document.getElementById('error-uscc').innerText === ''")

    await page.tap("填好了，看一遍")
    await page.see("还有 8 项没填", "#notice")
    await page.until("document.activeElement.id === 'field-name'")
    await page.see("这一项还没填", "[data-key=industry] .error")
    assert page.complaints == []


async def test_leaving_one_and_opening_the_other_goes_on(phone: Phone) -> None:
    """Half in the chat, half on the page, and the last word typed is not lost by leaving."""
    page = phone.page
    await page.tap("建客户档案", ".latest button")
    await page.see("客户全称")
    await page.type(CUSTOMER.answers[0])
    await page.press("Enter")
    await page.see("统一社会信用代码", ".latest")
    await page.tap("整页填写", "a")
    await page.until(f"document.getElementById('field-name')?.value === '{CUSTOMER.answers[0]}'")
    await page.run("document.getElementById('field-uscc').focus()")
    await page.type(FRESH_CODE)
    await phone.chat()
    await page.see("联系人和电话", ".latest")

    await page.type("陈芳 13800000000")
    await page.press("Enter")
    await page.see("第二联系人", ".latest")
    await page.tap("整页填写", ".item:nth-last-child(3) a")
    await page.until(f"document.getElementById('field-uscc')?.value === '{FRESH_CODE}'")
    assert await page.run("document.getElementById('field-contact').value") == "陈芳 13800000000"


async def test_an_open_page_takes_up_what_the_chat_was_told_meanwhile(phone: Phone) -> None:
    page = await opens_customer_file(phone)
    await page.run("document.getElementById('field-address').value = '正在写'")
    await phone.person.says(CUSTOMER.answers[0])
    await page.run("document.dispatchEvent(new Event('visibilitychange'))")
    await page.until(f"document.getElementById('field-name').value === '{CUSTOMER.answers[0]}'")
    assert await page.run("document.getElementById('field-address').value") == "正在写"


async def test_it_all_works_by_keyboard(phone: Phone) -> None:
    page = await opens_customer_file(phone)
    await page.run("document.getElementById('field-name').focus()")
    await page.type(CUSTOMER.answers[0])
    await page.press("Enter")
    assert await page.focused() == "field-uscc"
    while await page.run("document.activeElement.type") != "radio":
        await page.press("Tab")
    await page.press(" ")
    await phone.kept()
    assert (
        await page.run("document.querySelector('[data-key=industry] input:checked').value") == "manufacturing"
    )
    while await page.focused() != "review":
        await page.press("Tab")
    await page.press("Enter")
    await page.see("项没填", "#notice")


async def test_without_a_connection_nothing_typed_is_lost_and_it_is_kept_when_there_is_one(
    phone: Phone,
) -> None:
    page = await opens_customer_file(phone)
    await page.run(
        "window.kept = window.fetch; window.fetch = () => Promise.reject(new TypeError('offline'))"
    )
    await phone.fills("name", CUSTOMER.answers[0])
    await page.see("还没存上", "#saved")
    await page.run("window.fetch = window.kept")
    await page.see("已存", "#saved")
    await page.see("已答 1 / 14", "#progress")


async def test_thrown_away_in_the_chat_the_page_says_so_in_a_sentence(phone: Phone) -> None:
    page = await opens_customer_file(phone)
    await phone.person.says("作废")
    await phone.fills("name", CUSTOMER.answers[0])
    await page.see("已经不在填了", "#notice")


async def test_a_session_that_ran_out_is_renewed_by_the_chat_s_own(phone: Phone, sample: Town) -> None:
    page = await opens_customer_file(phone)
    sample.passes(hours=3)
    await page.call("Page.reload")
    await page.see("信用代码", ".title")


async def test_a_page_of_telegram_s_opens_with_its_launch_data_and_not_without(
    phone: Phone, sample: Town
) -> None:
    """10.1"""
    from core.services.people.staff import BeReachable

    await sample.does(BeReachable("telegram", "4711"), phone.person.id)
    await phone.person.says("菜单")
    await phone.person.taps("建客户档案")
    page, address = phone.page, f"{phone.address}/forms/customer?subject=&as=telegram%3A4711"
    await page.open(f"{address}", **SMALL)
    await page.see("过期", "#outcome")
    launch = signed(4711, sample.clock.now()).replace("%", "%25").replace("&", "%26").replace("=", "%3D")
    await page.open("about:blank", **SMALL)
    await page.open(f"{address}#tgWebAppData={launch}&tgWebAppVersion=8.0", **SMALL)
    await page.see("信用代码", ".title")
    assert PUBLIC not in await page.text()


async def test_a_refusal_on_the_way_in_is_a_sentence_and_a_way_back(phone: Phone) -> None:
    page = phone.page
    await page.open(f"{phone.address}/forms/customer?as=wecom%3AWang#refused=not-yours", **SMALL)
    await page.see("这张表是别人的", "#outcome")
    await page.see("回到对话", "#leave")
    assert page.complaints == []


@pytest.mark.parametrize("width", [360, 1280])
async def test_a_survey_fits_its_window_and_every_field_is_named_and_within_a_thumb_s_reach(
    english: Phone, width: int
) -> None:
    """1.3, 10.6"""
    page = english.page
    await page.type("华东机械")
    await page.press("Enter")
    await page.tap("Survey", ".latest button")
    await page.see("Fill in on a page", ".latest")
    address = await page.run("document.querySelector('.latest a').href")
    await page.open(address, width=width, height=640)
    await page.see("As of", ".title")
    await page.tap("Today", ".chip")
    await page.tap("Visit", "label")
    await page.see("Quick ratio", ".title")
    await english.kept()
    assert await page.run(NO_SIDEWAYS)
    assert await page.run(SMALL_TARGETS) == []
    assert await page.run("document.querySelector('.bar').offsetHeight") < 70, (
        "the head leaves room for the form"
    )
    assert await page.run(UNNAMED) == []
    assert await page.run("document.documentElement.lang") == "en"
    assert not [c for c in await page.text() if "\u4e00" <= c <= "\u9fff" and c not in "华东机械设备有限公司"]


async def test_two_answers_at_once_are_both_kept(phone: Phone) -> None:
    page = await opens_customer_file(phone)
    await phone.fills("name", CUSTOMER.answers[0])
    await phone.fills("address", "上海市青浦区示范路 9 号")
    await page.tap("批发", "label")
    await phone.kept()
    await page.see("已答 3 / 14", "#progress")
    await asyncio.sleep(0.2)
    await page.call("Page.reload")
    await page.see("已答 3 / 14", "#progress")
