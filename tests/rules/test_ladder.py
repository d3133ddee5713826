"""The reminder ladder (6.1): one rung at a time, lowest first, each once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.receivables.ladder import Ladder, Rung, next_rung

DUE = date(2026, 3, 10)
LADDER = Ladder(
    (
        Rung(-7, "sales"),
        Rung(-1, "sales"),
        Rung(1, "sales"),
        Rung(8, "market_manager"),
        Rung(31, "cfo", ("marketing_vp",)),
        Rung(91, "legal"),
    )
)


def days_told(run_on: list[int]) -> list[int]:
    """The rungs climbed by a worker that runs on these days relative to the due date."""
    climbed: list[int] = []
    last: date | None = None
    for day in run_on:
        on = DUE + timedelta(days=day)
        rung = next_rung(LADDER, DUE, on, climbed, last)
        if rung is not None:
            climbed.append(rung.days)
            last = on
    return climbed


def test_a_year_of_daily_runs_climbs_every_rung_on_its_day() -> None:
    climbed: set[int] = set()
    told = {}
    for day in range(-30, 365):
        rung = next_rung(LADDER, DUE, DUE + timedelta(days=day), climbed)
        if rung is not None:
            climbed.add(rung.days)
            told[day] = rung.roles
    assert told == {rung.days: rung.roles for rung in LADDER.rungs}
    assert told[31] == ("cfo", "marketing_vp")


def test_after_a_long_silence_the_first_rung_comes_first_and_then_one_a_day() -> None:
    assert days_told([100, 101, 102, 103, 104]) == [1, 8, 31, 91]


def test_what_was_missed_before_the_due_date_is_not_told_after_it() -> None:
    assert days_told([-30, 3]) == [1]


def test_only_the_latest_reminder_before_the_due_date_is_told() -> None:
    assert days_told([-1, 0]) == [-1]


def test_on_the_due_date_itself_nothing_is_overdue() -> None:
    assert next_rung(LADDER, DUE, DUE, {-1}) is None


@given(st.lists(st.integers(-20, 400), max_size=40).map(sorted))
def test_running_twice_on_a_day_adds_nothing(days: list[int]) -> None:
    assert days_told(days + days) == days_told(days)
    assert days_told([day for day in days for _ in range(2)]) == days_told(days)


@given(st.lists(st.integers(-20, 400), max_size=40))
def test_rungs_rise_each_once_and_at_most_one_in_a_run(days: list[int]) -> None:
    told = days_told(sorted(days))
    assert told == sorted(set(told))
    assert len(told) <= len(set(days))
    late = [rung for rung in told if rung > 0]
    assert late == [rung.days for rung in LADDER.rungs if rung.days > 0][: len(late)]


def test_a_ladder_rises() -> None:
    with pytest.raises(ValueError, match="rise"):
        Ladder((Rung(8, "sales"), Rung(1, "sales")))
