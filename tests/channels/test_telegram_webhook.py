"""Telegram posting updates to us: nothing without the secret, nothing acknowledged before it is kept (10.1)."""

import asyncio
import json
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web
from pydantic import ValidationError

from bot.telegram.api import Api, WrongToken
from bot.telegram.webhook import (
    MOST_UPDATE_BYTES,
    PATH,
    SECRET_HEADER,
    address_of,
    register,
    webhook_route,
)
from core.settings import Settings
from tests.channels.test_bot_over_telegram import CHAIN, FINANCE, Chat, Company
from tests.support.telegram import FakeTelegram

SECRET = "as-long-as-you-like_0123456789"
UPDATE = {"update_id": 7, "message": {"message_id": 1, "text": "你好"}}


class Desk:
    """What stands behind the webhook: keeps updates, or cannot."""

    def __init__(self) -> None:
        self.kept: list[dict[str, Any]] = []
        self.full = False
        self.url = ""

    async def store(self, updates: list[dict[str, Any]]) -> None:
        if self.full:
            raise OSError("disk is full")
        self.kept += updates

    async def receives(self, body: bytes, **headers: str) -> tuple[int, str | None]:
        """The status of the answer, and when to ask again."""
        posted = BytesIO(body)
        async with ClientSession() as session, session.post(self.url, data=posted, headers=headers) as answer:
            return answer.status, answer.headers.get("Retry-After")


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    desk = Desk()
    # The application's own limit is smaller than an update may be: the webhook has a limit of its own.
    app = web.Application(client_max_size=1024)
    app.add_routes([webhook_route(SECRET, desk.store, body_seconds=1.0)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    desk.url = f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
    yield desk
    await runner.cleanup()


def body(update: Any = UPDATE) -> bytes:
    return json.dumps(update).encode()


async def test_an_update_is_kept_and_then_acknowledged(desk: Desk) -> None:
    assert await desk.receives(body(), **{SECRET_HEADER: SECRET}) == (200, None)
    assert desk.kept == [UPDATE]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({SECRET_HEADER: ""}, 403),
        ({SECRET_HEADER: SECRET[:-1]}, 403),
        ({SECRET_HEADER: SECRET + "x"}, 403),
        ({SECRET_HEADER: SECRET.upper()}, 403),
        ({SECRET_HEADER: "密"}, 403),
    ],
)
async def test_without_the_secret_nothing_is_kept(desk: Desk, headers: dict[str, str], status: int) -> None:
    assert await desk.receives(body(), **headers) == (status, None)
    assert desk.kept == []


@pytest.mark.parametrize(
    "posted", [b"", b"{", b"[]", b'{"message": {}}', b'{"update_id": "7"}', b"[" * 100_000]
)
async def test_what_no_update_can_be_is_declined(desk: Desk, posted: bytes) -> None:
    assert (await desk.receives(posted, **{SECRET_HEADER: SECRET}))[0] == 400
    assert desk.kept == []


async def test_the_longest_update_is_taken_and_nothing_longer(desk: Desk) -> None:
    around = len(body({**UPDATE, "filling": ""}))
    for over, status in ((0, 200), (1, 413)):
        posted = body({**UPDATE, "filling": "x" * (MOST_UPDATE_BYTES - around + over)})
        assert (await desk.receives(posted, **{SECRET_HEADER: SECRET}))[0] == status
    assert len(desk.kept) == 1


async def test_a_body_that_does_not_say_how_long_it_is_is_cut_off(desk: Desk) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 20 * MOST_UPDATE_BYTES:
            sent += 65_536
            yield b" " * 65_536

    headers = {SECRET_HEADER: SECRET}
    async with ClientSession() as session, session.post(desk.url, data=endless(), headers=headers) as answer:
        assert answer.status == 413
    assert desk.kept == []


async def test_a_body_that_drips_in_is_not_waited_for(desk: Desk) -> None:
    async def dripping() -> AsyncIterator[bytes]:
        for byte in body():
            yield bytes([byte])
            await asyncio.sleep(0.05)

    headers = {SECRET_HEADER: SECRET}
    async with ClientSession() as session, session.post(desk.url, data=dripping(), headers=headers) as answer:
        assert answer.status == 408
    assert desk.kept == []


async def test_what_cannot_be_kept_is_to_be_told_again(desk: Desk) -> None:
    desk.full = True
    assert await desk.receives(body(), **{SECRET_HEADER: SECRET}) == (503, "5")


def test_a_mere_host_gets_the_path_that_is_served() -> None:
    assert address_of("https://credit.example.com") == f"https://credit.example.com{PATH}"
    assert address_of("https://example.com/credit/hook") == "https://example.com/credit/hook"


@pytest.mark.parametrize(
    "given",
    [
        {"telegram_webhook_url": "https://credit.example.com"},
        {"telegram_webhook_url": "https://credit.example.com", "telegram_webhook_secret": ""},
        {"telegram_webhook_url": "credit.example.com", "telegram_webhook_secret": SECRET},
        {"telegram_webhook_secret": "not a secret that Telegram takes"},
    ],
)
def test_a_webhook_that_could_not_be_trusted_is_no_setting(given: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Settings(**given, _env_file=None)  # type: ignore[arg-type]


async def test_setting_the_webhook_is_tried_until_telegram_has_understood() -> None:
    async with FakeTelegram() as telegram, Api(telegram.token, telegram.base_url) as api:
        telegram.faults.error("setWebhook")
        await register(api, "http://127.0.0.1:1", SECRET, stop=asyncio.Event())
        calls = telegram.calls("setWebhook")
        assert len(calls) == 2
        assert calls[-1].params["secret_token"] == SECRET
        assert calls[-1].params["url"] == f"http://127.0.0.1:1{PATH}"


async def test_a_wrong_token_is_not_tried_for_ever() -> None:
    async with FakeTelegram() as telegram, Api("4242:not-the-token-of-any-bot", telegram.base_url) as api:
        with pytest.raises(WrongToken):
            await register(api, "http://127.0.0.1:1", SECRET, stop=asyncio.Event())


@pytest.fixture
async def company(tmp_path: Path, sample_folder: Path, unused_tcp_port: int) -> AsyncIterator[Company]:
    async with FakeTelegram() as telegram:
        found = Hooked(telegram, tmp_path, unused_tcp_port)
        await found.found(sample_folder)
        yield found


class Hooked(Company):
    """The sample company, whose updates are posted to it."""

    @property
    def environment(self) -> dict[str, str]:
        return {
            **super().environment,
            "ZIXIN_TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{self.port}",
            "ZIXIN_TELEGRAM_WEBHOOK_SECRET": SECRET,
        }


async def test_the_program_serves_people_over_the_webhook_and_killed_it_loses_nothing(
    company: Company,
) -> None:
    finance = Chat(company, company.people[FINANCE])
    people = [company.people[name] for name in CHAIN]
    async with company.runs("bot") as running:
        await company.telegram.wait_call("setWebhook", seconds=60)
        assert "Telegram" not in (await finance.says("/menu")).text
        for person in people:
            person.send_text("/menu")
        running.kill()
        await running.gone()
    async with company.runs("bot") as running:
        await company.comes_to(
            "select count(*) from inbox where state = 'worked'", (1 + len(people),), seconds=30
        )
        await company.is_quiet()
        assert await running.stop() == 0
    assert all(1 <= len(person.messages) <= 2 for person in people)
    assert company.telegram.polls == 0
