"""The conversation: what was said, saying something, and being told that there is news."""

import asyncio
from urllib.parse import quote

from aiohttp import web

from bot.web import history
from bot.web.body import key_in, read_file, read_json, text_in
from bot.web.channel import Page, TooManyPages
from bot.web.declined import Declined
from bot.web.ports import Ports
from bot.web.post import Post
from bot.web.visitor import Visitors

LOOK_SECONDS = 1.0
"""What another process said is seen within this."""
BREATHS = 15
"""After so many looks without news a page is sent an empty line, so that no proxy takes the line for dead."""
LET_GO = b"retry: 30000\n\n"
"""To a page that gives way to a newer one of the same person: come back, but not so soon that the two turn in a circle."""

_PICTURES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}
"""Shown in the page. Everything else, whatever it claims to be, is handed over as mere bytes."""


class Talking:
    def __init__(self, ports: Ports, visitors: Visitors, post: Post) -> None:
        self._ports = ports
        self._visitors = visitors
        self._post = post

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/messages", self.messages),
            web.get("/api/events", self.events),
            web.post("/api/say", self.say),
            web.post("/api/tap", self.tap),
            web.post("/api/file", self.send_file),
            web.get("/api/file/{item}", self.get_file),
        ]

    async def messages(self, request: web.Request) -> web.Response:
        """What is new after the cursor; without one, the newest of it all."""
        visitor = await self._visitors.of(request)
        try:
            after = history.Cursor.from_text(request.query.get("after", ""))
        except history.NotACursor:
            raise Declined(400, "unreadable") from None
        items, cursor = await self._ports.database.read(
            lambda session: history.since(
                session, self._ports.words, visitor.conversation, after, visitor.language
            )
        )
        return web.json_response(
            {
                "me": visitor.who.as_json(visitor.language),
                "language": visitor.language,
                "items": [item.as_json() for item in items],
                "cursor": str(cursor),
            }
        )

    async def say(self, request: web.Request) -> web.Response:
        visitor = await self._visitors.of(request)
        body = await read_json(request)
        text = text_in(body, "text")
        if not text.strip():
            raise Declined(400, "empty")
        await self._post.say(visitor, key_in(body.get("key")), text)
        return web.json_response({})

    async def tap(self, request: web.Request) -> web.Response:
        visitor = await self._visitors.of(request)
        body = await read_json(request)
        data, label, message = (text_in(body, name) for name in ("data", "label", "message"))
        if len(data.encode()) > 64 or len(label) > 200 or len(message) > 40:
            raise Declined(400, "unreadable")
        await self._post.tap(visitor, key_in(body.get("key")), data, label, message)
        return web.json_response({})

    async def send_file(self, request: web.Request) -> web.Response:
        visitor = await self._visitors.of(request)
        key = key_in(request.query.get("key"))
        name, content = await read_file(request)
        await self._post.file(visitor, key, name, content)
        return web.json_response({})

    async def get_file(self, request: web.Request) -> web.Response:
        """A file of the visitor's own conversation, to be kept rather than opened here."""
        visitor = await self._visitors.of(request)
        item = request.match_info["item"]
        found = await self._ports.database.read(
            lambda session: history.attachment(
                session, self._ports.words, visitor.conversation, item, visitor.language
            )
        )
        if found is None:
            raise Declined(404, "no-file")
        name, content = found
        ending = name.rpartition(".")[2].lower()
        return web.Response(
            body=content,
            content_type=_PICTURES.get(ending, "application/octet-stream"),
            headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"},
        )

    async def events(self, request: web.Request) -> web.StreamResponse:
        """A line that says “changed” whenever the page should read on, for as long as it is open.

        503 when this process has as many as it serves: the page then asks now and then. Of one person's pages in
        excess the oldest is let go.
        """
        visitor = await self._visitors.of(request)
        try:
            with self._ports.channel.page(visitor.conversation) as page:
                response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
                await response.prepare(request)
                await self._tell(page, visitor.conversation, request, response)
                return response
        except TooManyPages:
            raise web.HTTPServiceUnavailable from None

    async def _tell(
        self, page: Page, conversation: str, request: web.Request, response: web.StreamResponse
    ) -> None:
        """Returns when the page has gone or has to go."""
        told: history.Cursor | None = None
        silent = 0
        while not self._ports.channel.closed and request.transport is not None:
            page.nudged.clear()
            now = await self._ports.database.read(lambda session: history.newest(session, conversation))
            silent = 0 if now != told else silent + 1
            try:
                if page.let_go:
                    await response.write(LET_GO)
                    return
                if now != told:
                    await response.write(b"data: changed\n\n")
                elif silent % BREATHS == 0:
                    await response.write(b":\n\n")
            except ConnectionError:
                return
            told = now
            await _until(page.nudged)


async def _until(nudged: asyncio.Event) -> None:
    """Wait for a nudge, at most `LOOK_SECONDS`."""
    try:
        async with asyncio.timeout(LOOK_SECONDS):
            await nudged.wait()
    except TimeoutError:
        return
