"""Working days of the Chinese calendar, working hours, quiet hours, and reading a day as people type it."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache

import chinese_calendar

from core.rules.halfwidth import halfwidth

_SATURDAY = 5
_WEEK = timedelta(days=7)
# A month and day without a year is this year's, unless that is further behind than this: 1-5 said in
# December is next January.
_LOOK_BACK = timedelta(days=183)


@cache
def _known_years() -> tuple[int, int]:
    holidays = chinese_calendar.constants.holidays
    return min(holidays).year, max(holidays).year


def known_until() -> date:
    """The last day for which the published holidays and make-up working days (调休) are known."""
    return date(_known_years()[1], 12, 31)


def is_working_day(day: date) -> bool:
    """Whether people work that day in China; outside the known years Monday to Friday."""
    first, last = _known_years()
    if first <= day.year <= last:
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < _SATURDAY


def next_working_day(day: date) -> date:
    """The day itself when it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of the day from `start` up to but not including `end`; they may cross midnight.

    Equal ends mean no time at all.
    """

    start: time
    end: time

    @property
    def cross_midnight(self) -> bool:
        """Whether the hours end on the day after they start."""
        return self.end < self.start

    def covers(self, moment: time) -> bool:
        """Whether a local time of day lies in these hours."""
        if self.cross_midnight:
            return moment >= self.start or moment < self.end
        return self.start <= moment < self.end

    def on(self, day: date, tz: tzinfo) -> tuple[datetime, datetime]:
        """The hours that start on a local day, as UTC moments."""
        last = day + timedelta(days=1) if self.cross_midnight else day
        return _utc(day, self.start, tz), _utc(last, self.end, tz)


def working_time_between(start: datetime, end: datetime, hours: Hours, tz: tzinfo) -> timedelta:
    """Working time from one aware moment to another; nothing when the end is not later."""
    spent = timedelta()
    for opens, closes in _working_hours_from(start, hours, tz):
        if opens >= end:
            break
        spent += max(min(closes, end) - max(opens, start), timedelta())
    return spent


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or the month's last day when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class NotADay(ValueError):
    """A text that is no day; ``reason`` is ``empty``, ``unreadable`` or ``no_such_day`` (2026-02-30)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


_NAMED = {
    "前天": -2,
    "昨天": -1,
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
}
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_WEEKDAY = re.compile(r"([本这下]?)(?:周|星期|礼拜)([一二三四五六日天])")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_FULL = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*[日号]?")
_YEARLESS = re.compile(r"([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*[日号]?")


def parse_day(text: str, today: date) -> date:
    """A day as typed in chat: ``明天``, ``周五``, ``12-31``, ``12月31日``, ``2026/12/31``, ``20261231``.

    A weekday is the next one after today, 下周 the one of next week. `NotADay` for anything else.
    """
    typed = halfwidth(text).lower()
    if not typed:
        raise NotADay("empty")
    if typed in _NAMED:
        return today + timedelta(days=_NAMED[typed])
    if weekday := _WEEKDAY.fullmatch(typed):
        return _weekday(weekday[1], _WEEKDAYS[weekday[2]], today)
    if full := _COMPACT.fullmatch(typed) or _FULL.fullmatch(typed):
        return _existing(int(full[1]), int(full[2]), int(full[3]))
    if yearless := _YEARLESS.fullmatch(typed):
        month, day = int(yearless[1]), int(yearless[2])
        this_year = _existing(today.year, month, day)
        return _existing(today.year + 1, month, day) if today - this_year > _LOOK_BACK else this_year
    raise NotADay("unreadable")


def _weekday(which: str, weekday: int, today: date) -> date:
    of_this_week = today + timedelta(days=weekday - today.weekday())
    if which == "下":
        return of_this_week + _WEEK
    return of_this_week + _WEEK if not which and of_this_week <= today else of_this_week


def _existing(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NotADay("no_such_day") from error


def _utc(day: date, at: time, tz: tzinfo) -> datetime:
    # UTC before any arithmetic: two moments of one zone subtract by the clock on the wall, not by time.
    return datetime.combine(day, at, tz).astimezone(UTC)


def _working_hours_from(start: datetime, hours: Hours, tz: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    # From the day before, whose hours may reach past midnight into this one.
    day = start.astimezone(tz).date() - timedelta(days=1)
    while True:
        if is_working_day(day):
            yield hours.on(day, tz)
        day += timedelta(days=1)
