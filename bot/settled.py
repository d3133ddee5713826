"""What makes a process quick that serves for long: words read before they are asked for, a collector that seldom walks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

from core.storage.collector import left_to_stand, seldom_collected
from core.texts.catalog import read_all


@asynccontextmanager
async def settled() -> AsyncIterator[None]:
    """While the context lasts. The words are read beside what else there is to start, which does not wait for them."""
    with ExitStack() as stack:
        stack.enter_context(seldom_collected())
        reading = asyncio.create_task(_read_words(stack), name="reading the words")
        try:
            yield
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


async def _read_words(stack: ExitStack) -> None:
    await asyncio.to_thread(read_all)
    stack.enter_context(left_to_stand())
