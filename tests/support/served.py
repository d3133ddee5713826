"""What a company that is served has in common over every channel: its database, its clock, and what was said."""

import asyncio
import re
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Generic, TypeVar

from core.clock import SetClock
from core.queries.actor import OPERATOR
from core.services.desk import Desk
from core.services.people.staff import Invite
from core.storage.database import Database
from tests.support.town import SHANGHAI

M = TypeVar("M")
WORKED = "select count(*) from inbox where state in ('worked', 'parked')"
_HEAD = re.compile(r"\b[0-9a-f]{64}\b")
_READING = (
    "select count(*) from inbox where state = 'waiting'",
    "select count(*) from import_batch where state in ('opened', 'running')",
    "select count(*) from statement_file where state = 'opened'",
)
_UNSENT = "select count(*) from outbox where channel in ({}) and state in ('waiting', 'edit')"


@dataclass(kw_only=True)
class Served:
    """The company, the program's own parts in the test's loop, and the transcript."""

    folder: Path
    database: Database
    desk: Desk
    clock: SetClock
    channels: tuple[str, ...]
    """Those that are served: what waits for another waits for good."""
    transcript: list[str] = field(default_factory=list)

    def passes(self, **span: int) -> None:
        """Time goes on for the company."""
        self.clock.set(self.clock.now() + timedelta(**span))

    def comes(self, moment: str) -> None:
        """It is this moment now, company time: ``2026-03-10T14:02``."""
        self.clock.set(datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI))

    async def invites(self, name: str) -> str:
        """An invitation code, made by the operator."""
        return str(await self.desk.run(self.database, Invite(name), OPERATOR))

    def rows(self, question: str, *given: Any) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / "zixin.db")) as connection:
            return connection.execute(question, given).fetchall()

    async def comes_to(self, question: str, *answer: tuple[Any, ...], seconds: float = 15) -> None:
        """Until the database gives this answer."""
        async with asyncio.timeout(seconds):
            while self.rows(question) != list(answer):
                await asyncio.sleep(0.01)

    async def is_quiet(self) -> None:
        """Until nothing is left to be worked, imported or sent."""
        unsent = _UNSENT.format(", ".join(f"'{channel}'" for channel in self.channels))
        for question in (*_READING, unsent):
            await self._comes_to_rest(question)

    async def _comes_to_rest(self, question: str) -> None:
        await self.comes_to(question, (0,))


class Chat(ABC, Generic[M]):
    """What a person does, one thing after the other, each time reading all of the answer.

    ``M`` is a message as the channel's stand-in keeps it.
    """

    served: Served
    name: str
    told_as: str
    """Under which name the transcript has it."""
    _read: int = 0

    @property
    @abstractmethod
    def messages(self) -> Sequence[M]:
        """All that the desk said here, each as it reads now."""

    @abstractmethod
    def labels(self, message: M) -> Sequence[str]:
        """What its buttons read."""

    @abstractmethod
    def told(self, message: M) -> str:
        """A message as the transcript has it."""

    def reads(self) -> None:
        """Put down what came unasked."""
        for message in self.messages[self._read :]:
            self.note(f"资信 → {self.told_as}：{self.told(message)}")
        self._read = len(self.messages)

    async def sees(self, label: str, *, seconds: float = 15) -> M:
        """The newest message with a button that begins with this, as soon as there is one."""
        async with asyncio.timeout(seconds):
            while (found := self._newest(label)) is None:
                await asyncio.sleep(0.01)
                await self.looks()
        return found

    async def looks(self) -> None:
        """Have the channel bring what is new; most do so by themselves."""

    def note(self, line: str) -> None:
        """A line of the transcript. The head of the audit trail is another each time: it covers random codes."""
        self.served.transcript.append(_HEAD.sub("……", line))

    async def answer(self, what: str, act: Callable[[], Awaitable[object] | object]) -> M:
        """Do it, and read the answer; the last message that it brings."""
        self.reads()
        self.note(f"{self.told_as}{what}")
        read = len(self.messages)
        [(before,)] = self.served.rows(WORKED)
        doing = act()
        if isinstance(doing, Awaitable):
            await doing
        await self.served.comes_to(WORKED, (before + 1,))
        await self.served.is_quiet()
        await self.looks()
        assert len(self.messages) > read, f"{self.name} got no answer"
        self.reads()
        return self.messages[-1]

    def _newest(self, label: str) -> M | None:
        return next(
            (
                message
                for message in reversed(self.messages)
                if any(shown.startswith(label) for shown in self.labels(message))
            ),
            None,
        )
