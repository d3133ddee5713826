"""``zixin doctor``: what keeps the program from serving is found, and told with what to do about it (10.1)."""

import asyncio
import json
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from click.testing import CliRunner

from bot.doctor import CHECKS, examine
from bot.doctor.finding import Level
from bot.doctor.report import report_of
from bot.telegram.webhook import PATH, webhook_route
from core.clock import Clock, SystemClock
from core.policies.library import SHIPPED, Library
from core.services.people.staff import AddPerson
from core.settings import Settings
from core.storage.upgrade import upgrade
from tests.support.policies import write_overlay, write_policy, write_tolerances
from tests.support.telegram import FakeTelegram
from tests.support.town import SAMPLE_POLICY, Town
from tests.support.wecom.api_server import FakeApp
from tests.support.wecom.link_server import FakeWeCom
from zixin import main

SECRET = "the-secret-of-the-webhook"


class Practice:
    """A doctor's round over one installation."""

    def __init__(self, folder: Path, telegram: FakeTelegram | None = None) -> None:
        self.path = folder / "zixin.db"
        self.clock: Clock = SystemClock()
        self.named: dict[str, str] = {}
        self.settings: dict[str, Any] = {
            "database_url": f"sqlite+aiosqlite:///{self.path}",
            "policy_dir": SAMPLE_POLICY,
            "web_chat": "login",
        }
        if telegram is not None:
            self.settings |= {"telegram_token": telegram.token, "telegram_base_url": telegram.base_url}

    async def finds(self, **settings: Any) -> dict[str, tuple[Level, str]]:
        """Every finding that is not in order: its level, and its sentence in English."""
        chosen = Settings(**{**self.settings, **settings, "language": "en"}, _env_file=None)
        found = await examine(chosen, self.clock, self.named)
        report = report_of(chosen, found)
        return {
            one["key"].removeprefix("doctor-"): (one["level"], one["text"])
            for one in report.data["findings"]
            if one["level"] != Level.OK
        }


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
def practice(tmp_path: Path, telegram: FakeTelegram) -> Practice:
    return Practice(tmp_path, telegram)


# the house


async def test_where_all_is_well_nothing_is_found_and_nothing_changes(practice: Practice) -> None:
    upgrade(practice.path)
    before = practice.path.read_bytes()
    assert await practice.finds() == {}
    assert practice.path.read_bytes() == before


async def test_before_the_first_start_no_database_is_made(practice: Practice) -> None:
    assert await practice.finds() == {}
    assert not practice.path.exists()


async def test_a_misspelt_setting_is_named(practice: Practice) -> None:
    practice.named = {"ZIXIN_TELEGRAM_TOKE": "x", "ZIXIN_HTTP_PORT": "1", "PATH": "/bin"}
    found = await practice.finds()
    assert set(found) == {"setting-unknown"}
    assert "ZIXIN_TELEGRAM_TOKE" in found["setting-unknown"][1]


async def test_without_any_channel_nobody_can_use_it(tmp_path: Path) -> None:
    assert (await Practice(tmp_path).finds(web_chat="off"))["no-channel"][0] is Level.MEND


async def test_a_database_that_is_none_is_told_with_the_way_back(practice: Practice) -> None:
    practice.path.write_bytes(b"this is no database, whatever its name may be" * 100)
    level, told = (await practice.finds())["database-damaged"]
    assert level is Level.MEND
    assert "zixin db restore" in told


async def test_a_database_of_another_version_is_told(practice: Practice) -> None:
    upgrade(practice.path)
    for revision, key, level in (
        ("0000", "database-old", Level.WATCH),
        ("9999", "database-newer", Level.MEND),
    ):
        with closing(sqlite3.connect(practice.path)) as connection, connection:
            connection.execute("update alembic_version set version_num = ?", (revision,))
        assert (await practice.finds())[key][0] is level


