"""The company at each of its channels, ready for the script: who is known there, and where files are sent."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from core.queries.actor import OPERATOR
from core.services.people.staff import AddPerson
from core.settings import Language
from tests.channels.walk.script import CHAIN, Door, Walker
from tests.support import web_served
from tests.support.served import Served
from tests.support.telegram.served import Chat as TelegramChat
from tests.support.telegram.served import Served as TelegramServed
from tests.support.telegram.served import served_over_telegram
from tests.support.wecom import app_served, served
from tests.support.wecom.app_served import served_over_app
from tests.support.wecom.link_server import FakeWeCom
from tests.support.wecom.served import ROLES, USERIDS, quick, served_company
from worker.run import run_due


@dataclass(frozen=True)
class Place:
    """Where a walk takes place."""

    folder: Path
    sample: Path
    port: int
    language: Language
    monkeypatch: pytest.MonkeyPatch


@dataclass
class _Door:
    """What every door has in common."""

    company: Served
    language: Language

    async def invited(self, name: str) -> str:
        """Somebody is on the staff list and reached nowhere; their code."""
        await self.company.desk.run(self.company.database, AddPerson(name, ROLES[name]), OPERATOR)
        return await self.company.invites(name)

    async def at_papers(self, who: Walker) -> Walker:
        return who

    async def comes(self, moment: str) -> None:
        self.company.comes(moment)
        await run_due(self.company.database, self.company.desk, self.company.clock.now())
        await self.company.is_quiet()

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        return self.company.rows(question)

    @property
    def transcript(self) -> list[str]:
        return self.company.transcript


@dataclass
class _Telegram(_Door):
    company: TelegramServed

    async def newcomer(self, name: str) -> tuple[Walker, str]:
        code = await self.invited(name)
        return TelegramChat(self.company, self.company.telegram.person(name, started=False)), code

    async def knows(self, name: str) -> Walker:
        return await self.company.knows(name)


@dataclass
class _Bot(_Door):
    company: served.Served

    async def newcomer(self, name: str) -> tuple[Walker, str]:
        code = await self.invited(name)
        return self.company.chat(self.company.wecom.member(USERIDS[name], wrote=False), name), code

    async def knows(self, name: str) -> Walker:
        return self.company.chat((await self.company.knows(name))[name], name)


@dataclass
class _App(_Door):
    """The app hands over no files: who has one sends it in the browser, let in there by a code of their own."""

    company: app_served.Served
    browser: Any

    async def newcomer(self, name: str) -> tuple[Walker, str]:
        code = await self.invited(name)
        return self.company.chat(self.company.wecom.member(USERIDS[name]), name), code

    async def knows(self, name: str) -> Walker:
        return self.company.chat((await self.company.knows(name))[name], name)

    async def at_papers(self, who: Walker) -> Walker:
        there = web_served.Chat(self.company, self.browser, who.name, told_as=f"{who.name}（浏览器）")
        await there.enters(await self.company.invites(who.name))
        there.reads()
        return there


@dataclass
class _Both(_Door):
    """Whoever signs has never written to the bot, and is reached by the app; all others talk to the bot."""

    company: app_served.Served
    bot: FakeWeCom

    async def newcomer(self, name: str) -> tuple[Walker, str]:
        code = await self.invited(name)
        self.company.wecom.member(USERIDS[name])
        return served.Chat(self.company, self.bot.member(USERIDS[name], wrote=False), name), code

    async def knows(self, name: str) -> Walker:
        in_app = (await self.company.knows(name))[name]
        if name in CHAIN:
            return self.company.chat(in_app, name)
        return served.Chat(self.company, self.bot.member(USERIDS[name]), name)


@dataclass
class _Browser(_Door):
    """A pass that nobody uses is good for thirty days: whoever comes back later comes in anew."""

    company: web_served.Served
    chats: list[web_served.Chat] = field(default_factory=list)

    async def newcomer(self, name: str) -> tuple[Walker, str]:
        code = await self.invited(name)
        self.chats.append(web_served.Chat(self.company, self.company.browser, name))
        return self.chats[-1], code

    async def knows(self, name: str) -> Walker:
        self.chats.append(await self.company.knows(name))
        return self.chats[-1]

    async def comes(self, moment: str) -> None:
        await super().comes(moment)
        for chat in self.chats:
            await chat.enters(await self.company.invites(chat.name))


@asynccontextmanager
async def telegram(place: Place, *, webhook: bool = False) -> AsyncIterator[Door]:
    async with (
        served_over_telegram(
            place.folder, place.sample, place.port, place.language, place.monkeypatch, webhook=webhook
        ) as company,
        company.runs(),
    ):
        yield _Telegram(company, place.language)


@asynccontextmanager
async def telegram_webhook(place: Place) -> AsyncIterator[Door]:
    async with telegram(place, webhook=True) as door:
        yield door


@asynccontextmanager
async def wecom_bot(place: Place) -> AsyncIterator[Door]:
    quick(place.monkeypatch)
    async with (
        FakeWeCom(most_a_minute=1000) as wecom,
        served_company(place.folder, place.sample, wecom, place.port, place.language) as company,
        company.runs(),
    ):
        yield _Bot(company, place.language)


@asynccontextmanager
async def wecom_app(place: Place) -> AsyncIterator[Door]:
    page = {"public_url": "https://credit.example.com", "web_chat": "login", "language": place.language}
    async with (
        served_over_app(place.folder, place.sample, place.port, place.monkeypatch, **page) as company,
        web_served.a_browser() as browser,
        company.runs(),
    ):
        yield _App(company, place.language, browser)


@asynccontextmanager
async def wecom_both(place: Place) -> AsyncIterator[Door]:
    quick(place.monkeypatch)
    async with AsyncExitStack() as stack:
        bot = await stack.enter_async_context(FakeWeCom(most_a_minute=1000))
        beside = {
            "wecom_bot_id": bot.bot_id,
            "wecom_bot_secret": SecretStr(bot.secret),
            "wecom_ws_url": bot.ws_url,
            "language": place.language,
        }
        company = await stack.enter_async_context(
            served_over_app(place.folder, place.sample, place.port, place.monkeypatch, **beside)
        )
        await stack.enter_async_context(company.runs())
        await bot.serves(1)
        yield _Both(company, place.language, bot)


@asynccontextmanager
async def browser(place: Place) -> AsyncIterator[Door]:
    async with (
        web_served.served_in_browser(place.folder, place.sample, place.port, place.language) as company,
        company.runs(),
    ):
        yield _Browser(company, place.language)
