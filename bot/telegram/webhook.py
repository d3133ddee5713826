"""Receiving by webhook: Telegram posts each update to our address; it is stored, and only then acknowledged."""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from aiohttp import web
from telegram.error import TelegramError

from bot.bounded import TooLong, TooSlow, body_of
from bot.telegram.api import Api
from bot.telegram.poll import backoff_seconds, pause

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- the name of the header
MOST_UPDATE_BYTES = 1024 * 1024
"""A text quoting another, both as long as they can be and every character escaped, is a tenth of this."""
BODY_SECONDS = 20.0
"""For all of an update to come. Telegram asks again when it does not."""
RETRY_AFTER_SECONDS = 5

Store = Callable[[list[dict[str, Any]]], Awaitable[None]]

log = logging.getLogger(__name__)


def address_of(url: str) -> str:
    """The address that Telegram is told: a mere host gets the path that is served here."""
    parts = urlsplit(url)
    return url if parts.path not in {"", "/"} else urlunsplit((*parts[:2], PATH, "", ""))


def webhook_route(secret: str, store: Store, *, body_seconds: float = BODY_SECONDS) -> web.RouteDef:
    """The route on which updates come in. ``store`` commits; what it raises makes Telegram ask again.

    401 without the secret, 403 with another, before anything is read; 413 and 400 for what no update can be, 408 for
    what does not come to its end.
    """

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER)
        if given is None:
            return web.Response(status=401)
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            return web.Response(status=403)
        try:
            body = await body_of(request, most_bytes=MOST_UPDATE_BYTES, seconds=body_seconds)
        except TooLong:
            return web.Response(status=413)
        except TooSlow:
            return web.Response(status=408)
        update = _update(body)
        if update is None:
            return web.Response(status=400)
        try:
            await store([update])
        except Exception:
            log.exception("an update was not stored, Telegram will tell it again")
            return web.Response(status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
        return web.Response()

    return web.post(PATH, receive)


async def register(api: Api, url: str, secret: str, *, stop: asyncio.Event) -> None:
    """Tell Telegram where to post, until it has understood. Nothing pending is dropped. Errors: ``WrongToken``."""
    failures = 0
    while not stop.is_set():
        try:
            await api.set_webhook(address_of(url), secret)
        except TelegramError as error:
            failures += 1
            log.warning("the webhook could not be set: %s: %s", type(error).__name__, error)
            await pause(stop, backoff_seconds(failures))
        else:
            log.info("updates come to %s", address_of(url))
            return


def _update(body: bytes) -> dict[str, Any] | None:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return update if isinstance(update, dict) and isinstance(update.get("update_id"), int) else None
