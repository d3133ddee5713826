"""A day of chat in Telegram and in WeCom with a fault in every minute, lived in some ten minutes.

The clock jumps a minute at a time (`tests.reliability.soak`). In the end nothing may be lost, done twice, out of order or
untold, and the memory of the last six hours is held against that of the second six.
"""

import json
import subprocess
import sys
from collections.abc import Iterator

from bench.ratio import Ratio

HOURS = 24


def measure() -> Iterator[Ratio]:
    lived = subprocess.run(
        [sys.executable, "-m", "tests.reliability.soak", "--hours", str(HOURS)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,  # what does not hold is told below
    )
    told = json.loads(lived.stdout)
    for what in told["wrong"]:
        print(f"soak: {what}", file=sys.stderr)
    _, second, _, last = told["memory"]
    what = f"{HOURS} h, a fault a minute"
    yield Ratio(f"{what}: things wrong in the end", len(told["wrong"]), told["updates"], "", "updates", 0)
    yield Ratio(f"{what}: memory of the last quarter", last, second, "MiB", "the second quarter", 1.05)
