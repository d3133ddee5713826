"""The way in: whom one can be, becoming one of them, and the language one reads."""

from aiohttp import web

from bot.web import people
from bot.web.body import key_in, read_json, text_in
from bot.web.channel import conversation_of
from bot.web.declined import Declined
from bot.web.passes import Passes
from bot.web.ports import Ports
from bot.web.post import Post
from bot.web.visitor import Visitors, whole_number
from core.rules.refusal import Refusal
from core.settings import Language, language_named
from core.texts.catalog import say


class Entrance:
    def __init__(self, ports: Ports, passes: Passes, visitors: Visitors, post: Post) -> None:
        self._ports = ports
        self._passes = passes
        self._visitors = visitors
        self._post = post
        self._demo = ports.settings.web_chat == "demo"

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/people", self.people),
            web.post("/api/enter", self.enter),
            web.post("/api/language", self.language),
        ]

    async def people(self, request: web.Request) -> web.Response:
        """How one gets in here. In the demo everybody is offered; else nobody is named to a stranger."""
        language = self._language(request.query.get("language"))
        if not self._demo:
            return web.json_response({"mode": "login", "groups": []})
        signers = self._ports.signers
        groups = await self._ports.database.read(lambda session: people.groups(session, signers, language))
        return web.json_response({"mode": "demo", "groups": groups})

    async def enter(self, request: web.Request) -> web.Response:
        """Let somebody in: in the demo as the person they pick, else with an invitation code."""
        body = await read_json(request)
        key = key_in(body.get("key"))
        language = self._language(body.get("language"))
        person = await (self._picked(body.get("person")) if self._demo else self._admitted(body, language))
        who = await self._ports.database.read(lambda session: people.someone(session, person))
        if who is None:
            raise Declined(404, "nobody")
        if self._visitors.language_of(who) != language:
            await self._ports.doorkeeper.speak(person, language)
        await self._post.start(conversation_of(person), key, language)
        response = web.json_response({"id": person})
        self._passes.give(request, response, person)
        return response

    async def language(self, request: web.Request) -> web.Response:
        """From now on the person reads this language."""
        visitor = await self._visitors.of(request)
        language = language_named((await read_json(request)).get("language"))
        if language is None:
            raise Declined(400, "unreadable")
        await self._ports.doorkeeper.speak(visitor.who.id, language)
        return web.json_response({"language": language})

    async def _picked(self, value: object) -> int:
        person = whole_number(value)
        if person is None:
            raise Declined(400, "unreadable")
        if await self._ports.database.read(lambda session: people.someone(session, person)) is None:
            raise Declined(404, "nobody")
        await self._ports.doorkeeper.welcome(person)
        return person

    async def _admitted(self, body: dict[str, object], language: Language) -> int:
        try:
            return await self._ports.doorkeeper.admit(text_in(body, "code").strip())
        except Refusal as refusal:
            raise Declined(403, "refused", say(language, f"refusal-{refusal.key}", refusal.facts)) from None

    def _language(self, text: object) -> Language:
        return language_named(text) or self._ports.settings.language
