"""A conversation step through the whole Telegram channel, held against a stock echo bot that stores nothing.

Three hundred people answer the first question of the deal check at once and are asked the second: for us that is an
update stored, worked, answered and marked, every write durable. The bots are processes of their own, each before a
stand-in of its own; they take turns, so that the machine is the same for both.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import Request, urlopen

from bench.bots import PEOPLE
from bench.ratio import Ratio, typical

ROUNDS = 7
GOAL, LIMIT = 1.0, 0.5
_ANSWER, _BACK = {"say": "K{id}-1"}, {"press": "返回"}


@contextmanager
def _process(module: str, *arguments: str) -> Iterator[str]:
    """A process of `bench.bots`, and the line with which it says that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"bench.bots.{module}", *arguments], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def _burst(url: str, webhook: str, order: dict[str, Any]) -> float:
    """Answers a second."""
    body = json.dumps({**order, "webhook": webhook}).encode()
    request = Request(f"{url}/burst", body, {"Content-Type": "application/json"})
    with urlopen(request) as answer:
        return PEOPLE / float(json.load(answer)["seconds"])


def _compare(folder: Path, *mode: str) -> tuple[float, float]:
    with (
        _process("crowd") as before_ours,
        _process("crowd") as before_stock,
        _process("ours", json.loads(before_ours)["url"], str(folder), *mode) as our_address,
        _process("stock", json.loads(before_stock)["url"], *mode) as stock_address,
    ):
        ours = (json.loads(before_ours)["url"], our_address)
        stock = (json.loads(before_stock)["url"], stock_address)
        _burst(*ours, {"say": "/check"})
        rounds = []
        for _ in range(ROUNDS + 1):
            step = _burst(*ours, _ANSWER)
            rounds.append((step, _burst(*stock, _ANSWER)))
            _burst(*ours, _BACK)
        return typical(rounds[1:])


def measure() -> list[Ratio]:
    found = []
    for mode in ((), ("webhook",)):
        with TemporaryDirectory() as folder:
            ours, stock = _compare(Path(folder), *mode)
        name = f"conversation step in Telegram, {'webhook-style' if mode else 'polling'}"
        found.append(Ratio(name, ours, stock, "updates/s", "stock echo bot", LIMIT, at_least=True, goal=GOAL))
    return found
