"""From the outbox to the channels: in order per conversation, as fast as the channel allows, each marked once sent."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Protocol, assert_never

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.dialog.outcome import Delivered, Later, Outcome, Refused, Unsure
from bot.dialog.render import Renderer
from bot.dialog.rendered import Rendered
from core.clock import Clock
from core.records.outbox import OutboxMessage
from core.records.staff import Person
from core.records.tables import table_of
from core.settings import Language
from core.storage.database import Database

log = logging.getLogger(__name__)

_OUTBOX = table_of(OutboxMessage)
_TO_SEND = _OUTBOX.c.state.in_(("waiting", "edit"))

IN_FLIGHT = 16
"""Conversations that are being sent to at once, one message each: what a crash may at most repeat."""
POLL_SECONDS = 0.5
"""A row committed by another process is seen within this."""
MOST_ATTEMPTS_UNSURE = 2


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
    """A row to be delivered, with the words it has right now."""

    row: OutboxMessage
    rendered: Rendered


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
        self._flying: dict[str, asyncio.Task[None]] = {}
        self._wake = asyncio.Event()
        database.on_commit(self._on_commit)

    def _on_commit(self, announced: frozenset[str]) -> None:
        if announced & self._channels.keys():
            self._wake.set()

    async def run(self) -> None:
        """Deliver until cancelled."""
        try:
            while True:
                self._wake.clear()
                busy = await self.round()
                if not busy:
                    try:
                        await asyncio.wait_for(self._wake.wait(), POLL_SECONDS)
                    except TimeoutError:
                        continue
                else:
                    await self._wake.wait()
        finally:
            for task in self._flying.values():
                task.cancel()
            await asyncio.gather(*self._flying.values(), return_exceptions=True)

    async def drain(self) -> None:
        """Deliver everything that can be delivered now; for tests and for a last round before stopping."""
        while True:
            await self.round()
            if not self._flying:
                return
            await asyncio.wait(self._flying.values(), return_when=asyncio.FIRST_COMPLETED)

    async def round(self) -> bool:
        """Start what can start. True while every place is taken: then the next landing wakes the loop."""
        free = IN_FLIGHT - len(self._flying)
        if free > 0:
            for parcel in await self._database.read(lambda session: self._claim(session, free)):
                conversation = parcel.row.conversation
                task = asyncio.create_task(self._deliver(parcel), name=f"deliver {parcel.row.id}")
                self._flying[conversation] = task
                task.add_done_callback(partial(self._landed, conversation))
        return len(self._flying) >= IN_FLIGHT

    def _landed(self, conversation: str, task: asyncio.Task[None]) -> None:
        self._flying.pop(conversation, None)
        self._wake.set()
        if not task.cancelled() and task.exception() is not None:
            log.error("delivery to %s", conversation, exc_info=task.exception())

    def _claim(self, session: Session, free: int) -> Sequence[_Parcel]:
        """The oldest open message of each conversation that is not being sent to; urgent ones first."""
        heads = (
            select(func.min(_OUTBOX.c.id))
            .where(_TO_SEND, _OUTBOX.c.channel.in_(self._channels))
            .group_by(_OUTBOX.c.conversation)
        )
        if self._flying:
            heads = heads.where(_OUTBOX.c.conversation.not_in(list(self._flying)))
        now = self._clock.now()
        rows = session.scalars(
            select(OutboxMessage)
            .where(_OUTBOX.c.id.in_(heads), (_OUTBOX.c.not_before.is_(None)) | (_OUTBOX.c.not_before <= now))
            .order_by(_OUTBOX.c.urgent.desc(), _OUTBOX.c.id)
        )
        parcels: list[_Parcel] = []
        for row in rows:
            if len(parcels) == free:
                break
            if self._channels[row.channel].wait_for(row.conversation.partition(":")[2]) > 0:
                continue
            parcels.append(_Parcel(row, self._words(session, row)))
        return parcels

    def _words(self, session: Session, row: OutboxMessage) -> Rendered:
        person = session.get(Person, row.person) if row.person is not None else None
        language: Language = self._language
        if person is not None and person.language:
            language = "en" if person.language == "en" else "zh_CN"
        return self._renderer.render(session, row, language)

    async def _deliver(self, parcel: _Parcel) -> None:
        row, channel = parcel.row, self._channels[parcel.row.channel]
        address = row.conversation.partition(":")[2]
        if row.state == "edit" and row.external_id:
            outcome = await channel.edit(address, row.external_id, parcel.rendered)
        else:
            outcome = await channel.send(address, parcel.rendered, skip_parts=row.parts_done)
        await self._database.write(lambda session: self._mark(session, row, outcome))

    def _mark(self, session: Session, row: OutboxMessage, outcome: Outcome) -> None:
        """Write down what became of it. A card that moved on meanwhile is to be edited right away."""
        edited = row.state == "edit"
        values: dict[str, object]
        match outcome:
            case Delivered(external_id):
                touched = session.execute(
                    select(_OUTBOX.c.touched).where(_OUTBOX.c.id == row.id)
                ).scalar_one()
                state = "sent" if touched == row.touched else "edit"
                values = {"state": state, "external_id": external_id, "trouble": ""}
            case Later(seconds, reason):
                values = {
                    "not_before": self._clock.now() + timedelta(seconds=seconds * 2 ** min(row.attempts, 5)),
                    "attempts": row.attempts + 1,
                    "trouble": reason,
                    "parts_done": outcome.parts_done,
                }
            case Unsure(reason):
                again = edited or row.attempts + 1 < MOST_ATTEMPTS_UNSURE
                values = {
                    "state": row.state if again else "unknown",
                    "attempts": row.attempts + 1,
                    "not_before": self._clock.now() + timedelta(seconds=2),
                    "trouble": reason,
                    "parts_done": outcome.parts_done,
                }
            case Refused(reason):
                log.warning("message %s to %s: %s", row.id, row.conversation, reason)
                values = {"state": "sent" if edited else "failed", "trouble": reason}
            case _:
                assert_never(outcome)
        session.execute(update(_OUTBOX).where(_OUTBOX.c.id == row.id).values(**values))
