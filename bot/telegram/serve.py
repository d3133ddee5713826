"""Telegram at work: received by polling or by webhook, taps answered, everybody offered their commands."""

import asyncio
import logging
from functools import partial
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.inbox import Inbox
from bot.lasting import Lasting
from bot.telegram.api import Api, WrongToken
from bot.telegram.channel import TelegramChannel, rows_of
from bot.telegram.decode import CHANNEL
from bot.telegram.menu import CommandMenus
from bot.telegram.poll import poll
from bot.telegram.send import answer_tap
from bot.telegram.webhook import register, webhook_route
from core.services.stumbles import Part
from core.settings import Settings
from core.storage.database import Database

log = logging.getLogger(__name__)


class TelegramBot:
    """The bot's connections; an async context manager. Settings without a token have no such bot."""

    def __init__(self, settings: Settings) -> None:
        assert settings.telegram_token is not None
        self._settings = settings
        self._api = Api(settings.telegram_token.get_secret_value(), settings.telegram_base_url)
        self.channel = TelegramChannel(self._api)
        self._stop = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        await self._api.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._api.__aexit__(kind, error, trace)

    def routes(self, inbox: Inbox) -> list[web.RouteDef]:
        """What the web server has to serve: the webhook, if there is one."""
        secret = self._settings.telegram_webhook_secret
        if self._settings.telegram_webhook_url is None or secret is None:
            return []
        return [webhook_route(secret.get_secret_value(), lambda updates: self._store(inbox, updates))]

    def start(self, inbox: Inbox, database: Database, lasting: Lasting) -> None:
        """Receive from now on; the web server is up."""
        menus = CommandMenus(self._api.bot, database, self._settings.language)
        self._spawn(lasting.run(Part.TELEGRAM, partial(self._receive, inbox)), "telegram")
        self._spawn(lasting.run(Part.TELEGRAM_MENUS, menus.run), "telegram menus")

    async def stop(self) -> None:
        """Receive and offer nothing more; what is being sent still arrives."""
        self._stop.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _receive(self, inbox: Inbox) -> None:
        url, secret = self._settings.telegram_webhook_url, self._settings.telegram_webhook_secret
        try:
            if url is not None and secret is not None:
                await register(self._api, url, secret.get_secret_value(), stop=self._stop)
            else:
                await poll(self._api, lambda updates: self._store(inbox, updates), stop=self._stop)
        except WrongToken:
            log.error("Telegram does not know this token: correct ZIXIN_TELEGRAM_TOKEN and start again")

    async def _store(self, inbox: Inbox, updates: list[dict[str, Any]]) -> None:
        """Into the inbox, committed; the sign that a tap was heard follows, the work is the inbox's."""
        await inbox.put(CHANNEL, rows_of(updates))
        for raw in updates:
            tap = raw.get("callback_query")
            if isinstance(tap, dict) and isinstance(tap.get("id"), str):
                self._spawn(answer_tap(self._api.bot, tap["id"]), "answer tap")

    def _spawn(self, work: Any, name: str) -> None:
        task: asyncio.Task[None] = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
