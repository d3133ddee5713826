"""The stand-in that only takes messages: as fast as it can, or holding everybody to Telegram's limits.

``python -m bench.bots.sink [SPEED]``: with a speed the limits are enforced as on a clock that runs so much faster.
``GET /taken`` tells what was taken and how often somebody was refused.
"""

import asyncio
import json
import sys
import time
from collections import Counter, defaultdict, deque

from aiohttp import web

OVERALL_A_SECOND = 30


class Sink:
    def __init__(self, speed: float) -> None:
        self._speed = speed
        self._taken: Counter[tuple[str, str]] = Counter()
        self._refused = 0
        self._lately: deque[float] = deque()
        self._last: defaultdict[str, float] = defaultdict(lambda: -1.0)
        self._first_at = self._last_at = 0.0
        self._number = 0

    async def send(self, request: web.Request) -> web.Response:
        form = await request.post()
        chat, text, now = str(form["chat_id"]), str(form["text"]), time.monotonic()
        if self._speed and self._too_fast(chat, now * self._speed):
            self._refused += 1
            body = {
                "ok": False,
                "description": "Too Many Requests",
                "parameters": {"retry_after": 1 / self._speed},
            }
            return web.json_response(body, status=429)
        self._taken[chat, text] += 1
        self._first_at, self._last_at = self._first_at or now, now
        self._number += 1
        message = {"message_id": self._number, "date": 0, "chat": {"id": int(chat), "type": "private"}}
        return web.json_response({"ok": True, "result": message})

    def _too_fast(self, chat: str, now: float) -> bool:
        """More than 30 within any second, or a second one to a chat within a second."""
        while self._lately and self._lately[0] <= now - 1:
            self._lately.popleft()
        if len(self._lately) >= OVERALL_A_SECOND or now - self._last[chat] < 1:
            return True
        self._lately.append(now)
        self._last[chat] = now
        return False

    async def taken(self, _request: web.Request) -> web.Response:
        """And forget it, for the next round."""
        told = {
            "messages": len(self._taken),
            "twice": sum(count > 1 for count in self._taken.values()),
            "refused": self._refused,
            "seconds": self._last_at - self._first_at,
        }
        self.__init__(self._speed)  # type: ignore[misc]
        return web.json_response(told)


async def main(speed: float) -> None:
    sink = Sink(speed)
    app = web.Application()
    app.add_routes([web.post("/bot{token}/sendMessage", sink.send), web.get("/taken", sink.taken)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(json.dumps({"url": f"http://127.0.0.1:{runner.addresses[0][1]}"}), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 0.0))
