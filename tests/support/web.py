"""A browser chat with nobody behind it: the real server over a real database, and a desk that says what a test tells it."""

import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.dialog.rendered import Rendered, RenderedButton
from bot.web.app import web_app
from bot.web.channel import NAME, WebChannel
from bot.web.ports import Ports
from core.clock import SetClock
from core.records.inbox import Update
from core.records.outbox import OutboxMessage
from core.records.staff import Binding, Holding, Person
from core.records.tables import table_of
from core.rules.permission import Role
from core.rules.refusal import Refusal
from core.services.tell import touch
from core.settings import Language, Settings
from core.storage.database import Database
from tests.support.prepared import new_database

STAFF: Mapping[int, tuple[str, str, tuple[str, ...]]] = {
    1: ("王小雨", "Wang Xiaoyu", ("sales",)),
    2: ("李泽", "Li Ze", ("sales",)),
    3: ("许文博", "Xu Wenbo", ("market_manager",)),
    4: ("沈雅琴", "Shen Yaqin", ("credit_controller",)),
    5: ("赵明辉", "Zhao Minghui", ("marketing_vp",)),
    6: ("林静秋", "Lin Jingqiu", ("cfo",)),
    7: ("陈国梁", "Chen Guoliang", ("gm",)),
    8: ("周鸿远", "Zhou Hongyuan", ("chairman",)),
    9: ("邓守拙", "Deng Shouzhuo", ("auditor", "legal")),
}
LEFT = 10
"""Somebody who is on the staff list and has left."""
SIGNERS = tuple(Role(STAFF[person][2][0]) for person in range(3, 9))
MONDAY = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)

_INBOX, _OUTBOX, _BINDING, _PERSON = (table_of(one) for one in (Update, OutboxMessage, Binding, Person))


@dataclass
class House:
    """What a test holds in its hands. It is the intake, the words and the doorkeeper of the chat at once."""

    database: Database
    clock: SetClock
    channel: WebChannel
    codes: dict[str, int] = field(default_factory=lambda: {"OPEN-SESAME": 1})
    answer: Callable[[int, dict[str, Any]], Sequence["Said"]] | None = None
    """What the desk says to (person, update body) at once."""
    ready: bool = True

    async def put(self, channel: str, updates: Sequence[tuple[str, str, str]]) -> None:
        for key, conversation, body in updates:
            person = int(conversation.partition(":")[2])
            if not await self.database.write(
                lambda session, row=(channel, key, conversation, body): self._store(session, *row)
            ):
                continue
            for said in self.answer(person, json.loads(body)) if self.answer is not None else ():
                await self.say(person, said)

    def _store(self, session: Session, channel: str, key: str, conversation: str, body: str) -> bool:
        if session.execute(
            select(_INBOX.c.id).where(_INBOX.c.channel == channel, _INBOX.c.key == key)
        ).first():
            return False
        session.add(Update(channel=channel, key=key, conversation=conversation, body=body, at=self._tick()))
        return True

    def render(
        self, session: Session, row: OutboxMessage, language: Language, *, attach: bool = True
    ) -> Rendered:
        body = json.loads(row.body)
        html = body["html"][language] if isinstance(body["html"], dict) else body["html"]
        lines, index = [], 0
        for line in body["buttons"]:
            lines.append(
                tuple(RenderedButton(label, f"{row.id}.{index + at}") for at, label in enumerate(line))
            )
            index += len(line)
        file = (body["file"], body["content"].encode("latin-1") if attach else b"") if body["file"] else None
        return Rendered(html, tuple(lines), file)

    async def welcome(self, person: int) -> None:
        def bind(session: Session) -> None:
            if not session.execute(select(_BINDING.c.id).where(_BINDING.c.address == str(person))).first():
                made = self._tick()
                session.add(
                    Binding(channel=NAME, address=str(person), person=person, made_at=made, used_at=made)
                )

        await self.database.write(bind)

    async def admit(self, code: str) -> int:
        person = self.codes.pop(code, None)
        if person is None:
            raise Refusal("code-unknown")
        await self.welcome(person)
        return person

    async def speak(self, person: int, language: Language) -> None:
        await self.database.write(
            lambda session: session.execute(
                update(_PERSON).where(_PERSON.c.id == person).values(language=language)
            )
        )

    async def shut_out(self, person: int) -> None:
        await self.database.write(
            lambda session: session.execute(delete(_BINDING).where(_BINDING.c.person == person))
        )

    async def say(self, person: int, said: "Said") -> int:
        """The desk says something; the number of the message."""
        at = self._tick()

        def add(session: Session) -> int:
            row = OutboxMessage(
                channel=NAME,
                conversation=f"{NAME}:{person}",
                person=person,
                body=said.as_body(),
                created_at=at,
                touched=touch(at),
            )
            session.add(row)
            session.flush()
            return row.id or 0

        number = await self.database.write(add)
        await self.channel.send(str(person), Rendered(""))
        return number

    async def change(self, message: int, said: "Said", *, nudge: bool = True) -> None:
        """A card that was sent moves on; without ``nudge``, as another process would do it."""
        at = self._tick()

        def alter(session: Session) -> int:
            row = session.get_one(OutboxMessage, message)
            row.body, row.touched = said.as_body(), touch(at)
            return row.person or 0

        person = await self.database.write(alter)
        if nudge:
            await self.channel.edit(str(person), "", Rendered(""))

    async def inbox(self) -> list[dict[str, Any]]:
        """The bodies of what came in, in order."""
        return await self.database.read(
            lambda session: [
                json.loads(body) for body in session.scalars(select(_INBOX.c.body).order_by(_INBOX.c.id))
            ]
        )

    async def is_ready(self) -> bool:
        return self.ready

    def _tick(self) -> datetime:
        self.clock.set(self.clock.now() + timedelta(milliseconds=7))
        return self.clock.now()


@dataclass(frozen=True)
class Said:
    html: str | Mapping[str, str]
    buttons: Sequence[Sequence[str]] = ()
    file: str = ""
    content: bytes = b""

    def as_body(self) -> str:
        return json.dumps(
            {
                "html": self.html,
                "buttons": self.buttons,
                "file": self.file,
                "content": self.content.decode("latin-1"),
            }
        )


@asynccontextmanager
async def house(folder: Path, mode: str = "demo") -> AsyncIterator[tuple[House, web.Application]]:
    """The company of `STAFF` with an open chat."""
    path = folder / "zixin.db"
    new_database(path)
    async with Database(path) as database:
        await database.write(_hire)
        house = House(database, SetClock(MONDAY), WebChannel())
        ports = Ports(
            settings=Settings(web_chat=mode, _env_file=None),  # type: ignore[call-arg, arg-type]
            database=database,
            clock=house.clock,
            channel=house.channel,
            intake=house,
            words=house,
            doorkeeper=house,
            signers=SIGNERS,
            secret=b"a secret of the company's own",
            ready=house.is_ready,
        )
        yield house, web_app(ports)


def _hire(session: Session) -> None:
    for number, (name, english, roles) in STAFF.items():
        session.add(Person(id=number, name=name, english_name=english))
        session.flush()
        session.add_all(Holding(person=number, role=role) for role in roles)
    session.add(Person(id=LEFT, name="曹离", active=False))
