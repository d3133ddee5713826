"""Many people at once in WeCom, and an outbox that is drained: over the bot's connection, and as the self-built app.

The many are those of `bench.wecom_taps`. Ten thousand messages are drained to a stand-in that enforces WeCom's limits, on
a clock that runs eight times as fast for both sides, and to one without limits, held against a bare loop of requests by
the same client.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

import aiohttp
from sqlalchemy import func, select

from bench import wecom_taps
from bench.bots.wecom_sink import MOST_A_MINUTE
from bench.office import office, settling
from bench.ratio import Ratio, typical
from bench.telegram_step import process
from bench.wecom_taps import DOORS
from bot import delivery as delivery_module
from bot.delivery import Channel, Delivery
from bot.dialog.render import Renderer
from bot.flows.cards import CARDS
from bot.wecom import errors
from bot.wecom import pace as pace_module
from bot.wecom.api import AppApi, Credentials
from bot.wecom.app_channel import AppChannel
from bot.wecom.app_codes import ResponseCodes
from bot.wecom.channel import BotChannel
from bot.wecom.decode import CHANNEL
from bot.wecom.link import Link
from bot.wecom.pace import Pace
from core.clock import SystemClock
from core.records.outbox import OutboxMessage
from core.records.tables import table_of
from core.services import tell
from core.storage.database import Database
from core.texts.message import Message

MESSAGES = 10_000
CHATS, CHATS_WITHIN_LIMITS = 1_000, 40
SPEED = 8
_NO_LIMIT = 1_000_000

_OUTBOX = table_of(OutboxMessage)

Said = tuple[str, str]
"""To whom, and what."""


def _said(chats: int) -> Iterator[Said]:
    """So many messages, to one member after the other."""
    return ((str(10_001 + number % chats), f"message {number}") for number in range(MESSAGES))


@asynccontextmanager
async def _link(url: str) -> AsyncIterator[Link]:
    link = Link("bot", "secret", url)
    listening = asyncio.create_task(link.run(lambda _frame: None))
    while not link.up:
        await asyncio.sleep(0.01)
    try:
        yield link
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


@asynccontextmanager
async def _channel(door: str, url: str, database: Database, pace: Pace) -> AsyncIterator[Channel]:
    if door == "link":
        async with _link(url) as link, aiohttp.ClientSession() as session:
            yield BotChannel(link, session, pace)
    else:
        async with AppApi(Credentials("corp", 1, "secret"), url) as api:
            yield AppChannel(api, ResponseCodes(database, SystemClock()), pace)


async def _drain(door: str, url: str, chats: int, pace: Pace) -> None:
    """Until every message is sent and marked."""
    clock = SystemClock()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "zixin.db"
        with settling(path) as session:
            for member, text in _said(chats):
                tell.say(session, f"{CHANNEL}:{member}", Message("literal", {"text": text}), at=clock.now())
        company = office(path, clock)
        async with Database(path) as database, _channel(door, url, database, pace) as channel:
            renderer, language = Renderer(company, CARDS), company.settings.language
            delivery = Delivery(database, renderer, clock, {CHANNEL: channel}, language)
            running = asyncio.create_task(delivery.run())
            waiting = select(func.count()).where(_OUTBOX.c.state != "sent")
            while await database.read(lambda session: session.scalar(waiting)):
                await asyncio.sleep(0.2)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def _bare_loop(door: str, url: str) -> None:
    """The same requests by the same client, one after the other, with nothing around them."""
    if door == "link":
        async with _link(url) as link:
            for member, text in _said(CHATS):
                body = {
                    "chatid": member,
                    "chat_type": 1,
                    "msgtype": "markdown",
                    "markdown": {"content": text},
                }
                await link.ask("aibot_send_msg", body)
    else:
        async with AppApi(Credentials("corp", 1, "secret"), url) as api:
            for member, text in _said(CHATS):
                await api.send(member, {"msgtype": "markdown", "markdown": {"content": text}})


def _taken(url: str, work: Callable[[], Awaitable[None]]) -> tuple[float, int]:
    """The seconds from the first to the last message that was taken, and how many were too much; each came once."""

    async def run() -> None:
        await work()

    asyncio.run(run())
    with urlopen(f"{url}/taken") as answer:
        told = json.load(answer)
    assert (told["messages"], told["twice"]) == (MESSAGES, 0), told
    return float(told["seconds"]), int(told["refused"])


@contextmanager
def _fast_clock() -> Iterator[None]:
    """Minutes and hours, and the pauses of delivery, pass so much faster."""
    kept = [
        (module, name, getattr(module, name))
        for module, names in (
            (delivery_module, ("BREATH_SECONDS", "POLL_SECONDS")),
            (pace_module, ("MINUTE", "HOUR")),
            (errors, ("MINUTE",)),
        )
        for name in names
    ]
    for module, name, seconds in kept:
        setattr(module, name, seconds / SPEED)
    try:
        yield
    finally:
        for module, name, seconds in kept:
            setattr(module, name, seconds)


def _within_limits(door: str) -> list[Ratio]:
    each = MESSAGES // CHATS_WITHIN_LIMITS
    allowed = 60 * ((each - 1) // MOST_A_MINUTE)
    with process("wecom_sink", door, str(SPEED)) as sink, _fast_clock():
        ready, pace = json.loads(sink.ready), Pace()
        seconds, refused = _taken(ready["url"], lambda: _drain(door, ready["bot"], CHATS_WITHIN_LIMITS, pace))
    what = f"{DOORS[door]}: {MESSAGES:,} messages within the limits (clock × {SPEED})"
    against = f"{MOST_A_MINUTE} a minute to each of {CHATS_WITHIN_LIMITS}"
    return [
        Ratio(what, seconds * SPEED, allowed, "s", against, 1.1),
        Ratio(f"{what}: too much", refused, MESSAGES, "messages", "all", 0),
    ]


def _without_limits(door: str) -> Ratio:
    rounds = []
    with process("wecom_sink", door) as sink:
        ready = json.loads(sink.ready)
        for _ in range(3):
            bare, _ = _taken(ready["url"], lambda: _bare_loop(door, ready["bot"]))
            unpaced = Pace(_NO_LIMIT, _NO_LIMIT)
            ours, _ = _taken(ready["url"], lambda pace=unpaced: _drain(door, ready["bot"], CHATS, pace))  # type: ignore[misc]
            rounds.append((MESSAGES / ours, MESSAGES / bare))
    what = f"{DOORS[door]}: {MESSAGES:,} messages drained without limits"
    return Ratio(what, *typical(rounds), "messages/s", "bare loop of requests", 0.4, at_least=True)


def measure() -> Iterator[Ratio]:
    for door in DOORS:
        yield from wecom_taps.measure(door)
        yield from _within_limits(door)
        yield _without_limits(door)
