"""The one place that asks what time it is."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the moment, always aware and in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SetClock:
    """A clock that stands where it was set: for commands that are told the moment (``--at``) and for tests."""

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def set(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        return self._moment


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """The calendar day of ``moment`` where the company is."""
    return moment.astimezone(zone).date()


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which ``day`` is over where the company is: the first that is no longer of it."""
    return datetime.combine(day + timedelta(days=1), time.min, zone)
