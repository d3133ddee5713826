"""The queue of updates: kept until confirmed by an offset, for a day, taps for 150 seconds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

TAP_LIFETIME = 150.0
UPDATE_LIFETIME = 86_400.0


@dataclass
class Entry:
    body: dict[str, Any]
    created: float
    again: bool = False
    """A fault: delivered once more although it may have been confirmed."""

    @property
    def id(self) -> int:
        return int(self.body["update_id"])

    @property
    def lifetime(self) -> float:
        return TAP_LIFETIME if "callback_query" in self.body else UPDATE_LIFETIME


class UpdateQueue:
    def __init__(self, clock: Callable[[], float], first_id: int = 700_000_001) -> None:
        self._clock = clock
        self._next_id = first_id
        self._pending: list[Entry] = []
        self._sent: dict[int, dict[str, Any]] = {}
        self.allowed: list[str] = []
        """Kinds of update the bot asked for; empty is Telegram's default."""
        self.confirmed: set[int] = set()

    def add(self, body: dict[str, Any]) -> int:
        """Queue an update unless the bot does not want its kind; its id either way."""
        update_id = self._next_id
        self._next_id += 1
        update = {"update_id": update_id, **body}
        self._sent[update_id] = update
        if not self.allowed or any(kind in self.allowed for kind in body):
            self._pending.append(Entry(update, self._clock()))
        return update_id

    @property
    def last_id(self) -> int:
        """Of the update that was told last."""
        return self._next_id - 1

    def knows(self, update_id: int) -> bool:
        """Was it told, and can it be told again?"""
        return update_id in self._sent

    def jump_to(self, next_id: int) -> None:
        """What Telegram does to the numbering after a quiet week."""
        self._next_id = next_id

    def pending(self) -> list[dict[str, Any]]:
        self._expire()
        return [entry.body for entry in self._pending]

    def take(self, offset: int, limit: int) -> list[dict[str, Any]]:
        """What ``getUpdates`` returns; a positive offset confirms all before, a negative keeps the last few."""
        self._expire()
        if offset > 0:
            self.confirm(lambda entry: entry.id < offset)
        elif offset < 0:
            kept = {entry.id for entry in self._pending[offset:]}
            self.confirm(lambda entry: entry.id not in kept)
        batch = self._pending[: max(1, min(limit, 100))]
        for entry in batch:
            entry.again = False
        return [entry.body for entry in batch]

    def confirm(self, done: Callable[[Entry], bool]) -> None:
        kept: list[Entry] = []
        for entry in self._pending:
            if entry.again or not done(entry):
                kept.append(entry)
            else:
                self.confirmed.add(entry.id)
        self._pending = kept

    def repeat(self, update_id: int) -> None:
        """Fault: the same update once more."""
        self._pending.append(Entry(self._sent[update_id], self._clock(), again=True))

    def reverse(self) -> None:
        """Fault: what is waiting arrives in the opposite order."""
        self._pending.reverse()

    def forget(self, keep: int) -> None:
        """All but so many of those that were sent: they cannot be repeated any more."""
        for update_id in list(self._sent)[:-keep]:
            del self._sent[update_id]
        self.confirmed.clear()

    def _expire(self) -> None:
        now = self._clock()
        self._pending = [entry for entry in self._pending if now - entry.created < entry.lifetime]
