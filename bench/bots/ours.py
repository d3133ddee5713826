"""Our bot as `bot.app` puts it together, for one crowd of salespeople, with Telegram's pacing switched off.

``python -m bench.bots.ours URL polling|webhook FOLDER [PEOPLE]``; the database is made in FOLDER.
"""

import asyncio
import sys
from pathlib import Path
from typing import Any

from bench.bots import FIRST_PERSON, PEOPLE, TOKEN
from bench.bots.web import listen
from bench.office import Member, add, add_staff, customer, office, settling
from bot.delivery import Delivery
from bot.dialog.engine import Dialogs
from bot.dialog.render import Renderer
from bot.flows import FLOWS
from bot.flows.cards import CARDS
from bot.inbox import Inbox
from bot.settled import settled
from bot.telegram.api import Api
from bot.telegram.channel import TelegramChannel, read, rows_of
from bot.telegram.decode import CHANNEL
from bot.telegram.pace import UNLIMITED
from bot.telegram.poll import poll
from bot.telegram.send import answer_tap
from core.clock import SystemClock
from core.services.commands import open_desk
from core.storage.database import Database

CUSTOMERS_EACH = 8


def settle(path: Path, crowd: int, channel: str = CHANNEL) -> None:
    """The crowd as salespeople, each known in the channel and with customers of their own."""
    people = range(FIRST_PERSON, FIRST_PERSON + crowd)
    owned = ((person, each) for person in people for each in range(1, CUSTOMERS_EACH + 1))
    with settling(path) as session:
        add_staff(session, channel, [Member(person, "sales") for person in people])
        add(
            session,
            [
                customer(number, f"K{person}-{each}", person)
                for number, (person, each) in enumerate(owned, start=1)
            ],
        )


async def main(url: str, webhook: bool, folder: Path, crowd: int) -> None:
    path = folder / "zixin.db"
    settle(path, crowd)
    clock = SystemClock()
    company = office(path, clock)
    desk = open_desk(company)
    async with (
        settled(),
        Database(path) as database,
        Api(TOKEN, url) as api,
        asyncio.TaskGroup() as group,
    ):
        channel = TelegramChannel(api, UNLIMITED)
        inbox = Inbox(database, Dialogs(desk, FLOWS), clock, {CHANNEL: read}, lambda _kind, _what: None, {})
        delivery = Delivery(
            database, Renderer(company, CARDS), clock, {CHANNEL: channel}, company.settings.language
        )
        group.create_task(delivery.run())

        courtesies = set()

        async def store(updates: list[dict[str, Any]]) -> None:
            await inbox.put(CHANNEL, rows_of(updates))
            for raw in updates:
                if "callback_query" in raw:
                    task = asyncio.create_task(answer_tap(api.bot, raw["callback_query"]["id"]))
                    courtesies.add(task)
                    task.add_done_callback(courtesies.discard)

        address = ""
        if webhook:
            address = await listen(lambda raw: store([raw]))
        else:
            group.create_task(poll(api, store, stop=asyncio.Event()))
        print(address, flush=True)


if __name__ == "__main__":
    many = int(sys.argv[4]) if len(sys.argv) > 4 else PEOPLE
    asyncio.run(main(sys.argv[1], sys.argv[2] == "webhook", Path(sys.argv[3]), many))
