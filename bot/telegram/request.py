"""Bot API requests over aiohttp: a third of the cost of the library's own transport.

Besides speed it tells apart what the library does not: a request that never left, one that was answered with
a fault, and one that went out and was lost. Errors never carry the address, because the token is part of it,
and therefore have no cause attached either.
"""

import json
from collections.abc import Mapping
from typing import Any

import aiohttp
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.fetched import FileTooLarge

UNSET: object = BaseRequest.DEFAULT_NONE
_FORM = "application/x-www-form-urlencoded"


class NotSent(NetworkError):
    """No connection was made: Telegram surely did not see the request."""


class ServerFault(NetworkError):
    """Telegram answered with 5xx."""


class Throttled(TelegramError):
    """Telegram answered 429 and named the pause it wants."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"throttled for {seconds} s")
        self.seconds = seconds


class AiohttpRequest(BaseRequest):
    """Transport of ``telegram.Bot``. All timeouts in seconds; ``None`` waits for ever.

    Errors: ``NotSent``, ``ServerFault``, ``Throttled``; ``TimedOut`` and a bare ``NetworkError`` when the
    request went out and its answer was lost.
    """

    def __init__(
        self, *, connect: float = 5.0, read: float = 20.0, upload: float = 60.0, proxy: str | None = None
    ) -> None:
        self._connect, self._read, self._upload = connect, read, upload
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(headers={"User-Agent": self.USER_AGENT}, proxy=self._proxy)

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = UNSET,
        write_timeout: object = UNSET,
        connect_timeout: object = UNSET,
        pool_timeout: object = UNSET,  # noqa: ARG002  connections are made as needed, none is waited for
    ) -> tuple[int, bytes]:
        form = None if request_data is None else _form(request_data)
        upload = self._upload if form is not None and form.is_multipart else self._read
        timeout = _timeout(
            connect=_seconds(connect_timeout, self._connect),
            read=_seconds(read_timeout, self._read),
            write=_seconds(write_timeout, upload),
        )
        return await self._exchange(method, url, form, timeout, limit_bytes=None)

    async def call(self, url: str, parameters: Mapping[str, str]) -> Any:
        """What a method without files answers, as it came: the library takes longer to make objects of an answer
        than to ask for it.

        Errors: as above, and those the library has for a refusal: ``BadRequest``, ``Forbidden``, ``ChatMigrated``,
        ``InvalidToken``. An answer in no known form raises ``KeyError``, ``TypeError`` or ``ValueError``.
        """
        timeout = _timeout(connect=self._connect, read=self._read, write=self._read)
        # aiohttp's own way to write a query, in C: a keyboard in Chinese takes `urlencode` seven times as long.
        form = aiohttp.BytesPayload(URL.build(query=parameters).raw_query_string.encode(), content_type=_FORM)
        status, body = await self._exchange("POST", url, form, timeout, limit_bytes=None)
        if status != 200:
            raise _refusal(status, body)
        return json.loads(body)["result"]

    async def fetch(self, url: str, limit_bytes: int) -> tuple[int, bytes]:
        """Status and content of a file; ``FileTooLarge`` as soon as more than the limit has come."""
        timeout = _timeout(connect=self._connect, read=self._read, write=self._upload)
        return await self._exchange("GET", url, None, timeout, limit_bytes)

    async def _exchange(
        self,
        method: str,
        url: str,
        form: aiohttp.FormData | aiohttp.BytesPayload | None,
        timeout: aiohttp.ClientTimeout,
        limit_bytes: int | None,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("the transport is not initialized")
        try:
            async with self._session.request(
                method, url, data=form, timeout=timeout, allow_redirects=False
            ) as answer:
                body = await _read(answer, limit_bytes)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None
        if answer.status == 429:
            raise Throttled(_retry_after(body))
        if answer.status >= 500:
            raise ServerFault(f"HTTP {answer.status}")
        return answer.status, body


def _timeout(*, connect: float | None, read: float | None, write: float | None) -> aiohttp.ClientTimeout:
    # aiohttp has no limit for writing: the whole may take as long as its parts together.
    total = None if connect is None or read is None or write is None else connect + read + write
    return aiohttp.ClientTimeout(total=total, connect=connect, sock_read=read)


def _seconds(given: object, default: float) -> float | None:
    return given if given is None or isinstance(given, int | float) else default


def _form(request_data: RequestData) -> aiohttp.FormData:
    # Telegram takes file names as raw UTF-8; quoted, people would see 账龄.xlsx as %E8%B4%A6...
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=kind)
    return form


async def _read(answer: aiohttp.ClientResponse, limit_bytes: int | None) -> bytes:
    if limit_bytes is None:
        return await answer.read()
    body = bytearray()
    async for piece in answer.content.iter_any():
        body += piece
        if len(body) > limit_bytes:
            raise FileTooLarge(limit_bytes)
    return bytes(body)


def _refusal(status: int, body: bytes) -> TelegramError:
    """The library's name for what Telegram refuses."""
    try:
        answer = json.loads(body)
        why, migrated = str(answer["description"]), answer.get("parameters", {}).get("migrate_to_chat_id")
    except (ValueError, KeyError, TypeError, AttributeError):
        return NetworkError(f"unreadable answer, HTTP {status}")
    if migrated:
        return ChatMigrated(migrated)
    kinds: dict[int, type[TelegramError]] = {
        400: BadRequest,
        401: InvalidToken,
        403: Forbidden,
        404: InvalidToken,
    }
    return kinds.get(status, NetworkError)(why)


def _retry_after(body: bytes) -> float:
    try:
        return float(json.loads(body)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 5.0  # a proxy's 429 names no pause
