"""Many people at once in Telegram, and an outbox that is drained.

A thousand people tap in one instant, and within five seconds: each update is stored, worked, answered and marked, held against a stock bot
over the same HTTP transport that answers every tap with an echo and stores nothing. Ten thousand messages are
drained to a stand-in that enforces Telegram's limits, on a clock that runs twice as fast for both sides, and to one
without limits, held against a bare loop of requests by the same HTTP client.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import urlopen

from sqlalchemy import func, select

from bench.bots import TOKEN
from bench.office import office, settling
from bench.ratio import Ratio, typical
from bench.telegram_step import Side, process, side
from bot import delivery as delivery_module
from bot.delivery import Delivery
from bot.dialog.render import Renderer
from bot.flows.cards import CARDS
from bot.telegram.api import Api
from bot.telegram.channel import TelegramChannel
from bot.telegram.decode import CHANNEL
from bot.telegram.pace import UNLIMITED, Limits
from core.clock import SystemClock
from core.records.outbox import OutboxMessage
from core.records.tables import table_of
from core.services import tell
from core.storage.database import Database
from core.texts.message import Message

CROWD = 1_000
BURSTS, IDLE = 5, 20
BURST_SECONDS = 5
MESSAGES, CHATS = 10_000, 1_000
SPEED = 2
ALLOWED_A_SECOND = 30

_OUTBOX = table_of(OutboxMessage)
_TAP, _BACK = {"press": 0}, {"press": "返回"}


def _fill(path: Path) -> None:
    """An outbox with so many messages, said to one chat after the other."""
    clock = SystemClock()
    with settling(path) as session:
        for number in range(MESSAGES):
            message = Message("literal", {"text": f"message {number}"})
            tell.say(session, f"{CHANNEL}:{10_001 + number % CHATS}", message, at=clock.now())


async def _drain(url: str, limits: Limits) -> None:
    """Until every message is sent and marked."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "zixin.db"
        _fill(path)
        clock = SystemClock()
        company = office(path, clock)
        async with Database(path) as database, Api(TOKEN, url) as api:
            channel = TelegramChannel(api, limits)
            renderer = Renderer(company, CARDS)
            delivery = Delivery(database, renderer, clock, {CHANNEL: channel}, company.settings.language)
            running = asyncio.create_task(delivery.run())
            waiting = select(func.count()).where(_OUTBOX.c.state != "sent")
            while await database.read(lambda session: session.scalar(waiting)):
                await asyncio.sleep(0.2)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def _bare_loop(url: str) -> None:
    """The same requests by the same client, one after the other, with nothing around them."""
    async with Api(TOKEN, url) as api:
        for number in range(MESSAGES):
            await api.request.call(
                f"{url}/bot{TOKEN}/sendMessage",
                {"chat_id": str(10_001 + number % CHATS), "text": f"message {number}"},
            )


def _taken(url: str, work: Callable[[], Awaitable[None]]) -> tuple[float, int]:
    """The seconds from the first to the last message that the stand-in took, and how often it refused; each came once."""

    async def run() -> None:
        await work()

    asyncio.run(run())
    with urlopen(f"{url}/taken") as answer:
        told = json.load(answer)
    assert (told["messages"], told["twice"]) == (MESSAGES, 0), told
    return float(told["seconds"]), int(told["refused"])


def _within_limits() -> list[Ratio]:
    """The pauses of delivery run on the fast clock as well."""
    kept = delivery_module.BREATH_SECONDS, delivery_module.POLL_SECONDS
    delivery_module.BREATH_SECONDS, delivery_module.POLL_SECONDS = kept[0] / SPEED, kept[1] / SPEED
    ours = Limits()
    fast = replace(ours, chat_rate=ours.chat_rate * SPEED, overall_rate=ours.overall_rate * SPEED)
    try:
        with process("sink", str(SPEED)) as sink:
            url = json.loads(sink.ready)["url"]
            seconds, refused = _taken(url, lambda: _drain(url, fast))
    finally:
        delivery_module.BREATH_SECONDS, delivery_module.POLL_SECONDS = kept
    what = f"{MESSAGES:,} messages within Telegram's limits (clock × {SPEED})"
    return [
        Ratio(what, seconds * SPEED, MESSAGES / ALLOWED_A_SECOND, "s", "30 a second", 1.1),
        Ratio(f"{what}: refused with 429", refused, MESSAGES, "messages", "all", 0.001),
    ]


def _without_limits() -> Ratio:
    rounds = []
    with process("sink") as sink:
        url = json.loads(sink.ready)["url"]
        for _ in range(3):
            bare, _ = _taken(url, lambda: _bare_loop(url))
            ours, _ = _taken(url, lambda: _drain(url, UNLIMITED))
            rounds.append((MESSAGES / ours, MESSAGES / bare))
    what = f"{MESSAGES:,} messages drained without limits"
    return Ratio(what, *typical(rounds), "messages/s", "bare loop of requests", 0.4, at_least=True)


def _tapping() -> list[Ratio]:
    """Everybody has a question before them and taps its first answer; then everybody steps back, for the next round."""
    speeds, crowded, at_once = [], [], []
    with (
        TemporaryDirectory() as folder,
        side("ours", "polling", folder, str(CROWD), people=CROWD) as ours,
        side("stock", "polling", "aiohttp", people=CROWD) as stock,
    ):
        ours.tells({"say": "/check"})
        stock.tells({"say": "/offer"})
        for _ in range(BURSTS):
            idle = []
            for person in range(IDLE):
                idle.append(1e3 * ours.tells({**_TAP, "one": person})["median"])
                ours.tells({**_BACK, "one": person})
            spread, burst = _burst(ours, over=BURST_SECONDS), _burst(ours)
            speeds.append((CROWD / burst["seconds"], CROWD / stock.tells(_TAP)["seconds"]))
            crowded.append((1e3 * spread["median"], median(idle)))
            at_once.append((1e3 * burst["median"], median(idle)))
    what = f"{CROWD:,} people tap"
    stock_bot, idle_one = "stock echo bot over the same HTTP transport", "an idle one's"
    return [
        Ratio(f"{what} in one instant", *typical(speeds), "answers/s", stock_bot, 0.5, at_least=True),
        Ratio(f"{what} within {BURST_SECONDS} s: median wait", *typical(crowded), "ms", idle_one, 10),
        Ratio(f"{what} in one instant: median wait", *typical(at_once), "ms", idle_one, None),
    ]


def _burst(ours: Side, **how: float) -> dict[str, Any]:
    """Everybody taps, and is answered once."""
    told = ours.tells({**_TAP, **how})
    assert told["answers"] == 0, "somebody was answered twice"
    ours.tells(_BACK)
    return told


def measure() -> list[Ratio]:
    return [*_tapping(), *_within_limits(), _without_limits()]
