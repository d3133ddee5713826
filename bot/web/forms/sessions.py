"""The session of somebody who filled in a page: a signed cookie for each conversation, and a token for its changes."""

import hashlib
import hmac

from aiohttp import web

from bot.dialog.page_link import FORMS
from bot.web.guard import is_https
from core.clock import Clock

VALID_SECONDS = 2 * 3600
HEADER = "X-Zixin-Form"
"""Where a page shows its token."""


class Sessions:
    def __init__(self, secret: bytes, clock: Clock) -> None:
        self._key = hmac.digest(secret, b"session of a form as a page", hashlib.sha256)
        self._clock = clock

    def begin(self, request: web.Request, response: web.StreamResponse, conversation: str) -> None:
        """Let the browser fill in the forms of this conversation, whose person it has proven to be."""
        issued = int(self._clock.now().timestamp())
        response.set_cookie(
            _cookie_of(conversation),
            f"{issued}.{self._sign(conversation, str(issued))}",
            max_age=VALID_SECONDS,
            path=FORMS,
            secure=is_https(request),
            httponly=True,
            samesite="Strict",
        )

    def since(self, request: web.Request, conversation: str) -> int | None:
        """When the browser's session for this conversation began; None where it has none, or it has run out."""
        issued, _, signature = request.cookies.get(_cookie_of(conversation), "").partition(".")
        if not (issued.isascii() and issued.isdecimal() and len(issued) < 12 and signature.isascii()):
            return None
        good = hmac.compare_digest(signature, self._sign(conversation, issued))
        age = self._clock.now().timestamp() - int(issued)
        return int(issued) if good and age <= VALID_SECONDS else None

    def token(self, conversation: str, since: int) -> str:
        """What the page shows with every change: no other site can read it."""
        return self._sign(conversation, f"change.{since}")

    def is_token(self, request: web.Request, conversation: str, since: int) -> bool:
        shown = request.headers.get(HEADER, "")
        return hmac.compare_digest(shown.encode(), self.token(conversation, since).encode())

    def _sign(self, conversation: str, what: str) -> str:
        return hmac.new(self._key, f"{what}.{conversation}".encode(), hashlib.sha256).hexdigest()


def _cookie_of(conversation: str) -> str:
    """Windows as different people live side by side in one browser, as in the chat."""
    return f"zixin_form_{hashlib.sha256(conversation.encode()).hexdigest()[:16]}"
