"""What every request of the browser chat must pass, and what every answer carries."""

import ipaddress
import logging
import secrets
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.web.declined import Declined

log = logging.getLogger(__name__)

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)


@web.middleware
async def answer_trouble(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whatever is not served is told as a key; a bug as a reference to its trace in the log."""
    try:
        return await handler(request)
    except Declined as declined:
        return web.json_response({"error": declined.key, "text": declined.text}, status=declined.status)
    except web.HTTPRequestEntityTooLarge:
        return web.json_response({"error": "too-large"}, status=413)
    except (web.HTTPException, ConnectionError):
        raise
    except Exception:
        reference = secrets.token_hex(3)
        log.exception("%s %s failed, reference %s", request.method, request.path, reference)
        return web.json_response({"error": "trouble", "reference": reference}, status=500)


@web.middleware
async def only_from_this_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The demo lets anyone be anyone, so it answers nobody but this machine.

    The name it was asked under counts too: a page elsewhere may point a name of its own at this machine. So does
    a proxy's mark, behind which everybody comes from this machine.
    """
    forwarded = {"Forwarded", "X-Forwarded-For", "X-Real-IP"} & set(request.headers)
    named = urlsplit(f"//{request.host}").hostname or ""
    if forwarded or not _is_this_machine(request.remote or "") or not _is_this_machine(named):
        raise Declined(403, "only-here")
    return await handler(request)


@web.middleware
async def only_from_our_page(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A change is taken from our own page only. Without an origin it is no browser, and nobody was tricked."""
    if request.method != "GET":
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != request.host:
            raise Declined(403, "wrong-origin")
    return await handler(request)


def guards(mode: str) -> tuple[Middleware, ...]:
    """The middlewares of the chat, outermost first."""
    here = (only_from_this_machine,) if mode == "demo" else ()
    return (answer_trouble, *here, only_from_our_page)


def is_https(request: web.Request) -> bool:
    """Was the page asked for over HTTPS, by a proxy before us or of ourselves?"""
    return request.secure or request.headers.get("X-Forwarded-Proto") == "https"


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
