"""The database as the program sees it: `write` for a unit of work, `read` for a question.

A unit of work is a plain function over a session. On SQLite all of them run in one writer thread, in the order
they were asked for; those that wait together share one transaction, each in a savepoint of its own, so that one
flush to the disk serves them all and a failed one undoes only itself. Nobody is told “done” before the commit.
A question is asked whole in one of a few reader threads: one hop instead of one for every statement.
"""

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from core.storage.engines import READERS, reader_engine, writer_engine

T = TypeVar("T")

GROUP_SECONDS = 0.02
"""No further unit joins a transaction that has held the write lock this long."""


@dataclass(slots=True)
class _Unit(Generic[T]):
    work: Callable[[Session], T]
    loop: asyncio.AbstractEventLoop
    done: "asyncio.Future[T]"
    result: Any = None
    error: BaseException | None = None


class Database:
    """One SQLite file. Use it as an async context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer = writer_engine(path)
        self._reader = reader_engine(path)
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._units: queue.SimpleQueue[_Unit[Any] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._listeners: list[Callable[[frozenset[str]], None]] = []

    async def __aenter__(self) -> "Database":
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._units.put(None)
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)
        await asyncio.to_thread(self._readers.shutdown)
        self._writer.dispose()
        self._reader.dispose()

    def on_commit(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Call ``listener`` after each commit that announced something (see `announce`), in the event loop."""
        self._listeners.append(listener)

    async def write(self, work: Callable[[Session], T]) -> T:
        """Run ``work`` in a transaction of its own; what it raises undoes it and is raised here."""
        loop = asyncio.get_running_loop()
        unit: _Unit[T] = _Unit(work, loop, loop.create_future())
        self._units.put(unit)
        return await unit.done

    async def read(self, question: Callable[[Session], T]) -> T:
        """Ask ``question`` of a steady picture of the database; it cannot change anything."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._ask, question)

    def _ask(self, question: Callable[[Session], T]) -> T:
        with Session(self._reader, expire_on_commit=False) as session:
            return question(session)

    def _run(self) -> None:
        connection: Connection | None = None
        while (unit := self._units.get()) is not None:
            try:
                connection = connection or self._writer.connect()
            except Exception as error:  # told to who asked; the next one asks for a connection again
                unit.error = error
                self._answer([unit], frozenset())
            else:
                self._serve(connection, unit)
        if connection is not None:
            connection.close()

    def _serve(self, connection: Connection, first: _Unit[Any]) -> None:
        """One transaction: the unit that came first and those that wait behind it."""
        group = [first]  # it is answered even where the transaction cannot begin
        announced: set[str] = set()
        try:
            with connection.begin():
                until = time.monotonic() + GROUP_SECONDS
                announced |= self._work(connection, first)
                while time.monotonic() < until and (unit := self._next()) is not None:
                    group.append(unit)
                    announced |= self._work(connection, unit)
        except BaseException as error:
            connection.invalidate()  # a commit that failed leaves its transaction open: the next needs a fresh one
            for unit in group:
                unit.error = unit.error or error
            announced.clear()
        self._answer(group, frozenset(announced))

    def _next(self) -> _Unit[Any] | None:
        try:
            unit = self._units.get_nowait()
        except queue.Empty:
            return None
        if unit is None:  # told to stop: after this transaction
            self._units.put(None)
        return unit

    @staticmethod
    def _work(connection: Connection, unit: _Unit[Any]) -> set[str]:
        savepoint = connection.begin_nested()
        session = Session(bind=connection, expire_on_commit=False, join_transaction_mode="rollback_only")
        try:
            unit.result = unit.work(session)
            session.flush()
        except Exception as error:
            unit.error = error
            session.close()
            savepoint.rollback()
            return set()
        announced = session.info.get("announced", set())
        session.close()
        savepoint.commit()
        return set(announced)

    def _answer(self, group: list[_Unit[Any]], announced: frozenset[str]) -> None:
        for loop in {unit.loop for unit in group}:
            units = [unit for unit in group if unit.loop is loop]
            try:
                loop.call_soon_threadsafe(self._settle, units, announced)
            except RuntimeError:  # the loop is gone, and with it everyone who waited
                continue

    def _settle(self, units: list[_Unit[Any]], announced: frozenset[str]) -> None:
        for unit in units:
            if unit.done.cancelled():
                continue
            if unit.error is not None:
                unit.done.set_exception(unit.error)
            else:
                unit.done.set_result(unit.result)
        if announced:
            for listener in self._listeners:
                listener(announced)


def announce(session: Session, what: str) -> None:
    """After the commit, wake whoever listens for ``what`` (a channel's sender, a browser page)."""
    session.info.setdefault("announced", set()).add(what)
