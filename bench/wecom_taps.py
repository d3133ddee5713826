"""A thousand people tap in WeCom: over the bot's connection, and as the self-built app.

Each tap is stored, worked, answered and marked, and its card changed. Held against a stock echo bot that stores nothing:
for the connection on WeCom's own SDK, for the app on wechatpy, behind the same stand-in. What the bare transport could do
is told as well, so that nobody takes the stock bot for the least there is; and for the connection what is left of its speed
where answers are stored and nobody is behind them. The SDK speaks TLS only, so all do there, with a certificate of the run's
own. The bots are processes of their own, each before a crowd of its own; they take turns.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from unittest.mock import patch

from bench.ratio import Ratio, typical
from bench.telegram_step import Side, process
from tests.support.wecom.certificate import certify

CROWD = 1_000
BURSTS, IDLE = 5, 20
BURST_SECONDS = 5
DOORS = {"link": "WeCom bot", "app": "WeCom app"}
STOCK = {"link": "stock echo bot, official SDK", "app": "stock echo bot, wechatpy"}
GOAL, LIMIT = 1.0, 0.5
_STOCK_MODULES = ("aibot", "wechatpy")
_TAP, _BACK = {"press": 0}, {"press": "返回"}


@contextmanager
def _certificate() -> Iterator[str]:
    """The run's own, trusted by every process that is started meanwhile."""
    with TemporaryDirectory() as folder:
        certificate = str(certify(Path(folder) / "run.pem"))
        with patch.dict(os.environ, SSL_CERT_FILE=certificate):
            yield certificate


@contextmanager
def _side(certificate: str, door: str, bot: str, *arguments: str) -> Iterator[Side]:
    """A bot before a crowd of its own."""
    with process("wecom_crowd", door, str(CROWD), certificate) as crowd:
        service = json.loads(crowd.ready)["bot"]
        with process(bot, service, *arguments) as behind:
            yield Side(crowd, behind)


def _burst(side: Side) -> tuple[float, float, float]:
    """Answers a second, the bot's milliseconds of processor time for each, and the median wait in milliseconds."""
    began = side.bot.cpu_seconds()
    told = side.tells(_TAP)
    spent = side.bot.cpu_seconds() - began
    return CROWD / told["seconds"], 1e3 * spent / CROWD, 1e3 * told["median"]


def _tapping(door: str) -> list[Ratio]:
    """Everybody has a question before them and taps its first answer; then everybody steps back, for the next round."""
    speeds, costs, bares, crowded, at_once = [], [], [], [], []
    with (
        TemporaryDirectory() as folder,
        _certificate() as certificate,
        _side(certificate, door, "wecom_ours", door, folder, str(CROWD)) as ours,
        _side(certificate, door, f"wecom_stock_{door}") as stock,
        _side(certificate, door, "wecom_bare", door) as bare,
    ):
        ours.tells({"say": "/check"})
        for reference in (stock, bare):
            reference.tells({"say": "/offer"})
        for _ in range(BURSTS):
            idle = []
            for person in range(IDLE):
                idle.append(1e3 * ours.tells({**_TAP, "one": person})["median"])
                ours.tells({**_BACK, "one": person})
            spread = ours.tells({**_TAP, "over": BURST_SECONDS})
            ours.tells(_BACK)
            speed, cost, wait = _burst(ours)
            ours.tells(_BACK)
            stock_speed, stock_cost, _ = _burst(stock)
            speeds.append((speed, stock_speed))
            costs.append((cost, stock_cost))
            bares.append((speed, _burst(bare)[0]))
            crowded.append((1e3 * spread["median"], median(idle)))
            at_once.append((wait, median(idle)))
    what, idle_one = f"{DOORS[door]}: {CROWD:,} people tap", "an idle one's"
    instant, spread_out = f"{what} in one instant", f"{what} within {BURST_SECONDS} s"
    return [
        Ratio(instant, *typical(speeds), "answers/s", STOCK[door], LIMIT, at_least=True, goal=GOAL),
        Ratio(instant, *typical(bares), "answers/s", "the bare transport", None),
        Ratio(f"{instant}: processor time", *typical(costs), "ms/answer", STOCK[door], None),
        Ratio(f"{spread_out}: median wait", *typical(crowded), "ms", idle_one, 10),
        Ratio(f"{instant}: median wait", *typical(at_once), "ms", idle_one, None),
    ]


def _storing_alone() -> Ratio:
    """What a stored answer leaves of the stock bot's speed: the room that is there for a desk."""
    rounds = []
    with (
        TemporaryDirectory() as folder,
        _certificate() as certificate,
        _side(certificate, "link", "wecom_least_link", folder) as least,
        _side(certificate, "link", "wecom_stock_link") as stock,
    ):
        for bot in (least, stock):
            bot.tells({"say": "/offer"})
        for _ in range(BURSTS):
            rounds.append((_burst(least)[0], _burst(stock)[0]))
    what = f"{DOORS['link']}: {CROWD:,} people tap before the least that stores"
    return Ratio(what, *typical(rounds), "answers/s", STOCK["link"], None)


def measure(door: str) -> list[Ratio]:
    """Raises SystemExit where the stock bots' libraries are not installed."""
    if missing := [name for name in _STOCK_MODULES if find_spec(name) is None]:
        raise SystemExit(f"bench: {', '.join(missing)} not installed: make bench, or requirements/bench.txt")
    return [*_tapping(door), *([_storing_alone()] if door == "link" else [])]
