"""Sending no faster than WeCom takes: thirty messages a minute and a thousand an hour with each member.

The bot is refused what is too much. The app's is dropped, and nothing is said of it.
"""

from collections import defaultdict, deque

MINUTE, HOUR = 60.0, 3600.0
MOST_A_MINUTE, MOST_AN_HOUR = 30, 1000
_MOST_KEPT = 10_000


class Pace:
    """Counts what was sent to each member in the last hour, on a clock that the caller reads (seconds, monotonic)."""

    def __init__(self, most_a_minute: int = MOST_A_MINUTE, most_an_hour: int = MOST_AN_HOUR) -> None:
        self._limits = ((most_a_minute, MINUTE), (most_an_hour, HOUR))
        self._sent: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=most_an_hour))
        self._paused_until = 0.0

    def wait_for(self, address: str, now: float, room: int = 1) -> float:
        """Zero: there is room for so many parts; they are not counted yet. Else the seconds until it is worth asking."""
        sent = self._sent.get(address, ())
        waits = [self._paused_until - now]
        for most, span in self._limits:
            allowed = most - room
            if len(sent) > allowed:
                waits.append(sent[-1 - allowed] + span - now)
        return max(0.0, *waits)

    def count(self, address: str, now: float) -> None:
        """One more is being sent."""
        self._sent[address].append(now)
        if len(self._sent) > _MOST_KEPT:
            recent = {name: sent for name, sent in self._sent.items() if sent[-1] > now - HOUR}
            self._sent.clear()
            self._sent.update(recent)

    def arrived(self, address: str, since: float, now: float) -> None:
        """What was counted since then is answered. WeCom may have counted it as late as now, so we do as well."""
        sent, late = self._sent.get(address, deque[float]()), 0
        while sent and sent[-1] >= since:
            sent.pop()
            late += 1
        sent.extend([now] * late)

    def pause(self, seconds: float, now: float) -> None:
        """Hold everything back; a pause is never shortened by a later, shorter one."""
        self._paused_until = max(self._paused_until, now + seconds)
