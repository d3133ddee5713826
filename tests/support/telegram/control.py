"""Acting as people from another process: a few plain HTTP calls beside the Bot API."""

from typing import Any

from aiohttp import web

from tests.support.telegram.people import Person
from tests.support.telegram.server import FakeTelegram


class Control:
    """``POST /people`` with a name makes a person; ``/people/ID/text``, ``/press``, ``/messages`` is what they do."""

    def __init__(self, telegram: FakeTelegram) -> None:
        self._telegram = telegram
        self._people: dict[str, Person] = {}

    def add_to(self, app: web.Application) -> None:
        app.router.add_post("/people", self._arrive)
        app.router.add_post("/people/{id}/text", self._text)
        app.router.add_post("/people/{id}/press", self._press)
        app.router.add_get("/people/{id}/messages", self._messages)

    async def _arrive(self, request: web.Request) -> web.Response:
        person = self._telegram.person((await request.json())["name"])
        self._people[person.address] = person
        return web.json_response({"id": person.id})

    async def _text(self, request: web.Request) -> web.Response:
        update_id = self._person(request).send_text((await request.json())["text"])
        return web.json_response({"update_id": update_id})

    async def _press(self, request: web.Request) -> web.Response:
        """Press the newest button of that label."""
        person, label = self._person(request), (await request.json())["label"]
        for message in reversed(person.messages):
            if label in message.labels:
                return web.json_response({"tap_id": person.press(message, label).id})
        raise web.HTTPConflict(text=f"no button {label!r}")

    async def _messages(self, request: web.Request) -> web.Response:
        said: list[dict[str, Any]] = [
            {"id": one.id, "text": one.text, "buttons": one.labels} for one in self._person(request).messages
        ]
        return web.json_response(said)

    def _person(self, request: web.Request) -> Person:
        try:
            return self._people[request.match_info["id"]]
        except KeyError:
            raise web.HTTPNotFound from None
