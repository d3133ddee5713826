"""The doctor's checks of Telegram: the token, the way there, the webhook; and of the clock, by the way."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.doctor.finding import Finding, Surroundings, mend, ok, watch, why
from bot.telegram.api import OFFICIAL
from bot.telegram.webhook import address_of

_SHAPE = re.compile(r"\d+:[\w-]{20,}")
_PORTS = {None, 443, 80, 88, 8443}
"""Those that Telegram posts to."""
RECENT_SECONDS = 600
TOLERATED_SECONDS, WRONG_SECONDS = 5, 60


async def connection(around: Surroundings) -> list[Finding]:
    """Telegram is reached, and knows the token."""
    if around.settings.telegram_token is None:
        return []
    if not _SHAPE.fullmatch(around.settings.telegram_token.get_secret_value()):
        return [mend("doctor-telegram-token-shape")]
    server = around.settings.telegram_base_url
    try:
        status, me = await _ask(around, "getMe")
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return [mend("doctor-telegram-unreached", address=server, problem=why(error))]
    if status in (401, 404):
        return [mend("doctor-telegram-token-wrong")]
    if status != 200:
        return [mend("doctor-telegram-unreached", address=server, problem=f"HTTP {status}")]
    return [ok("doctor-telegram-ok", name=str(me.get("username", "")))]


async def webhook(around: Surroundings) -> list[Finding]:
    """What Telegram was told is where we listen, and it gets through; without a webhook, that nobody else has one."""
    if around.settings.telegram_token is None:
        return []
    try:
        status, info = await _ask(around, "getWebhookInfo")
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return []  # told by `connection`
    if status != 200:
        return []
    there = str(info.get("url", ""))
    if around.settings.telegram_webhook_url is None:
        return [watch("doctor-webhook-foreign", address=there)] if there else []
    ours = address_of(around.settings.telegram_webhook_url)
    found = [*_shape(around, ours), *await _reach(around, ours)]
    if there != ours:
        found.append(watch("doctor-webhook-not-set", address=ours, other=there or "none"))
    elif int(info.get("last_error_date", 0)) > around.clock.now().timestamp() - RECENT_SECONDS:
        problem = str(info.get("last_error_message", ""))
        found.append(
            mend(
                "doctor-webhook-failing",
                address=ours,
                problem=problem,
                count=int(info.get("pending_update_count", 0)),
            )
        )
    return found or [ok("doctor-webhook-ok", address=ours)]


def _shape(around: Surroundings, address: str) -> list[Finding]:
    """Telegram posts to https on four ports only; a server of one's own is not so strict."""
    parts = urlsplit(address)
    strict = around.settings.telegram_base_url.rstrip("/") == OFFICIAL
    if strict and (parts.scheme != "https" or parts.port not in _PORTS):
        return [mend("doctor-webhook-not-https", address=address)]
    return []


async def _reach(around: Surroundings, address: str) -> list[Finding]:
    """The address leads to the program: without the secret it declines with 401, and nobody else does."""
    try:
        async with around.http.post(address, data=b"") as answer:
            status = answer.status
    except (aiohttp.ClientError, TimeoutError) as error:
        return [watch("doctor-webhook-unreached", address=address, problem=why(error))]
    return [] if status == 401 else [mend("doctor-webhook-elsewhere", address=address, status=str(status))]


async def clock(around: Surroundings) -> list[Finding]:
    """The machine's clock against the one of a server that the bot talks to anyway."""
    servers = []
    if around.settings.telegram_token is not None:
        servers.append(around.settings.telegram_base_url)
    if around.settings.wecom_secret is not None:
        servers.append(around.settings.wecom_base_url)
    for server in servers:
        try:
            async with around.http.get(server, allow_redirects=False) as answer:
                told = parsedate_to_datetime(answer.headers["Date"])
        except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
            continue
        return [_skew(around.clock.now(), told if told.tzinfo else told.replace(tzinfo=UTC), server)]
    return []


def _skew(here: datetime, there: datetime, server: str) -> Finding:
    seconds = round(abs((here - there).total_seconds()))
    if seconds > WRONG_SECONDS:
        return mend("doctor-clock-wrong", seconds=seconds, address=server)
    if seconds > TOLERATED_SECONDS:
        return watch("doctor-clock-off", seconds=seconds, address=server)
    return ok("doctor-clock-ok")


async def _ask(around: Surroundings, method: str) -> tuple[int, dict[str, Any]]:
    """Status and result of a Bot API method without parameters."""
    assert around.settings.telegram_token is not None
    token = around.settings.telegram_token.get_secret_value()
    base = around.settings.telegram_base_url.rstrip("/")
    async with around.http.get(f"{base}/bot{token}/{method}", allow_redirects=False) as answer:
        body = await answer.json(content_type=None)
    result = body.get("result") if isinstance(body, dict) else None
    return answer.status, result if isinstance(result, dict) else {}
