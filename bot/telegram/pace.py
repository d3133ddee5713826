"""Sending no faster than Telegram allows: 1 message a second to a chat, 20 a minute to a group, 30 a second over all."""

import math
from dataclasses import dataclass

_MOST_CHATS_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages a second, and how many may go at once after a quiet while; ``math.inf`` a second is no limit.

    Over all a little less than the 30 a second that are allowed: on their way messages draw closer together. In no
    second do more than rate and burst together, 29, set off.
    """

    chat_rate: float = 1.0
    chat_burst: int = 1
    group_rate: float = 20 / 60
    group_burst: int = 1
    overall_rate: float = 27.7
    overall_burst: int = 2

    def of(self, chat: str) -> tuple[float, int]:
        """Rate and burst of a chat; the numbers of groups are negative."""
        return (
            (self.group_rate, self.group_burst) if chat.startswith("-") else (self.chat_rate, self.chat_burst)
        )


UNLIMITED = Limits(chat_rate=math.inf, group_rate=math.inf, overall_rate=math.inf)


class Pace:
    """Token buckets, one per chat and one over all, on a clock that the caller reads (seconds, monotonic).

    A bucket is kept as the moment at which it will be full again.
    """

    def __init__(self, limits: Limits = Limits()) -> None:
        self._limits = limits
        self._chats: dict[str, float] = {}
        self._overall = -math.inf
        self._paused_until = -math.inf

    def wait_for(self, chat: str, now: float) -> float:
        """Zero: send now, it is counted. Else the seconds to wait before asking again; nothing is counted."""
        limits = self._limits
        rate, burst = limits.of(chat)
        full_at = self._chats.get(chat, -math.inf)
        wait = max(
            self._paused_until - now,
            _wait(full_at, rate, burst, now),
            _wait(self._overall, limits.overall_rate, limits.overall_burst, now),
        )
        if wait > 0:
            return wait
        self._chats[chat] = max(full_at, now) + 1 / rate
        self._overall = max(self._overall, now) + 1 / limits.overall_rate
        if len(self._chats) > _MOST_CHATS_KEPT:
            self._chats = {name: full for name, full in self._chats.items() if full > now}
        return 0.0

    def pause(self, seconds: float, now: float) -> None:
        """Hold everything back, as a 429 asks for; a pause is never shortened by a later, shorter one."""
        self._paused_until = max(self._paused_until, now + seconds)


def _wait(full_at: float, rate: float, burst: int, now: float) -> float:
    return full_at - (burst - 1) / rate - now
