"""The stand-in as a process of its own: ``python -m tests.support.telegram --port 8081``."""

import argparse
import asyncio
import json
import sys

from tests.support.telegram.control import Control
from tests.support.telegram.server import FakeTelegram


async def serve(port: int) -> None:
    telegram = FakeTelegram(port=port)
    Control(telegram).add_to(telegram.app)
    async with telegram:
        ready = {"ZIXIN_TELEGRAM_BASE_URL": telegram.base_url, "ZIXIN_TELEGRAM_TOKEN": telegram.token}
        sys.stdout.write(json.dumps(ready) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    asyncio.run(serve(parser.parse_args().port))
