"""No faster than Telegram tolerates: about 1 message a second to a chat, 25 over all, and quiet after a 429."""

from itertools import pairwise

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
    pace = Pace(Limits(chat_rate=1, chat_burst=3))
    assert send_all(pace, ["anna"] * 6) == [0, 0, 0, 1, 2, 3]


def test_a_quiet_chat_earns_its_burst_again_but_no_more() -> None:
    pace = Pace(Limits(chat_rate=1, chat_burst=3))
    send_all(pace, ["anna"] * 6)
    assert send_all(pace, ["anna"] * 5, start=1000) == [1000, 1000, 1000, 1001, 1002]


def test_one_busy_chat_does_not_hold_up_another() -> None:
    pace = Pace()
    send_all(pace, ["anna"] * 3)
    assert pace.wait_for("anna", 0) == pytest.approx(1)
    assert pace.wait_for("bo", 0) == 0


def test_over_all_it_is_25_a_second() -> None:
    moments = send_all(Pace(Limits(overall_burst=1)), [f"person {number}" for number in range(101)])
    assert moments[-1] == pytest.approx(4)
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert gaps == [pytest.approx(0.04, abs=1e-5)] * 100


def test_in_no_second_do_more_go_out_than_telegram_tolerates() -> None:
    moments = send_all(Pace(), [f"person {number}" for number in range(200)])
    most = max(sum(start <= moment < start + 1 for moment in moments) for start in moments)
    assert most <= 30


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
    pace = Pace(Limits(overall_rate=float("inf")))
    for number in range(30_000):
        assert pace.wait_for(str(number), float(number)) == 0
    assert len(pace._chats) <= 10_001
