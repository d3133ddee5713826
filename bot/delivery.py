"""From the outbox to the channels: in order per conversation, as fast as the channel allows, each marked once sent."""

import asyncio
import logging
import math
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot import outbox
from bot.dialog.outcome import Later, Outcome, Refused, Unsure
from bot.dialog.render import Renderer
from bot.dialog.rendered import Rendered
from bot.marking import Marking
from bot.outbox import Next
from core.clock import Clock
from core.settings import Language, language_named
from core.storage.database import Database

log = logging.getLogger(__name__)

IN_FLIGHT = 16
"""Messages that are being sent and marked at once: what a crash may at most repeat."""
READY = 64
"""Messages that are at hand in their words, those being sent included."""
MOST_HELD_BACK = 128
"""Conversations found held back by the pace before a round looks no further: it is the whole channel that is."""
BREATH_SECONDS = 0.02
"""Between two looks while there is something to do: what many say at once is taken together."""
LOOK_SECONDS = 0.1
"""Between two looks into the outbox while what the last one found is still going out."""
POLL_SECONDS = 0.5
"""A row committed by another process is seen within this."""
UNREAD_SECONDS = 1.0
"""Before a card is made again that the database could not be read for."""
LANDING_SECONDS = 10.0
"""What is on its way when told to stop is waited for this long: cut off, it would be sent again."""


class Channel(Protocol):
    """One way to reach people."""

    name: str

    def wait_for(self, address: str) -> float:
        """Zero: send now, it is counted; else the seconds until it is worth asking again."""
        ...

    async def send(self, address: str, rendered: Rendered, *, skip_parts: int) -> Outcome: ...

    async def edit(self, address: str, external_id: str, rendered: Rendered) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class _Parcel:
    """A row to be delivered."""

    row: outbox.Row
    language: Language
    rendered: Rendered | None
    """None for a card: it takes questions to make, and is made as it stands when its turn has come."""


