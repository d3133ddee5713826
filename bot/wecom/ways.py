"""The ways into WeCom that the settings open: the bot, the app, both as one channel, or none."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.dialog.render import Renderer
from bot.inbox import Decode, Inbox
from bot.lasting import Lasting
from bot.wecom import app_and_bot, decode
from bot.wecom.app_and_bot import AppAndBot
from bot.wecom.app_channel import AppChannel
from bot.wecom.app_serve import WeComApp
from bot.wecom.channel import BotChannel
from bot.wecom.serve import WeComBot
from core.services.desk import Desk
from core.storage.database import Database


class WeCom:
    """An async context manager, left last of all that sends."""

    name = decode.CHANNEL

    def __init__(self, database: Database, desk: Desk) -> None:
        self._database = database
        self._desk = desk
        settings = desk.office.settings
        self._bot = WeComBot(settings) if settings.wecom_bot_secret is not None else None
        self._app = (
            WeComApp(settings, database, desk.office.clock) if settings.wecom_secret is not None else None
        )
        self._connections = AsyncExitStack()

    async def __aenter__(self) -> Self:
        for way in (self._bot, self._app):
            if way is not None:
                await self._connections.enter_async_context(way)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._connections.aclose()

    @property
    def channel(self) -> AppAndBot | AppChannel | BotChannel | None:
        """None where neither is set up."""
        if self._bot is not None and self._app is not None:
            return AppAndBot(self._app.channel, self._bot.channel, self._database)
        way = self._app or self._bot
        return way.channel if way is not None else None

    @property
    def read(self) -> Decode:
        """Reads what either has stored, also what one stored that has been switched off since."""
        return app_and_bot.read

    @property
    def user_of(self) -> Callable[[str], Awaitable[str]] | None:
        """Who came to a page of ours with a code of WeCom's; None without the app, which alone can tell."""
        return self._app.api.user_of if self._app is not None else None

    def routes(self, inbox: Inbox, renderer: Renderer) -> list[web.RouteDef]:
        """Where WeCom calls the app."""
        return self._app.routes(inbox, renderer) if self._app is not None else []

    def start(self, inbox: Inbox, renderer: Renderer, lasting: Lasting) -> None:
        """Receive from now on."""
        if self._app is not None:
            self._app.start(lasting)
        if self._bot is not None:
            self._bot.start(inbox, self._database, self._desk, renderer, lasting)
