"""Days, hours and months: the Chinese calendar, working time, quiet hours, days as people type them (6.1)."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.calendar import (
    Hours,
    NotADay,
    add_months,
    is_working_day,
    known_until,
    next_working_day,
    parse_day,
    working_time_between,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
NINE_TO_SIX = Hours(time(9), time(18))
QUIET = Hours(time(20), time(8))
TODAY = date(2026, 3, 10)  # a Tuesday

moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_new_year_holidays_are_free_and_make_up_days_are_worked() -> None:
    assert not is_working_day(date(2026, 1, 1))
    assert not is_working_day(date(2026, 2, 17))  # Spring Festival
    assert is_working_day(date(2026, 2, 28))  # a Saturday worked for it
    assert not is_working_day(date(2026, 3, 14))
    assert is_working_day(TODAY)


def test_beyond_the_published_years_monday_to_friday_are_worked() -> None:
    beyond = known_until() + timedelta(days=1)
    assert (beyond.month, beyond.day) == (1, 1)
    assert is_working_day(beyond) == (beyond.weekday() < 5)
    assert not is_working_day(date(1999, 1, 2))


def test_the_next_working_day_is_the_day_itself_when_it_is_one() -> None:
    assert next_working_day(TODAY) == TODAY
    assert next_working_day(date(2026, 3, 14)) == date(2026, 3, 16)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-03-10 10:00", "2026-03-10 12:00", 2),
        ("2026-03-10 07:00", "2026-03-10 23:00", 9),
        ("2026-03-13 17:00", "2026-03-16 10:00", 2),
        ("2026-03-14 10:00", "2026-03-15 12:00", 0),
        ("2026-03-10 12:00", "2026-03-10 10:00", 0),
    ],
)
def test_working_time_counts_working_hours_of_working_days(start: str, end: str, hours: int) -> None:
    assert working_time_between(at(start), at(end), NINE_TO_SIX, SHANGHAI) == timedelta(hours=hours)


def test_a_night_shift_ends_in_the_morning_after_its_working_day() -> None:
    night = Hours(time(22), time(6))
    assert night.covers(time(23))
    assert night.covers(time(5, 59))
    assert not night.covers(time(6))
    friday_to_sunday = (at("2026-03-13 21:00"), at("2026-03-15 23:00"))
    assert working_time_between(*friday_to_sunday, night, SHANGHAI) == timedelta(hours=8)


def test_a_working_day_of_a_clock_change_has_the_hours_it_has() -> None:
    berlin, all_day = ZoneInfo("Europe/Berlin"), Hours(time(0), time(23))
    change = date(2027, 3, 28)
    start = datetime.combine(change - timedelta(days=2), time(0), berlin)
    assert working_time_between(start, start + timedelta(days=4), all_day, berlin) == timedelta(hours=46)


@given(moments, moments, moments)
def test_working_time_is_neither_lost_nor_counted_twice(a: datetime, b: datetime, c: datetime) -> None:
    start, between, end = sorted((a, b, c))
    parts = [
        working_time_between(*part, NINE_TO_SIX, SHANGHAI) for part in ((start, between), (between, end))
    ]
    assert sum(parts, timedelta()) == working_time_between(start, end, NINE_TO_SIX, SHANGHAI)


@pytest.mark.parametrize(
    ("local", "quiet"), [(time(20), True), (time(3), True), (time(8), False), (time(19, 59), False)]
)
def test_quiet_hours_go_over_midnight_and_end_with_their_last_minute(local: time, quiet: bool) -> None:
    assert QUIET.covers(local) is quiet


def test_a_month_later_is_the_same_day_or_the_last_of_a_short_month() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2027, 12, 31), 2) == date(2028, 2, 29)
    assert add_months(date(2026, 3, 15), -3) == date(2025, 12, 15)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(-240, 240))
def test_months_are_counted_whole(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("今天", "2026-03-10"),
        ("明天", "2026-03-11"),
        ("后天", "2026-03-12"),
        ("大后天", "2026-03-13"),
        ("昨天", "2026-03-09"),
        ("Tomorrow", "2026-03-11"),
        ("周五", "2026-03-13"),
        ("星期五", "2026-03-13"),
        ("周二", "2026-03-17"),
        ("周一", "2026-03-16"),
        ("本周一", "2026-03-09"),
        ("下周五", "2026-03-20"),
        ("周日", "2026-03-15"),
        ("12-31", "2026-12-31"),
        ("12/31", "2026-12-31"),
        ("12月31日", "2026-12-31"),
        ("3-1", "2026-03-01"),
        ("2026/12/31", "2026-12-31"),
        ("2026-12-31", "2026-12-31"),
        ("2026.12.31", "2026-12-31"),
        ("２０２６－１２－３１", "2026-12-31"),
        ("20261231", "2026-12-31"),
        ("2026年1月2号", "2026-01-02"),
    ],
)
def test_a_day_may_be_typed_as_people_type_it(typed: str, day: str) -> None:
    assert parse_day(typed, TODAY) == date.fromisoformat(day)


def test_a_day_without_a_year_said_in_december_is_next_january() -> None:
    assert parse_day("1-5", date(2026, 12, 28)) == date(2027, 1, 5)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"),
        ("someday", "unreadable"),
        ("周八", "unreadable"),
        ("5", "unreadable"),
        ("2026-02-30", "no_such_day"),
        ("20261301", "no_such_day"),
        ("2-29", "no_such_day"),
        ("0000-01-01", "no_such_day"),
    ],
)
def test_what_is_no_day_is_refused_with_its_reason(typed: str, reason: str) -> None:
    with pytest.raises(NotADay) as refused:
        parse_day(typed, TODAY)
    assert refused.value.reason == reason


@given(st.dates(date(1000, 1, 1)))
def test_every_full_date_is_read_back(day: date) -> None:
    for typed in (day.isoformat(), f"{day:%Y%m%d}".rjust(8, "0"), f"{day.year}年{day.month}月{day.day}日"):
        assert parse_day(typed, TODAY) == day


@given(st.text())
def test_any_text_is_a_day_or_is_refused(typed: str) -> None:
    with suppress(NotADay):
        assert isinstance(parse_day(typed, TODAY), date)
