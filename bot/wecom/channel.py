"""The WeCom bot as one of the bot's channels: what delivery and the inbox ask of it."""

import time

import aiohttp

from bot.dialog.outcome import Delivered, Later, Outcome
from bot.dialog.rendered import Rendered
from bot.fetched import FetchedFile
from bot.wecom.decode import CHANNEL
from bot.wecom.link import Link
from bot.wecom.media import fetch
from bot.wecom.pace import Pace
from bot.wecom.send import send

WELCOME_SECONDS = 4.5
"""A member who opens the chat is to be answered within five."""
_NOT_UP_SECONDS = 0.5
_TOGETHER = 2
"""Parts of a message, its words and its buttons: it sets off when there is room for both."""


class BotChannel:
    name: str = CHANNEL

    def __init__(self, link: Link, session: aiohttp.ClientSession, pace: Pace | None = None) -> None:
        """``session`` fetches files. Other ways than the link are not taken."""
        self._link = link
        self._session = session
        self._pace = pace or Pace()
        self._entered: dict[str, tuple[str, float]] = {}

    def wait_for(self, address: str) -> float:
        """What is sent is counted part by part as it goes, not here."""
        if not self._link.up:
            return _NOT_UP_SECONDS
        return self._pace.wait_for(address, time.monotonic(), room=_TOGETHER)

    def enters(self, address: str, req_id: str) -> None:
        """A member has opened the chat: the next message to them answers that, if it comes soon enough."""
        now = time.monotonic()
        self._entered = {who: open_ for who, open_ in self._entered.items() if open_[1] > now}
        self._entered[address] = (req_id, now + WELCOME_SECONDS)

    async def send(self, address: str, rendered: Rendered, *, skip_parts: int) -> Outcome:
        req_id, until = self._entered.pop(address, ("", 0.0))
        began = time.monotonic()
        outcome = await send(
            self._link,
            address,
            rendered,
            lambda: self._count(address),
            skip_parts=skip_parts,
            welcome=req_id if began < until else "",
        )
        now = time.monotonic()
        self._pace.arrived(address, began, now)
        if isinstance(outcome, Later) and outcome.whole_channel:
            self._pace.pause(outcome.seconds, now)
        return outcome

    async def edit(self, address: str, external_id: str, rendered: Rendered) -> Outcome:  # noqa: ARG002
        """Nothing: WeCom lets a bot change a card only in answer to a tap on it (`bot.wecom.taps`).

        What moved on without its reader is told by messages of its own; a tap on an old card brings it up to date.
        """
        return Delivered(external_id)

    async def fetch(self, file_id: str, limit_bytes: int) -> FetchedFile:
        """The content of a file that somebody sent; errors as in `bot.wecom.media.fetch`."""
        return await fetch(self._session, file_id, limit_bytes)

    def _count(self, address: str) -> float:
        now = time.monotonic()
        wait = self._pace.wait_for(address, now)
        if wait <= 0:
            self._pace.count(address, now)
        return wait
