"""Writing down what became of messages: those that land together in one unit of work, and none is forgotten."""

import asyncio
import logging
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot import outbox
from bot.dialog.outcome import Outcome
from core.clock import Clock
from core.storage.database import Database

RETRY_SECONDS = 0.5

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Mark:
    row: outbox.Row
    outcome: Outcome
    done: "asyncio.Future[None]"


class Marking:
    """While one unit of work is under way, what lands meanwhile is gathered for the next."""

    def __init__(self, database: Database, clock: Clock, served: Collection[str]) -> None:
        """``served``: the channels in which messages are sent at all."""
        self._database = database
        self._clock = clock
        self._served = served
        self._gathered: list[_Mark] = []
        self._task: asyncio.Task[None] | None = None

    async def mark(self, row: outbox.Row, outcome: Outcome) -> None:
        """Returns once it is committed. The message is out: sending it again is no cure for a database in trouble."""
        mark = _Mark(row, outcome, asyncio.get_running_loop().create_future())
        self._gathered.append(mark)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write_all(), name="marking")
        await mark.done

    async def _write_all(self) -> None:
        while self._gathered:
            marks, self._gathered = self._gathered, []
            if not await self._write(marks):
                for mark in marks:  # one of them cannot be written, and must not keep the others from it
                    await self._write([mark])

    async def _write(self, marks: list[_Mark]) -> bool:
        """Whether it was written; of one alone the error is its own."""

        def work(session: Session) -> None:
            landed = [(mark.row, mark.outcome) for mark in marks]
            outbox.mark_all(session, landed, self._clock.now(), self._served)

        while True:
            try:
                await self._database.write(work)
            except OperationalError:
                log.exception("message %s could not be marked", ", ".join(str(mark.row.id) for mark in marks))
                await asyncio.sleep(RETRY_SECONDS)
                continue
            except Exception as error:
                if len(marks) > 1:
                    return False
                _settle(marks, error)
                return True
            _settle(marks, None)
            return True


def _settle(marks: list[_Mark], error: Exception | None) -> None:
    for mark in marks:
        if mark.done.cancelled():
            continue
        if error is None:
            mark.done.set_result(None)
        else:
            mark.done.set_exception(error)
