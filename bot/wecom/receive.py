"""Receiving over the long connection: what comes in is stored before anything else is made of it.

WeCom promises no second delivery, so that what was heard is held until the database has it, even through a stop. When as much
is held as there is memory for, no more is read: TCP holds back, and what WeCom cannot get rid of it knows of.
"""

import asyncio
import logging
from collections import deque
from itertools import islice

from sqlalchemy.exc import OperationalError

from bot.inbox import Inbox
from bot.lasting import Lasting
from bot.wecom.channel import BotChannel
from bot.wecom.decode import CHANNEL, entered, rows_of, tap_of, unreadable
from bot.wecom.frames import Frame
from bot.wecom.link import Link
from bot.wecom.taps import Taps
from core.services.stumbles import Part

STORE_PAUSE_SECONDS = 1.0
LAST_SECONDS = 5.0
"""What was heard before a stop is stored within this."""
MOST_HELD = 5_000
"""Callbacks, of a few KiB each: the busiest minutes of a large company."""
_MOST_AT_ONCE = 100

log = logging.getLogger(__name__)


class Receiver:
    """Takes callbacks from the link, in order, into the inbox."""

    def __init__(self, inbox: Inbox, channel: BotChannel, taps: Taps, lasting: Lasting) -> None:
        self._inbox = inbox
        self._channel = channel
        self._taps = taps
        self._lasting = lasting
        self._held: deque[Frame] = deque()
        self._news, self._freed = asyncio.Event(), asyncio.Event()
        self._stopping = False
        self._courtesies: set[asyncio.Task[None]] = set()

    async def run(self, link: Link) -> None:
        """Receive until cancelled; returns when another connection has taken the bot.

        Run once more after a failure, it goes on with what it holds.
        """
        self._stopping = False
        storing = asyncio.create_task(self._lasting.run(Part.WECOM, self._store_all), name="wecom storing")
        try:
            await link.run(self._hold, self._room)
        finally:
            self._stopping = True
            self._news.set()
            await asyncio.wait([storing], timeout=LAST_SECONDS)
            for task in (storing, *self._courtesies):
                task.cancel()
            await asyncio.gather(storing, *self._courtesies, return_exceptions=True)
            if self._held:
                log.error("%d things that people said in WeCom are not stored", len(self._held))

    def _hold(self, frame: Frame) -> None:
        self._held.append(frame)
        self._news.set()

    async def _room(self) -> None:
        """Returns as soon as one more can be held."""
        if len(self._held) < MOST_HELD:
            return
        log.error(
            "%d things said in WeCom wait for the database; no more is read until it takes them", MOST_HELD
        )
        while len(self._held) >= MOST_HELD:
            self._freed.clear()
            await self._freed.wait()

    async def _store_all(self) -> None:
        """Store what is held, as much at once as there is, until all is stored after the last was heard."""
        while self._held or not self._stopping:
            self._news.clear()
            frames = list(islice(self._held, _MOST_AT_ONCE))
            if not frames:
                await self._news.wait()
                continue
            try:
                await self._store(frames)
                self._let_go(len(frames))
            except Exception:
                log.exception("one of %d things that WeCom told keeps the others out", len(frames))
                for frame in frames:
                    await self._store_or_park(frame)
                    self._let_go(1)

    def _let_go(self, count: int) -> None:
        """Of what is stored, and only then: who is told to stop meanwhile still holds it."""
        for _ in range(count):
            self._held.popleft()
        self._freed.set()

    async def _store(self, frames: list[Frame]) -> None:
        """All of them or, when one cannot be taken apart or stored, none; what that raises is a bug."""
        rows = [row for frame in frames for row in rows_of(frame)]
        taps = [tap for frame in frames if (tap := tap_of(frame)) is not None]
        for frame in frames:
            if (entrance := entered(frame)) is not None:
                self._channel.enters(*entrance)
        while rows:
            try:
                await self._inbox.put(CHANNEL, rows)
                break
            except (OperationalError, OSError):  # the database cannot take it now
                log.exception("what WeCom told is not stored; trying again")
                await asyncio.sleep(STORE_PAUSE_SECONDS)
        for tap in taps:
            task = asyncio.create_task(self._taps.answer(tap))
            self._courtesies.add(task)
            task.add_done_callback(self._courtesies.discard)

    async def _store_or_park(self, frame: Frame) -> None:
        """By itself; what fails even so is kept as unreadable, for a person to look at."""
        try:
            await self._store([frame])
            return
        except Exception:
            await self._lasting.stumbled(Part.WECOM)
        while True:
            try:
                await self._inbox.put(CHANNEL, [unreadable(frame)])
                return
            except Exception:  # then it is not the frame's fault: it is held, and so are those behind it
                log.exception("what WeCom told is not stored; trying again")
                await asyncio.sleep(STORE_PAUSE_SECONDS)
