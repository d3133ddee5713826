"""The connection to WeCom and its life: kept up whatever ends it, but never fought over.

WeCom lets a bot have one connection. Another one that subscribes ends this one with a ``disconnected_event``; to connect
again would end the other, and so on for ever. That alone is not answered by a new connection.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from websockets.asyncio.client import connect
from websockets.exceptions import InvalidURI, WebSocketException

from bot.wecom.frames import EVENT, Answer, Frame, NoAnswer, NotSent, Wire

OFFICIAL = "wss://openws.work.weixin.qq.com"
MISSED_PINGS = 2
"""In a row: the line is dead."""

TOO_OFTEN = frozenset({45009, 45033, 846607})
"""Subscribing is rationed: asking again soon makes it worse."""
BUSY = frozenset({-1})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds."""

    open: float = 10.0
    """To connect."""
    answer: float = 10.0
    """To wait for an answer."""
    ping: float = 30.0
    """Between pings: WeCom ends a connection that is silent."""
    first_pause: float = 1.0
    """Before connecting again; doubled with each failure, and up to half of it left out at random."""
    longest_pause: float = 60.0
    steady: float = 60.0
    """A connection that lived so long was a good one: the next pause is a first one again."""
    too_often: float = 90.0
    """The pause when WeCom finds that we subscribe too often."""
    refused: float = 300.0
    """The pause when WeCom does not know the bot or its secret: a person has to mend that."""


async def _always() -> None:
    """There is always room."""


class Link:
    """The one connection of a bot. ``run`` keeps it up, everybody else asks over it."""

    def __init__(self, bot_id: str, secret: str, url: str = OFFICIAL, times: Times | None = None) -> None:
        # At DEBUG the library logs every frame, of which the first holds the secret.
        logging.getLogger("websockets.client").setLevel(logging.INFO)
        self._credentials = {"bot_id": bot_id, "secret": secret}
        self._url = url
        self._times = times or Times()
        self._wire: Wire | None = None
        self._held_back = False
        """Nothing is read just now, because nobody has room for it."""

    @property
    def up(self) -> bool:
        return self._wire is not None

    async def ask(self, cmd: str, body: Frame, *, req_id: str = "") -> Answer:
        """A request and its answer, as in `Wire.ask`. Errors: ``NotSent``, ``NoAnswer``."""
        if self._wire is None:
            raise NotSent("there is no connection")
        return await self._wire.ask(cmd, body, req_id=req_id, seconds=self._times.answer)

    async def run(self, take: Callable[[Frame], None], room: Callable[[], Awaitable[None]] = _always) -> None:
        """Hand every callback to ``take``, over as many connections as it needs. Returns when it was kicked.

        ``room`` returns as soon as ``take`` may be called once more; until then nothing is read.
        """
        failures = 0
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            pause = self._times.first_pause
            try:
                async with connect(
                    self._url,
                    open_timeout=self._times.open,
                    close_timeout=1.0,
                    ping_interval=None,
                    compression=None,  # frames are small: to press them costs more than they weigh
                ) as connection:
                    if await self._serve(Wire(connection), take, room):
                        return
                log.info("the connection to WeCom ended")
            except _Subscription as refused:
                pause = self._pause_after(refused.answer)
            except InvalidURI:
                log.error("ZIXIN_WECOM_WS_URL is no address of a WebSocket: %s", self._url)
                pause = self._times.refused
            except (OSError, TimeoutError, NotSent, NoAnswer, WebSocketException) as error:
                log.info("no connection to WeCom: %s: %s", type(error).__name__, error)
            failures = 0 if loop.time() - began >= self._times.steady else failures + 1
            await asyncio.sleep(self._backoff(pause, failures))

    async def _serve(
        self, wire: Wire, take: Callable[[Frame], None], room: Callable[[], Awaitable[None]]
    ) -> bool:
        """Subscribe, and listen until the connection ends. True: another one has taken the bot."""
        listening = asyncio.create_task(self._listen(wire, take, room))
        pinging: asyncio.Task[None] | None = None
        try:
            answer = await wire.ask("aibot_subscribe", self._credentials, seconds=self._times.answer)
            if answer.errcode != 0:
                raise _Subscription(answer)
            self._wire = wire
            log.info("connected to WeCom")
            pinging = asyncio.create_task(self._ping(wire))
            await asyncio.wait({listening, pinging}, return_when=asyncio.FIRST_COMPLETED)
            # A process that slept finds its pings missed, and behind that, perhaps, that it was kicked.
            await wire.close()
            kicked = await listening
            if pinging.done() and not kicked:
                pinging.result()  # a bug in it would else end every connection without a word
            return kicked
        finally:
            self._wire = None
            wire.end()
            tasks = [task for task in (listening, pinging) if task is not None]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _listen(
        self, wire: Wire, take: Callable[[Frame], None], room: Callable[[], Awaitable[None]]
    ) -> bool:
        """True if the last that was heard is that another connection has taken the bot."""
        while True:
            self._held_back = True
            await room()
            self._held_back = False
            frame = await wire.hear()
            if frame is None:
                return False
            if _is_kick(frame):
                return True
            take(frame)

    async def _ping(self, wire: Wire) -> None:
        """Ping for as long as pings are answered. Answers that are not read, because nothing is, are not missed."""
        missed = 0
        while missed < MISSED_PINGS:
            if not missed:
                await asyncio.sleep(self._times.ping)
            try:
                await wire.ask("ping", None, seconds=self._times.answer)
                missed = 0
            except (NotSent, NoAnswer):
                missed = 0 if self._held_back else missed + 1
        log.warning("WeCom answers no pings; connecting again")

    def _pause_after(self, answer: Answer) -> float:
        if answer.errcode in BUSY:
            return self._times.first_pause
        if answer.errcode in TOO_OFTEN:
            log.warning("WeCom finds that this bot subscribes too often (%s); waiting", answer.errcode)
            return self._times.too_often
        log.error(
            "WeCom refuses this bot (%s %s): correct ZIXIN_WECOM_BOT_ID and ZIXIN_WECOM_BOT_SECRET and start again",
            answer.errcode,
            answer.errmsg,
        )
        return self._times.refused

    def _backoff(self, pause: float, failures: int) -> float:
        if (
            pause > self._times.first_pause
        ):  # WeCom, not the line, is the reason: no sooner, and no later either
            return pause * random.uniform(1.0, 1.2)  # noqa: S311 -- spreads retries, guards nothing
        longest: float = min(self._times.longest_pause, pause * 2 ** min(max(failures - 1, 0), 10))
        return longest * random.uniform(0.5, 1.0)  # noqa: S311


class _Subscription(Exception):
    """WeCom refused it."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.errcode)
        self.answer = answer


def _is_kick(frame: Frame) -> bool:
    if frame.get("cmd") != EVENT:
        return False
    with suppress(AttributeError, LookupError, TypeError):
        return bool(frame["body"]["event"]["eventtype"] == "disconnected_event")
    return False
