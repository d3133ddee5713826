"""``python -m tests.reliability.soak --hours 24``: a report in JSON; exit code 1 if anything did not hold."""

import argparse
import asyncio
import json
import socket
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from core.clock import day_of
from core.samples.load import load_sample
from tests.reliability.soak.run import Report, soak
from tests.support.town import SHANGHAI, a_town


async def main(hours: float, seed: int) -> Report:
    with TemporaryDirectory() as made, TemporaryDirectory() as lived:
        async with a_town(Path(made)) as town:
            await load_sample(town.database, town.desk, day_of(town.clock.now(), SHANGHAI))
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        return await soak(Path(lived), Path(made), port, steps=round(hours * 60), seed=seed)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=24)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    report = asyncio.run(main(asked.hours, asked.seed))
    sys.stdout.write(json.dumps(asdict(report), ensure_ascii=False, indent=1) + "\n")
    sys.exit(1 if report.wrong else 0)
