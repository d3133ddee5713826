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
from sqlalchemy.exc import OperationalError
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
_NEW, _CHANGED = (_OUTBOX.c.state == literal(state, literal_execute=True) for state in ("waiting", "edit"))
_NEXT = func.coalesce(func.min(case((_NEW, _OUTBOX.c.id))), func.min(_OUTBOX.c.id))
"""Of a conversation: what is new in the order it was said, then what is to be brought up to date."""
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
READY = 32
"""Conversations whose next message is at hand, those being sent included."""
BREATH_SECONDS = 0.02
"""Between two looks into the outbox while there is something to do: what many say at once is taken together."""
POLL_SECONDS = 0.5
"""A row committed by another process is seen within this."""
MOST_ATTEMPTS_UNSURE = 2
LONGEST_PAUSE_SECONDS = 160.0
"""Between two tries of a message that the channel fails on."""
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

    row: OutboxMessage
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
        self._flying: dict[str, asyncio.Task[None]] = {}
        self._sending = asyncio.Semaphore(IN_FLIGHT)
        self._stopping = False
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
                await self._look()
                # Not `wait_for`: on Python 3.11 it swallows a cancellation that comes together with the event.
                with suppress(TimeoutError):
                    async with asyncio.timeout(POLL_SECONDS):
                        await self._wake.wait()
        finally:
            await self._land()

    async def _look(self) -> None:
        """A round; trouble with the database ends this one and not the ones to come."""
        try:
            if await self.round() or self._flying:
                await asyncio.sleep(BREATH_SECONDS)
        except Exception:
            log.exception("the outbox could not be read")

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
        """Deliver everything that can be delivered now; for tests and for a last round before stopping."""
        while True:
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
        """What is next in each conversation that is not being sent to: answers first, changed cards last."""
        heads = (
            select(_NEXT)
            .where(
                _NEW | _CHANGED, _OUTBOX.c.channel.in_(self._channels), _OUTBOX.c.conversation.not_in(flying)
            )
            .group_by(_OUTBOX.c.conversation)
        )
        now = self._clock.now()
        due = session.execute(
            select(_OUTBOX.c.id, _OUTBOX.c.channel, _OUTBOX.c.conversation)
            .where(_OUTBOX.c.id.in_(heads), (_OUTBOX.c.not_before.is_(None)) | (_OUTBOX.c.not_before <= now))
            .order_by(_CHANGED, _OUTBOX.c.urgent.desc(), _OUTBOX.c.id)
        )
        chosen = list(islice((row.id for row in due if self._may_go(row.channel, row.conversation)), free))
        found = session.execute(_LANGUAGE.where(_OUTBOX.c.id.in_(chosen))).all() if chosen else ()
        parcels = {row.id: self._parcel(session, row, language) for row, language in found}
        return [parcels[number] for number in chosen]

    def _parcel(self, session: Session, row: OutboxMessage, chosen: str | None) -> _Parcel:
        language: Language = self._language
        if chosen:
            language = "en" if chosen == "en" else "zh_CN"
        return _Parcel(row, language, None if row.card else self._words(session, row, language))

    def _may_go(self, channel: str, conversation: str) -> bool:
        return self._channels[channel].wait_for(conversation.partition(":")[2]) <= 0

    def _words(self, session: Session, row: OutboxMessage, language: Language) -> Rendered | None:
        """The words that a row has right now; None where none could be made, which is a bug."""
        try:
            return self._renderer.render(session, row, language)
        except Exception:
            log.exception("no words for message %s", row.id)
            return None

    async def _deliver(self, parcel: _Parcel) -> None:
        row = parcel.row
        async with self._sending:
            if self._stopping:
                return
            outcome = await self._hand_over(parcel)
            # It is out: whatever keeps it from being marked, sending it again is no cure.
            while True:
                try:
                    await self._database.write(lambda session: self._mark(session, row, outcome))
                    return
                except OperationalError:
                    log.exception("message %s could not be marked", row.id)
                    await asyncio.sleep(POLL_SECONDS)

    async def _hand_over(self, parcel: _Parcel) -> Outcome:
        row, channel = parcel.row, self._channels[parcel.row.channel]
        address = row.conversation.partition(":")[2]
        rendered = parcel.rendered or await self._database.read(
            lambda session: self._words(session, row, parcel.language)
        )
        if rendered is None:
            return Refused("no words for it")
        try:
            if row.state == "edit" and row.external_id:
                return await channel.edit(address, row.external_id, rendered)
            return await channel.send(address, rendered, skip_parts=row.parts_done)
        except Exception as error:
            log.exception("message %s to %s", row.id, row.conversation)
            return Unsure(f"{type(error).__name__}: {error}", row.parts_done)

    def _mark(self, session: Session, row: OutboxMessage, outcome: Outcome) -> None:
        """Write down what became of it."""
        edited = row.state == "edit"
        values: dict[str, object]
        match outcome:
            case Delivered(external_id):
                session.execute(_SENT, {"number": row.id, "seen": row.touched, "sent_as": external_id})
                return
            case Later(_, reason):
                values = {
                    "not_before": self._clock.now() + self._pause(row, outcome),
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

    def _pause(self, row: OutboxMessage, later: Later) -> timedelta:
        """What the channel asks for; a message that it alone fails on is tried the less often the longer it waits."""
        if later.whole_channel:
            return timedelta(seconds=later.seconds)
        waited = self._clock.now().timestamp() - row.touched / 1_000_000
        return timedelta(seconds=max(later.seconds, min(waited / 2, LONGEST_PAUSE_SECONDS)))
