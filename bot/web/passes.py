"""The pass of somebody who was let in: a signed cookie, one per person, so that windows as different people live
side by side in one browser."""

import hashlib
import hmac

from aiohttp import web

from bot.web.guard import is_https
from core.clock import Clock

VALID_SECONDS = 30 * 24 * 3600
"""How long a pass that nobody uses is good."""
RENEWED_AFTER_SECONDS = 24 * 3600
"""One that is used is replaced when it is older than this: who comes every month needs no second invitation."""


class Passes:
    """Issues and reads passes. ``mode`` is signed too: a pass of the demo opens nothing once people must log in."""

    def __init__(self, secret: bytes, mode: str, clock: Clock) -> None:
        self._key = hmac.digest(secret, b"pass of the browser chat", hashlib.sha256)
        self._mode = mode
        self._clock = clock

    @staticmethod
    def cookie_of(person: int) -> str:
        """The name of the cookie that holds the person's pass."""
        return f"zixin_{person}"

    def issue(self, person: int) -> str:
        """A pass for ``person``, valid from now on for `VALID_SECONDS`."""
        issued = int(self._clock.now().timestamp())
        return f"{issued}.{self._signature(person, issued)}"

    def give(self, request: web.Request, response: web.StreamResponse, person: int) -> None:
        """Hand out a pass with an answer."""
        response.set_cookie(
            Passes.cookie_of(person),
            self.issue(person),
            max_age=VALID_SECONDS,
            path="/chat",
            secure=is_https(request),
            httponly=True,
            samesite="Strict",
        )

    def is_aging(self, issued: int) -> bool:
        """Is a pass of that moment to be replaced when it is used?"""
        return self._clock.now().timestamp() - issued > RENEWED_AFTER_SECONDS

    def issued_at(self, text: str, person: int) -> int | None:
        """When this pass of ``person`` was issued; None unless it is one, of this mode, and not run out."""
        issued, _, signature = text.partition(".")
        if not (issued.isascii() and issued.isdecimal() and len(issued) < 12 and signature.isascii()):
            return None
        age = self._clock.now().timestamp() - int(issued)
        good = hmac.compare_digest(signature, self._signature(person, int(issued)))
        return int(issued) if good and age <= VALID_SECONDS else None

    def _signature(self, person: int, issued: int) -> str:
        return hmac.new(self._key, f"{self._mode}.{person}.{issued}".encode(), hashlib.sha256).hexdigest()