class Delivery:
    def __init__(
        self,
        database: Database,
        renderer: Renderer,
        clock: Clock,
        channels: Mapping[str, Channel],
        language: Language,
    ) -> None:
        self._database = database
        self._renderer = renderer
        self._clock = clock
        self._channels = channels
        self._language = language
        self._marking = Marking(database, clock, channels.keys())
        self._next: list[Next] = []
        self._looked_at = -math.inf
        self._news = False
        self._pace_opens_in = math.inf
        self._flying: dict[str, asyncio.Task[None]] = {}
        self._sending = asyncio.Semaphore(IN_FLIGHT)
        self._stopping = False
        self._wake = asyncio.Event()
        self._room = asyncio.Event()
        database.on_commit(self._on_commit)

    def _on_commit(self, announced: frozenset[str]) -> None:
        if announced & self._channels.keys():
            self._news = True
            self._wake.set()

    async def run(self) -> None:
        """Deliver until cancelled; run once more after a failure, it goes on."""
        self._stopping = False
        try:
            while True:
                self._wake.clear()
                await self._step()
                # Not `wait_for`: on Python 3.11 it swallows a cancellation that comes together with the event.
                with suppress(TimeoutError):
                    async with asyncio.timeout(min(POLL_SECONDS, self._pace_opens_in)):
                        await self._wake.wait()
        finally:
            await self._land()

    async def _step(self) -> None:
        """A round; trouble with the database ends this one and not the ones to come."""
        try:
            if await self.round() or self._flying:
                await self._breathe()
        except Exception:
            log.exception("the outbox could not be read")

    async def _breathe(self) -> None:
        """While much is waiting, no longer than until half of what was at hand has gone."""
        if not self._next or len(self._flying) <= READY // 2:
            await asyncio.sleep(BREATH_SECONDS)
            return
        self._room.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(BREATH_SECONDS):
                await self._room.wait()

    async def _land(self) -> None:
        """Let what is on its way arrive and be marked; nothing new sets off."""
        self._stopping = True
        flying = list(self._flying.values())
        if flying:
            await asyncio.wait(flying, timeout=LANDING_SECONDS)
        for task in flying:
            task.cancel()
        await asyncio.gather(*flying, return_exceptions=True)

    async def drain(self) -> None:
        """Deliver everything that can be delivered now; for tests, which cannot wait for a delivery that runs."""
        while True:
            self._next = []
            landing = bool(self._flying)  # what lands during the round may have more behind it
            if not await self.round() and not landing:
                return
            if self._flying:
                await asyncio.wait(self._flying.values(), return_when=asyncio.FIRST_COMPLETED)

    async def round(self) -> int:
        """Start what can start, and tell how much that was."""
        free = READY - len(self._flying)
        if free <= 0:
            return 0
        chosen = self._choose(free) if self._may_go_on() else []
        if not chosen and not (self._next and self._may_go_on()):
            await self._look()
            chosen = self._choose(free)
        if not chosen:
            return 0
        parcels = await self._database.read(lambda session: self._parcels(session, chosen))
        for parcel in parcels:
            conversation = parcel.row.conversation
            task = asyncio.create_task(self._deliver(parcel), name=f"deliver {parcel.row.id}")
            self._flying[conversation] = task
            task.add_done_callback(partial(self._landed, conversation))
        return len(parcels)

    def _may_go_on(self) -> bool:
        """Is the last look still good? Not long after a commit that may have brought something more pressing."""
        return time.monotonic() - self._looked_at < (LOOK_SECONDS if self._news else POLL_SECONDS)

    async def _look(self) -> None:
        """Ask what is next everywhere; asked again soon after a commit, and when all of it has gone."""
        self._looked_at, self._news = time.monotonic(), False
        now = self._clock.now()

        def ask(session: Session) -> list[Next]:
            return [one for channel in self._channels for one in outbox.next_of(session, channel, now)]

        self._next = await self._database.read(ask)

    def _choose(self, free: int) -> Collection[Next]:
        """What may set off now, the most pressing first; it is not chosen again."""
        chosen: list[Next] = []
        left: list[Next] = []
        self._pace_opens_in = math.inf
        for place, one in enumerate(self._next):
            if len(chosen) == free or len(left) == MOST_HELD_BACK:
                left += self._next[place:]
                break
            if one.conversation in self._flying:
                continue  # what is behind it is found by the next look
            channel, _, address = one.conversation.partition(":")
            wait = self._channels[channel].wait_for(address)
            if wait <= 0:
                chosen.append(one)
            else:
                self._pace_opens_in = min(self._pace_opens_in, wait)
                left.append(one)
        self._next = left
        return chosen

    def _landed(self, conversation: str, task: asyncio.Task[None]) -> None:
        self._flying.pop(conversation, None)
        self._wake.set()
        if len(self._flying) <= READY // 2:
            self._room.set()
        if not task.cancelled() and task.exception() is not None:
            log.error("delivery to %s", conversation, exc_info=task.exception())

    def _parcels(self, session: Session, chosen: Collection[Next]) -> Sequence[_Parcel]:
        """The rows in their words, in the order in which they were chosen."""
        found = {}
        for row in outbox.rows_of(session, chosen):
            language = language_named(row.language) or self._language
            found[row.id] = _Parcel(row, language, None if row.card else self._words(session, row, language))
        return [found[one.id] for one in chosen if one.id in found]

    def _words(self, session: Session, row: outbox.Row, language: Language) -> Rendered | None:
        """The words that a row has right now; None where none could be made, which is a bug."""
        try:
            return self._renderer.render(session, row, language)
        except OperationalError:  # the database cannot be read now; the message stays where it is
            raise
        except Exception:
            log.exception("no words for message %s", row.id)
            return None

    async def _deliver(self, parcel: _Parcel) -> None:
        async with self._sending:
            if self._stopping:
                return
            outcome = await self._hand_over(parcel)
            await self._marking.mark(parcel.row, outcome)

    async def _hand_over(self, parcel: _Parcel) -> Outcome:
        row, channel = parcel.row, self._channels[parcel.row.channel]
        address = row.conversation.partition(":")[2]
        try:
            rendered = parcel.rendered or await self._database.read(
                lambda session: self._words(session, row, parcel.language)
            )
        except OperationalError as error:
            log.exception("message %s could not be read", row.id)
            return Later(UNREAD_SECONDS, f"not read: {error.orig}", False, row.parts_done)
        if rendered is None:
            return Refused("no words for it")
        try:
            if row.state == "edit" and row.external_id:
                return await channel.edit(address, row.external_id, rendered)
            return await channel.send(address, rendered, skip_parts=row.parts_done)
        except Exception as error:
            log.exception("message %s to %s", row.id, row.conversation)
            return Unsure(f"{type(error).__name__}: {error}", row.parts_done)
