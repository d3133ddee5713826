"""The HTTP side of the stand-in: requests, long polling, faults."""

import asyncio
import contextlib
import json
import re
from types import TracebackType
from typing import Any, Self

from aiohttp import BodyPartReader, web

from tests.support.telegram.errors import ApiError
from tests.support.telegram.faults import Fault, Faults
from tests.support.telegram.messages import File
from tests.support.telegram.methods import Methods
from tests.support.telegram.people import PATIENCE, Person
from tests.support.telegram.webhook import Webhook
from tests.support.telegram.world import Call, World

TOKEN = "4242:stand-in-token-of-the-test-bot"
LONGEST_POLL = 50
_FILE_NAME = re.compile(r'filename="((?:[^"\\]|\\.)*)"')


class FakeTelegram:
    """A Bot API server in the test's own loop; an async context manager.

    ``base_url`` and ``token`` are all that a bot needs. ``person`` makes people, ``faults`` orders faults,
    ``world`` is what is behind it all.
    """

    token = TOKEN

    def __init__(self, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self.world = World()
        self.faults = Faults()
        self.polls = 0
        self.webhook_trouble: dict[str, Any] = {}
        """What ``getWebhookInfo`` tells of posts that failed."""
        self._methods = Methods(self.world)
        self._webhook: Webhook | None = None
        self._turn = 0
        self._host, self._port = host, port
        self._ids = iter(range(10_001, 1_000_000))
        self._groups = iter(range(-100_200_001, -100_900_000, -1))
        self.app = web.Application(client_max_size=60 * 1024 * 1024)
        self.app.router.add_route("*", "/bot{token}/{method}", self._serve_method)
        self.app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        self._runner = web.AppRunner(
            self.app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1
        )

    @property
    def base_url(self) -> str:
        return f"http://{self._host}:{self._port}"

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._set_webhook("", "")
        await self._runner.cleanup()

    def person(self, name: str, *, language: str = "zh-hans", started: bool = True) -> Person:
        """Someone new; unless ``started`` the bot may not write to them yet."""
        person = Person(self.world, next(self._ids), name, language)
        if started:
            person.open_chat()
        return person

    def group(self, title: str) -> dict[str, Any]:
        chat = {"id": next(self._groups), "type": "supergroup", "title": title}
        self.world.chats[str(chat["id"])] = chat
        return chat

    def inject(self, body: dict[str, Any]) -> int:
        """Send the bot an update of any shape, however malformed; its id."""
        self.world.updates.allowed, allowed = [], self.world.updates.allowed
        update_id = self.world.tell(body)
        self.world.updates.allowed = allowed
        return update_id

    def calls(self, method: str) -> list[Call]:
        return [call for call in self.world.calls if call.method.lower() == method.lower()]

    async def wait_call(self, method: str, *, count: int = 1, seconds: float = PATIENCE) -> Call:
        """The call that makes it so many."""

        def look() -> Call | None:
            calls = self.calls(method)
            return calls[count - 1] if len(calls) >= count else None

        return await self.world.until(look, seconds, f"{count} × {method}")

    async def wait_confirmed(self, update_id: int, *, seconds: float = PATIENCE) -> None:
        """Until the bot has acknowledged the update: from now on it is the bot's to lose."""
        await self.world.until(
            lambda: update_id in self.world.updates.confirmed or None, seconds, f"confirmation of {update_id}"
        )

    async def _serve_method(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params, uploads = await _arguments(request)
        self.world.calls.append(Call(method, params, uploads))
        self.world.notify()
        fault = self.faults.next(method, params.get("chat_id", ""))
        try:
            if fault is not None:
                _before(fault, request)
            self._check_token(request)
            result = await self._perform(method, params, uploads)
        except ApiError as error:
            return _refusal(error)
        except _Broken as broken:
            return broken.response
        self.world.notify()
        return await _after(fault, request, web.json_response({"ok": True, "result": result}))

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        fault = self.faults.next("file", "")
        try:
            if fault is not None:
                _before(fault, request)
            self._check_token(request)
        except ApiError as error:
            return _refusal(error)
        except _Broken as broken:
            return broken.response
        for file in self.world.files.values():
            if file.path == request.match_info["path"]:
                return await _after(fault, request, web.Response(body=file.content))
        return _refusal(ApiError(404, "Not Found"))

    def _check_token(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if token != self.token:
            well_formed = re.fullmatch(r"\d+:[\w-]{20,}", token)
            raise ApiError(401, "Unauthorized") if well_formed else ApiError(404, "Not Found")

    async def _perform(self, method: str, params: dict[str, str], uploads: dict[str, File]) -> Any:
        match method.lower():
            case "getupdates":
                return await self._get_updates(params)
            case "setwebhook":
                await self._set_webhook(params.get("url", ""), params.get("secret_token", ""))
                if "allowed_updates" in params:
                    self.world.updates.allowed = json.loads(params["allowed_updates"])
                return True
            case "deletewebhook":
                await self._set_webhook("", "")
                if params.get("drop_pending_updates", "").lower() == "true":
                    self.world.updates.confirm(lambda entry: True)
                return True
            case "getwebhookinfo":
                return {
                    "url": self._webhook.url if self._webhook else "",
                    "has_custom_certificate": False,
                    "pending_update_count": len(self.world.updates.pending()),
                    **self.webhook_trouble,
                }
            case _:
                return self._methods.call(method, params, uploads)

    async def _set_webhook(self, url: str, secret: str) -> None:
        if self._webhook is not None:
            await self._webhook.stop()
        self._webhook = Webhook(self.world, url, secret) if url else None

    async def _get_updates(self, params: dict[str, str]) -> list[dict[str, Any]]:
        if self._webhook is not None:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        self._turn += 1
        turn = self._turn
        self.polls += 1
        if "allowed_updates" in params:
            self.world.updates.allowed = json.loads(params["allowed_updates"])
        offset, limit = int(params.get("offset", "0")), int(params.get("limit", "100"))
        batch = self.world.updates.take(offset, limit)
        self.world.notify()  # the older of two pollers is sent away, and confirmations are seen

        def look() -> list[dict[str, Any]] | None:
            if self._turn != turn:
                raise ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request; "
                    "make sure that only one bot instance is running",
                )
            return self.world.updates.take(0, limit) or None

        if not batch:
            with contextlib.suppress(AssertionError):
                batch = await self.world.until(
                    look, min(int(params.get("timeout", "0")), LONGEST_POLL), "update"
                )
        return batch


class _Broken(Exception):
    """A fault took the request before anything was done."""

    def __init__(self, response: web.StreamResponse) -> None:
        super().__init__()
        self.response = response


def _before(fault: Fault, request: web.Request) -> None:
    match fault.kind:
        case "throttle":
            wait = int(fault.seconds)
            raise ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        case "error":
            page = f"<html><body><h1>{fault.status}</h1></body></html>"
            raise _Broken(web.Response(status=fault.status, text=page, content_type="text/html"))
        case "drop_before":
            raise _Broken(_cut(request))


async def _after(fault: Fault | None, request: web.Request, answer: web.Response) -> web.StreamResponse:
    match fault.kind if fault else None:
        case "drop_after":
            return _cut(request)
        case "delay":
            assert fault is not None
            await asyncio.sleep(fault.seconds)
        case "garble":
            return web.Response(body=b'{"ok": true, "resu', content_type="application/json")
    return answer


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _refusal(error: ApiError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.json_response(body, status=error.code)


async def _arguments(request: web.Request) -> tuple[dict[str, str], dict[str, File]]:
    params = dict(request.query)
    uploads: dict[str, File] = {}
    if request.content_type == "application/json":
        given = await request.json()
        params |= {name: one if isinstance(one, str) else json.dumps(one) for name, one in given.items()}
    elif request.content_type.startswith("multipart/"):
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            name = _FILE_NAME.search(part.headers.get("Content-Disposition", ""))
            if name is None:
                params[part.name or ""] = await part.text()
            else:
                content = bytes(await part.read())
                kind = part.headers.get("Content-Type", "application/octet-stream")
                uploads[part.name or ""] = File("", name[1], content, "", kind)
    else:
        params |= {name: str(value) for name, value in (await request.post()).items()}
    return params, uploads
