"""The sample company served in the browser chat: the program's own parts in the test's loop, on a clock that is set."""

import shutil
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, CookieJar, FormData

from bot.app import serving
from core.clock import SetClock
from core.queries.actor import OPERATOR
from core.queries.office import Office
from core.services.commands import open_desk
from core.services.people.staff import AddPerson
from core.settings import Language, Settings
from core.storage.database import Database
from core.storage.secrets import Vault
from core.texts.catalog import strip
from tests.support.prepared import SAMPLE_POLICY, sample_library
from tests.support.served import Chat as AnyChat
from tests.support.served import Served as AnyServed
from tests.support.wecom.served import BEGINS, ROLES

Item = dict[str, Any]
"""A bubble, as the page is told of it."""


@dataclass(kw_only=True)
class Served(AnyServed):
    """The company and one browser for all its people."""

    browser: ClientSession

    @asynccontextmanager
    async def runs(self) -> AsyncIterator[None]:
        """The bot's side at work, its pages served."""
        async with serving(self.database, self.desk):
            yield

    async def hires(self, name: str) -> None:
        """Somebody is on the staff list, and reached nowhere."""
        await self.desk.run(self.database, AddPerson(name, ROLES[name]), OPERATOR)

    async def knows(self, name: str) -> "Chat":
        """Somebody who has come in by an invitation code."""
        await self.hires(name)
        chat = Chat(self, self.browser, name)
        await chat.enters(await self.invites(name))
        return chat


class Chat(AnyChat[Item]):
    """What a person does in the page, as the page tells the program."""

    def __init__(self, served: AnyServed, browser: ClientSession, name: str, told_as: str = "") -> None:
        self.served = served
        self.name = name
        self.told_as = told_as or name
        settings = served.desk.office.settings
        self._address = f"http://{settings.http_host}:{settings.http_port}"
        self._browser = browser
        self._person = 0
        self._cursor = ""
        self._items: dict[str, Item] = {}
        self._reads: Language = settings.language

    @property
    def messages(self) -> Sequence[Item]:
        return list(self._items.values())

    def labels(self, message: Item) -> Sequence[str]:
        return [button["label"] for row in message["buttons"] for button in row if not button["link"]]

    def told(self, message: Item) -> str:
        text = strip(message["html"]).replace("\n", "\n    ")
        file = f"📎 {message['file']['name']} " if message["file"] else ""
        labels = [button["label"] for row in message["buttons"] for button in row]
        return f"{file}{text}" + ("\n    " + " ".join(f"［{label}］" for label in labels) if labels else "")

    async def enters(self, code: str) -> None:
        body = {"code": code, "key": str(uuid.uuid4()), "language": self._reads}
        self._person = (await self._post("enter", body))["id"]
        await self.served.is_quiet()
        await self.looks()

    async def comes_in(self, code: str) -> None:
        """9.5: nobody is named to a stranger; the code lets them in."""
        assert (await self._get("people"))["groups"] == []
        self.note(f"{self.told_as}：（邀请码）")
        await self.enters(code)
        assert self.labels(self.messages[-1])
        self.reads()

    async def says(self, text: str) -> Item:
        return await self._acts(f"：{text}", "say", {"text": text})

    async def taps(self, label: str) -> Item:
        """Tap; what has become of the message is put down behind the answer."""
        message = await self.sees(label)
        button = next(one for row in message["buttons"] for one in row if one["label"].startswith(label))
        tap = {"data": button["data"], "label": button["label"], "message": message["id"]}
        last = await self._acts(f"：［{button['label']}］", "tap", tap)
        now = self._items[message["id"]]
        if self.told(now) != self.told(message):
            self.note(f"  → {self.told(now)}")
        return last

    async def sends_file(self, name: str, content: bytes) -> Item:
        form = FormData(quote_fields=False)
        form.add_field("file", content, filename=name)
        return await self.answer(f"：📎 {name}", lambda: self._post("file", form, key=str(uuid.uuid4())))

    async def opens_file(self) -> bytes:
        """The newest that came."""
        item = next(one for one in reversed(self.messages) if one["file"])
        async with self._browser.get(
            f"{self._address}/chat/api/file/{item['id']}", params=self._who
        ) as answer:
            return await answer.read()

    async def looks(self) -> None:
        page = await self._get("messages", after=self._cursor)
        self._cursor = page["cursor"]
        self._items |= {item["id"]: item for item in page["items"] if item["from"] == "desk"}

    async def _acts(self, what: str, path: str, body: dict[str, str]) -> Item:
        return await self.answer(what, lambda: self._post(path, body | {"key": str(uuid.uuid4())}))

    @property
    def _who(self) -> dict[str, str]:
        return {"as": str(self._person)}

    async def _post(self, path: str, body: Any, **query: str) -> Any:
        sent: dict[str, Any] = {"data": body} if isinstance(body, FormData) else {"json": body}
        async with self._browser.post(
            f"{self._address}/chat/api/{path}",
            params=self._who | query,
            headers={"Origin": self._address},
            **sent,
        ) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def _get(self, path: str, **query: str) -> Any:
        async with self._browser.get(f"{self._address}/chat/api/{path}", params=self._who | query) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()


def a_browser() -> ClientSession:
    """A browser on this machine, closed by who opened it."""
    return ClientSession(cookie_jar=CookieJar(unsafe=True))


@asynccontextmanager
async def served_in_browser(
    folder: Path, sample: Path, port: int, language: Language = "zh_CN"
) -> AsyncIterator[Served]:
    """The sample company on Tuesday 2026-03-10, 10:00, with the browser chat for its only channel."""
    shutil.copytree(sample, folder, dirs_exist_ok=True)
    settings = Settings(
        database_url=f"sqlite+aiosqlite:///{folder / 'zixin.db'}",
        policy_dir=SAMPLE_POLICY,
        language=language,
        web_chat="login",
        http_port=port,
        _env_file=None,
    )
    clock = SetClock(BEGINS)
    office = Office(settings, sample_library(), clock, Vault(settings))
    async with Database(folder / "zixin.db") as database, a_browser() as browser:
        yield Served(
            folder=folder,
            database=database,
            desk=open_desk(office),
            clock=clock,
            channels=("web",),
            browser=browser,
        )
