"""The pictures of the READMEs, taken anew: ``python -m tests.docs.take_pictures``. Then somebody looks at them.

The sample company on a fixed day, served as it always is, and a real browser in each language.
"""

import asyncio
import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.app import serving
from core.clock import day_of
from core.samples.load import load_sample
from core.services.commands import open_desk
from core.settings import Language
from core.texts.catalog import plain
from tests.docs.pages import ROOT
from tests.support.chromium import Chromium, Page, chromium
from tests.support.town import SHANGHAI, a_town

PICTURES = ROOT / "docs" / "pictures"
PHONE = (390, 760)
DESK = (820, 700)
TALL = (390, 1400)
EAST, UNRATED = "华东机械设备有限公司", "杭州禾沐新材料有限公司"
LANGUAGES: dict[str, tuple[Language, str]] = {"zh": ("zh_CN", "zh-CN"), "en": ("en", "en-US")}


@dataclass
class Visitor:
    """Somebody at a window of the chat, who waits for the answer before they go on."""

    page: Page
    language: Language

    async def says(self, text: str) -> None:
        await self.page.run("document.getElementById('text').focus()")
        await self.page.type(text)
        await self._turn(self.page.press("Enter"))

    async def taps(self, key: str, **facts: Any) -> None:
        """Tap the newest button whose words have this key."""
        await self._turn(self.page.tap(plain(self.language, key, facts), ".buttons button"))

    async def taps_name(self, name: str) -> None:
        await self._turn(self.page.tap(name, ".buttons button"))

    async def is_shown(self, name: str) -> None:
        """Kept as a picture, once it stands still."""
        await asyncio.sleep(0.6)
        await self.page.screenshot(PICTURES / f"{name}.png")

    async def _turn(self, act: Any) -> None:
        count = "document.querySelectorAll('#messages .item').length"
        before = await self.page.run(count)
        await act
        await self.page.until(f"{count} >= {before + 2} && !document.querySelector('#messages .pending')")


@dataclass
class Visit:
    browser: Chromium
    address: str
    language: Language

    async def enters(self, chinese: str, english: str, size: tuple[int, int]) -> Visitor:
        page = await self.browser.window()
        await page.call("Emulation.setTimezoneOverride", timezoneId=SHANGHAI.key)
        await page.open(self.address, width=size[0], height=size[1])
        name = chinese if self.language == "zh_CN" else english
        await page.tap(name, ".people button")
        await page.see(name, "#name")
        await page.until("document.querySelectorAll('#messages .item').length >= 1")
        return Visitor(page, self.language)


async def approval(visit: Visit, name: str) -> None:
    """The market manager's card for a request that the salesperson has just submitted."""
    xu = await visit.enters("许文博", "Xu Wenbo", DESK)
    wang = await visit.enters("王小雨", "Wang Xiaoyu", PHONE)
    await wang.taps("button-credit")
    await wang.says(EAST)
    await wang.says("30万")
    await wang.taps("choice-long-term")
    await wang.says("26万")
    await wang.says("厂房，已登记" if visit.language == "zh_CN" else "Factory building, registered")
    await wang.taps("button-skip")
    await wang.taps_name("¥260,000")
    await xu.page.see("¥260,000")
    await xu.is_shown(name)


async def survey(visit: Visit, name: str) -> None:
    """A question of the survey, with its source and its choices."""
    li = await visit.enters("李泽", "Li Ze", PHONE)
    await li.says(UNRATED)
    await li.taps("button-survey")
    await li.taps("choice-last-year-end")
    await li.taps("source-authority")
    await li.taps("choice-yes")
    await li.is_shown(name)


async def aging(visit: Visit, name: str) -> None:
    """Who owes what, for how long."""
    shen = await visit.enters("沈雅琴", "Shen Yaqin", TALL)
    await shen.taps("button-aging")
    await shen.is_shown(name)


@asynccontextmanager
async def a_demo() -> AsyncIterator[str]:
    """The sample company's chat; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        async with a_town(Path(folder)) as town:
            office = town.desk.office
            await load_sample(town.database, town.desk, day_of(office.clock.now(), SHANGHAI))
            settings = office.settings.model_copy(update={"web_chat": "demo", "http_port": port})
            async with serving(town.database, open_desk(replace(office, settings=settings))):
                yield f"http://127.0.0.1:{port}/chat"


async def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    for suffix, (language, preferred) in LANGUAGES.items():
        async with a_demo() as address, chromium(preferred) as browser:
            visit = Visit(browser, address, language)
            for scene in (survey, aging, approval):
                await scene(visit, f"{scene.__name__}-{suffix}")


if __name__ == "__main__":
    asyncio.run(main())
