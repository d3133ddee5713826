"""The browser as a channel: what is said is already in the database, so that sending is a nudge to open pages."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.dialog.outcome import Delivered, Outcome, Unseen
from bot.dialog.rendered import Rendered

NAME = "web"
MOST_PAGES = 500
"""That wait for news in this process: each looks into the database every second. The others ask now and then."""
MOST_PAGES_EACH = 8
"""Of one person, in view at once; a window that nobody looks at waits for nothing."""


class TooManyPages(Exception):
    """As many wait for news as this process serves."""


@dataclass(eq=False, slots=True)
class Page:
    """An open page that waits for news."""

    nudged: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when there may be something new, or the page is let go."""
    let_go: bool = False


def conversation_of(person: int) -> str:
    """The one conversation that a person has in the browser, however many windows show it."""
    return f"{NAME}:{person}"


class WebChannel:
    name = NAME

    def __init__(self) -> None:
        self._pages: defaultdict[str, dict[Page, None]] = defaultdict(dict)
        """Of each conversation, the oldest first."""
        self.closed = False

    def wait_for(self, address: str) -> float:  # noqa: ARG002 -- as every channel is asked
        """Seconds until something may be sent: a page takes it at once."""
        return 0.0

    async def send(self, address: str, rendered: Rendered, *, skip_parts: int = 0) -> Outcome:  # noqa: ARG002
        """Nudge the open pages of ``address``; they read the words themselves.

        The history in the database is the message: without a page it is there all the same, and seen by nobody.
        """
        conversation = f"{NAME}:{address}"
        self._nudge(conversation)
        return Delivered("") if conversation in self._pages else Unseen()

    async def edit(self, address: str, external_id: str, rendered: Rendered) -> Delivered:  # noqa: ARG002
        """Nudge as well: a page replaces what it shows by what it is told anew."""
        self._nudge(f"{NAME}:{address}")
        return Delivered(external_id)

    @contextmanager
    def page(self, conversation: str) -> Iterator[Page]:
        """While a page shows the conversation. One too many of a person's lets their oldest go. Raises `TooManyPages`."""
        if len(self._pages.get(conversation, ())) >= MOST_PAGES_EACH:
            oldest = next(iter(self._pages[conversation]))
            self._forget(conversation, oldest)
            oldest.let_go = True
            oldest.nudged.set()
        if sum(map(len, self._pages.values())) >= MOST_PAGES:
            raise TooManyPages
        page = Page()
        self._pages[conversation][page] = None
        try:
            yield page
        finally:
            self._forget(conversation, page)

    def _forget(self, conversation: str, page: Page) -> None:
        self._pages[conversation].pop(page, None)
        if not self._pages[conversation]:
            del self._pages[conversation]

    def close(self) -> None:
        """Let every open page go, so that the server can stop without waiting for them."""
        self.closed = True
        for conversation in self._pages:
            self._nudge(conversation)

    def _nudge(self, conversation: str) -> None:
        for page in self._pages.get(conversation, ()):
            page.nudged.set()
