"""The stand-in of Telegram with a crowd that speaks all at once: ``POST /burst`` answers with the seconds it took.

``python -m bench.bots.crowd [PEOPLE]``. A burst is over when every one of the crowd has an answer. With a ``webhook`` the updates are posted there, as
Telegram posts them, over at most forty connections; else they wait to be polled.
"""

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from statistics import median

import aiohttp
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bench.bots import PEOPLE
from tests.support.telegram import FakeTelegram, Person

CONNECTIONS = 40
"""Telegram's default for a webhook."""
PATIENCE = 60.0


class Crowd:
    def __init__(self, people: int) -> None:
        self.telegram = FakeTelegram()
        self._people: list[Person] = [self.telegram.person(f"person {n}") for n in range(people)]
        self._answers = 0
        self._last = 0.0
        self._answered: dict[int, float] = {}
        """When each had the first answer of the burst."""
        self.telegram.app.middlewares.append(self._counting())
        self.telegram.app.router.add_post("/burst", self._burst)

    def _counting(self) -> Middleware:
        @web.middleware
        async def count(request: web.Request, handler: Handler) -> web.StreamResponse:
            response = await handler(request)
            if request.path.endswith("/sendMessage") and response.status == 200:
                self._answers += 1
                self._last = time.perf_counter()
                form = await request.post()
                self._answered.setdefault(int(str(form["chat_id"])), self._last)
                self.telegram.world.notify()
            return response

        return count

    async def _burst(self, request: web.Request) -> web.Response:
        """``say`` is typed (``{id}`` is the person's), or the button ``press`` of the newest message is tapped: by its
        label, or by its place. Everybody does, at once or ``over`` so many seconds, or only ``one``.
        """
        order = await request.json()
        people = self._people if order.get("one") is None else [self._people[order["one"]]]
        awaited = self._answers + len(people)
        self._answered.clear()
        acted: dict[int, float] = {}
        began = time.perf_counter()
        for place, person in enumerate(people):
            pause = began + order.get("over", 0) * place / len(people) - time.perf_counter()
            if pause > 0:
                await asyncio.sleep(pause)
            acted[person.id] = time.perf_counter()
            if isinstance(order.get("press"), int):
                newest = person.messages[-1]
                person.press_data(newest, newest.buttons[order["press"]].data)
            elif "press" in order:
                person.press(person.messages[-1], order["press"])
            else:
                person.send_text(order["say"].replace("{id}", person.address))
        if webhook := order.get("webhook"):
            await self._post(webhook, self.telegram.world.updates.pending())
            self.telegram.world.updates.confirm(bool)
        async with asyncio.timeout(PATIENCE):
            while self._answers < awaited:
                await self.telegram.world.change()
        waited = [self._answered[person.id] - acted[person.id] for person in people]
        return web.json_response(
            {"seconds": self._last - began, "median": median(waited), "answers": self._answers - awaited}
        )

    @staticmethod
    async def _post(url: str, updates: Sequence[object]) -> None:
        connector = aiohttp.TCPConnector(limit=CONNECTIONS)
        async with aiohttp.ClientSession(connector=connector) as session:

            async def post(update: object) -> None:
                async with session.post(url, json=update) as answer:
                    answer.raise_for_status()

            await asyncio.gather(*(post(update) for update in updates))


async def main() -> None:
    crowd = Crowd(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
    async with crowd.telegram:
        print(json.dumps({"url": crowd.telegram.base_url}), flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
