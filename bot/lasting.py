"""Tasks that last as long as the program: one that a bug ends is begun again, and those who can mend it are told."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable

from core.services.desk import Desk
from core.services.stumbles import Part, raise_alarm
from core.storage.database import Database

AGAIN_SECONDS = 5.0
"""Before what has stopped begins again."""

log = logging.getLogger(__name__)


class Lasting:
    """Without it such a task would end in silence, and whatever it did with it."""

    def __init__(self, database: Database, desk: Desk) -> None:
        self._database = database
        self._desk = desk

    async def run(self, part: Part, work: Callable[[], Awaitable[None]]) -> None:
        """Do the work, after a bug once more; returns when the work does."""
        while True:
            try:
                await work()
                return
            except Exception:
                await self.stumbled(part)
            await asyncio.sleep(AGAIN_SECONDS)

    async def stumbled(self, part: Part) -> None:
        """From where an error is caught: it is logged with its trace, and told to the admin once a day."""
        reference = secrets.token_hex(3)
        log.exception("%s stopped and begins again, reference %s", part, reference)
        await raise_alarm(self._database, self._desk, part, reference)
