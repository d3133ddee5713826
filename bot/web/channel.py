"""The browser as a channel: what is said is already in the database, so that sending is a nudge to open pages."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from bot.dialog.outcome import Delivered
from bot.dialog.rendered import Rendered
from core.records.inbox import Upload
from core.storage.database import Database

NAME = "web"
UPLOAD = "upload:"
"""How a stored file is named in an update: ``upload:12``."""


def conversation_of(person: int) -> str:
    """The one conversation that a person has in the browser, however many windows show it."""
    return f"{NAME}:{person}"


class WebChannel:
    name = NAME

    def __init__(self, database: Database) -> None:
        self._database = database
        self._pages: dict[str, set[asyncio.Event]] = defaultdict(set)
        self.closed = False

    def wait_for(self, address: str) -> float:  # noqa: ARG002 -- as every channel is asked
        """Seconds until something may be sent: a page takes it at once."""
        return 0.0

    async def send(self, address: str, rendered: Rendered, *, skip_parts: int = 0) -> Delivered:  # noqa: ARG002
        """Nudge the open pages of ``address``; they read the words themselves.

        Always delivered: the history in the database is the message, whether a page is open or not.
        """
        self._nudge(f"{NAME}:{address}")
        return Delivered("")

    async def edit(self, address: str, external_id: str, rendered: Rendered) -> Delivered:  # noqa: ARG002
        """Nudge as well: a page replaces what it shows by what it is told anew."""
        self._nudge(f"{NAME}:{address}")
        return Delivered(external_id)

    async def fetch(self, file_id: str) -> bytes:
        """The content of a file that somebody sent, named as in the update. Raises `LookupError` when unknown."""

        def content(session: Session) -> bytes | None:
            number = file_id.removeprefix(UPLOAD)
            upload = session.get(Upload, int(number)) if number.isdecimal() else None
            return upload.content if upload is not None else None

        found = await self._database.read(content)
        if found is None:
            raise LookupError(file_id)
        return found

    @contextmanager
    def page(self, conversation: str) -> Iterator[asyncio.Event]:
        """While a page shows the conversation: an event that is set when there may be something new."""
        nudged = asyncio.Event()
        self._pages[conversation].add(nudged)
        try:
            yield nudged
        finally:
            self._pages[conversation].discard(nudged)
            if not self._pages[conversation]:
                del self._pages[conversation]

    def close(self) -> None:
        """Let every open page go, so that the server can stop without waiting for them."""
        self.closed = True
        for conversation in self._pages:
            self._nudge(conversation)

    def _nudge(self, conversation: str) -> None:
        for nudged in self._pages.get(conversation, ()):
            nudged.set()
