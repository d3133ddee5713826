"""Our bot as `bot.app` puts it together, for one crowd of salespeople, with Telegram's pacing switched off.

``python -m bench.bots.ours URL polling|webhook FOLDER``; the database is made in FOLDER.
"""

import asyncio
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.bots import FIRST_PERSON, PEOPLE, TOKEN
from bench.bots.web import listen
from bot.delivery import Delivery
from bot.dialog.engine import Dialogs
from bot.dialog.render import Renderer
from bot.flows import FLOWS
from bot.flows.cards import CARDS
from bot.inbox import Inbox
from bot.telegram.api import Api
from bot.telegram.channel import TelegramChannel, read, rows_of
from bot.telegram.decode import CHANNEL
from bot.telegram.pace import UNLIMITED
from bot.telegram.poll import poll
from core.clock import SystemClock
from core.policies.library import SHIPPED, Library
from core.queries.office import Office
from core.services.commands import open_desk
from core.settings import Settings
from core.storage.database import Database
from core.storage.secrets import Vault
from core.storage.upgrade import upgrade

CUSTOMERS_EACH = 8


def settle(path: Path) -> None:
    """The crowd as salespeople, each known in Telegram and with customers of their own."""
    upgrade(path)
    at = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
    people = range(FIRST_PERSON, FIRST_PERSON + PEOPLE)
    with sqlite3.connect(path) as connection:
        connection.executemany(
            "insert into person (id, name, english_name, region, language, active) values (?, ?, '', '', '', 1)",
            ((n, f"业务员{n}") for n in people),
        )
        connection.executemany("insert into holding (person, role) values (?, 'sales')", ((n,) for n in people))
        connection.executemany(
            "insert into binding (channel, address, person, used_at) values (?, ?, ?, ?)",
            ((CHANNEL, str(n), n, at) for n in people),
        )
        connection.executemany(
            "insert into customer (code, name, name_key, kind, region, owner, industry, size,"
            " legal_representative, address, phone, scope, bank_sealed, opened_at)"
            " values (?, ?, ?, 'customer', '', ?, '', '', '', '', '', '', '', ?)",
            (
                (f"K{n}-{each}", f"华东机械{n}第{each}分厂", f"华东机械{n}第{each}", n, at)
                for n in people
                for each in range(1, CUSTOMERS_EACH + 1)
            ),
        )


async def main(url: str, webhook: bool, folder: Path) -> None:
    path = folder / "zixin.db"
    settle(path)
    settings = Settings(database_url=f"sqlite+aiosqlite:///{path}", _env_file=None)  # type: ignore[call-arg]
    clock = SystemClock()
    office = Office(settings, Library([SHIPPED]), clock, Vault(settings))
    desk = open_desk(office)
    async with Database(path) as database, Api(TOKEN, url) as api, asyncio.TaskGroup() as group:
        channel = TelegramChannel(api, UNLIMITED)
        inbox = Inbox(database, Dialogs(desk, FLOWS), clock, {CHANNEL: read}, lambda _kind, _what: None, {})
        delivery = Delivery(database, Renderer(office, CARDS), clock, {CHANNEL: channel}, settings.language)
        group.create_task(delivery.run())

        async def store(updates: list[dict[str, Any]]) -> None:
            await inbox.put(CHANNEL, rows_of(updates))

        address = ""
        if webhook:
            address = await listen(lambda raw: store([raw]))
        else:
            group.create_task(poll(api, store, stop=asyncio.Event()))
        print(address, flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2] == "webhook", Path(sys.argv[3])))
