"""Sending an app's messages no faster than WeCom shows them: it drops the rest, and says nothing."""

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

    def wait_for(self, member: str, now: float) -> float:
        """Zero: one more may be sent now; it is not counted yet. Else the seconds until it is worth asking again."""
        sent = self._sent.get(member, ())
        waits = [self._paused_until - now]
        for most, span in self._limits:
            if len(sent) >= most:
                waits.append(sent[-most] + span - now)
        return max(0.0, *waits)

    def count(self, member: str, now: float) -> None:
        """One more is being sent."""
        self._sent[member].append(now)
        if len(self._sent) > _MOST_KEPT:
            recent = {name: sent for name, sent in self._sent.items() if sent[-1] > now - HOUR}
            self._sent.clear()
            self._sent.update(recent)

    def pause(self, seconds: float, now: float) -> None:
        """Hold everything back; a pause is never shortened by a later, shorter one."""
        self._paused_until = max(self._paused_until, now + seconds)
