"""The way to one bot on one Bot API server."""

import json
import logging
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

import telegram
from telegram.error import Conflict, InvalidToken, NetworkError

from bot.proxy import proxy_for
from bot.telegram.request import AiohttpRequest

OFFICIAL = "https://api.telegram.org"
LONG_POLL_SECONDS = 50
"""The longest wait the official server grants."""

_ALLOWED_UPDATES = json.dumps(["message", "edited_message", "callback_query", "my_chat_member"])
_BATCH = 100


class WrongToken(Exception):
    """The server does not know the token: only a person can mend that."""


class Api:
    """A bot's address, its token and its connections; an async context manager.

    ``bot`` sends; ``updates`` receives, as raw JSON, so that nothing a library cannot parse gets lost.
    """

    def __init__(
        self, token: str, base_url: str = OFFICIAL, *, request: AiohttpRequest | None = None
    ) -> None:
        # At DEBUG the library logs its base address, of which the token is a part.
        logging.getLogger("telegram.Bot").setLevel(logging.INFO)
        self.base_url = base_url = base_url.rstrip("/")
        self._file_url = f"{base_url}/file/bot{token}"
        self._url = f"{base_url}/bot{token}"
        self.request = request or AiohttpRequest(proxy=proxy_for(base_url))
        self.bot = telegram.Bot(
            token,
            base_url=f"{base_url}/bot",
            base_file_url=f"{base_url}/file/bot",
            request=self.request,
            get_updates_request=self.request,
        )

    async def __aenter__(self) -> Self:
        await self.request.initialize()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.request.shutdown()

    async def claim_updates(self) -> None:
        """Take a webhook away, if there is one: while it stands nobody can poll. Nothing pending is dropped.

        Errors: ``WrongToken``, ``telegram.error.TelegramError``.
        """
        try:
            await self.bot.delete_webhook(drop_pending_updates=False)
        except InvalidToken:
            raise WrongToken from None

    async def set_webhook(self, address: str, secret: str) -> None:
        """Have updates posted to an address, with the secret in a header. Nothing pending is dropped.

        Errors: ``WrongToken``, ``telegram.error.TelegramError``.
        """
        try:
            await self.request.call(
                f"{self._url}/setWebhook",
                {
                    "url": address,
                    "secret_token": secret,
                    "allowed_updates": _ALLOWED_UPDATES,
                    "drop_pending_updates": "false",
                },
            )
        except InvalidToken:
            raise WrongToken from None

    async def file(self, file_id: str) -> tuple[str, int | None]:
        """Where a file that somebody sent lies on the server, and its size as far as Telegram tells.

        Errors: as of `AiohttpRequest.call`.
        """
        found = await self.request.call(f"{self._url}/getFile", {"file_id": file_id})
        if not isinstance(found, dict) or not isinstance(found.get("file_path"), str):
            raise NetworkError("Telegram names no path for the file")
        size = found.get("file_size")
        return found["file_path"], size if isinstance(size, int) else None

    def file_address(self, path: str) -> str:
        """The address that a path is downloaded from; the token is part of it."""
        return f"{self._file_url}/{path}"

    async def updates(self, offset: int, *, wait_seconds: int = LONG_POLL_SECONDS) -> list[Any]:
        """The next updates as they came; asking with an offset confirms all before it.

        Errors: ``WrongToken``; ``Conflict`` if someone else polls; ``Throttled``; ``NetworkError``.
        """
        question = {
            "offset": offset,
            "limit": _BATCH,
            "timeout": wait_seconds,
            "allowed_updates": _ALLOWED_UPDATES,
        }
        status, body = await self.request.do_request(
            f"{self._url}/getUpdates?{urlencode(question)}", "GET", read_timeout=wait_seconds + 10
        )
        if status in (401, 404):
            raise WrongToken
        if status == 409:
            raise Conflict("another poller or a webhook")
        try:
            updates = json.loads(body)["result"]
        except (ValueError, KeyError, TypeError):
            raise NetworkError(f"unreadable answer, HTTP {status}") from None
        if not isinstance(updates, list):
            raise NetworkError("unreadable answer, no list")
        return updates