async def test_a_database_that_another_program_holds_is_told(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.storage.health._BUSY_SECONDS", 0.1)
    upgrade(practice.path)
    with closing(sqlite3.connect(practice.path, isolation_level=None)) as other:
        other.execute("begin immediate")
        found = await practice.finds()
        other.execute("rollback")
    assert "locked" in found["database-not-writable"][1]


async def test_a_full_disk_is_told(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.doctor.house.TOO_LOW_MIB", 2**40)
    assert (await practice.finds())["disk-full"][0] is Level.MEND


async def test_a_policy_file_that_is_wrong_is_told_with_its_line(practice: Practice, tmp_path: Path) -> None:
    folder = tmp_path / "policy"
    folder.mkdir()
    (folder / "b9-abc.toml").write_text("id = \n", "utf-8")
    level, told = (await practice.finds(policy_dir=folder))["policy-bad"]
    assert level is Level.MEND
    assert "b9-abc.toml" in told


async def test_the_policy_that_is_looked_at_is_the_one_that_was_activated(
    practice: Practice, tmp_path: Path
) -> None:
    """2.1: the product starts with another one, whose blanks do not matter any more."""
    folder = tmp_path / "policies"
    folder.mkdir()
    write_policy(folder, policy="b9-cousin")
    write_overlay(folder, policy="b9-cousin")
    upgrade(practice.path)
    level, told = (await practice.finds(policy_dir=folder))["policy-unset"]
    assert (level, "b9-abc" in told) == (Level.WATCH, True)

    confirmed = Library([SHIPPED, folder]).policy_in_force("b9-cousin", date(2026, 3, 4))
    row = (confirmed.id, confirmed.version, confirmed.checksum, "2026-03-04", "confirmed", "2026-03-03", "")
    columns = "policy, version, checksum, from_day, state, proposed_at, reason"
    with closing(sqlite3.connect(practice.path)) as connection, connection:
        connection.execute(f"insert into policy_activation ({columns}) values (?, ?, ?, ?, ?, ?, ?)", row)
    assert await practice.finds(policy_dir=folder) == {}

    write_overlay(folder, policy="b9-cousin", standard=600_000)
    level, told = (await practice.finds(policy_dir=folder))["policy-gone"]
    assert (level, "b9-cousin" in told) == (Level.MEND, True)


async def test_tolerances_that_nobody_confirmed_are_named_and_those_in_force_have_to_be_there(
    practice: Practice, tmp_path: Path
) -> None:
    """1.6, 2.1: a file that lies there counts for nothing; one that was confirmed and changed stops rating."""
    folder = tmp_path / "policies"
    folder.mkdir()
    write_overlay(folder, policy="b9-abc")
    write_tolerances(folder, "[sources]\npercent = 10\n")
    upgrade(practice.path)
    level, told = (await practice.finds(policy_dir=folder))["tolerances-unconfirmed"]
    assert (level, "2026-01" in told) == (Level.WATCH, True)

    [own] = Library([SHIPPED, folder]).own_tolerances
    row = (own.version, own.checksum)
    with closing(sqlite3.connect(practice.path)) as connection, connection:
        connection.execute(
            "insert into policy_activation (kind, policy, version, checksum, from_day, state, proposed_at, reason)"
            " values ('tolerances', 'tolerances', ?, ?, '2026-03-01', 'confirmed', '2026-03-01', '')",
            row,
        )
    assert await practice.finds(policy_dir=folder) == {}

    write_tolerances(folder, "[sources]\npercent = 50\n")
    found = await practice.finds(policy_dir=folder)
    assert found["tolerances-gone"][0] is Level.MEND
    assert found["tolerances-unconfirmed"][0] is Level.WATCH


async def test_what_did_not_arrive_is_counted(practice: Practice) -> None:
    upgrade(practice.path)
    long_ago = (practice.clock.now() - timedelta(hours=2)).strftime("%Y-%m-%d %H:%M:%S.000000")
    row = "'telegram', 'telegram:7', '', 0, {state}, 0, 0, '', '', {at}, 0"
    columns = "channel, conversation, body, urgent, state, attempts, parts_done, external_id, trouble, created_at, touched"
    with closing(sqlite3.connect(practice.path)) as connection, connection:
        for state in ("failed", "unknown", "waiting"):
            values = row.format(state=f"'{state}'", at=f"'{long_ago}'")
            connection.execute(f"insert into outbox ({columns}) values ({values})")
    found = await practice.finds()
    assert "2 messages" in found["failed"][1]
    assert "120 minutes" in found["waiting-long"][1]


# Telegram


@pytest.mark.parametrize(
    ("token", "key"),
    [("123:short", "telegram-token-shape"), ("4242:a-token-of-the-right-shape", "telegram-token-wrong")],
)
async def test_a_wrong_token_is_told(practice: Practice, token: str, key: str) -> None:
    level, told = (await practice.finds(telegram_token=token))[key]
    assert level is Level.MEND
    assert token not in told


async def test_a_server_that_is_not_reached_is_named(practice: Practice, unused_tcp_port: int) -> None:
    nowhere = f"http://127.0.0.1:{unused_tcp_port}"
    level, told = (await practice.finds(telegram_base_url=nowhere))["telegram-unreached"]
    assert level is Level.MEND
    assert nowhere in told


async def test_a_clock_that_is_wrong_is_told(practice: Practice) -> None:
    class Fast:
        def __init__(self, seconds: int) -> None:
            self.ahead = timedelta(seconds=seconds)

        def now(self) -> Any:
            return SystemClock().now() + self.ahead

    practice.clock = Fast(20)
    assert (await practice.finds())["clock-off"][0] is Level.WATCH
    practice.clock = Fast(-600)
    assert (await practice.finds())["clock-wrong"][0] is Level.MEND


async def test_a_webhook_of_somebody_else_is_told_while_we_poll(
    practice: Practice, telegram: FakeTelegram
) -> None:
    async with aiohttp.ClientSession() as session:
        address = "http://127.0.0.1:1/other"
        await session.post(f"{telegram.base_url}/bot{telegram.token}/setWebhook", data={"url": address})
        assert address in (await practice.finds())["webhook-foreign"][1]


@pytest.fixture
async def address(unused_tcp_port: int) -> AsyncIterator[str]:
    """Where the webhook is served."""
    app = web.Application()

    async def store(_updates: Any) -> None:
        return

    app.add_routes([webhook_route(SECRET, store)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    yield f"http://127.0.0.1:{unused_tcp_port}{PATH}"
    await runner.cleanup()


async def test_the_webhook_is_followed_from_telegram_to_the_program(
    practice: Practice, telegram: FakeTelegram, address: str
) -> None:
    practice.settings |= {"telegram_webhook_url": address, "telegram_webhook_secret": SECRET}
    assert set(await practice.finds()) == {"webhook-not-set"}
    async with aiohttp.ClientSession() as session:
        there = {"url": address, "secret_token": SECRET}
        await session.post(f"{telegram.base_url}/bot{telegram.token}/setWebhook", data=there)
    assert await practice.finds() == {}
    telegram.webhook_trouble = {
        "last_error_date": int(time.time()),
        "last_error_message": "SSL error: certificate verify failed",
    }
    level, told = (await practice.finds())["webhook-failing"]
    assert level is Level.MEND
    assert "certificate verify failed" in told


async def test_a_webhook_that_leads_elsewhere_is_told(
    practice: Practice, telegram: FakeTelegram, unused_tcp_port: int
) -> None:
    practice.settings["telegram_webhook_secret"] = SECRET
    elsewhere = await practice.finds(telegram_webhook_url=f"{telegram.base_url}/telegram/webhook")
    assert elsewhere["webhook-elsewhere"][0] is Level.MEND
    nowhere = await practice.finds(telegram_webhook_url=f"http://127.0.0.1:{unused_tcp_port}/x")
    assert nowhere["webhook-unreached"][0] is Level.WATCH


# WeCom


@pytest.fixture
async def wecom() -> AsyncIterator[FakeApp]:
    async with FakeApp() as app:
        yield app


@pytest.mark.parametrize(
    ("setting", "key"),
    [
        ({"wecom_secret": "another"}, "wecom-secret"),
        ({"wecom_corp_id": "ww0"}, "wecom-corp"),
        ({"wecom_agent_id": 7}, "wecom-agent"),
    ],
)
async def test_what_the_wecom_app_is_told_wrong_is_named(
    practice: Practice, wecom: FakeApp, setting: dict[str, Any], key: str
) -> None:
    found = await practice.finds(**{**wecom.settings, **setting})
    assert found[key][0] is Level.MEND
    assert next(iter(setting)).upper() in found[key][1]


async def test_an_address_that_wecom_does_not_trust_is_told_to_be_entered(
    practice: Practice, wecom: FakeApp
) -> None:
    wecom.trusted = False
    level, told = (await practice.finds(**wecom.settings))["wecom-address"]
    assert level is Level.MEND
    assert "203.0.113.9" in told


async def test_people_outside_the_app_are_named(practice: Practice, wecom: FakeApp, town: Town) -> None:
    wecom.member("wangxy")
    await town.as_operator(AddPerson("王小雨", ("sales",), wecom="wangxy"))
    await town.as_operator(AddPerson("许文博", ("market_manager",), wecom="nobody"))
    assert practice.path == town.database.path
    found = await practice.finds(**wecom.settings)
    assert "许文博 (nobody)" in found["wecom-outside"][1]
    assert "王小雨" not in found["wecom-outside"][1]


async def test_a_callback_that_nobody_serves_is_told(
    practice: Practice, wecom: FakeApp, telegram: FakeTelegram, unused_tcp_port: int
) -> None:
    down = await practice.finds(**wecom.settings, http_port=unused_tcp_port)
    assert down["wecom-callback-down"][0] is Level.WATCH
    other_program = int(telegram.base_url.rpartition(":")[2])
    elsewhere = await practice.finds(**wecom.settings, http_port=other_program)
    assert elsewhere["wecom-callback-elsewhere"][0] is Level.MEND


# as a command


async def test_the_way_to_the_wecom_bots_service_is_looked_at_and_nothing_more(practice: Practice) -> None:
    """Subscribing a second time would push the running program out."""
    async with FakeWeCom() as wecom:
        bot = {"wecom_bot_id": wecom.bot_id, "wecom_bot_secret": "mistyped", "wecom_ws_url": wecom.ws_url}
        assert await practice.finds(**bot) == {}
        assert wecom.subscribed == 0
    level, told = (await practice.finds(**bot))["wecom-unreached"]
    assert level is Level.MEND
    assert told.startswith(f"{bot['wecom_ws_url']} is not reached (no connection).")
    assert "wecom-bot-address" in await practice.finds(**bot | {"wecom_ws_url": "ws:///nowhere"})


async def test_an_address_at_which_no_page_opens_is_told(practice: Practice) -> None:
    level, told = (await practice.finds(public_url="http://credit.example.com"))["public-url"]
    assert level is Level.WATCH
    assert "https://" in told


def test_it_says_so_in_json_and_with_its_exit_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZIXIN_DATABASE_URL", f"sqlite:///{tmp_path}/zixin.db")
    monkeypatch.setenv("ZIXIN_WEB_CHAT", "login")
    well = CliRunner().invoke(main, ["doctor", "--json"])
    assert well.exit_code == 0
    assert json.loads(well.output)["mend"] == 0
    monkeypatch.setenv("ZIXIN_TIMEZONE", "Mars/Olympus")
    ill = CliRunner().invoke(main, ["doctor", "--json"])
    assert ill.exit_code == 1
    [finding] = json.loads(ill.output)["findings"]
    assert "ZIXIN_TIMEZONE" in finding["text"]
    assert "Asia/Shanghai" in finding["text"]


def test_what_cannot_be_looked_at_is_a_finding_and_no_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_path: Path) -> None:
        raise ZeroDivisionError

    upgrade(tmp_path / "zixin.db")
    monkeypatch.setattr("bot.doctor.house.health", broken)
    found = asyncio.run(Practice(tmp_path).finds())
    assert found["check-failed"][0] is Level.MEND


def test_every_check_has_a_name_of_its_own() -> None:
    assert len({check.name for check in CHECKS}) == len(CHECKS)
