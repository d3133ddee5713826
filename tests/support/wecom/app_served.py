"""The sample company served over the WeCom app: the program's own parts in the test's loop, on a clock that is set."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import serving
from bot.wecom import app_channel
from bot.wecom.callback import PATH
from bot.wecom.pace import Pace
from core.clock import SetClock
from core.policies.library import SHIPPED, Library
from core.queries.actor import OPERATOR
from core.queries.office import Office
from core.services.commands import open_desk
from core.services.desk import Desk
from core.services.people.staff import AddPerson
from core.settings import Settings
from core.storage.database import Database
from core.storage.secrets import Vault
from tests.support.town import SAMPLE_POLICY
from tests.support.wecom.api_server import FakeApp
from tests.support.wecom.app_people import Member
from tests.support.wecom.app_world import Message
from tests.support.wecom.served import BEGINS, ROLES, USERIDS

_TO_DO = (
    "select count(*) from inbox where state = 'waiting'",
    "select count(*) from import_batch where state in ('opened', 'running')",
    "select count(*) from outbox where channel = 'wecom' and state in ('waiting', 'edit')",
)


@dataclass
class Served:
    """The company, the service, and what was said between them."""

    wecom: FakeApp
    folder: Path
    database: Database
    desk: Desk
    clock: SetClock
    transcript: list[str] = field(default_factory=list)

    @asynccontextmanager
    async def runs(self) -> AsyncIterator[None]:
        """The program at work, its menu set."""
        settings = self.desk.office.settings
        self.wecom.caller.url = f"http://{settings.http_host}:{settings.http_port}{PATH}"
        async with serving(self.database, self.desk):
            await self.wecom.world.until(lambda: self.wecom.world.menu or None, 10, "the menu")
            yield

    async def knows(self, *names: str) -> dict[str, Member]:
        """These are known by their user ids; none has ever written."""
        for name in names:
            await self.desk.run(self.database, AddPerson(name, ROLES[name], wecom=USERIDS[name]), OPERATOR)
        return {name: self.wecom.member(USERIDS[name]) for name in names}

    def chat(self, member: Member, name: str) -> "Chat":
        return Chat(self, member, name)

    def rows(self, question: str, *given: Any) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / "zixin.db")) as connection:
            return connection.execute(question, given).fetchall()

    async def comes_to(self, question: str, *answer: tuple[Any, ...], seconds: float = 15) -> None:
        """Until the database gives this answer."""
        async with asyncio.timeout(seconds):
            while self.rows(question) != list(answer):
                await asyncio.sleep(0.01)

    async def is_quiet(self) -> None:
        """Until nothing is left to be worked, imported or sent.

        A machine that is busy with other things may lose an answer, and what is tried again waits for the clock.
        """
        for question in _TO_DO:
            for _ in range(10):
                try:
                    await self.comes_to(question, (0,), seconds=3)
                    break
                except TimeoutError:
                    self.clock.set(self.clock.now() + timedelta(minutes=1))
            else:
                raise AssertionError(f"it does not come to rest: {question}")


@dataclass
class Chat:
    """What a member does, one thing after the other, each time reading all of the answer."""

    served: Served
    member: Member
    name: str
    _read: int = 0

    async def says(self, text: str, told_as: str = "") -> Message:
        """``told_as`` goes into the transcript for what is another text each time."""
        return await self._answer(f"：{told_as or text}", self.member.says(text))

    async def enters(self) -> Message:
        return await self._answer("：（进入应用）", self.member.enters())

    async def uses_menu(self, command: str) -> Message:
        return await self._answer(f"：（菜单）{command}", self.member.uses_menu(command))

    async def sends(self, kind: str) -> Message:
        return await self._answer(f"：（{kind}）", self.member.sends(kind))

    async def sends_picture(self, content: bytes) -> Message:
        return await self._answer("：（照片）", self.member.sends_picture(content))

    async def taps(self, label: str, on: Message | None = None) -> Message:
        """Tap; what has become of the card is put down behind the answer."""
        message = on or await self.member.wait_button(label)
        last = await self._answer(f"：［{label}］", self.member.taps(message, label))
        world = self.served.wecom.world
        await world.until(lambda: world.last_code_of(message).used or None, 10, "the mark on a tapped card")
        self._note(f"  卡片变成：{told(message)}")
        return last

    def reads(self) -> None:
        """Put down what came unasked."""
        for message in self.member.messages[self._read :]:
            self._note(f"资信 → {self.name}：{told(message)}")
        self._read = len(self.member.messages)

    async def _answer(self, what: str, doing: Awaitable[int]) -> Message:
        """The last message that this brings."""
        self.reads()
        self._note(f"{self.name}{what}")
        read = len(self.member.messages)
        assert await doing == 200
        await self.served.is_quiet()
        assert len(self.member.messages) > read, f"{self.name} got no answer"
        self.reads()
        return self.member.messages[-1]

    def _note(self, line: str) -> None:
        self.served.transcript.append(line)


async def asks_for_credit(requester: Chat) -> Message:
    """3.1: from the menu to the requester's own card."""
    await requester.uses_menu("/credit")
    await requester.says("C0009")
    kinds = await requester.says("10万")
    await requester.taps("长期", kinds)
    preview = await requester.says("旺季备货")
    return await requester.taps("按 ¥100,000 提交", preview)


def told(message: Message) -> str:
    """A message as the transcript has it."""
    if message.kind in {"file", "image"}:
        return "（文件）"
    text = message.text.replace("\n", "\n    ")
    if message.closed:
        return f"{text}\n    （灰）［{message.closed}］"
    if not message.choices:
        return text
    kind = "（单选）" if message.choices[0].listed else ""
    return f"{text}\n    {kind}" + " ".join(f"［{label}］" for label in message.labels)


@asynccontextmanager
async def served_over_app(
    folder: Path, sample: Path, port: int, monkeypatch: pytest.MonkeyPatch, **settings: Any
) -> AsyncIterator[Served]:
    """The sample company on Tuesday 2026-03-10, 10:00, with the WeCom app for a channel. Nobody is held back."""
    shutil.copytree(sample, folder, dirs_exist_ok=True)
    monkeypatch.setattr(app_channel, "Pace", lambda: Pace(10_000, 100_000))
    clock = SetClock(BEGINS)
    async with FakeApp(clock) as wecom:
        wecom.world.most_a_minute = wecom.world.most_an_hour = 10_000
        told = Settings(
            database_url=f"sqlite+aiosqlite:///{folder / 'zixin.db'}",
            policy_dir=SAMPLE_POLICY,
            http_port=port,
            _env_file=None,
            **wecom.settings,
            **settings,
        )
        office = Office(told, Library([SHIPPED, SAMPLE_POLICY]), clock, Vault(told))
        async with Database(folder / "zixin.db") as database:
            yield Served(wecom, folder, database, open_desk(office), clock)
