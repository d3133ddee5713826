"""No faster than Telegram allows (10.1): 1 message a second to a chat, 20 a minute to a group, 30 a second over all."""

from dataclasses import replace

import pytest

from bot.telegram.pace import UNLIMITED, Limits, Pace


def send_all(pace: Pace, chats: list[str], start: float = 0.0) -> list[float]:
    """When one sender that always waits as told would send to each chat in turn."""
    now, moments = start, []
    for chat in chats:
        while wait := pace.wait_for(chat, now):
            now += wait
        moments.append(round(now, 6))
    return moments


def test_a_chat_gets_a_small_burst_and_then_one_a_second() -> None:
    pace = Pace(replace(UNLIMITED, chat_rate=1, chat_burst=3))
    assert send_all(pace, ["anna"] * 6) == [0, 0, 0, 1, 2, 3]


def test_a_quiet_chat_earns_its_burst_again_but_no_more() -> None:
    pace = Pace(replace(UNLIMITED, chat_rate=1, chat_burst=3))
    send_all(pace, ["anna"] * 6)
    assert send_all(pace, ["anna"] * 5, start=1000) == [1000, 1000, 1000, 1001, 1002]


def test_one_busy_chat_does_not_hold_up_another() -> None:
    pace = Pace()
    send_all(pace, ["anna"] * 2)
    assert pace.wait_for("anna", 1.5) == pytest.approx(0.5)
    assert pace.wait_for("bo", 1.5) == 0


def test_in_no_second_does_a_chat_get_two_and_in_no_minute_a_group_more_than_twenty() -> None:
    assert send_all(Pace(), ["anna"] * 4) == [0, 1, 2, 3]
    to_group = send_all(Pace(), ["-1002000"] * 50)
    assert max(sum(start <= moment < start + 60 for moment in to_group) for start in to_group) == 20


def test_over_all_hardly_anything_of_the_30_a_second_is_given_away() -> None:
    moments = send_all(Pace(), [f"person {number}" for number in range(301)])
    assert 10 <= moments[-1] < 10.9


def test_a_sender_that_is_a_little_late_each_time_loses_nothing_by_it() -> None:
    pace, now, moments = Pace(), 0.0, []
    for number in range(301):
        while wait := pace.wait_for(f"person {number}", now):
            now += wait
        moments.append(now)
        now += 0.02
    assert moments[-1] < 10.9
    assert max(sum(start <= moment < start + 1 for moment in moments) for start in moments) <= 30


def test_in_no_second_do_more_go_out_than_telegram_tolerates() -> None:
    moments = send_all(Pace(), [f"person {number}" for number in range(200)])
    most = max(sum(start <= moment < start + 1 for moment in moments) for start in moments)
    assert most <= 29  # one less than allowed, for those that catch up on the way


def test_asking_without_being_allowed_costs_nothing() -> None:
    pace = Pace(Limits(chat_burst=1))
    pace.wait_for("anna", 0)
    waits = [pace.wait_for("anna", 0.25) for _ in range(5)]
    assert waits == [pytest.approx(0.75)] * 5


def test_after_a_429_everyone_waits_and_a_shorter_pause_does_not_shorten_it() -> None:
    pace = Pace()
    pace.pause(10, now=100)
    pace.pause(2, now=101)
    assert pace.wait_for("anna", 103) == pytest.approx(7)
    assert pace.wait_for("bo", 110) == 0


def test_a_bench_can_switch_the_limits_off() -> None:
    pace = Pace(UNLIMITED)
    assert {pace.wait_for("anna", 0.0) for _ in range(10_000)} == {0.0}


def test_chats_long_quiet_are_forgotten() -> None:
    pace = Pace(replace(UNLIMITED, chat_rate=1))
    for number in range(30_000):
        assert pace.wait_for(str(number), float(number)) == 0
    assert len(pace._chats) <= 10_001
