"""One life of the bot: from its start until the story ends or it is killed."""

import asyncio
import sqlite3
from contextlib import AsyncExitStack, closing
from datetime import datetime, timedelta

from bot.delivery import Delivery
from bot.dialog.engine import Dialogs
from bot.dialog.outcome import Delivered, Outcome
from bot.dialog.render import Renderer
from bot.dialog.rendered import Rendered
from bot.flows import FLOWS
from bot.flows.cards import CARDS
from bot.followup import Followups
from bot.inbox import Inbox
from bot.telegram.channel import read, rows_of
from bot.telegram.decode import CHANNEL
from core.clock import SetClock
from core.services.desk import Desk
from core.storage.database import Database
from tests.reliability.journal import Journal
from tests.reliability.story import FILE, update_of
from tests.support.failpoints import Failpoints
from tests.support.town import SHANGHAI

BEGINS = datetime(2026, 3, 10, 10, 0, tzinfo=SHANGHAI)
_UNSENT = "select count(*) from outbox where state in ('waiting', 'edit')"


class JournalChannel:
    """A channel whose chats are the journal. Before and after a send are places to die at."""

    name = CHANNEL

    def __init__(self, journal: Journal, points: Failpoints, life: int) -> None:
        self._journal = journal
        self._points = points
        self._life = life
        self._sent = journal.count("sent")

    def wait_for(self, _address: str) -> float:
        return 0.0

    async def send(self, address: str, rendered: Rendered, *, skip_parts: int) -> Outcome:
        self._points.reach("send")
        self._sent += 1
        number = str(self._sent)
        self._journal.add(
            "sent", id=number, to=address, life=self._life, html=rendered.html, buttons=_data(rendered)
        )
        self._points.reach("sent")
        return Delivered(number)

    async def edit(self, _address: str, external_id: str, rendered: Rendered) -> Outcome:
        self._points.reach("edit")
        self._journal.add("edited", id=external_id, html=rendered.html, buttons=_data(rendered))
        self._points.reach("edited")
        return Delivered(external_id)


def _data(rendered: Rendered) -> list[str]:
    return [button.data for row in rendered.buttons for button in row]


class Life:
    """The bot as `bot.app` puts it together, over a channel that outlives it."""

    def __init__(
        self, database: Database, desk: Desk, clock: SetClock, journal: Journal, points: Failpoints
    ) -> None:
        self._database = database
        self._clock = clock
        self._journal = journal
        life = journal.count("born") + 1
        journal.add("born", life=life)
        self._followups = Followups(database, desk)
        self._inbox = Inbox(
            database, Dialogs(desk, FLOWS), clock, {CHANNEL: read}, self._followups.start, {CHANNEL: _file}
        )
        self._delivery = Delivery(
            database,
            Renderer(desk.office, CARDS),
            clock,
            {CHANNEL: JournalChannel(journal, points, life)},
            "zh_CN",
        )

    async def tell(self, until: int, *, one_thing_at_a_time: bool) -> None:
        """Take the story up where it stands and tell it up to step ``until``.

        ``one_thing_at_a_time`` sends only once all is worked, so that the places to die at come in the same order
        every time; else the sender runs beside it, as it does in earnest.
        """
        step = self._journal.count("done")
        self._at(step)
        async with AsyncExitStack() as stack:
            if not one_thing_at_a_time:
                sender = asyncio.create_task(self._delivery.run())
                stack.callback(sender.cancel)
            await self._followups.resume()
            await self._inbox.sweep()
            if step:
                await self._deliver(step - 1)  # Telegram heard no thanks for it, and says it again
            for number in range(step, until):
                self._at(number)
                await self._deliver(number)
                await self._quiet(drain=one_thing_at_a_time)
                self._journal.add("done", step=number)

    def _at(self, step: int) -> None:
        self._clock.set(BEGINS + timedelta(minutes=step))

    async def _deliver(self, number: int) -> None:
        """The update of a step: thought of once, then the same at every delivery."""
        known = {entry["step"]: entry["update"] for entry in self._journal.told("acts")}
        if number not in known:
            known[number] = update_of(number, self._journal)
            self._journal.add("acts", step=number, update=known[number])
        await self._inbox.put(CHANNEL, rows_of([known[number]]))
        self._journal.add("acknowledged", step=number)

    async def _quiet(self, *, drain: bool) -> None:
        while True:
            await self._inbox.idle()
            await self._followups.idle()
            if drain:
                await self._delivery.drain()
            if not self._unsent():
                return
            await asyncio.sleep(0.001)

    def _unsent(self) -> int:
        with closing(sqlite3.connect(self._database.path)) as connection:
            return int(connection.execute(_UNSENT).fetchone()[0])


async def _file(_file_id: str, _limit_bytes: int) -> bytes:
    return FILE
