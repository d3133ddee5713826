"""The sample company served over the WeCom bot: the program's own parts in the test's loop, on a clock that is set."""

import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from bot.app import serving
from bot.wecom import channel, link, serve
from bot.wecom.pace import Pace
from core.clock import SetClock
from core.queries.actor import OPERATOR
from core.queries.office import Office
from core.services.commands import open_desk
from core.services.people.staff import AddPerson
from core.settings import Language, Settings
from core.storage.database import Database
from core.storage.secrets import Vault
from tests.support.prepared import SAMPLE_POLICY, sample_library
from tests.support.served import Chat as AnyChat
from tests.support.served import Served as AnyServed
from tests.support.town import SHANGHAI
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


@dataclass(kw_only=True)
class Served(AnyServed):
    """The company and the service."""

    wecom: FakeWeCom

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


class Chat(AnyChat[Shown]):
    """What a member does."""

    def __init__(self, served: AnyServed, member: Member, name: str) -> None:
        self.served = served
        self.member = member
        self.name = self.told_as = name

    @property
    def messages(self) -> Sequence[Shown]:
        return self.member.messages

    def labels(self, message: Shown) -> Sequence[str]:
        return list(message.buttons)

    def told(self, message: Shown) -> str:
        return _told(message)

    async def opens_file(self) -> bytes:
        """The newest that came."""
        return next(one.content for one in reversed(self.messages) if one.kind == "file")

    async def comes_in(self, code: str) -> None:
        """9.5: entering, a stranger is asked for a code and told nothing else; the code lets them in."""
        assert not (await self.enters()).buttons
        assert (await self.says(code, told_as="（邀请码）")).buttons

    async def says(self, text: str, told_as: str = "") -> Shown:
        """``told_as`` goes into the transcript for what is another text each time."""
        return await self.answer(f"：{told_as or text}", lambda: self.member.says(text))

    async def sends_file(self, name: str, content: bytes) -> Shown:
        return await self.answer(f"：（文件）{name}", lambda: self.member.sends_file(name, content))

    async def enters(self) -> Shown:
        return await self.answer("：（进入会话）", self.member.enters)

    async def taps(self, label: str, on: Shown | None = None) -> Shown:
        """Tap; the card is answered and then the outcome read."""
        message = on or await self.sees(label)
        changed = len(self.member.changes)
        last = await self.answer(f"：［{label}］", lambda: self.member.taps(message, label))
        card = await self.member.wait_change(changed + 1)
        self.note(f"  卡片变成：{_told(card)}")
        return last


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
async def served_company(
    folder: Path, sample: Path, wecom: FakeWeCom, port: int, language: Language = "zh_CN"
) -> AsyncIterator[Served]:
    """The sample company on Tuesday 2026-03-10, 10:00, with the WeCom bot for its only channel."""
    shutil.copytree(sample, folder, dirs_exist_ok=True)
    settings = Settings(
        database_url=f"sqlite+aiosqlite:///{folder / 'zixin.db'}",
        policy_dir=SAMPLE_POLICY,
        language=language,
        wecom_bot_id=wecom.bot_id,
        wecom_bot_secret=wecom.secret,
        wecom_ws_url=wecom.ws_url,
        http_port=port,
        _env_file=None,
    )
    clock = SetClock(BEGINS)
    office = Office(settings, sample_library(), clock, Vault(settings))
    async with Database(folder / "zixin.db") as database:
        yield Served(
            folder=folder,
            database=database,
            desk=open_desk(office),
            clock=clock,
            channels=("wecom",),
            wecom=wecom,
        )
