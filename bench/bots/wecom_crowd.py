"""The stand-in of WeCom with a crowd that acts all at once: ``POST /burst`` answers with the seconds it took.

``python -m bench.bots.wecom_crowd link|app PEOPLE [CERTIFICATE]``: members of the bot over its long connection, with a
certificate over TLS, or of the self-built app, whose acts are sealed calls at the program's address. A burst is over when
every one of the crowd has an answer.
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Sequence
from pathlib import Path
from statistics import median
from typing import Any, Protocol

from aiohttp import web

from bench.bots import FIRST_PERSON
from tests.support.wecom.api_server import FakeApp
from tests.support.wecom.app_people import Member as AppMember
from tests.support.wecom.link_server import FakeWeCom
from tests.support.wecom.members import Member

PATIENCE = 60.0
_LOOK_SECONDS = 0.005
_AFTER_SECONDS = 0.2
"""In which a second answer to somebody would show."""
_NO_LIMIT = 1_000_000


class Arrival(Protocol):
    at: float


class Acting(Protocol):
    """What one of the crowd can do, in whatever way they reach the program."""

    @property
    def messages(self) -> Sequence[Arrival]: ...

    def says(self, text: str) -> Awaitable[object]: ...

    def presses(self, what: int | str) -> Awaitable[object]:
        """The button of the newest message: by its place, or by its label."""
        ...


class OverLink:
    def __init__(self, member: Member) -> None:
        self._member = member
        self.messages = member.messages
        self.says = member.says

    def presses(self, what: int | str) -> Awaitable[object]:
        newest = self._member.messages[-1]
        keys = list(newest.buttons.values())
        return self._member.taps_key(newest, keys[what] if isinstance(what, int) else newest.button(what))


class OverApp:
    def __init__(self, member: AppMember) -> None:
        self._member = member
        self.messages = member.messages
        self.says = member.says

    def presses(self, what: int | str) -> Awaitable[object]:
        newest = self._member.messages[-1]
        choice = newest.choices[what] if isinstance(what, int) else newest.choice(what)
        return self._member.chooses(newest, choice)


class Crowd:
    def __init__(self, people: Sequence[Acting]) -> None:
        self._people = people
        self._answers = 0

    async def burst(self, order: dict[str, Any]) -> dict[str, float]:
        """``say`` is typed, or the button ``press`` tapped: by everybody, at once or ``over`` so many seconds, or only
        by ``one``. Raises AssertionError if somebody is answered twice, or was since the last burst.
        """
        people = self._people if order.get("one") is None else [self._people[order["one"]]]
        assert self._count() == self._answers, "somebody was answered twice"
        read = [len(one.messages) for one in people]
        self._answers += len(people)
        acted, acting = [], []
        began = time.perf_counter()
        for place, one in enumerate(people):
            pause = began + order.get("over", 0) * place / len(people) - time.perf_counter()
            if pause > 0:
                await asyncio.sleep(pause)
            acted.append(time.perf_counter())
            does = one.says(order["say"]) if "say" in order else one.presses(order["press"])
            acting.append(asyncio.ensure_future(does))
        async with asyncio.timeout(PATIENCE):
            while self._count() < self._answers:
                await asyncio.sleep(_LOOK_SECONDS)
        await asyncio.gather(*acting)
        await asyncio.sleep(_AFTER_SECONDS)
        assert self._count() == self._answers, "somebody was answered twice"
        came = [one.messages[before].at for one, before in zip(people, read, strict=True)]
        return {
            "seconds": max(came) - began,
            "median": median(at - then for at, then in zip(came, acted, strict=True)),
        }

    def _count(self) -> int:
        return sum(len(one.messages) for one in self._people)


async def main(door: str, people: int, certificate: Path | None) -> None:
    ids = [str(FIRST_PERSON + place) for place in range(people)]
    if door == "link":
        bot = FakeWeCom(most_a_minute=_NO_LIMIT, certificate=certificate)
        async with bot:
            await _serve(Crowd([OverLink(bot.member(one)) for one in ids]), bot.ws_url)
    else:
        async with FakeApp() as app:
            app.world.most_a_minute = app.world.most_an_hour = _NO_LIMIT
            await _serve(Crowd([OverApp(app.member(one)) for one in ids]), app.base_url, app)


async def _serve(crowd: Crowd, wecom: str, app: FakeApp | None = None) -> None:
    async def burst(request: web.Request) -> web.Response:
        order = await request.json()
        if app is not None:
            app.caller.url = order["webhook"]
        return web.json_response(await crowd.burst(order))

    control = web.Application()
    control.router.add_post("/burst", burst)
    runner = web.AppRunner(control, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(json.dumps({"url": f"http://127.0.0.1:{runner.addresses[0][1]}", "bot": wecom}), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None))
