"""The sample company served over the WeCom app: the program's own parts in the test's loop, on a clock that is set."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.app import serving
from bot.wecom import app_channel
from bot.wecom.callback import PATH
from bot.wecom.pace import Pace
from core.clock import SetClock
from core.queries.actor import OPERATOR
from core.queries.office import Office
from core.services.commands import open_desk
from core.services.people.staff import AddPerson
from core.settings import Settings
from core.storage.database import Database
from core.storage.secrets import Vault
from tests.support.prepared import SAMPLE_POLICY, sample_library
from tests.support.served import Chat as AnyChat
from tests.support.served import Served as AnyServed
from tests.support.wecom.api_server import FakeApp
from tests.support.wecom.app_people import Member
from tests.support.wecom.app_world import Message
from tests.support.wecom.served import BEGINS, ROLES, USERIDS


@dataclass(kw_only=True)
class Served(AnyServed):
    """The company and the service."""

    wecom: FakeApp

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

    async def _comes_to_rest(self, question: str) -> None:
        """A machine that is busy with other things may lose an answer, and what is tried again waits for the clock."""
        for _ in range(10):
            try:
                await self.comes_to(question, (0,), seconds=3)
                return
            except TimeoutError:
                self.passes(minutes=1)
        raise AssertionError(f"it does not come to rest: {question}")


class Chat(AnyChat[Message]):
    """What a member does."""

    def __init__(self, served: Served, member: Member, name: str) -> None:
        self.served: Served = served
        self.member = member
        self.name = self.told_as = name

    @property
    def messages(self) -> Sequence[Message]:
        return self.member.messages

    def labels(self, message: Message) -> Sequence[str]:
        return message.labels

    def told(self, message: Message) -> str:
        return told(message)

    async def comes_in(self, code: str) -> None:
        """9.5: entering, a stranger is asked for a code and told nothing else; the code lets them in."""
        assert not (await self.enters()).labels
        assert (await self.says(code, told_as="（邀请码）")).labels

    async def says(self, text: str, told_as: str = "") -> Message:
        """``told_as`` goes into the transcript for what is another text each time."""
        return await self.answer(f"：{told_as or text}", lambda: self._calls(self.member.says(text)))

    async def enters(self) -> Message:
        return await self.answer("：（进入应用）", lambda: self._calls(self.member.enters()))

    async def uses_menu(self, command: str) -> Message:
        return await self.answer(f"：（菜单）{command}", lambda: self._calls(self.member.uses_menu(command)))

    async def sends(self, kind: str) -> Message:
        return await self.answer(f"：（{kind}）", lambda: self._calls(self.member.sends(kind)))

    async def sends_picture(self, content: bytes) -> Message:
        return await self.answer("：（照片）", lambda: self._calls(self.member.sends_picture(content)))

    async def taps(self, label: str, on: Message | None = None) -> Message:
        """Tap; what has become of the card is put down behind the answer."""
        message = on or await self.sees(label)
        last = await self.answer(f"：［{label}］", lambda: self._calls(self.member.taps(message, label)))
        world = self.served.wecom.world
        await world.until(lambda: world.last_code_of(message).used or None, 10, "the mark on a tapped card")
        self.note(f"  卡片变成：{told(message)}")
        return last

    @staticmethod
    async def _calls(doing: Awaitable[int]) -> None:
        assert await doing == 200


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
        office = Office(told, sample_library(), clock, Vault(told))
        async with Database(folder / "zixin.db") as database:
            yield Served(
                folder=folder,
                database=database,
                desk=open_desk(office),
                clock=clock,
                channels=("wecom", "web"),
                wecom=wecom,
            )
