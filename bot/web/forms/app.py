"""Forms as pages, opened from whichever chat: ``/forms/<form>?subject=…&as=<conversation>``."""

from pathlib import Path

from aiohttp import web

from bot.dialog.form_page import FormPages
from bot.web.body import MOST_JSON_BYTES
from bot.web.forms.filling import Followup, FormFilling
from bot.web.forms.from_telegram import FromTelegram
from bot.web.forms.from_wecom import FromWeCom
from bot.web.forms.sessions import Sessions
from bot.web.guard import add_headers, answer_trouble, only_from_our_page
from bot.web.wecom_login import UserOf
from core.services.desk import Desk
from core.storage.database import Database

_PAGE = Path(__file__).parents[1] / "page"
_OURS = _PAGE / "forms"
_SHARED = ("icon.svg", "markup.js")
_TYPES = {".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml"}


def forms_app(
    database: Database, desk: Desk, pages: FormPages, followup: Followup, user_of: UserOf | None
) -> web.Application:
    """The application that is served under ``/forms``; ``user_of`` where WeCom's app can tell who comes."""
    settings, clock = desk.office.settings, desk.office.clock
    sessions = Sessions(desk.office.vault.key, clock)
    app = web.Application(client_max_size=MOST_JSON_BYTES, middlewares=(answer_trouble, only_from_our_page))
    app.on_response_prepare.append(add_headers)
    app.add_routes(FormFilling(database, clock, pages, sessions, followup).routes())
    if settings.telegram_token is not None:
        token = settings.telegram_token.get_secret_value()
        app.add_routes(FromTelegram(token, sessions, clock).routes())
    if user_of is not None:
        app.add_routes(FromWeCom(settings, user_of, sessions).routes())
    app.add_routes(_page())
    return app


def _page() -> list[web.RouteDef]:
    """What the page is made of, each file by its name, and the page itself for every form."""

    def serve(path: Path, at: str, content_type: str) -> web.RouteDef:
        content = path.read_bytes()

        async def answer(_request: web.Request) -> web.Response:
            return web.Response(body=content, content_type=content_type, charset="utf-8")

        return web.get(at, answer)

    parts = [
        *(path for path in sorted(_OURS.iterdir()) if path.suffix in _TYPES),
        *(_PAGE / name for name in _SHARED),
    ]
    return [
        *(serve(path, f"/page/{path.name}", _TYPES[path.suffix]) for path in parts),
        serve(_OURS / "index.html", "/{form:[a-z_]+}", "text/html"),
    ]
