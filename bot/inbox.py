"""What comes in is stored before it is acknowledged, then worked in order per conversation."""

import asyncio
import logging
import re
import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import bindparam, literal_column, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.dialog.engine import Dialogs
from bot.dialog.incoming import STORED, Incoming
from bot.fetched import FetchedFile, FileTooLarge
from core.clock import Clock
from core.files.sheet import MAX_FILE_BYTES
from core.records.inbox import Update
from core.records.tables import table_of
from core.services import tell, uploads
from core.services.people import reach
from core.storage.database import Database
from core.storage.once import insert_once
from core.storage.prepared import Prepared
from core.texts.message import Message

log = logging.getLogger(__name__)

_INBOX = table_of(Update)
# Spelled out in the SQL: a bound state would keep the partial index from being used.
_WAITING = _INBOX.c.state == literal_column("'waiting'")
_STORE = Prepared(
    insert_once(_INBOX, "channel", "key").returning(_INBOX.c.id),
    *("channel", "key", "conversation", "body", "at", "state"),
)
_STORED = Prepared(
    select(_INBOX.c.channel, _INBOX.c.conversation, _INBOX.c.body).where(
        _INBOX.c.id == bindparam("number"), _WAITING
    )
)
_MARK = Prepared(update(_INBOX).where(_INBOX.c.id == bindparam("number")), "state")
Decode = Callable[[str, str], Incoming | None]
"""A channel's reading of a raw update: body and conversation in; nothing for what is no one's business."""
Followup = Callable[[str, int], None]
Fetch = Callable[[str, int], Awaitable[bytes | FetchedFile]]
"""Gets a file from a channel: its id and the most bytes wanted. May raise `FileTooLarge`."""
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
"""What a text is left with that was cut inside a character. No database stores it."""
FETCH_TRIES = 4
PAUSE_SECONDS = 2.0
"""Before an update is tried again that the database could not take."""


def _storable(text: str) -> str:
    return _HALF_CHARACTER.sub("\ufffd", text)


def _to_be_fetched(incoming: Incoming) -> bool:
    return incoming.kind == "file" and not incoming.trouble and not incoming.file_id.startswith(STORED)


