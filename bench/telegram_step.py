"""A conversation step through the whole Telegram channel, held against a stock echo bot that stores nothing.

Three hundred people answer the first question of the deal check at once and are asked the second: for us that is an
update stored, worked, answered and marked, every write durable. The bots are processes of their own, each before a
stand-in of its own; they take turns, so that the machine is the same for both.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import Request, urlopen

from bench.bots import PEOPLE
from bench.ratio import Ratio, typical

ROUNDS = 7
GOAL, LIMIT = 1.0, 0.5
_ANSWER, _BACK = {"say": "K{id}-1"}, {"press": "返回"}


@dataclass(frozen=True, slots=True)
class _Process:
    id: int
    ready: str
    """The line with which it says that it is ready."""

    def cpu_seconds(self) -> float:
        """User and system time so far, of all its threads."""
        fields = Path(f"/proc/{self.id}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Side:
    """A bot and the crowd before it."""

    crowd: _Process
    bot: _Process

    def burst(self, order: dict[str, Any]) -> tuple[float, float]:
        """Answers a second, and the milliseconds of processor time that the bot spent on each."""
        began = self.bot.cpu_seconds()
        seconds = float(self.tells(order)["seconds"])
        return PEOPLE / seconds, 1000 * (self.bot.cpu_seconds() - began) / PEOPLE

    def tells(self, order: dict[str, Any]) -> dict[str, Any]:
        """What the crowd says of a burst: the seconds to the last answer, the median wait for one."""
        url = json.loads(self.crowd.ready)["url"]
        body = json.dumps({**order, "webhook": self.bot.ready}).encode()
        with urlopen(Request(f"{url}/burst", body, {"Content-Type": "application/json"})) as answer:
            told: dict[str, Any] = json.load(answer)
        return told


@contextmanager
def process(module: str, *arguments: str) -> Iterator[_Process]:
    """A process of `bench.bots`, as soon as it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"bench.bots.{module}", *arguments], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield _Process(process.pid, process.stdout.readline().strip())
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


@contextmanager
def side(bot: str, mode: str, *arguments: str, people: int = PEOPLE) -> Iterator[Side]:
    """A bot before a crowd of its own."""
    with (
        process("crowd", str(people)) as crowd,
        process(bot, json.loads(crowd.ready)["url"], mode, *arguments) as behind,
    ):
        yield Side(crowd, behind)


def _compare(mode: str) -> list[Ratio]:
    speeds, costs = [], []
    with (
        TemporaryDirectory() as folder,
        side("ours", mode, folder) as ours,
        side("stock", mode) as stock,
    ):
        ours.burst({"say": "/check"})
        for _ in range(1 + ROUNDS):
            our_speed, our_cost = ours.burst(_ANSWER)
            stock_speed, stock_cost = stock.burst(_ANSWER)
            speeds.append((our_speed, stock_speed))
            costs.append((our_cost, stock_cost))
            ours.burst(_BACK)
    speed, cost = typical(speeds[1:]), typical(costs[1:])
    what, against = f"conversation step in Telegram, {mode}", "stock echo bot"
    return [
        Ratio(what, *speed, "updates/s", against, LIMIT, at_least=True, goal=GOAL),
        Ratio(f"{what}: processor time", *cost, "ms/update", against, None),
    ]


def measure() -> list[Ratio]:
    return [ratio for mode in ("polling", "webhook") for ratio in _compare(mode)]
