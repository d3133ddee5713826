"""Faults to order: each is used up by the next matching call."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["throttle", "error", "drop_before", "drop_after", "delay", "garble"]


@dataclass(frozen=True)
class Fault:
    kind: Kind
    method: str
    """Name of a Bot API method, ``file`` for a download, ``*`` for any but getUpdates."""
    status: int = 0
    seconds: float = 0.0
    chat: str = ""

    def hits(self, method: str, chat: str) -> bool:
        wanted = self.method.lower()
        if wanted != method.lower() and (wanted != "*" or method.lower() == "getupdates"):
            return False
        return self.chat in ("", chat)


class Faults:
    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    @property
    def waiting(self) -> int:
        """How many have not struck yet."""
        return len(self._ordered)

    def throttle(self, method: str, *, seconds: int, times: int = 1, chat: str = "") -> None:
        """429 with ``retry_after``; nothing is done."""
        self._order(Fault("throttle", method, seconds=seconds, chat=chat), times)

    def error(self, method: str, *, status: int = 502, times: int = 1, chat: str = "") -> None:
        """An HTTP error with a page instead of JSON; nothing is done."""
        self._order(Fault("error", method, status=status, chat=chat), times)

    def drop_before(self, method: str, *, times: int = 1, chat: str = "") -> None:
        """The connection breaks and nothing was done."""
        self._order(Fault("drop_before", method, chat=chat), times)

    def drop_after(self, method: str, *, times: int = 1, chat: str = "") -> None:
        """It was done, and the connection breaks before the answer."""
        self._order(Fault("drop_after", method, chat=chat), times)

    def delay(self, method: str, *, seconds: float, times: int = 1, chat: str = "") -> None:
        """It was done, and the answer comes late."""
        self._order(Fault("delay", method, seconds=seconds, chat=chat), times)

    def garble(self, method: str, *, times: int = 1, chat: str = "") -> None:
        """It was done, and the answer is not JSON."""
        self._order(Fault("garble", method, chat=chat), times)

    def next(self, method: str, chat: str) -> Fault | None:
        for fault in self._ordered:
            if fault.hits(method, chat):
                self._ordered.remove(fault)
                return fault
        return None

    def _order(self, fault: Fault, times: int) -> None:
        self._ordered += [fault] * times
