"""From nothing to the first answer, and what the program weighs at rest.

``zixin run`` on an empty folder, with somebody's message already waiting in Telegram; and ``zixin demo``, which makes
the sample company and then serves the browser chat. The reference is Python loading the two libraries that neither
can do without.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from bench.ratio import Ratio

ROUNDS = 3
PATIENCE = 60.0
REST_SECONDS = 3.0
_ZIXIN = Path(sys.executable).with_name("zixin")


@contextmanager
def _running(command: Sequence[str | Path], **options: Any) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(command, text=True, **options)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _seconds_until(done: Callable[[], bool], began: float) -> float:
    while not done():
        if time.perf_counter() - began > PATIENCE:
            raise TimeoutError("no answer")
        time.sleep(0.01)
    return time.perf_counter() - began


def _ask(url: str, body: dict[str, str] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(url, data, {"Content-Type": "application/json"})) as answer:
        return json.load(answer)


def _environment(folder: str, **settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ZIXIN_")}
    database = f"sqlite+aiosqlite:///{folder}/zixin.db"
    return {**kept, "ZIXIN_DATABASE_URL": database, "ZIXIN_HTTP_PORT": str(_free_port()), **settings}


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _first_answer() -> tuple[float, float]:
    """Seconds from the start of ``zixin run`` to its first message, and its memory a while later, in MiB."""
    stand_in = [sys.executable, "-m", "tests.support.telegram"]
    with TemporaryDirectory() as folder, _running(stand_in, stdout=subprocess.PIPE) as telegram:
        assert telegram.stdout is not None
        settings = json.loads(telegram.stdout.readline())
        url = settings["ZIXIN_TELEGRAM_BASE_URL"]
        person = f"{url}/people/{_ask(f'{url}/people', {'name': 'Anna'})['id']}"
        _ask(f"{person}/text", {"text": "/start"})
        began = time.perf_counter()
        with _running(
            [_ZIXIN, "run"], cwd=folder, env=_environment(folder, **settings), stderr=subprocess.DEVNULL
        ) as zixin:
            seconds = _seconds_until(lambda: bool(_ask(f"{person}/messages")), began)
            time.sleep(REST_SECONDS)
            status = Path(f"/proc/{zixin.pid}/status").read_text()
        telegram.stdout.close()
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return seconds, int(resident.split()[1]) / 1024


def _demo_page() -> float:
    """Seconds from the start of ``zixin demo`` to the page, the sample company made meanwhile."""
    with TemporaryDirectory() as folder:
        environment = _environment(folder)
        page = f"http://127.0.0.1:{environment['ZIXIN_HTTP_PORT']}/chat"

        def served() -> bool:
            try:
                with urlopen(page) as answer:
                    return bool(answer.status == 200)
            except URLError:
                return False

        began = time.perf_counter()
        with _running(
            [_ZIXIN, "demo", "--no-open"],
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ):
            return _seconds_until(served, began)


def _bare() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import sqlalchemy, aiohttp"], check=True)
    return time.perf_counter() - began


def _bare_memory() -> float:
    """Of a Python that has loaded the two libraries, in MiB."""
    tell = "import sqlalchemy, aiohttp; print(open('/proc/self/status').read())"
    status = subprocess.run([sys.executable, "-c", tell], check=True, capture_output=True, text=True).stdout
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS:")).split()[1]) / 1024


def measure() -> list[Ratio]:
    rounds = [(_bare(), *_first_answer(), _demo_page()) for _ in range(ROUNDS)]
    bare, answer, memory, page = (median(column) for column in zip(*rounds, strict=True))
    against = "python -c 'import sqlalchemy, aiohttp'"
    return [
        Ratio("start: zixin run to the first answer", answer, bare, "s", against, None),
        Ratio("start: memory at rest", memory, _bare_memory(), "MiB", against, None),
        Ratio("start: zixin demo to the page", page, bare, "s", against, None),
    ]
