"""Receiving by long polling: what comes in is stored, and only then acknowledged.

The library's own updater acknowledges first and works later; killed, it loses what it holds. Here the raw
batch is committed by ``store`` before the next question moves the offset past it, so a crash at any point means
that Telegram tells it again, and ``store`` drops what it already has by ``update_id``.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram.error import Conflict, TelegramError

from bot.telegram.api import Api, WrongToken
from bot.telegram.request import Throttled

CONFLICT_SECONDS = 5.0
"""Pause after a 409."""
LONGEST_BACKOFF_SECONDS = 30.0

Update = dict[str, Any]
Store = Callable[[list[Update]], Awaitable[None]]
Pause = Callable[[asyncio.Event, float], Awaitable[None]]

log = logging.getLogger(__name__)


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait, but no longer than until ``stop``."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return


async def poll(api: Api, store: Store, *, stop: asyncio.Event, pause: Pause = pause) -> None:
    """Receive until ``stop`` is set.

    ``store`` commits a batch; if it fails, the same batch is asked for again. Errors: ``WrongToken``.
    """
    offset = failures = 0
    claimed = contested = False
    while not stop.is_set():
        try:
            if not claimed:
                await api.claim_updates()
                claimed = True
            offset = await _keep(await _unless(stop, api.updates(offset)), store)
        except WrongToken:
            raise
        except Conflict:
            if not contested:
                log.warning("another process receives this bot's updates; waiting for it to stop")
            claimed, contested = False, True
            await pause(stop, CONFLICT_SECONDS)
        except Throttled as throttled:
            await pause(stop, throttled.seconds)
        except TelegramError as error:
            failures += 1
            log.info("no updates: %s: %s", type(error).__name__, error)
            await pause(stop, backoff_seconds(failures))
        except Exception:
            failures += 1
            log.exception("updates not stored, asking for them again")
            await pause(stop, backoff_seconds(failures))
        else:
            failures, contested = 0, False


def backoff_seconds(failures: int) -> float:
    """The pause after so many failures in a row: doubling from half a second to 30, less up to half at random."""
    longest: float = min(LONGEST_BACKOFF_SECONDS, 0.5 * 2 ** min(failures, 10))
    share = random.uniform(0.5, 1.0)  # noqa: S311  spreads retries, guards nothing
    return longest * share


async def _keep(batch: list[Any], store: Store) -> int:
    """Store a batch; the offset that acknowledges it."""
    updates = [one for one in batch if isinstance(one, dict) and isinstance(one.get("update_id"), int)]
    if len(updates) < len(batch):
        log.error("%d of %d updates have no id and are left out", len(batch) - len(updates), len(batch))
    if updates:
        await store(updates)
        last: int = max(one["update_id"] for one in updates)
        return last + 1
    if batch:
        raise TelegramError("nothing in the batch can be acknowledged")
    # All before is confirmed by now. Asking from the start keeps working when Telegram, after a quiet week,
    # goes on with a lower number.
    return 0


async def _unless(stop: asyncio.Event, question: Coroutine[Any, Any, list[Any]]) -> list[Any]:
    """The answer, or nothing if ``stop`` comes first; what was on its way will be told again."""
    asking = asyncio.ensure_future(question)
    stopping = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({asking, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return asking.result() if asking.done() else []
    finally:
        stopping.cancel()
        asking.cancel()
        await asyncio.gather(asking, stopping, return_exceptions=True)
