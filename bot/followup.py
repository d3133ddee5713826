"""What is too long for a turn of the conversation is done after its commit; the database says what is left to do.

A marked copy alone is not taken up again: it changes nothing, and its button is still there.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Mapping

from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session

from bot.lasting import Lasting
from core.records.import_batch import ImportBatch
from core.records.simulation import SimulationRun
from core.records.statement import StatementFile
from core.services import tell
from core.services.desk import Desk
from core.services.imports.import_batch import unfinished
from core.services.imports.import_copy import mark_import
from core.services.imports.import_run import take_up_import
from core.services.policies.simulation import take_up_simulation, untold
from core.services.statements.statement_files import unread
from core.services.statements.statement_reading import take_up_statement_file
from core.services.stumbles import Part
from core.storage.database import Database
from core.texts.message import Message

log = logging.getLogger(__name__)

AGAIN_SECONDS = 5.0
"""Before a database that could not say what is left to do is asked again."""
IMPORT, MARKED_COPY, SIMULATION, STATEMENT_FILE = "import", "marked copy", "simulation", "statement file"


class Followups:
    """One thing at a time: a file may take a child process of 1 GiB, a simulation reads every customer."""

    def __init__(self, database: Database, desk: Desk) -> None:
        self._database = database
        self._desk = desk
        self._lasting = Lasting(database, desk)
        self._tasks: set[asyncio.Task[None]] = set()
        self._one = asyncio.Semaphore(1)

    def start(self, kind: str, number: int) -> None:
        """Begin what a turn asked for: an import, a simulation, a file of statements."""
        self._spawn(self._take_up(kind, number))

    async def resume(self) -> None:
        """Take up what an earlier process left."""
        self._spawn(self._lasting.run(Part.FILES, self._take_up_all))

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

    async def _take_up(self, kind: str, number: int) -> None:
        async with self._one:
            try:
                await _TAKE_UP[kind](self._database, self._desk, number)
            except Exception:
                await self._apologise(kind, number)

    async def _apologise(self, kind: str, number: int) -> None:
        """A bug: it is logged with its trace, and told with a number to whoever waits for what is not done.

        What is taken up at every start is told once.
        """
        reference, resumes = secrets.token_hex(3), kind in _WAITING
        again = "is taken up at the next start" if resumes else "can be asked for once more"
        log.exception("%s %s stopped, reference %s; it %s", kind, number, reference, again)
        told = Message("left-undone", {"reference": reference, "resumes": "yes" if resumes else "no"})
        key = f"left-undone:{kind}:{number}" if resumes else None

        def apologise(session: Session) -> None:
            person = _asker(session, kind, number)
            if person is not None:
                tell.tell(session, person, told, at=self._desk.office.clock.now(), key=key)

        try:
            await self._database.write(apologise)
        except OperationalError:  # what stopped it as well, most likely
            log.warning("nobody was told of %s %s", kind, number)
        except Exception:  # it must not keep what is left to do from being done
            log.exception("nobody was told of %s %s", kind, number)

    async def _take_up_all(self) -> None:
        """One that fails at every start keeps none from running behind it."""
        for kind, waiting in _WAITING.items():
            for number in await self._left(kind, waiting):
                await self._take_up(kind, number)

    async def _left(self, kind: str, waiting: Callable[[Session], tuple[int, ...]]) -> tuple[int, ...]:
        """What the database says is left to do, as soon as it can say it: nothing else brings it up until the next start."""
        while True:
            try:
                return await self._database.read(waiting)
            except DatabaseError:
                log.exception("what is left to do of kind %s could not be read; trying again", kind)
                await asyncio.sleep(AGAIN_SECONDS)


def _asker(session: Session, kind: str, number: int) -> int | None:
    """Who waits for it; nobody for what was begun at the command line."""
    if kind == SIMULATION:
        return session.get_one(SimulationRun, number).asked_by
    if kind == STATEMENT_FILE:
        return session.get_one(StatementFile, number).by
    return session.get_one(ImportBatch, number).by


_TAKE_UP: Mapping[str, Callable[[Database, Desk, int], Awaitable[None]]] = {
    IMPORT: take_up_import,
    MARKED_COPY: mark_import,
    SIMULATION: take_up_simulation,
    STATEMENT_FILE: take_up_statement_file,
}
_WAITING: Mapping[str, Callable[[Session], tuple[int, ...]]] = {
    IMPORT: unfinished,
    SIMULATION: untold,
    STATEMENT_FILE: unread,
}
"""What the database says is left to do; a marked copy is asked for again by whoever still wants it."""
