"""The browser as a channel: what is said is already in the database, so that sending is a nudge to open pages."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from bot.dialog.outcome import Delivered
from bot.dialog.rendered import Rendered

NAME = "web"


def conversation_of(person: int) -> str:
    """The one conversation that a person has in the browser, however many windows show it."""
    return f"{NAME}:{person}"


class WebChannel:
    name = NAME

    def __init__(self) -> None:
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
