"""Pushing updates to a bot's web address: in order within a lane, lanes side by side, again until taken."""

import asyncio
import contextlib
from typing import Any

import aiohttp

from tests.support.telegram.world import World

FIRST_RETRY_SECONDS = 0.05
"""Telegram waits 2 s; a test has no time for that."""
LONGEST_RETRY_SECONDS = 1.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Webhook:
    """Works from its making until ``stop``."""

    def __init__(self, world: World, url: str, secret: str) -> None:
        self.url = url
        self._world = world
        self._headers = {SECRET_HEADER: secret} if secret else {}
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._work = asyncio.create_task(self._run())

    async def stop(self) -> None:
        tasks = [self._work, *self._lanes.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        async with aiohttp.ClientSession(headers=self._headers) as session:
            while True:
                for update in self._world.updates.pending():
                    lane = _lane(update)
                    if lane not in self._lanes or self._lanes[lane].done():
                        self._lanes[lane] = asyncio.create_task(self._deliver(session, update))
                await self._world.change()

    async def _deliver(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> None:
        retry = FIRST_RETRY_SECONDS
        while update in self._world.updates.pending():
            wait = retry
            with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                async with session.post(self.url, json=update) as answer:
                    if answer.ok:
                        break
                    wait = float(answer.headers.get("Retry-After", retry))
            await asyncio.sleep(wait)
            retry = min(2 * retry, LONGEST_RETRY_SECONDS)
        self._world.updates.confirm(lambda entry: entry.id == update["update_id"])
        # Told only when this lane is free again: the next in it is then found.
        asyncio.get_running_loop().call_soon(self._world.notify)


def _lane(update: dict[str, Any]) -> str:
    """Taps queue by person, everything else by chat: the two of one person may overtake each other."""
    if "callback_query" in update:
        return f"tap:{update['callback_query']['from']['id']}"
    for body in update.values():
        if isinstance(body, dict) and isinstance(body.get("chat"), dict):
            return f"chat:{body['chat'].get('id')}"
    return "chat:"
