"""A bot's web address for updates, on a port of the machine's choice."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

PATH = "/update"


async def listen(take: Callable[[dict[str, Any]], Awaitable[None]]) -> str:
    """Hand every posted update to ``take`` and answer when it returns. The address."""

    async def receive(request: web.Request) -> web.Response:
        await take(await request.json())
        return web.Response()

    app = web.Application()
    app.router.add_post(PATH, receive)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
