"""The stand-in that only takes messages in WeCom: as fast as it can, or holding everybody to the limits.

``python -m bench.bots.wecom_sink link|app [SPEED]``: with a speed the limits are enforced as on a clock that runs so much
faster: the bot is refused what is too much, the app's is dropped and nothing said. ``GET /taken`` tells what was taken.
"""

import asyncio
import json
import sys
import time
from collections import Counter, defaultdict, deque
from contextlib import suppress
from typing import Any

from aiohttp import web
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

MOST_A_MINUTE, MOST_AN_HOUR = 30, 1000
_TOO_MUCH = 846607


class Sink:
    def __init__(self, speed: float) -> None:
        self._speed = speed
        self.forget()

    def forget(self) -> None:
        self._taken: Counter[tuple[str, str]] = Counter()
        self._refused = 0
        self._lately: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=MOST_AN_HOUR))
        self._first_at = self._last_at = 0.0

    def take(self, user: str, text: str) -> bool:
        """False: it is more than the limits allow, and not taken."""
        now = time.monotonic()
        if self._speed and self._too_much(self._lately[user], now * self._speed):
            self._refused += 1
            return False
        self._taken[user, text] += 1
        self._first_at, self._last_at = self._first_at or now, now
        return True

    @staticmethod
    def _too_much(lately: deque[float], now: float) -> bool:
        for most, span in ((MOST_A_MINUTE, 60.0), (MOST_AN_HOUR, 3600.0)):
            if len(lately) >= most and lately[-most] > now - span:
                return True
        lately.append(now)
        return False

    def told(self) -> dict[str, float]:
        return {
            "messages": len(self._taken),
            "twice": sum(number > 1 for number in self._taken.values()),
            "refused": self._refused,
            "seconds": self._last_at - self._first_at,
        }


async def main(door: str, speed: float) -> None:
    sink = Sink(speed)

    async def taken(_request: web.Request) -> web.Response:
        """And forget it, for the next round."""
        told = sink.told()
        sink.forget()
        return web.json_response(told)

    async def get_token(_request: web.Request) -> web.Response:
        return web.json_response({"errcode": 0, "access_token": "token", "expires_in": 7200})

    async def send(request: web.Request) -> web.Response:
        body = await request.json()
        sink.take(body["touser"], body["markdown"]["content"])
        return web.json_response({"errcode": 0, "msgid": "m"})

    app = web.Application()
    app.add_routes(
        [
            web.get("/taken", taken),
            web.get("/cgi-bin/gettoken", get_token),
            web.post("/cgi-bin/message/send", send),
        ]
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with serve(lambda connection: _talk(connection, sink), "127.0.0.1", 0) as server:
        link = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        print(json.dumps({"url": url, "bot": link if door == "link" else url}), flush=True)
        await asyncio.Event().wait()


async def _talk(connection: ServerConnection, sink: Sink) -> None:
    with suppress(ConnectionClosed):
        async for text in connection:
            frame: dict[str, Any] = json.loads(text)
            answer = {"headers": frame["headers"], "errcode": 0, "errmsg": "ok"}
            body = frame.get("body", {})
            if frame["cmd"] == "aibot_send_msg" and not sink.take(
                body["chatid"], body["markdown"]["content"]
            ):
                answer["errcode"] = _TOO_MUCH
            await connection.send(json.dumps(answer))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 0.0))
