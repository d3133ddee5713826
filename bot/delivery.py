"""From the outbox to the channels: in order per conversation, as fast as the channel allows, each marked once sent."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Protocol, assert_never

from sqlalchemy import bindparam, case, func, literal, select, update
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

_OUTBOX, _PERSON = table_of(OutboxMessage), table_of(Person)
# The states are spelled out in the SQL: bound ones would keep the partial index from being used.
_TO_SEND = _OUTBOX.c.state.in_([literal(state, literal_execute=True) for state in ("waiting", "edit")])
_LANGUAGE = select(OutboxMessage, _PERSON.c.language).outerjoin(_PERSON, _PERSON.c.id == _OUTBOX.c.person)
_SENT = (
    update(_OUTBOX)
    .where(_OUTBOX.c.id == bindparam("number"))
    .values(
        state=case((_OUTBOX.c.touched == bindparam("seen"), "sent"), else_="edit"),
        external_id=bindparam("sent_as"),
        trouble="",
    )
)
"""A card that moved on while it was on its way is to be edited right away."""

IN_FLIGHT = 16
"""Messages that are being sent and marked at once: what a crash may at most repeat."""
READY = 64
"""Conversations whose next message is in its final words, those being sent included."""
BREATH_SECONDS = 0.01
"""Between two looks into the outbox: what is said by many at once is taken together."""
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
        self._sending = asyncio.Semaphore(IN_FLIGHT)
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
                if await self.round():
                    await asyncio.sleep(BREATH_SECONDS)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), POLL_SECONDS)
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

    async def round(self) -> int:
        """Start what can start, and tell how much that was."""
        free = READY - len(self._flying)
        if free <= 0:
            return 0
        flying = list(self._flying)
        parcels = await self._database.read(lambda session: self._claim(session, flying, free))
        for parcel in parcels:
            conversation = parcel.row.conversation
            task = asyncio.create_task(self._deliver(parcel), name=f"deliver {parcel.row.id}")
            self._flying[conversation] = task
            task.add_done_callback(partial(self._landed, conversation))
        return len(parcels)

    def _landed(self, conversation: str, task: asyncio.Task[None]) -> None:
        self._flying.pop(conversation, None)
        self._wake.set()
        if not task.cancelled() and task.exception() is not None:
            log.error("delivery to %s", conversation, exc_info=task.exception())

    def _claim(self, session: Session, flying: Sequence[str], free: int) -> Sequence[_Parcel]:
        """The oldest open message of each conversation that is not being sent to; urgent ones first."""
        heads = (
            select(func.min(_OUTBOX.c.id))
            .where(_TO_SEND, _OUTBOX.c.channel.in_(self._channels), _OUTBOX.c.conversation.not_in(flying))
            .group_by(_OUTBOX.c.conversation)
        )
        now = self._clock.now()
        due = session.execute(
            select(_OUTBOX.c.id, _OUTBOX.c.channel, _OUTBOX.c.conversation)
            .where(_OUTBOX.c.id.in_(heads), (_OUTBOX.c.not_before.is_(None)) | (_OUTBOX.c.not_before <= now))
            .order_by(_OUTBOX.c.urgent.desc(), _OUTBOX.c.id)
        )
        chosen = list(islice((row.id for row in due if self._may_go(row.channel, row.conversation)), free))
        found = session.execute(_LANGUAGE.where(_OUTBOX.c.id.in_(chosen))).all() if chosen else ()
        parcels = {row.id: _Parcel(row, self._words(session, row, language)) for row, language in found}
        return [parcels[number] for number in chosen]

    def _may_go(self, channel: str, conversation: str) -> bool:
        return self._channels[channel].wait_for(conversation.partition(":")[2]) <= 0

    def _words(self, session: Session, row: OutboxMessage, chosen: str | None) -> Rendered:
        language: Language = self._language
        if chosen:
            language = "en" if chosen == "en" else "zh_CN"
        return self._renderer.render(session, row, language)

    async def _deliver(self, parcel: _Parcel) -> None:
        row, channel = parcel.row, self._channels[parcel.row.channel]
        address = row.conversation.partition(":")[2]
        async with self._sending:
            if row.state == "edit" and row.external_id:
                outcome = await channel.edit(address, row.external_id, parcel.rendered)
            else:
                outcome = await channel.send(address, parcel.rendered, skip_parts=row.parts_done)
            await self._database.write(lambda session: self._mark(session, row, outcome))

    def _mark(self, session: Session, row: OutboxMessage, outcome: Outcome) -> None:
        """Write down what became of it."""
        edited = row.state == "edit"
        values: dict[str, object]
        match outcome:
            case Delivered(external_id):
                session.execute(_SENT, {"number": row.id, "seen": row.touched, "sent_as": external_id})
                return
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
