"""The sample company served over the WeCom bot: the program's own parts in the test's loop, on a clock that is set."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import serving
from bot.wecom import channel, link, serve
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
from tests.support.town import SAMPLE_POLICY, SHANGHAI
from tests.support.wecom.link_server import FakeWeCom
from tests.support.wecom.members import Member
from tests.support.wecom.shown import Shown

BEGINS = datetime(2026, 3, 10, 10, 0, tzinfo=SHANGHAI)
QUICK = link.Times(
    open=2.0,
    answer=0.6,
    ping=0.2,
    first_pause=0.05,
    longest_pause=0.3,
    steady=2.0,
    too_often=0.5,
    refused=0.5,
)
"""The life of a connection in tenths of seconds."""
ROLES = {
    "王小雨": ("sales",),
    "郑惠芳": ("finance_manager",),
    "许文博": ("market_manager",),
    "沈雅琴": ("credit_controller",),
    "赵明辉": ("marketing_vp",),
    "林静秋": ("cfo",),
    "陈国梁": ("gm",),
    "周鸿远": ("chairman",),
}
USERIDS = dict(zip(
        ROLES,
        ("WangXiaoYu", "ZhengHuiFang", "XuWenBo", "ShenYaQin", "ZhaoMingHui", "LinJingQiu", "ChenGuoLiang", "ZhouHongYuan"),
        strict=True,
    ))  # fmt: skip


@dataclass
class Served:
    """The company, the service, and what was said between them."""

    wecom: FakeWeCom
    folder: Path
    database: Database
    desk: Desk
    clock: SetClock
    transcript: list[str] = field(default_factory=list)

    @asynccontextmanager
    async def runs(self) -> AsyncIterator[None]:
        """The bot's side at work, connected."""
        before = self.wecom.subscribed
        async with serving(self.database, self.desk):
            await self.wecom.serves(before + 1)
            yield

    async def knows(self, *names: str) -> dict[str, Member]:
        """These are known by their user ids, and have written to the bot before."""
        for name in names:
            await self.desk.run(self.database, AddPerson(name, ROLES[name], wecom=USERIDS[name]), OPERATOR)
        return {name: self.wecom.member(USERIDS[name]) for name in names}

    def chat(self, member: Member, name: str) -> "Chat":
        return Chat(self, member, name)

    def passes(self, **span: int) -> None:
        """Time goes on for the company."""
        self.clock.set(self.clock.now() + timedelta(**span))

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
        await self.comes_to("select count(*) from inbox where state = 'waiting'", (0,))
        await self.comes_to("select count(*) from import_batch where state in ('opened', 'running')", (0,))
        await self.comes_to(
            "select count(*) from outbox where channel = 'wecom' and state in ('waiting', 'edit')", (0,)
        )


@dataclass
class Chat:
    """What a member does, one thing after the other, each time reading all of the answer."""

    served: Served
    member: Member
    name: str
    _read: int = 0

    async def says(self, text: str, told_as: str = "") -> Shown:
        """``told_as`` goes into the transcript for what is another text each time."""
        self._note(f"{self.name}：{told_as or text}")
        return await self._answer(self.member.says(text))

    async def sends_file(self, name: str, content: bytes) -> Shown:
        self._note(f"{self.name}：（文件）{name}")
        return await self._answer(self.member.sends_file(name, content))

    async def enters(self) -> Shown:
        self._note(f"{self.name}：（进入会话）")
        return await self._answer(self.member.enters())

    async def taps(self, label: str, on: Shown | None = None) -> Shown:
        """Tap; the card is answered and then the outcome read."""
        message = on or await self.member.wait_button(label)
        self._note(f"{self.name}：［{label}］")
        changed = len(self.member.changes)
        last = await self._answer(self.member.taps(message, label))
        card = await self.member.wait_change(changed + 1)
        self._note(f"  卡片变成：{_told(card)}")
        return last

    def reads(self) -> None:
        """Put down what came unasked."""
        self._notes()

    async def _answer(self, doing: Any) -> Shown:
        """The last message that this brings."""
        worked = "select count(*) from inbox where state in ('worked', 'parked')"
        self._notes()
        read = len(self.member.messages)
        [(before,)] = self.served.rows(worked)
        await doing
        await self.served.comes_to(worked, (before + 1,))
        await self.served.is_quiet()
        assert len(self.member.messages) > read, f"{self.name} got no answer"
        self._notes()
        return self.member.messages[-1]

    def _notes(self) -> None:
        for message in self.member.messages[self._read :]:
            self._note(f"资信 → {self.name}：{_told(message)}")
        self._read = len(self.member.messages)

    def _note(self, line: str) -> None:
        self.served.transcript.append(line)


def _told(message: Shown) -> str:
    text = message.text.replace("\n", "\n    ")
    if message.kind in {"file", "image"}:
        return f"（文件）{message.name}"
    if not message.buttons:
        return text
    kind = "（单选）" if message.is_list else ""
    return f"{text}\n    {kind}" + " ".join(f"［{label}］" for label in message.buttons)


def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that only waits takes longer than it must."""
    monkeypatch.setattr(link, "Times", lambda: QUICK)
    monkeypatch.setattr(channel, "Pace", lambda: Pace(10_000, 100_000))
    monkeypatch.setattr(serve, "ALARM_AFTER_SECONDS", 0.1)


@asynccontextmanager
async def served_company(folder: Path, sample: Path, wecom: FakeWeCom, port: int) -> AsyncIterator[Served]:
    """The sample company on Tuesday 2026-03-10, 10:00, with the WeCom bot for its only channel."""
    shutil.copytree(sample, folder, dirs_exist_ok=True)
    settings = Settings(
        database_url=f"sqlite+aiosqlite:///{folder / 'zixin.db'}",
        policy_dir=SAMPLE_POLICY,
        wecom_bot_id=wecom.bot_id,
        wecom_bot_secret=wecom.secret,
        wecom_ws_url=wecom.ws_url,
        http_port=port,
        _env_file=None,
    )
    clock = SetClock(BEGINS)
    office = Office(settings, Library([SHIPPED, SAMPLE_POLICY]), clock, Vault(settings))
    async with Database(folder / "zixin.db") as database:
        yield Served(wecom, folder, database, open_desk(office), clock)
