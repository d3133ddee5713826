"""The sample company served over Telegram: the program's own parts in the test's loop, on a clock that is set."""

import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import serving
from bot.telegram import channel, pace
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
from tests.support.telegram import FakeTelegram, Message, Person
from tests.support.wecom.served import BEGINS, ROLES

SECRET = "as-long-as-you-like_0123456789"


@dataclass(kw_only=True)
class Served(AnyServed):
    """The company and Telegram."""

    telegram: FakeTelegram

    @asynccontextmanager
    async def runs(self) -> AsyncIterator[None]:
        """The bot's side at work: asking for updates, or being told them at its address."""
        async with serving(self.database, self.desk):
            if self.desk.office.settings.telegram_webhook_url:
                await self.telegram.wait_call("setWebhook", seconds=10)
            else:
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


class Chat(AnyChat[Message]):
    """What a person with Telegram does. A button is named by what it reads, by its place, or by what it does on a card."""

    def __init__(self, served: Served, person: Person) -> None:
        self.served = served
        self.person = person
        self.name = self.told_as = person.name

    @property
    def messages(self) -> Sequence[Message]:
        return self.person.messages

    def labels(self, message: Message) -> Sequence[str]:
        return message.labels

    def told(self, message: Message) -> str:
        return told(message)

    async def opens_file(self) -> bytes:
        """The newest that came."""
        return next(one.file.content for one in reversed(self.messages) if one.file is not None)

    async def comes_in(self, code: str) -> None:
        """9.5: a stranger is asked for a code and told nothing else; the code lets them in."""
        assert not (await self.says("/start")).buttons
        assert (await self.says(f"/start {code}", told_as="/start ……")).buttons

    async def says(self, text: str, told_as: str = "") -> Message:
        """``told_as`` goes into the transcript for what is another text each time."""
        return await self.answer(f"：{told_as or text}", lambda: self.person.send_text(text))

    async def sends_file(self, name: str, content: bytes) -> Message:
        return await self.answer(f"：📎 {name}", lambda: self.person.send_document(name, content))

    async def taps(self, what: int | str, on: Message | None = None) -> Message:
        """Tap; what has become of the message is put down behind the answer."""
        message = on or await self.sees(str(what))
        button = next(
            one
            for place, one in enumerate(message.buttons)
            if what in (place, verb_of(one.data)) or (isinstance(what, str) and one.label.startswith(what))
        )
        before = len(message.before)
        last = await self.answer(
            f"：［{button.label}］", lambda: self.person.press_data(message, button.data)
        )
        if len(message.before) > before:
            self.note(f"  → {told(message)}")
        return last


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
    folder: Path,
    sample: Path,
    port: int,
    language: Language,
    monkeypatch: pytest.MonkeyPatch,
    *,
    webhook: bool = False,
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
            telegram_webhook_url=f"http://127.0.0.1:{port}" if webhook else None,
            telegram_webhook_secret=SecretStr(SECRET) if webhook else None,
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
                channels=("telegram",),
                telegram=telegram,
            )
