"""The WeCom bot at work: connected, receiving and sending, until it is stopped or somebody else takes it."""

import asyncio
import logging
from collections.abc import Awaitable
from functools import partial
from types import TracebackType
from typing import Self

import aiohttp

from bot.dialog.render import Renderer
from bot.inbox import Inbox
from bot.lasting import Lasting
from bot.wecom.channel import BotChannel
from bot.wecom.decode import CHANNEL
from bot.wecom.link import Link
from bot.wecom.receive import Receiver
from bot.wecom.taps import Taps
from core.queries.actor import CLOCK
from core.services.desk import Desk
from core.services.people.channels import ReportTakenOver
from core.services.stumbles import Part
from core.settings import Settings
from core.storage.database import Database

ALARM_AFTER_SECONDS = 6.0
"""A process that slept through its lease is taken over by our own; it finds that out, and stops, within this."""

log = logging.getLogger(__name__)


class WeComBot:
    """The bot's connections; an async context manager.

    Left last of all that sends: what is on its way needs the link for its answer.
    """

    def __init__(self, settings: Settings) -> None:
        assert settings.wecom_bot_secret is not None
        secret = settings.wecom_bot_secret.get_secret_value()
        self.link = Link(settings.wecom_bot_id, secret, settings.wecom_ws_url)
        self._session = aiohttp.ClientSession(trust_env=True)
        self.channel = BotChannel(self.link, self._session)
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._session.close()

    def start(
        self, inbox: Inbox, database: Database, desk: Desk, renderer: Renderer, lasting: Lasting
    ) -> None:
        """Connect and receive from now on."""
        taps = Taps(self.link, inbox, database, renderer, desk.office.settings.language)
        receiver = Receiver(inbox, self.channel, taps, lasting)
        receiving = lasting.run(Part.WECOM, partial(receiver.run, self.link))
        self._task = asyncio.create_task(self._run(receiving, database, desk), name="wecom")

    async def _run(self, receiving: Awaitable[None], database: Database, desk: Desk) -> None:
        """Taken over by another program, raise the alarm instead of taking the bot back."""
        await receiving
        log.error("another program has connected as this WeCom bot: end one of the two, start this one again")
        await asyncio.sleep(ALARM_AFTER_SECONDS)
        try:
            await desk.run(database, ReportTakenOver(CHANNEL), CLOCK)
        except Exception:
            log.exception("that the WeCom bot was taken over could not be reported")
