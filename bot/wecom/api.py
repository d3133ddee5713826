"""The app's API: the few calls that are made of it. Neither the secret nor the token is in any error or log line."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from types import TracebackType
from typing import Any, Self, TypeVar

import aiohttp
from yarl import URL

from bot.fetched import FileTooLarge
from bot.proxy import proxy_for
from bot.wecom.app_errors import Cure, Declined, NoAnswer, NotDone, NotSent, ServerFault
from bot.wecom.app_token import AccessToken

T = TypeVar("T")

OFFICIAL = "https://qyapi.weixin.qq.com"
FILE_SECONDS = 60.0
"""A file may make a pause as long as this."""
_TOKEN_SECONDS = 7200
_MOST_JSON_BYTES = 1024 * 1024
_JSON = ("application/json", "text/plain")
"""What an answer is called that is no file; the service is not strict about it."""

_AS_JSON = {"Content-Type": "application/json"}

_Body = bytes | Callable[[], aiohttp.FormData]
"""JSON, or what makes a form: that can be sent only once."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who the app is."""

    corp_id: str
    agent_id: int
    secret: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What the service says of a message that it took."""

    message_id: str
    response_code: str
    """Of a card: good for one change within 72 hours; else empty."""


class AppApi:
    """One app of one company on one server; an async context manager.

    Errors of every call: `NotDone`, `NoAnswer`, `Declined`. They have no cause attached, because
    that would carry the address, and with it the token.
    """

    def __init__(
        self,
        credentials: Credentials,
        base_url: str = OFFICIAL,
        *,
        connect_seconds: float = 5.0,
        read_seconds: float = 20.0,
    ) -> None:
        self._credentials = credentials
        self._base_url = base_url.rstrip("/")
        # One timer for a request: a second one for its silences would be set anew with each piece that comes.
        self._patience = aiohttp.ClientTimeout(total=read_seconds, connect=connect_seconds)
        self._patience_with_files = aiohttp.ClientTimeout(
            total=2 * FILE_SECONDS, connect=connect_seconds, sock_read=FILE_SECONDS
        )
        self._token = AccessToken(self._new_token)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        # Requests are checked by number, never by cookies.
        self._session = aiohttp.ClientSession(
            cookie_jar=aiohttp.DummyCookieJar(), proxy=proxy_for(self._base_url)
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._token.close()
        if self._session is not None:
            await self._session.close()

    async def send(self, user: str, message: Mapping[str, object]) -> Sent:
        """Send to one member. Raises `Declined` with ``Cure.PERSON`` as well where the answer says yes, but not to
        this member: outside 可见范围, or without a licence."""
        body = {"touser": user, "agentid": self._credentials.agent_id, **message}
        answer = await self._call("message/send", _as_json(body))
        for field in ("invaliduser", "unlicenseduser"):
            if answer.get(field):
                raise Declined(81013, field)
        return Sent(str(answer.get("msgid", "")), str(answer.get("response_code", "")))

    async def update_card(self, user: str, response_code: str, card: Mapping[str, object]) -> None:
        """Replace the card that the code came with, for one member. The code is used up by that."""
        body = {
            "userids": [user],
            "agentid": self._credentials.agent_id,
            "response_code": response_code,
            "template_card": card,
        }
        await self._call("message/update_template_card", _as_json(body))

    async def upload(self, kind: str, name: str, content: bytes) -> str:
        """Bring an ``image`` or ``file`` to the service; the id under which it can be sent, for three days."""

        def form() -> aiohttp.FormData:
            form = aiohttp.FormData(quote_fields=False)
            form.add_field("media", BytesIO(content), filename=name, content_type="application/octet-stream")
            return form

        answer = await self._call("media/upload", form, type=kind)
        return _text(answer, "media_id")

    async def download(self, media_id: str, limit_bytes: int) -> bytes:
        """The content of a file that somebody sent; raises `FileTooLarge` as soon as more than the limit has come."""

        async def ask(token: str) -> bytes:
            kind, content = await self._exchange(
                _address(self._base_url, "media/get", token),
                {"media_id": media_id},
                patience=self._patience_with_files,
                limit_bytes=limit_bytes,
            )
            if kind in _JSON:
                _checked(content)
                raise NoAnswer("no file in the answer")
            return content

        return await self._with_token(ask)

    async def create_menu(self, menu: Mapping[str, object]) -> None:
        """Set the menu under the input field."""
        await self._call("menu/create", _as_json(menu), agentid=str(self._credentials.agent_id))

    async def user_of(self, code: str) -> str:
        """The member who came to a page of ours with this code of an OAuth redirect, good once within five minutes.

        Empty for somebody who is no member of the company.
        """
        answer = await self._call("auth/getuserinfo", code=code)
        return str(answer.get("userid", ""))

    async def _call(self, method: str, body: _Body | None = None, **query: str) -> dict[str, Any]:
        patience = self._patience_with_files if callable(body) else self._patience

        async def ask(token: str) -> dict[str, Any]:
            address = _address(self._base_url, method, token)
            _, content = await self._exchange(address, query, body, patience=patience)
            return _checked(content)

        return await self._with_token(ask)

    async def _with_token(self, ask: Callable[[str], Awaitable[T]]) -> T:
        """Ask, and once more with a new token if this one is used up."""
        token = await self._token.get()
        try:
            return await ask(token)
        except Declined as declined:
            if declined.cure is not Cure.NEW_TOKEN:
                raise
        return await ask(await self._token.get(used_up=token))

    async def _new_token(self) -> tuple[str, float]:
        query = {"corpid": self._credentials.corp_id, "corpsecret": self._credentials.secret}
        try:
            address = _address(self._base_url, "gettoken")
            _, content = await self._exchange(address, query, patience=self._patience)
            answer = _checked(content)
            return _text(answer, "access_token"), float(answer.get("expires_in", _TOKEN_SECONDS))
        except NoAnswer as error:  # whatever it was wanted for has not been asked yet
            raise NotDone(f"no token: {error}") from None

    async def _exchange(
        self,
        address: URL,
        query: Mapping[str, str],
        body: _Body | None = None,
        *,
        patience: aiohttp.ClientTimeout,
        limit_bytes: int = _MOST_JSON_BYTES,
    ) -> tuple[str, bytes]:
        """One request: the type and content of its answer."""
        if self._session is None:
            raise RuntimeError("the API is used outside its context")
        try:
            async with self._session.request(
                "GET" if body is None else "POST",
                address,
                params=query or None,
                data=body() if callable(body) else body,
                headers=_AS_JSON if isinstance(body, bytes) else None,
                timeout=patience,
                allow_redirects=False,
            ) as answer:
                if answer.status != 200:
                    raise ServerFault(answer.status)
                return answer.content_type, await _read(answer, limit_bytes)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(type(error).__name__) from None
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise NoAnswer(type(error).__name__) from None


@lru_cache(maxsize=32)
def _address(base_url: str, method: str, token: str = "") -> URL:
    """Put together once for each token instead of for each request."""
    address = URL(f"{base_url}/cgi-bin/{method}")
    return address.with_query(access_token=token) if token else address


def _as_json(body: Mapping[str, object]) -> bytes:
    return json.dumps(body).encode()


async def _read(answer: aiohttp.ClientResponse, limit_bytes: int) -> bytes:
    content = bytearray()
    async for piece in answer.content.iter_any():
        content += piece
        if len(content) > limit_bytes:
            raise FileTooLarge(limit_bytes)
    return bytes(content)


def _checked(content: bytes) -> dict[str, Any]:
    """The answer, if it says yes. Raises `Declined`, or `NoAnswer` where it is none."""
    try:
        answer = json.loads(content)
        number = int(answer.get("errcode", 0))
    except (ValueError, TypeError, AttributeError):
        raise NoAnswer("unreadable") from None
    if number:
        raise Declined(number, str(answer.get("errmsg", "")))
    found: dict[str, Any] = answer
    return found


def _text(answer: Mapping[str, Any], name: str) -> str:
    """What an answer that says yes must hold."""
    value = answer.get(name)
    if not isinstance(value, str) or not value:
        raise NoAnswer(f"no {name}")
    return value
