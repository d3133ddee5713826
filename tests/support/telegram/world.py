"""The state of the stand-in: chats, messages, files, taps, and a clock that can be moved."""

import asyncio
import itertools
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any, TypeVar

from tests.support.telegram.messages import File, Message, Version
from tests.support.telegram.updates import TAP_LIFETIME, UpdateQueue

Found = TypeVar("Found")


@dataclass
class Tap:
    """A pressed button that waits for its answer."""

    id: str
    created: float
    answer: str | None = None


@dataclass(frozen=True)
class Call:
    """One request that the bot made, whatever became of it."""

    method: str
    params: dict[str, str]
    files: dict[str, File] = field(default_factory=dict)


class World:
    def __init__(self) -> None:
        self.bot = {"id": 4242, "is_bot": True, "first_name": "Zixin", "username": "zixin_test_bot"}
        self.chats: dict[str, dict[str, Any]] = {}
        self.blocked: set[str] = set()
        self.chat_log: defaultdict[str, list[Message]] = defaultdict(list)
        self.files: dict[str, File] = {}
        self.taps: dict[str, Tap] = {}
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.calls: list[Call] = []
        self.updates = UpdateQueue(self.now)
        self._numbers = itertools.count(1001)
        self._moved = 0.0
        self._changed = asyncio.Event()

    def now(self) -> float:
        return time.time() + self._moved

    def pass_time(self, seconds: float) -> None:
        """Move the stand-in's clock on; taps and updates grow old."""
        self._moved += seconds

    def number(self) -> int:
        return next(self._numbers)

    def tell(self, body: dict[str, Any]) -> int:
        """Queue an update for the bot; its id."""
        update_id = self.updates.add(body)
        self.notify()
        return update_id

    def post(
        self, chat: dict[str, Any], sender: dict[str, Any], version: Version, file: File | None = None,
        *, photo: bool = False,
    ) -> Message:  # fmt: skip
        message = Message(chat, self.number(), sender, int(self.now()), version, file, photo)
        self.chat_log[str(chat["id"])].append(message)
        return message

    def find(self, chat_id: str, message_id: int) -> Message | None:
        for message in self.chat_log[chat_id]:
            if message.id == message_id and not message.deleted:
                return message
        return None

    def said_by_bot(self, chat_id: str) -> list[Message]:
        return [one for one in self.chat_log[chat_id] if one.sender is self.bot]

    def keep(self, file: File) -> File:
        number = self.number()
        kept = replace(file, id=f"file{number}", path=f"documents/file_{number}{PurePath(file.name).suffix}")
        self.files[kept.id] = kept
        return kept

    def answer(self, tap_id: str, text: str) -> bool:
        """Whether the tap was still waiting for its one answer."""
        tap = self.taps.get(tap_id)
        if tap is None or tap.answer is not None or self.now() - tap.created >= TAP_LIFETIME:
            return False
        tap.answer = text
        return True

    def forget(self, keep: int) -> None:
        """What lies far back: a stand-in that runs for days need not remember every word."""
        self.calls.clear()
        self.updates.forget(keep)
        for log in self.chat_log.values():
            del log[:-keep]
        for kept in (self.taps, self.files):
            for name in list(kept)[:-keep]:
                del kept[name]

    async def change(self) -> None:
        """Wait until something happens."""
        await self._changed.wait()

    def notify(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, look: Callable[[], Found | None], seconds: float, awaited: str) -> Found:
        """What ``look`` finds, as soon as it finds it. Errors: ``AssertionError`` when the time is up."""
        try:
            async with asyncio.timeout(seconds):
                while (found := look()) is None:
                    await self.change()
                return found
        except TimeoutError:
            raise AssertionError(f"{awaited}: not within {seconds} s") from None
