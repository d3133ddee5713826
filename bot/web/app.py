"""The HTTP server of the browser chat, and the two questions that whoever runs it may ask."""

from pathlib import Path

from aiohttp import web

from bot.web.body import MOST_JSON_BYTES
from bot.web.entrance import Entrance
from bot.web.forms.from_chat import FromChat
from bot.web.forms.sessions import Sessions
from bot.web.from_wecom import FromWeCom
from bot.web.guard import add_headers, guards
from bot.web.passes import Passes
from bot.web.ports import Ports
from bot.web.post import Post
from bot.web.talking import Talking
from bot.web.visitor import Visitors

_PAGE = Path(__file__).parent / "page"
_ASSETS = {".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml"}


def web_app(ports: Ports) -> web.Application:
    """The application with ``/healthz``, ``/readyz`` and, unless ``ZIXIN_WEB_CHAT`` is ``off``, ``/chat``.

    Other channels may add their own routes to it before it is started.
    """
    app = web.Application(client_max_size=MOST_JSON_BYTES)

    async def healthz(_request: web.Request) -> web.Response:
        """The process lives."""
        return web.json_response({"status": "ok"})

    async def readyz(_request: web.Request) -> web.Response:
        """It can serve, or 503."""
        ready = await ports.ready()
        return web.json_response({"status": "ready" if ready else "not ready"}, status=200 if ready else 503)

    app.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz)])
    if ports.settings.web_chat != "off":
        app.add_subapp("/chat", _chat(ports))
    return app


def _chat(ports: Ports) -> web.Application:
    mode = ports.settings.web_chat
    passes = Passes(ports.secret, mode, ports.clock)
    visitors = Visitors(ports.database, passes, ports.settings.language)
    post = Post(ports)
    app = web.Application(client_max_size=MOST_JSON_BYTES, middlewares=[*guards(mode), visitors.renew])
    app.on_response_prepare.append(add_headers)
    app.add_routes(Entrance(ports, passes, visitors, post).routes())
    app.add_routes(Talking(ports, visitors, post).routes())
    app.add_routes(FromChat(Sessions(ports.secret, ports.clock), visitors).routes())
    if ports.user_of is not None and mode == "login":
        app.add_routes(FromWeCom(ports, ports.user_of, passes).routes())
    app.add_routes(_page())

    async def close(_app: web.Application) -> None:
        ports.channel.close()

    app.on_shutdown.append(close)
    return app


def _page() -> list[web.RouteDef]:
    """The page and what it is made of, each file by its name: no path is ever built from a request."""

    def serve(path: Path, content_type: str) -> web.RouteDef:
        content = path.read_bytes()

        async def answer(_request: web.Request) -> web.Response:
            return web.Response(body=content, content_type=content_type, charset="utf-8")

        return web.get("" if path.name == "index.html" else f"/{path.name}", answer)

    return [
        serve(_PAGE / "index.html", "text/html"),
        *(serve(path, _ASSETS[path.suffix]) for path in sorted(_PAGE.iterdir()) if path.suffix in _ASSETS),
    ]
