"""The sample company served over Telegram: the program's own parts in the test's loop, on a clock that is set."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.app import serving
from bot.telegram import channel, pace
from core.clock import SetClock
from core.policies.library import SHIPPED, Library
from core.queries.actor import OPERATOR
from core.queries.office import Office
from core.services.commands import open_desk
from core.services.desk import Desk
from core.services.people.staff import AddPerson
from core.settings import Language, Settings
from core.storage.database import Database
from core.storage.secrets import Vault
from tests.support.telegram import FakeTelegram, Message, Person
from tests.support.town import SAMPLE_POLICY
from tests.support.wecom.served import BEGINS, ROLES

_TO_DO = (
    "select count(*) from inbox where state = 'waiting'",
    "select count(*) from import_batch where state in ('opened', 'running')",
    "select count(*) from outbox where channel = 'telegram' and state in ('waiting', 'edit')",
)


@dataclass
class Served:
    """The company, Telegram, and what was said between them."""

    telegram: FakeTelegram
    folder: Path
    database: Database
    desk: Desk
    transcript: list[str] = field(default_factory=list)

    @asynccontextmanager
    async def runs(self) -> AsyncIterator[None]:
        """The bot's side at work, asking for updates."""
        async with serving(self.database, self.desk):
            polled = self.telegram.polls
            await self.telegram.world.until(
                lambda: self.telegram.polls > polled or None, 10, "a question for updates"
            )
            yield

    async def knows(self, name: str) -> "Chat":
        """Somebody known by their Telegram number, who has opened the chat."""
        person = self.telegram.person(name)
        await self.desk.run(self.database, AddPerson(name, ROLES[name], telegram=person.address), OPERATOR)
        return Chat(self, person)

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
        for question in _TO_DO:
            await self.comes_to(question, (0,))


@dataclass
class Chat:
    """What a person does, one thing after the other, each time reading all of the answer.

    Buttons are named by their place, or by what those of a card do: what is told is the same in every language.
    """

    served: Served
    person: Person
    _read: int = 0

    async def says(self, text: str, told_as: str = "") -> Message:
        """``told_as`` goes into the transcript for what is another text each time."""
        return await self._answer(f"：{told_as or text}", lambda: self.person.send_text(text))

    async def sends_file(self, name: str, content: bytes) -> Message:
        return await self._answer(f"：📎 {name}", lambda: self.person.send_document(name, content))

    async def taps(self, message: Message, what: int | str) -> Message:
        """Tap; what has become of the message is put down behind the answer."""
        button = next(one for place, one in enumerate(message.buttons) if what in (place, verb_of(one.data)))
        before = len(message.before)
        last = await self._answer(
            f"：［{button.label}］", lambda: self.person.press_data(message, button.data)
        )
        if len(message.before) > before:
            self._note(f"  → {told(message)}")
        return last

    async def sees(self, what: str) -> Message:
        """The newest message with a button that does this."""

        def look() -> Message | None:
            shown = (one for one in reversed(self.person.messages))
            return next(
                (one for one in shown if any(verb_of(each.data) == what for each in one.buttons)), None
            )

        return await self.served.telegram.world.until(look, 10, f"a button {what} for {self.person.name}")

    def reads(self) -> None:
        """Put down what came unasked."""
        for message in self.person.messages[self._read :]:
            self._note(f"资信 → {self.person.name}：{told(message)}")
        self._read = len(self.person.messages)

    async def _answer(self, what: str, act: Callable[[], object]) -> Message:
        """The last message that this brings."""
        worked = "select count(*) from inbox where state in ('worked', 'parked')"
        self.reads()
        self._note(f"{self.person.name}{what}")
        read = len(self.person.messages)
        [(before,)] = self.served.rows(worked)
        act()
        await self.served.comes_to(worked, (before + 1,))
        await self.served.is_quiet()
        assert len(self.person.messages) > read, f"{self.person.name} got no answer"
        self.reads()
        return self.person.messages[-1]

    def _note(self, line: str) -> None:
        self.served.transcript.append(line)


def verb_of(data: str) -> str:
    """What a button of a card does: ``approve`` of ``12.approve:3:1``."""
    return data.partition(".")[2].split(":")[0]


def told(message: Message) -> str:
    """A message as the transcript has it."""
    text = message.text.replace("\n", "\n    ")
    file = f"📎 {message.file.name} " if message.file is not None else ""
    buttons = "\n    " + " ".join(f"［{label}］" for label in message.labels) if message.labels else ""
    return f"{file}{text}{buttons}"


@asynccontextmanager
async def served_over_telegram(
    folder: Path, sample: Path, port: int, language: Language, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Served]:
    """The sample company on Tuesday 2026-03-10, 10:00, with Telegram for its only channel. Nobody is held back."""
    shutil.copytree(sample, folder, dirs_exist_ok=True)
    monkeypatch.setattr(channel, "Limits", lambda: pace.UNLIMITED)
    async with FakeTelegram() as telegram:
        settings = Settings(
            database_url=f"sqlite+aiosqlite:///{folder / 'zixin.db'}",
            policy_dir=SAMPLE_POLICY,
            language=language,
            telegram_token=SecretStr(telegram.token),
            telegram_base_url=telegram.base_url,
            http_port=port,
            _env_file=None,
        )
        office = Office(settings, Library([SHIPPED, SAMPLE_POLICY]), SetClock(BEGINS), Vault(settings))
        async with Database(folder / "zixin.db") as database:
            yield Served(telegram, folder, database, open_desk(office))
