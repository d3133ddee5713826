"""The self-built app at work: its connections, its address, its menu."""

import asyncio
from functools import partial
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.dialog.render import Renderer
from bot.inbox import Inbox
from bot.lasting import Lasting
from bot.wecom.api import AppApi, Credentials
from bot.wecom.app_channel import AppChannel
from bot.wecom.app_codes import ResponseCodes
from bot.wecom.app_menu import offer_menu
from bot.wecom.app_taps import AppTaps
from bot.wecom.callback import Callback
from bot.wecom.crypto import Seals
from core.clock import Clock
from core.services.stumbles import Part
from core.settings import Settings
from core.storage.database import Database


class WeComApp:
    """An async context manager; the settings of the app are all there."""

    def __init__(self, settings: Settings, database: Database, clock: Clock) -> None:
        self._language = settings.language
        self._database = database
        secret, token, key = (
            one.get_secret_value() if one is not None else ""
            for one in (settings.wecom_secret, settings.wecom_callback_token, settings.wecom_encoding_aes_key)
        )
        credentials = Credentials(settings.wecom_corp_id, settings.wecom_agent_id, secret)
        self.api = AppApi(credentials, settings.wecom_base_url)
        self._codes = ResponseCodes(database, clock)
        self.channel = AppChannel(self.api, self._codes)
        self._seals = Seals(token, key, settings.wecom_corp_id)
        self._clock = clock
        self._taps: AppTaps | None = None
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.api.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._taps is not None:
            await self._taps.close()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self.api.__aexit__(kind, error, trace)

    def routes(self, inbox: Inbox, renderer: Renderer) -> list[web.RouteDef]:
        """Where WeCom calls; what it tells goes into the inbox."""
        taps = AppTaps(self.api, self._codes, inbox, self._database, renderer, self._language)
        self._taps = taps
        return Callback(self._seals, inbox, self._codes, self._clock, taps.mark).routes()

    def start(self, lasting: Lasting) -> None:
        """Set the menu under the input field."""
        offering = lasting.run(Part.WECOM_MENU, partial(offer_menu, self.api, self._language))
        self._task = asyncio.create_task(offering, name="menu of the WeCom app")
