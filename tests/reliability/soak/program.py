"""The program in the soak's own loop: started, killed with all that it has under way, and started again."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp.web_app import _cached_build_middleware

from bot import inbox
from bot.app import serving
from bot.telegram import channel as telegram_channel
from bot.telegram import poll
from bot.telegram import serve as telegram_serve
from bot.telegram.api import Api
from bot.telegram.request import AiohttpRequest
from bot.wecom import app_channel, app_serve, app_token, link, serve
from bot.wecom import channel as bot_channel
from bot.wecom.api import AppApi
from core.clock import SetClock
from core.services.desk import Desk
from core.storage.database import Database
from tests.support.wecom.served import BEGINS, QUICK

ANSWER_SECONDS = 0.4
"""How long the program waits for an answer over HTTP: more than that is a time-out."""
_OURS: ContextVar[bool] = ContextVar("a task of the program", default=False)


class Clocks:
    """The company's clock and the monotonic one, by which paces and tokens go: one jump moves both."""

    def __init__(self) -> None:
        self.company = SetClock(BEGINS)
        self._moved = 0.0

    def jump(self, seconds: float) -> None:
        self.company.set(self.company.now() + timedelta(seconds=seconds))
        self._moved += seconds

    def monotonic(self) -> float:
        return time.monotonic() + self._moved


def _api(token: str, base_url: str) -> Api:
    return Api(token, base_url, request=AiohttpRequest(read=ANSWER_SECONDS))


@contextmanager
def jumping(clocks: Clocks) -> Iterator[None]:
    """Paces and tokens go by the clock that jumps; what waits in earnest waits for tenths of seconds."""
    changes: list[tuple[Any, str, Any]] = [
        *((module, "time", clocks) for module in (telegram_channel, bot_channel, app_channel, app_token)),
        (link, "Times", lambda: QUICK),
        (serve, "ALARM_AFTER_SECONDS", 0.05),
        (inbox, "PAUSE_SECONDS", 0.05),
        (poll, "LONGEST_BACKOFF_SECONDS", 0.1),
        (telegram_serve, "Api", _api),
        (app_serve, "AppApi", partial(AppApi, read_seconds=ANSWER_SECONDS)),
    ]
    kept = [(module, name, getattr(module, name)) for module, name, _ in changes]
    for module, name, value in changes:
        setattr(module, name, value)
    try:
        yield
    finally:
        for module, name, value in kept:
            setattr(module, name, value)


class Program:
    """One install. Its tasks are known by the context that they inherit."""

    def __init__(self, desk: Desk, path: Path) -> None:
        self._desk = desk
        self._path = path
        self._tasks: set[asyncio.Task[Any]] = set()
        asyncio.get_running_loop().set_task_factory(self._make_task)
        self.kills = 0

    async def start(self) -> None:
        """Returns once it serves. Raises what keeps it from that."""
        ready = asyncio.Event()
        ours = copy_context()
        ours.run(_OURS.set, True)
        life = asyncio.create_task(self._live(ready), context=ours)
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait({life, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if life.done():
            life.result()

    async def kill(self) -> None:
        """Everything ends where it stands: what is on its way is neither waited for nor marked."""
        self.kills += 1
        while self._tasks:
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(self._tasks, timeout=1)
        # aiohttp remembers the handlers of every server in the process, and with them all that a killed one had.
        _cached_build_middleware.cache_clear()

    async def _live(self, ready: asyncio.Event) -> None:
        async with Database(self._path) as database, serving(database, self._desk):
            ready.set()
            await asyncio.Event().wait()

    def _make_task(
        self, loop: asyncio.AbstractEventLoop, work: Any, context: Any = None
    ) -> "asyncio.Task[Any]":
        task = asyncio.Task(work, loop=loop, context=context)
        if context.get(_OURS, False) if context is not None else _OURS.get():
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return task
