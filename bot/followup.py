"""What is too long for a turn of the conversation is done after its commit; the database says what is left to do."""

import asyncio
import logging
from collections.abc import Coroutine

from core.services.desk import Desk
from core.services.import_run import take_up_import, take_up_imports
from core.storage.database import Database

log = logging.getLogger(__name__)

IMPORT = "import"


class Followups:
    """Imports are read and booked one at a time: each may take a child process of 1 GiB."""

    def __init__(self, database: Database, desk: Desk) -> None:
        self._database = database
        self._desk = desk
        self._tasks: set[asyncio.Task[None]] = set()
        self._one_import = asyncio.Semaphore(1)

    def start(self, kind: str, number: int) -> None:
        """Begin what a turn asked for: ``import`` is the only kind there is."""
        if kind != IMPORT:
            raise ValueError(kind)
        self._spawn(self._import(number))

    async def resume(self) -> None:
        """Take up what an earlier process left."""
        self._spawn(self._all_imports())

    async def idle(self) -> None:
        """Wait until everything begun is done."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _import(self, batch: int) -> None:
        async with self._one_import:
            try:
                await take_up_import(self._database, self._desk, batch)
            except Exception:
                log.exception("import %s stopped; it is taken up at the next start", batch)

    async def _all_imports(self) -> None:
        async with self._one_import:
            try:
                await take_up_imports(self._database, self._desk)
            except Exception:
                log.exception("imports could not be taken up")
