"""Where WeCom calls: `/wecom/callback`. What is ours is stored and answered at once; the rest gets nothing.

Nothing is read before it is known to be small, nothing decrypted before its signature is known to be WeCom's, and nothing
acknowledged before it is committed. A repeated call is answered as the first was, and does nothing.
"""

import logging
import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Protocol

from aiohttp import web
from sqlalchemy.orm import Session

from bot.bounded import TooLong, TooSlow, body_of
from bot.wecom.app_codes import ResponseCodes
from bot.wecom.app_decode import CHANNEL, Tap, heard
from bot.wecom.app_xml import MOST_BYTES, Unreadable, read_xml, text_of
from bot.wecom.crypto import Forged, Seals
from core.clock import Clock

PATH = "/wecom/callback"
STALE_SECONDS = 300
"""A call older than this, or as much ahead, is refused; WeCom tries again within half a minute, if at all."""
BODY_SECONDS = 5.0
"""WeCom itself waits no longer."""
MOST_NONCES = 20_000

log = logging.getLogger(__name__)


class Intake(Protocol):
    """The durable inbox of every channel."""

    async def put(
        self,
        channel: str,
        updates: Sequence[tuple[str, str, str]],
        beside: Callable[[Session], None] | None = None,
    ) -> None: ...


Mark = Callable[[Tap], None]
"""Is told of each tap on a card."""


class Callback:
    def __init__(self, seals: Seals, intake: Intake, codes: ResponseCodes, clock: Clock, mark: Mark) -> None:
        self._seals = seals
        self._intake = intake
        self._codes = codes
        self._clock = clock
        self._mark = mark
        self._seen: OrderedDict[tuple[str, str], None] = OrderedDict()

    def routes(self) -> list[web.RouteDef]:
        return [web.get(PATH, self.check), web.post(PATH, self.take)]

    async def check(self, request: web.Request) -> web.Response:
        """The console asks whether this address is ours: opened, its riddle is the answer, bare."""
        try:
            riddle = self._opened(request, request.query.get("echostr", ""))
        except _NotServed as refused:
            return refused.answer()
        return web.Response(body=riddle, content_type="text/plain")

    async def take(self, request: web.Request) -> web.Response:
        """A message or an event."""
        try:
            sealed = await _sealed_in(request)
            message = self._opened(request, sealed)
        except _NotServed as refused:
            return refused.answer()
        call = (request.query["timestamp"], request.query["nonce"])
        if call not in self._seen:
            await self._store(message)
            # Only now: a call that could not be stored must find open ears when it is repeated.
            self._seen[call] = None
            if len(self._seen) > MOST_NONCES:
                self._seen.popitem(last=False)
        return web.Response()

    async def _store(self, message: bytes) -> None:
        told = heard(message)
        if told is None:
            return
        tap = told.tap
        beside = self._codes.keeping(tap.did.message, tap.code) if tap is not None else None
        await self._intake.put(CHANNEL, [told.row], beside)
        if tap is not None:
            self._mark(tap)

    def _opened(self, request: web.Request, sealed: str) -> bytes:
        """The message in a call; raises `_NotServed` for whatever is not WeCom's, whole, for us, and of now."""
        signature, timestamp, nonce = (
            request.query.get(name, "") for name in ("msg_signature", "timestamp", "nonce")
        )
        if not (signature and nonce and sealed and re.fullmatch(r"[0-9]{1,12}", timestamp)):
            raise _NotServed(400, "parameters")
        try:
            self._seals.check(signature, timestamp, nonce, sealed)
            age = self._clock.now().timestamp() - int(timestamp)
            if abs(age) > STALE_SECONDS:
                log.warning("a call of WeCom is %d seconds old: is the clock of this machine right?", age)
                raise _NotServed(403, "stale")
            return self._seals.open(sealed)
        except Forged as error:
            raise _NotServed(403, str(error)) from None


class _NotServed(Exception):
    """A call that is not served. The caller learns the status, the log the reason."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status

    def answer(self) -> web.Response:
        log.info("a call that is not WeCom's, or not whole: %s", self)
        return web.Response(status=self.status)


async def _sealed_in(request: web.Request) -> str:
    """The ciphertext in a body."""
    try:
        body = await body_of(request, most_bytes=MOST_BYTES, seconds=BODY_SECONDS)
        return text_of(read_xml(body), "Encrypt")
    except TooLong:
        raise _NotServed(413, "size") from None
    except TooSlow:
        raise _NotServed(408, "slow") from None
    except Unreadable as error:
        raise _NotServed(400, str(error)) from None
