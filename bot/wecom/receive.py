"""Receiving over the long connection: what comes in is stored before anything else is made of it.

WeCom promises no second delivery, so that what was heard is held until the database has it, even through a stop.
"""

import asyncio
import logging

from bot.inbox import Inbox
from bot.wecom.channel import BotChannel
from bot.wecom.decode import CHANNEL, entered, rows_of, tap_of
from bot.wecom.frames import Frame
from bot.wecom.link import Link
from bot.wecom.taps import Taps

STORE_PAUSE_SECONDS = 1.0
LAST_SECONDS = 5.0
"""What was heard before a stop is stored within this."""
_MOST_AT_ONCE = 100

log = logging.getLogger(__name__)


class Receiver:
    """Takes callbacks from the link, in order, into the inbox."""

    def __init__(self, inbox: Inbox, channel: BotChannel, taps: Taps) -> None:
        self._inbox = inbox
        self._channel = channel
        self._taps = taps
        self._heard: asyncio.Queue[Frame | None] = asyncio.Queue()
        self._courtesies: set[asyncio.Task[None]] = set()

    async def run(self, link: Link) -> None:
        """Receive until cancelled; returns when another connection has taken the bot."""
        storing = asyncio.create_task(self._store_all())
        try:
            await link.run(self._heard.put_nowait)
        finally:
            self._heard.put_nowait(None)
            await asyncio.wait([storing], timeout=LAST_SECONDS)
            for task in (storing, *self._courtesies):
                task.cancel()
            await asyncio.gather(storing, *self._courtesies, return_exceptions=True)

    async def _store_all(self) -> None:
        """Store what was heard, as much at once as there is; None ends it."""
        ended = False
        while not ended:
            heard = [await self._heard.get()]
            while not self._heard.empty() and len(heard) < _MOST_AT_ONCE:
                heard.append(self._heard.get_nowait())
            frames = [frame for frame in heard if frame is not None]
            ended = len(frames) < len(heard)
            await self._store(frames)

    async def _store(self, frames: list[Frame]) -> None:
        rows = [row for frame in frames for row in rows_of(frame)]
        for frame in frames:
            if (entrance := entered(frame)) is not None:
                self._channel.enters(*entrance)
        while rows:
            try:
                await self._inbox.put(CHANNEL, rows)
                break
            except Exception:
                log.exception("what WeCom told is not stored; trying again")
                await asyncio.sleep(STORE_PAUSE_SECONDS)
        for frame in frames:
            if (tap := tap_of(frame)) is not None:
                task = asyncio.create_task(self._taps.answer(tap))
                self._courtesies.add(task)
                task.add_done_callback(self._courtesies.discard)
