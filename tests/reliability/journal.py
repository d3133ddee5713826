"""What happened outside the bot, kept as Telegram and people would remember it: no crash of the bot undoes it."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass
class Shown:
    """One message in a chat, as it reads now."""

    id: str
    to: str
    life: int
    arrived: tuple[str, ...]
    """The words it arrived with, and its buttons then."""
    now: str
    buttons: list[str]
    """The data of its buttons, in the order shown."""


class Journal:
    """Lines appended to a file: what is written is there, whatever becomes of the writer."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, event: str, **facts: Any) -> None:
        line = json.dumps({"event": event, **facts}, ensure_ascii=False) + "\n"
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, line.encode())
        finally:
            os.close(file)

    def told(self, *events: str) -> Iterator[dict[str, Any]]:
        if not self.path.exists():
            return
        for line in self.path.read_text("utf-8").splitlines():
            entry = json.loads(line)
            if entry["event"] in events:
                yield entry

    def count(self, event: str) -> int:
        return sum(1 for _ in self.told(event))

    def chats(self) -> dict[str, Shown]:
        """Every message that was sent, by its number, with its last edit."""
        shown: dict[str, Shown] = {}
        for entry in self.told("sent", "edited"):
            if entry["event"] == "sent":
                arrived = (entry["html"], *entry["buttons"])
                shown[entry["id"]] = Shown(
                    entry["id"], entry["to"], entry["life"], arrived, entry["html"], entry["buttons"]
                )
            else:
                shown[entry["id"]].now, shown[entry["id"]].buttons = entry["html"], entry["buttons"]
        return shown
