"""Forms as pages over the sample company: the real server, and the ways in from each chat."""

import hashlib
import hmac
import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientResponse, CookieJar, web
from aiohttp.test_utils import TestClient, TestServer
from pydantic import SecretStr

from bot.dialog.form_page import FormPages
from bot.dialog.render import Renderer
from bot.doorkeeper import Doorkeeper
from bot.flows import FLOWS
from bot.flows.cards import CARDS
from bot.web.app import web_app
from bot.web.channel import WebChannel
from bot.web.forms.app import forms_app
from bot.web.ports import Ports
from bot.wecom.app_errors import NoAnswer
from core.services.commands import open_desk
from core.services.people.staff import BeReachable
from tests.support.town import Someone, Town

TOKEN = "123456:a-token-of-a-bot"
PUBLIC = "https://credit.example.com"


def signed(number: int, at: datetime, token: str = TOKEN, **more: str) -> str:
    """The launch data that Telegram hands to a page, for a user of this id."""
    fields = {
        "auth_date": str(int(at.timestamp())),
        "query_id": "AAF-77",
        "signature": "of-another-kind",
        "user": json.dumps({"id": number, "first_name": "小雨"}, ensure_ascii=False),
        **more,
    }
    told = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    return urlencode({**fields, "hash": hmac.new(key, told.encode(), hashlib.sha256).hexdigest()})


@dataclass
class Pages:
    """The company's forms, and a browser that opens them."""

    town: Town
    client: TestClient[Any, Any]
    codes: dict[str, str]
    """WeCom's codes, and whom they are of."""
    followed: list[tuple[str, int]] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)

    async def reaches(self, person: Someone, channel: str, address: str) -> str:
        """Somebody is reached in a channel as well; the conversation."""
        await self.town.does(BeReachable(channel, address), person.id)
        return f"{channel}:{address}"

    async def enters_chat(self, person: Someone) -> None:
        body = {"person": person.id, "key": str(uuid.uuid4()), "language": person.language}
        answer = await self.client.post("/chat/api/enter", json=body)
        assert answer.status == 200, await answer.text()

    async def from_chat(self, person: Someone, form: str, subject: str = "") -> ClientResponse:
        """The link in the browser chat, followed one step."""
        query = {"as": str(person.id), "form": form, "subject": subject}
        return await self.client.get("/chat/form", params=query, allow_redirects=False)

    async def from_telegram(self, data: str, conversation: str) -> ClientResponse:
        return await self.client.post("/forms/api/telegram", json={"data": data, "as": conversation})

    async def get(self, conversation: str, form: str, subject: str = "") -> ClientResponse:
        query = {"as": conversation, "form": form, "subject": subject}
        return await self.client.get("/forms/api/page", params=query)

    async def opens(self, conversation: str, form: str, subject: str = "") -> dict[str, dict[str, Any]]:
        """The questions by key, in a session that has begun."""
        body = await read(await self.get(conversation, form, subject))
        self.tokens[conversation] = body["token"]
        return {one["key"]: one for one in body["page"]["questions"]}

    async def post(
        self, what: str, conversation: str, form: str, subject: str = "", body: Any = None, **headers: str
    ) -> ClientResponse:
        return await self.client.post(
            f"/forms/api/{what}",
            params={"as": conversation, "form": form, "subject": subject},
            json=body if body is not None else {},
            headers={"X-Zixin-Form": self.tokens.get(conversation, ""), **headers},
        )

    async def answers(self, conversation: str, form: str, subject: str = "", **typed: str) -> dict[str, Any]:
        """Type into the page; an answer that begins with ``=`` chooses. What the page shows then."""
        body = {"answers": [as_sent(key, text) for key, text in typed.items()]}
        return (await read(await self.post("answer", conversation, form, subject, body)))["page"]


def as_sent(key: str, text: str) -> dict[str, Any]:
    return {"key": key, "text": text.removeprefix("="), "chosen": text.startswith("=")}


async def read(answer: ClientResponse) -> dict[str, Any]:
    assert answer.status == 200, await answer.text()
    body: dict[str, Any] = await answer.json()
    return body


async def error_of(answer: ClientResponse) -> tuple[int, str]:
    return answer.status, (await answer.json())["error"]


def prepare(town: Town, **more: Any) -> None:
    """The program runs with these settings, and Telegram's token."""
    told = {"telegram_token": SecretStr(TOKEN), "public_url": PUBLIC, "web_chat": "demo", **more}
    running_with(town, **told)


def running_with(town: Town, **settings: Any) -> None:
    """The program is started anew with other settings."""
    office = town.desk.office
    town.runs(open_desk(replace(office, settings=office.settings.model_copy(update=settings))))


def served(town: Town, codes: dict[str, str], followed: list[tuple[str, int]]) -> web.Application:
    """The chat and the forms of a company, as one process serves them."""
    desk = town.desk

    async def user_of(code: str) -> str:
        if code not in codes:
            raise NoAnswer("offline")
        return codes.pop(code)

    async def ready() -> bool:
        return True

    app = web_app(
        Ports(
            settings=desk.office.settings,
            database=town.database,
            clock=town.clock,
            channel=WebChannel(),
            intake=town.inbox,
            words=Renderer(desk.office, CARDS),
            doorkeeper=Doorkeeper(town.database, desk),
            signers=(),
            secret=desk.office.vault.key,
            ready=ready,
            user_of=user_of,
        )
    )
    pages = FormPages(desk, FLOWS.forms)
    forms = forms_app(
        town.database, desk, pages, lambda kind, number: followed.append((kind, number)), user_of
    )
    app.add_subapp("/forms", forms)
    return app


@asynccontextmanager
async def pages_of(town: Town, **settings: Any) -> AsyncIterator[Pages]:
    prepare(town, wecom_corp_id="ww-corp", wecom_agent_id=7, wecom_secret=SecretStr("s"), **settings)
    codes: dict[str, str] = {}
    followed: list[tuple[str, int]] = []
    server = TestServer(served(town, codes, followed))
    async with TestClient(server, cookie_jar=CookieJar(unsafe=True)) as client:
        yield Pages(town, client, codes, followed)
