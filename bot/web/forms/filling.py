"""The page and its questions and answers over HTTP: what `bot.dialog.form_page` gives, as JSON."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar

from aiohttp import web
from sqlalchemy.orm import Session

from bot.dialog.form_page import FormPage, FormPages, Given, Refused, Review, Sent
from bot.dialog.opened import NotKnown, Visit
from bot.web.body import read_json, text_in
from bot.web.declined import Declined
from bot.web.forms.sessions import Sessions
from core.clock import Clock
from core.storage.database import Database

MOST_ANSWERS = 200
MOST_CHARACTERS = 2000

T = TypeVar("T")
Followup = Callable[[str, int], None]


class FormFilling:
    def __init__(
        self,
        database: Database,
        clock: Clock,
        pages: FormPages,
        sessions: Sessions,
        followup: Followup,
    ) -> None:
        self._database = database
        self._clock = clock
        self._pages = pages
        self._sessions = sessions
        self._followup = followup

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/page", self.show),
            web.post("/api/answer", self.answer),
            web.post("/api/review", self.review),
            web.post("/api/send", self.send),
            web.post("/api/leave", self.leave),
        ]

    async def show(self, request: web.Request) -> web.Response:
        """The form as it stands, and the token for changing it."""
        visit = self._visit(request)
        try:
            found = await self._database.read(
                lambda session: self._pages.show(session, visit, self._clock.now())
            )
        except NotKnown:
            raise Declined(401, "unbound") from None
        told = _told(found)
        return web.json_response({**told, "token": self._sessions.token(visit.conversation, visit.since)})

    async def answer(self, request: web.Request) -> web.Response:
        """Take answers as they are given, and tell the form as it stands then."""
        visit, given = self._visit(request, changes=True), await _given(request)
        done = await self._turn(lambda session, at: self._pages.answer(session, visit, given, at))
        return web.json_response(_told(done))

    async def review(self, request: web.Request) -> web.Response:
        """Take the last answers and show the whole, or the form with what is wrong or missing."""
        visit, given = self._visit(request, changes=True), await _given(request)
        done = await self._turn(lambda session, at: self._pages.review(session, visit, given, at))
        return web.json_response(_told(done))

    async def send(self, request: web.Request) -> web.Response:
        """Send the form off; what the desk said stands in the conversation too."""
        visit = self._visit(request, changes=True)
        done = await self._turn(lambda session, at: self._pages.send(session, visit, at))
        for kind, number in done.followups if isinstance(done, Sent) else ():
            self._followup(kind, number)
        return web.json_response(_told(done))

    async def leave(self, request: web.Request) -> web.Response:
        """Take the last answers, and let the conversation go on where the page is left."""
        visit, given = self._visit(request, changes=True), await _given(request)
        done = await self._turn(lambda session, at: self._pages.leave(session, visit, given, at))
        return web.json_response(_told(done))

    def _visit(self, request: web.Request, *, changes: bool = False) -> Visit:
        """Which form, and whose. Declines without a session, and a change without the page's token."""
        conversation = request.query.get("as", "")
        since = self._sessions.since(request, conversation)
        if since is None:
            raise Declined(401, "not-entered")
        if changes and not self._sessions.is_token(request, conversation, since):
            raise Declined(403, "wrong-origin")
        return Visit(conversation, since, request.query.get("form", ""), request.query.get("subject", ""))

    async def _turn(self, work: Callable[[Session, datetime], T]) -> T:
        try:
            return await self._database.write(lambda session: work(session, self._clock.now()))
        except NotKnown:
            raise Declined(401, "unbound") from None


async def _given(request: web.Request) -> list[Given]:
    """The answers in the body, in the order of the page."""
    answers = (await read_json(request)).get("answers")
    if not isinstance(answers, list) or len(answers) > MOST_ANSWERS:
        raise Declined(400, "unreadable")
    return [_answer(one) for one in answers]


def _answer(body: object) -> Given:
    if not isinstance(body, dict):
        raise Declined(400, "unreadable")
    key, text = text_in(body, "key"), text_in(body, "text")
    if len(text) > MOST_CHARACTERS:
        raise Declined(413, "too-large")
    return Given(key, text, body.get("chosen") is True)


def _told(done: FormPage | Review | Sent | Refused | None) -> dict[str, Any]:
    """What became of it as JSON. Declines what was refused, with the desk's own sentence."""
    match done:
        case Refused(html):
            raise Declined(409, "refused", html)
        case FormPage():
            return {"page": asdict(done)}
        case Review():
            return {"review": asdict(done)}
        case Sent(html):
            return {"sent": {"html": html}}
        case None:
            return {}
