"""Who asks: the person that a request names, if its pass is theirs and they are still let in."""

from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.web import people
from bot.web.channel import conversation_of
from bot.web.declined import Declined
from bot.web.passes import Passes
from bot.web.people import Someone
from core.settings import Language, language_named
from core.storage.database import Database

_RENEWS = web.RequestKey("renews_pass_of", int)
"""Whose pass is to be replaced with the answer."""


@dataclass(frozen=True, slots=True)
class Visitor:
    who: Someone
    language: Language

    @property
    def conversation(self) -> str:
        return conversation_of(self.who.id)


class Visitors:
    def __init__(self, database: Database, passes: Passes, language: Language) -> None:
        self._database = database
        self._passes = passes
        self._language = language

    async def of(self, request: web.Request) -> Visitor:
        """The visitor named by ``?as=<person>``. Declines without a valid pass of that very person."""
        person = whole_number(request.query.get("as", ""))
        text = request.cookies.get(Passes.cookie_of(person), "") if person is not None else ""
        issued = self._passes.issued_at(text, person) if person is not None else None
        if person is None or issued is None:
            raise Declined(401, "not-entered")
        found = await self._database.read(lambda session: people.admitted(session, person, issued))
        if found is None:
            raise Declined(401, "not-entered")
        if self._passes.is_aging(issued):
            request[_RENEWS] = person
        return Visitor(found, self.language_of(found))

    @web.middleware
    async def renew(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Give whoever was let in by a pass that grows old a new one, with the answer."""
        response = await handler(request)
        person = request.get(_RENEWS)
        if person is not None and not response.prepared:
            self._passes.give(request, response, person)
        return response

    def language_of(self, who: Someone) -> Language:
        """The language in which the person reads."""
        return language_named(who.language) or self._language


def whole_number(value: object) -> int | None:
    """An id as a page writes it."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 19:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
