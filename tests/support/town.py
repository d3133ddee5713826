"""A company to tell stories about: people who chat, a clock that moves, a real database.

Nothing is faked but the clock and the network: what a person says goes through the inbox, what they read comes out
of the outbox, rendered as it would be sent.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.dialog.engine import Dialogs
from bot.dialog.render import Renderer
from bot.dialog.rendered import Rendered
from bot.flows import FLOWS
from bot.flows.cards import CARDS
from bot.followup import Followups
from bot.inbox import Inbox
from bot.web.decode import decode
from core.clock import SetClock
from core.policies.library import SHIPPED
from core.queries.actor import OPERATOR, Actor, actor_of
from core.queries.office import Office
from core.records.outbox import OutboxMessage
from core.records.tables import table_of
from core.rules.refusal import Refusal
from core.services.commands import open_desk
from core.services.desk import Command, Desk
from core.services.people import reach
from core.services.people.staff import AddPerson, BeReachable, find_person
from core.settings import Language, Settings
from core.storage.database import Database
from core.storage.secrets import Vault
from tests.support.prepared import SAMPLE_POLICY, library_of, new_database, sample_library

SHANGHAI = ZoneInfo("Asia/Shanghai")
_OUTBOX = table_of(OutboxMessage)


@dataclass(frozen=True)
class Said:
    """One message as a person sees it."""

    id: int
    card: str
    text: str
    buttons: dict[str, str]
    """Label to data, in the order shown."""
    file: str = ""
    """The name of what comes with it."""

    def __contains__(self, words: str) -> bool:
        return words in self.text

    def button(self, label: str) -> str:
        """The data of the one button whose label begins with, or else holds, ``label``."""
        begins = [data for shown, data in self.buttons.items() if shown.startswith(label)]
        holds = [data for shown, data in self.buttons.items() if label in shown]
        found = begins or holds
        assert found, f"no button {label!r} among {list(self.buttons)} under\n{self.text}"
        return found[0]


@dataclass
class Someone:
    """A person of the company, with the chat in their hand."""

    town: "Town"
    id: int
    name: str
    language: Language = "zh_CN"
    _read: int = 0
    _keys: Any = field(default_factory=lambda: count(1))

    @property
    def conversation(self) -> str:
        return f"web:{self.id}"

    async def says(self, text: str) -> list[Said]:
        """Type something; what comes back of it."""
        return await self._sends({"kind": "text", "text": text})

    async def taps(self, label: str, on: Said | None = None) -> list[Said]:
        """Tap a button of the newest message that has it, or of a certain one."""
        message = on or await self._with_button(label)
        return await self.taps_data(message.button(label))

    async def taps_data(self, data: str) -> list[Said]:
        """Tap with raw button data, as a hand-made client could."""
        return await self._sends({"kind": "tap", "data": data})

    async def sends_file(self, name: str, content: bytes) -> list[Said]:
        upload = await self.town.keep_file(name, content, by=self.id)
        said = await self._sends({"kind": "file", "upload": upload, "name": name, "size": len(content)})
        await self.town.followups.idle()
        return said + await self.reads()

    async def opens(self, message: Said) -> bytes:
        """The file or picture that comes with a message."""
        return await self.town.database.read(
            lambda session: self.town.attachment(session, message.id, self.language)
        )

    async def reads(self) -> list[Said]:
        """What has been said to this person since they last looked."""
        said = await self.history(after=self._read)
        self._read = max((message.id for message in said), default=self._read)
        return said

    async def history(self, after: int = 0) -> list[Said]:
        """Everything in this conversation, as it reads now; ``after`` a message, what followed it."""
        return await self.town.database.read(
            lambda session: self.town.conversation(session, self.conversation, self.language, after)
        )

    async def card(self, kind: str = "request") -> Said:
        """The newest card of a kind, as it reads now."""
        cards = [message for message in await self.history() if message.card.startswith(kind)]
        assert cards, f"{self.name} has no {kind} card"
        return cards[-1]

    async def does(self, command: Command) -> Any:
        """Hand a command to the desk directly: for what has no words in a story."""
        return await self.town.does(command, self.id)

    async def _with_button(self, label: str) -> Said:
        history = await self.history()
        for message in reversed(history):
            if any(label in shown for shown in message.buttons):
                return message
        raise AssertionError(f"{self.name} sees no button {label!r}; the last message is\n{history[-1].text}")

    async def _sends(self, body: dict[str, Any]) -> list[Said]:
        await self.reads()
        key = f"{self.id}-{next(self._keys)}"
        text = json.dumps(body, ensure_ascii=False)
        await self.town.inbox.put("web", [(key, self.conversation, text)])
        await self.town.inbox.idle()
        return await self.reads()


class Town:
    """The company, its desk and its people."""

    def __init__(self, database: Database, desk: Desk, clock: SetClock) -> None:
        self.database = database
        self.clock = clock
        self.people: dict[str, Someone] = {}
        self.runs(desk)

    def runs(self, desk: Desk) -> None:
        """The program is started with this desk."""
        self.desk = desk
        self.followups = Followups(self.database, desk)
        self._renderer = Renderer(desk.office, CARDS)
        self.inbox = Inbox(
            self.database, Dialogs(desk, FLOWS), self.clock, {"web": decode}, self.followups.start, {}
        )

    def restarts(self, *policies: Path) -> None:
        """The program is started anew and reads the policy files as they are now, those of more folders too."""
        library = library_of([SHIPPED, SAMPLE_POLICY, *policies])
        self.runs(open_desk(replace(self.desk.office, library=library)))

    async def hires(
        self, name: str, *roles: str, region: str = "", reports_to: str = "", deputy: str = ""
    ) -> Someone:
        """Somebody joins, and can be reached."""
        add = AddPerson(name, roles, region=region, reports_to=reports_to, deputy=deputy)
        number = int(await self.desk.run(self.database, add, OPERATOR))
        return await self.meets(name, number)

    async def meets(self, name: str, number: int | None = None) -> Someone:
        """Somebody who is there already opens the chat."""
        if number is None:
            person = await self.database.read(lambda session: find_person(session, name))
            assert person is not None
            assert person.id is not None
            number = person.id
        await self.does(BeReachable("web", str(number)), number)
        self.people[name] = Someone(self, number, name)
        return self.people[name]

    async def does(self, command: Command, person: int) -> Any:
        def work(session: Session) -> tuple[Any, Refusal | None]:
            actor = actor_of(session, person)
            assert actor is not None
            try:
                return self.desk.do(session, command, actor), None
            except Refusal as refusal:
                return None, refusal

        result, refusal = await self.database.write(work)
        if refusal is not None:
            raise refusal
        return result

    async def as_operator(self, command: Command, by: Actor = OPERATOR) -> Any:
        return await self.desk.run(self.database, command, by)

    def passes(self, **span: int) -> None:
        """Time goes on."""
        self.clock.set(self.clock.now() + timedelta(**span))

    def comes(self, moment: str) -> None:
        """It is this moment now, company time: ``2026-03-10T14:02``."""
        self.clock.set(datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI))

    async def keep_file(self, name: str, content: bytes, by: int) -> int:
        """A file as it is kept when this person sends it; a stranger's is nobody's."""
        from core.records.inbox import Upload

        def store(session: Session) -> int:
            sender = reach.person_at(session, "web", str(by))
            upload = Upload(name=name, sha256="", content=content, by=sender, at=self.clock.now())
            session.add(upload)
            session.flush()
            return upload.id or 0

        return await self.database.write(store)

    def conversation(
        self, session: Session, conversation: str, language: Language, after: int = 0
    ) -> list[Said]:
        rows = session.scalars(
            select(OutboxMessage)
            .where(_OUTBOX.c.conversation == conversation, _OUTBOX.c.id > after)
            .order_by(_OUTBOX.c.id)
        )
        return [self._said(row, self._renderer.render(session, row, language, attach=False)) for row in rows]

    def attachment(self, session: Session, message: int, language: Language) -> bytes:
        """What comes with a message."""
        file = self._renderer.render(session, session.get_one(OutboxMessage, message), language).file
        assert file is not None, "nothing comes with it"
        return file[1]

    @staticmethod
    def _said(row: OutboxMessage, rendered: Rendered) -> Said:
        buttons = {button.label: button.data for line in rendered.buttons for button in line}
        file = rendered.file[0] if rendered.file is not None else ""
        return Said(row.id or 0, row.card or "", rendered.html, buttons, file)


@asynccontextmanager
async def a_town(folder: Path, moment: str = "2026-03-10T10:00") -> AsyncIterator[Town]:
    """An empty company on a moment, company time, with the sample company's policy."""
    path = folder / "zixin.db"
    new_database(path)
    settings = Settings(database_url=f"sqlite+aiosqlite:///{path}", _env_file=None)
    clock = SetClock(datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI))
    office = Office(settings, sample_library(), clock, Vault(settings))
    async with Database(path) as database:
        yield Town(database, open_desk(office), clock)