class Inbox:
    """The durable inbox of all channels and the worker that empties it."""

    def __init__(
        self,
        database: Database,
        dialogs: Dialogs,
        clock: Clock,
        decoders: Mapping[str, Decode],
        followup: Followup,
        fetchers: Mapping[str, Fetch],
    ) -> None:
        self._database = database
        self._dialogs = dialogs
        self._clock = clock
        self._decoders = decoders
        self._followup = followup
        self._fetchers = fetchers
        self._lanes: dict[str, deque[int]] = {}
        self._working: dict[str, asyncio.Task[None]] = {}

    async def put(
        self,
        channel: str,
        updates: Sequence[tuple[str, str, str]],
        beside: Callable[[Session], None] | None = None,
    ) -> None:
        """Store raw updates (key, conversation, body); returns after the commit. One seen before is no news.

        What is to be kept ``beside`` them is so in the same transaction.
        Half a character becomes the replacement character: one such message must not keep all others out for ever.
        """
        at = self._clock.now()

        def store(session: Session) -> list[tuple[int, str]]:
            if beside is not None:
                beside(session)
            stored = []
            for key, conversation, body in (map(_storable, one) for one in updates):
                about = {"channel": channel, "key": key, "conversation": conversation}
                new = _STORE.first(session, **about, body=body, at=at, state="waiting")
                if new is not None:
                    stored.append((new.id, conversation))
            return stored

        self._queue(await self._database.write(store))

    async def sweep(self) -> None:
        """Take up what is stored and not worked: after a start, or when another process took it in."""

        def waiting(session: Session) -> list[tuple[int, str]]:
            rows = session.execute(
                select(_INBOX.c.id, _INBOX.c.conversation)
                .where(_WAITING, _INBOX.c.channel.in_(self._decoders))
                .order_by(_INBOX.c.id)
            )
            return [(row.id, row.conversation) for row in rows]

        queued = {number for lane in self._lanes.values() for number in lane}
        self._queue([row for row in await self._database.read(waiting) if row[0] not in queued])

    async def idle(self) -> None:
        """Wait until everything that came in is worked."""
        while self._working:
            await asyncio.gather(*self._working.values())

    async def caught_up(self, conversation: str) -> None:
        """Wait until everything that came in from a conversation is worked."""
        working = self._working.get(conversation)
        if working is not None:
            await asyncio.wait([working])

    def _queue(self, rows: Iterable[tuple[int, str]]) -> None:
        for number, conversation in rows:
            lane = self._lanes.get(conversation)
            if lane is None:
                self._lanes[conversation] = deque([number])
                self._working[conversation] = asyncio.create_task(
                    self._empty(conversation), name=conversation
                )
            elif number not in lane:
                lane.append(number)

    async def _empty(self, conversation: str) -> None:
        """Work a conversation's updates one after the other; while one cannot be, those behind it wait too."""
        lane = self._lanes[conversation]
        try:
            while lane:
                try:
                    await self._work(lane[0])
                    lane.popleft()
                except Exception:
                    log.exception("%s waits until its update can be worked", conversation)
                    await asyncio.sleep(PAUSE_SECONDS)
        finally:
            del self._lanes[conversation], self._working[conversation]

    async def _work(self, number: int, file: Incoming | None = None) -> None:
        """One turn. A file that has to be fetched first is fetched and kept, and then the turn is taken."""

        def turn(session: Session) -> list[tuple[str, int]] | Incoming:
            row = _STORED.first(session, number=number)
            if row is None:
                return []
            incoming = file or self._decoders[row.channel](row.body, row.conversation)
            if incoming is not None and _to_be_fetched(incoming):
                return incoming
            followups = [] if incoming is None else self._dialogs.turn(session, incoming, self._clock.now())
            self._mark(session, number, "worked" if incoming is not None else "parked")
            return followups

        try:
            followups = await self._database.write(turn)
        except OperationalError:  # the database cannot take it now; the update stays where it is
            raise
        except Exception:
            await self._apologise(number)
            return
        if isinstance(followups, Incoming):
            await self._work(number, await self._fetched(followups))
            return
        for kind, what in followups:
            self._followup(kind, what)

    async def _fetched(self, incoming: Incoming) -> Incoming:
        """The same, with its file kept in the database; or with what went wrong."""
        if incoming.file_size > MAX_FILE_BYTES:
            return replace(incoming, trouble="file-too-large")
        content = None
        for attempt in range(FETCH_TRIES):
            try:
                content = await self._fetchers[incoming.channel](incoming.file_id, MAX_FILE_BYTES)
                break
            except FileTooLarge:
                return replace(incoming, trouble="file-too-large")
            except Exception as error:
                log.warning("file of %s: %s", incoming.conversation, type(error).__name__)
                await asyncio.sleep(attempt)
        if content is None:
            return replace(incoming, trouble="file-not-fetched")
        kept = content.content if isinstance(content, FetchedFile) else content
        name = (content.name if isinstance(content, FetchedFile) else "") or incoming.file_name

        def store(session: Session) -> int:
            sender = reach.person_at(session, incoming.channel, incoming.sender)
            return uploads.keep(session, name, kept, at=self._clock.now(), by=sender).id or 0

        return replace(incoming, file_id=f"{STORED}{await self._database.write(store)}", file_name=name)

    async def _apologise(self, number: int) -> None:
        """A bug: it is logged with its trace, told with a number, and does not stop the conversation."""
        reference = secrets.token_hex(3)
        log.exception("update %s failed, reference %s", number, reference)
        at = self._clock.now()

        def park(session: Session) -> None:
            row = session.execute(select(_INBOX.c.conversation).where(_INBOX.c.id == number)).one()
            tell.say(session, row.conversation, Message("trouble", {"reference": reference}), at=at)
            self._mark(session, number, "parked")

        await self._database.write(park)

    @staticmethod
    def _mark(session: Session, number: int, state: str) -> None:
        _MARK.run(session, number=number, state=state)
