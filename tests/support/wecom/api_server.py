"""A strict stand-in of WeCom for a self-built app: the API as it answers, and the calls that it makes.

Real HTTP both ways. ``base_url`` and the credentials are all that the program needs; ``member`` makes people.
"""

import asyncio
import time
from collections import Counter, deque
from types import TracebackType
from typing import Any, Self

from aiohttp import BodyPartReader, web
from pydantic import SecretStr

from core.clock import Clock, SystemClock
from tests.support.wecom.app_cards import ApiError
from tests.support.wecom.app_people import Member
from tests.support.wecom.app_world import World
from tests.support.wecom.calling import Caller

CORP_ID, AGENT_ID, SECRET = "ww1234567890abcdef", 1000002, "secret-of-the-stand-in"
CALLBACK_TOKEN, ENCODING_AES_KEY = "tokenOfTheCompany", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
_NAMES = {"button": 16, "sub_button": 40}
_Fault = tuple[str, Any]


class FakeApp:
    """WeCom in the test's own loop; an async context manager."""

    def __init__(self, clock: Clock | None = None) -> None:
        """``clock`` is the one of the program: the calls bear its time."""
        self._moved = 0.0
        self.world = World(lambda: time.time() + self._moved)
        self.caller = Caller(clock or SystemClock(), CORP_ID, AGENT_ID, CALLBACK_TOKEN, ENCODING_AES_KEY)
        self.calls: Counter[str] = Counter()
        self.trusted = True
        """Is the address of the program among the app's trusted ones?"""
        self.tokens: set[str] = set()
        self.token_seconds = 7200
        self._faults: dict[str, deque[_Fault]] = {}
        self._tokens_made = 0
        app = web.Application(client_max_size=30 * 1024 * 1024)
        app.router.add_get("/cgi-bin/gettoken", self._get_token)
        app.router.add_route("*", "/cgi-bin/{method:.+}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    @property
    def settings(self) -> dict[str, Any]:
        """What an installation is told of this app."""
        return {
            "wecom_corp_id": CORP_ID,
            "wecom_agent_id": AGENT_ID,
            "wecom_secret": SecretStr(SECRET),
            "wecom_callback_token": SecretStr(CALLBACK_TOKEN),
            "wecom_encoding_aes_key": SecretStr(ENCODING_AES_KEY),
            "wecom_base_url": self.base_url,
        }

    @property
    def base_url(self) -> str:
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        await self.caller.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.caller.close()
        await self._runner.cleanup()

    def member(self, userid: str) -> Member:
        self.world.members.add(userid)
        return Member(self.world, self.caller, userid)

    def pass_time(self, seconds: float) -> None:
        """Codes, media and limits grow old."""
        self._moved += seconds

    # faults to order, each used up by the next call of its method

    def refuses(self, method: str, number: int, hint: str = "", *, times: int = 1) -> None:
        """Answers with a number; nothing is done."""
        self._order(method, ("refuse", (number, hint)), times)

    def fails(self, method: str, status: int, *, times: int = 1) -> None:
        """Answers with a page of an HTTP error; nothing is done."""
        self._order(method, ("fail", status), times)

    def cuts(self, method: str, *, done: bool, times: int = 1) -> None:
        """The connection breaks, before or after it was done."""
        self._order(method, ("cut_after" if done else "cut_before", None), times)

    def dawdles(self, method: str, seconds: float, *, times: int = 1) -> None:
        """It is done, and the answer comes late."""
        self._order(method, ("late", seconds), times)

    def garbles(self, method: str, *, times: int = 1) -> None:
        """It is done, and the answer is not JSON."""
        self._order(method, ("garble", None), times)

    def heals(self) -> None:
        """No fault is left."""
        self._faults.clear()

    def _order(self, method: str, fault: _Fault, times: int) -> None:
        self._faults.setdefault(method, deque()).extend([fault] * times)

    # the API

    async def _get_token(self, request: web.Request) -> web.StreamResponse:
        async def make() -> dict[str, Any]:
            if not self.trusted:
                raise _untrusted()
            if request.query.get("corpid") != CORP_ID:
                raise ApiError(40013, "invalid corpid")
            if request.query.get("corpsecret") != SECRET:
                raise ApiError(40001, "invalid credential")
            self._tokens_made += 1
            self.tokens = {f"access-token-{self._tokens_made}"}
            return {"access_token": f"access-token-{self._tokens_made}", "expires_in": self.token_seconds}

        return await self._answered("gettoken", request, make)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]

        async def perform() -> dict[str, Any] | web.Response:
            self._check_caller(request)
            match method:
                case "message/send":
                    return self.world.send(self._for_us(await request.json()))
                case "message/update_template_card":
                    self.world.update(self._for_us(await request.json()))
                    return {}
                case "media/upload":
                    return await self._upload(request)
                case "media/get":
                    media = self.world.medium(request.query.get("media_id", ""))
                    return web.Response(body=media.content, content_type="image/jpeg")
                case "menu/create":
                    _check_menu(await request.json())
                    if request.query.get("agentid") != str(AGENT_ID):
                        raise ApiError(40056, "invalid agentid")
                    self.world.menu = await request.json()
                    self.world.notify()
                    return {}
                case "auth/getuserinfo":
                    code = request.query.get("code", "")
                    if not code.startswith("for-"):
                        raise ApiError(40029, "invalid code")
                    return {"userid": code.removeprefix("for-")}
                case "agent/get":
                    if request.query.get("agentid") != str(AGENT_ID):
                        raise ApiError(301002, "agentid is not matched")
                    return {"agentid": AGENT_ID, "name": "资信"}
                case "user/get":
                    if request.query.get("userid") not in self.world.members:
                        raise ApiError(60111, "userid not found")
                    return {"userid": request.query["userid"]}
            raise ApiError(48002, "api forbidden")

        return await self._answered(method, request, perform)

    def _check_caller(self, request: web.Request) -> None:
        token = request.query.get("access_token")
        if not token:
            raise ApiError(41001, "access_token missing")
        if token not in self.tokens:
            raise ApiError(42001, "access_token expired")
        if not self.trusted:
            raise _untrusted()

    def _for_us(self, body: Any) -> dict[str, Any]:
        if not isinstance(body, dict) or body.get("agentid") != AGENT_ID:
            raise ApiError(40056, "invalid agentid")
        return body

    async def _upload(self, request: web.Request) -> dict[str, Any]:
        part = await (await request.multipart()).next()
        assert isinstance(part, BodyPartReader)
        if part.name != "media" or not part.filename:
            raise ApiError(44001, "empty media data")
        content, kind = bytes(await part.read()), request.query.get("type", "")
        most = {"image": 10, "file": 20}.get(kind, 0) * 1024 * 1024
        if not 5 < len(content) <= most:
            raise ApiError(40006 if content else 44001, "media size")
        return {"type": kind, "media_id": self.world.keep(part.filename, content, kind)}

    async def _answered(self, method: str, request: web.Request, perform: Any) -> web.StreamResponse:
        self.calls[method] += 1
        faults = self._faults.get(method)
        kind, what = faults.popleft() if faults else ("", None)
        if kind == "fail":
            return web.Response(status=what, text="<html>sorry</html>", content_type="text/html")
        if kind == "cut_before":
            return _cut(request)
        try:
            if kind == "refuse":
                raise ApiError(*what)
            done = await perform()
        except ApiError as error:
            return web.json_response({"errcode": error.number, "errmsg": error.hint})
        if kind == "cut_after":
            return _cut(request)
        if kind == "late":
            await asyncio.sleep(what)
        if kind == "garble":
            return web.Response(text='{"errcode": 0, "errm', content_type="application/json")
        return done if isinstance(done, web.Response) else web.json_response({"errcode": 0, **done})


def _untrusted() -> ApiError:
    return ApiError(
        60020, "not allow to access from your ip, hint: [16400000001], from ip: 203.0.113.9, more info at …"
    )


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _check_menu(menu: Any) -> None:
    """Raises `ApiError` for a menu that is larger than the service takes."""
    buttons = menu.get("button", [])
    if not 1 <= len(buttons) <= 3:
        raise ApiError(40016, "button size")
    for button in buttons:
        below = button.get("sub_button", [])
        if len(below) > 5:
            raise ApiError(40023, "sub button size")
        for each, most in [(button, _NAMES["button"]), *((one, _NAMES["sub_button"]) for one in below)]:
            if not each.get("name") or len(each["name"].encode()) > most:
                raise ApiError(40018, "button name size")
            if not each.get("sub_button") and (
                each.get("type") != "click" or not 0 < len(each.get("key", "").encode()) <= 128
            ):
                raise ApiError(40019, "button key size")
