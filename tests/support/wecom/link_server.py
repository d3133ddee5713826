"""A strict stand-in of the service behind WeCom's long connection, and of where it keeps what members send.

Written from the protocol as documented and as its users report it. What the service refuses is refused here, what it
would clip on the screen fails the test, and what it does not promise (a second delivery, a late change of a card) does
not happen.
"""

import asyncio
import itertools
import json
import ssl
import time
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import web
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from tests.support.wecom.members import Member, seal
from tests.support.wecom.shown import Clipped, Refusal, Shown, shown, shown_card
from tests.support.wecom.uploads import Uploads

Found = TypeVar("Found")
Body = dict[str, Any]
BOT_ID, SECRET = "aibTestBot", "secret-of-the-test-bot"
ANSWER_SECONDS = 5.0
"""To answer an entrance or a tap."""


class FakeWeCom:
    """The service in the test's own loop; an async context manager. ``ws_url``, ``bot_id`` and ``secret`` are all it takes."""

    bot_id, secret = BOT_ID, SECRET

    def __init__(
        self,
        *,
        most_a_minute: int = 30,
        subscriptions_a_minute: int = 20,
        certificate: Path | None = None,
    ) -> None:
        """With a certificate (and its key, in one file) the connection is TLS, as the service's is."""
        self.members: dict[str, Member] = {}
        self.uploads = Uploads()
        self.requests: list[tuple[str, Body]] = []
        """Every request that the bot made, whatever became of it."""
        self.subscribed = 0
        self.kicked = 0
        self.told = 0
        """Things that members did."""
        self.silent = False
        """A dead line: what comes in is not answered."""
        self.clipped: list[str] = []
        """What a member could not have read to its end."""
        self.task_ids: set[str] = set()
        self._tls: ssl.SSLContext | None = None
        if certificate is not None:
            self._tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            self._tls.load_cert_chain(certificate)
        self._most_a_minute = most_a_minute
        self._subscriptions_a_minute = subscriptions_a_minute
        self._subscriptions: deque[float] = deque()
        self._sent: defaultdict[str, deque[float]] = defaultdict(deque)
        self._faults: list[tuple[str, str, float]] = []
        self._late: set[asyncio.Task[None]] = set()
        self._waiting: dict[str, tuple[str, float, Member, str]] = {}
        self._held: list[Body] | None = None
        self._files: dict[str, tuple[str, bytes]] = {}
        self._numbers = itertools.count(1)
        self._moved = 0.0
        self._bot: ServerConnection | None = None
        self._changed = asyncio.Event()
        self._server: Server | None = None
        app = web.Application()
        app.router.add_get("/file/{number}", self._serve_file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    # the service itself

    async def __aenter__(self) -> Self:
        self._server = await serve(self._talk, "127.0.0.1", 0, ping_interval=None, ssl=self._tls)
        port = next(iter(self._server.sockets)).getsockname()[1]
        self.ws_url = f"{'ws' if self._tls is None else 'wss'}://127.0.0.1:{port}"
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.files_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/file"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        for late in self._late:
            late.cancel()
        self._server.close()
        await self._server.wait_closed()
        await self._runner.cleanup()
        if error is None:
            assert not self.clipped, self.clipped

    @property
    def up(self) -> bool:
        """Is the bot connected?"""
        return self._bot is not None

    def now(self) -> float:
        return time.monotonic() + self._moved

    def pass_time(self, seconds: float) -> None:
        """Move the service's clock on."""
        self._moved += seconds

    def member(self, userid: str, *, wrote: bool = True) -> Member:
        """Somebody of the company; unless they ``wrote`` once, the bot may not write to them."""
        member = self.members[userid] = Member(self, userid, wrote)
        return member

    # faults, each used up by the next such request

    def refuses(self, cmd: str, errcode: int, times: int = 1) -> None:
        """It is not done."""
        self._faults += [(cmd, "refuse", errcode)] * times

    def swallows(self, cmd: str, times: int = 1) -> None:
        """It is done, and no answer comes."""
        self._faults += [(cmd, "swallow", 0)] * times

    def delays(self, cmd: str, seconds: float, times: int = 1) -> None:
        """It is done at once, and the answer comes late."""
        self._faults += [(cmd, "delay", seconds)] * times

    async def closes(self, code: int) -> None:
        assert self._bot is not None
        await self._bot.close(code)

    def aborts(self) -> None:
        assert self._bot is not None
        self._bot.transport.abort()

    async def kicks(self) -> None:
        """As when somebody else connects as the same bot."""
        bot, self._bot = self._bot, None
        assert bot is not None
        await self._kick(bot)

    def hold(self) -> None:
        """Keep what members do back, until `release`."""
        self._held = []

    async def release(self, *, backwards: bool = False) -> None:
        held, self._held = self._held or [], None
        for frame in reversed(held) if backwards else held:
            await self._deliver(frame)

    def forget(self, keep: int) -> None:
        """What lies far back; a card that was sent is refused for ever."""
        self.requests.clear()
        for kept in (self._waiting, self.uploads.kept):
            for name in list(kept)[:-keep]:
                del kept[name]
        for member in self.members.values():
            del member.messages[:-keep]
            del member.changes[:-keep]

    # what members do reaches the bot

    async def tell(self, cmd: str, body: Body, answer_to: tuple[str, Member, str] | None = None) -> Body:
        """Tell the bot; told to nobody while it is not connected, and not again later."""
        number = next(self._numbers)
        self.told += 1
        frame = {
            "cmd": cmd,
            "headers": {"req_id": f"callback-{number}"},
            "body": {
                "msgid": f"msg-{number}",
                "aibotid": self.bot_id,
                "create_time": int(self.now()),
                **body,
            },
        }
        if answer_to is not None:
            kind, member, task_id = answer_to
            self._waiting[f"callback-{number}"] = (kind, self.now(), member, task_id)
        if self._held is not None:
            self._held.append(frame)
        else:
            await self._deliver(frame)
        return frame

    async def repeat(self, frame: Body) -> None:
        """The same once more, as after a connection that ended at the wrong moment."""
        await self._deliver(frame)

    async def raw(self, text: str) -> None:
        """A frame of any shape."""
        assert self._bot is not None
        await self._bot.send(text)

    def keep(self, name: str, content: bytes) -> Body:
        """Where a member's file lies, sealed, and its key."""
        key, sealed = seal(content)
        number = str(next(self._numbers))
        self._files[number] = (name, sealed)
        return {"url": f"{self.files_url}/{number}", "aeskey": key}

    def forget_files(self) -> None:
        """Five minutes later."""
        self._files.clear()

    async def until(self, look: Callable[[], Found | None], what: str, seconds: float = 10.0) -> Found:
        async with asyncio.timeout(seconds):
            while True:
                if (found := look()) is not None:
                    return found
                self._changed.clear()
                try:
                    async with asyncio.timeout(0.05):
                        await self._changed.wait()
                except TimeoutError:
                    continue
        raise AssertionError(what)

    async def serves(self, times: int | None = None) -> None:
        """Until the bot has subscribed once more, or so many times in all."""
        wanted = self.subscribed + 1 if times is None else times
        await self.until(lambda: self.subscribed >= wanted or None, "a subscription", 60.0)

    def asked(self, cmd: str) -> list[Body]:
        return [body for name, body in self.requests if name == cmd]

    async def _serve_file(self, request: web.Request) -> web.Response:
        if (found := self._files.get(request.match_info["number"])) is None:
            raise web.HTTPForbidden
        name, sealed = found
        headers = {"Content-Disposition": f'attachment; filename="{name}"'} if name else {}
        return web.Response(body=sealed, headers=headers)

    async def _deliver(self, frame: Body) -> None:
        if self._bot is None:
            return
        try:
            await self._bot.send(json.dumps(frame, ensure_ascii=False))
        except ConnectionClosed:
            return

    async def _talk(self, connection: ServerConnection) -> None:
        try:
            async for text in connection:
                assert isinstance(text, str), "frames are text"
                frame = json.loads(text)
                if self.silent:
                    continue
                await self._take(connection, frame)
                self._changed.set()
        except ConnectionClosed:
            pass
        finally:
            if self._bot is connection:
                self._bot = None

    async def _take(self, connection: ServerConnection, frame: Body) -> None:
        cmd, req_id, body = frame["cmd"], frame["headers"]["req_id"], frame.get("body", {})
        self.requests.append((cmd, body))
        answer: Body = {"headers": {"req_id": req_id}, "errcode": 0, "errmsg": "ok"}
        fault = next((one for one in self._faults if one[0] == cmd), None)
        if fault is not None:
            self._faults.remove(fault)
        try:
            if fault is not None and fault[1] == "refuse":
                raise Refusal(int(fault[2]), "as ordered")
            done = await self._do(connection, cmd, req_id, body)
            if done:
                answer["body"] = done
        except Refusal as refusal:
            answer |= {"errcode": refusal.errcode, "errmsg": refusal.errmsg}
        except Clipped as clipped:
            self.clipped.append(str(clipped))
            answer |= {"errcode": 40058, "errmsg": str(clipped)}
        if fault is not None and fault[1] == "swallow":
            return
        if fault is not None and fault[1] == "delay":
            late = asyncio.create_task(self._answer_late(connection, answer, fault[2]))
            self._late.add(late)
            late.add_done_callback(self._late.discard)
            return
        await connection.send(json.dumps(answer))

    @staticmethod
    async def _answer_late(connection: ServerConnection, answer: Body, seconds: float) -> None:
        await asyncio.sleep(seconds)
        with suppress(ConnectionClosed):
            await connection.send(json.dumps(answer))

    async def _do(self, connection: ServerConnection, cmd: str, req_id: str, body: Body) -> Body | None:
        if cmd == "aibot_subscribe":
            return await self._subscribe(connection, body)
        if self._bot is not connection:
            raise Refusal(846600, "not subscribed")
        match cmd:
            case "ping":
                return None
            case "aibot_send_msg":
                return self._send(body)
            case "aibot_respond_welcome_msg":
                return self._welcome(req_id, body)
            case "aibot_respond_update_msg":
                return self._update(req_id, body)
            case "aibot_upload_media_init":
                return self.uploads.begin(body)
            case "aibot_upload_media_chunk":
                return self.uploads.piece(body)
            case "aibot_upload_media_finish":
                return self.uploads.finish(body)
            case _:
                raise Refusal(846601, f"unknown cmd {cmd}")

    async def _subscribe(self, connection: ServerConnection, body: Body) -> None:
        now = self.now()
        self._subscriptions.append(now)
        while self._subscriptions[0] < now - 60:
            self._subscriptions.popleft()
        if len(self._subscriptions) > self._subscriptions_a_minute:
            raise Refusal(45009, "reach max api daily quota limit")
        if (body.get("bot_id"), body.get("secret")) != (self.bot_id, self.secret):
            raise Refusal(40001, "invalid secret")
        earlier, self._bot = self._bot, connection
        self.subscribed += 1
        if earlier is not None and earlier is not connection:
            await self._kick(earlier)

    async def _kick(self, connection: ServerConnection) -> None:
        self.kicked += 1
        event = {"msgtype": "event", "event": {"eventtype": "disconnected_event"}}
        try:
            await connection.send(
                json.dumps({"cmd": "aibot_event_callback", "headers": {"req_id": "kick"}, "body": event})
            )
            await connection.close(1000)
        except ConnectionClosed:
            return

    def _send(self, body: Body) -> None:
        member = self.members.get(body.get("chatid", ""))
        if member is None or body.get("chat_type") != 1 or not member.wrote:
            raise Refusal(93006, "invalid chatid")
        self._show(member, body)

    def _show(self, member: Member, body: Body) -> Shown:
        now, sent = self.now(), self._sent[member.userid]
        while sent and sent[0] < now - 60:
            sent.popleft()
        if len(sent) >= self._most_a_minute:
            raise Refusal(846607, "conversation message frequency limit")
        message = shown(body, self.uploads.kept, self.task_ids)
        sent.append(now)
        member.messages.append(message)
        return message

    def _welcome(self, req_id: str, body: Body) -> None:
        _, _, member, _ = self._due(req_id, "entrance")
        if body.get("msgtype") == "text":
            body = {"msgtype": "markdown", "markdown": body["text"]}
        elif body.get("msgtype") != "template_card":
            raise Refusal(40008, "invalid message type")
        self._show(member, body)

    def _update(self, req_id: str, body: Body) -> None:
        _, _, member, task_id = self._due(req_id, "tap")
        card = shown_card(body["template_card"])
        if body.get("response_type") != "update_template_card" or card.task_id != task_id:
            raise Refusal(42016, "the task_id is not the card's")
        member.change(card)

    def _due(self, req_id: str, kind: str) -> tuple[str, float, Member, str]:
        waiting = self._waiting.get(req_id)
        if waiting is None or waiting[0] != kind:
            raise Refusal(846605, "invalid req_id")
        if self.now() - waiting[1] > ANSWER_SECONDS:
            raise Refusal(846605, "invalid req_id: too late")
        if waiting[0] == "answered":
            raise Refusal(846606, "already responded")
        self._waiting[req_id] = ("answered", *waiting[1:])
        return waiting
