"""The collector is held back while rows are read, and collects again afterwards, whatever happens."""

import gc

import pytest

from core.storage.collector import left_to_stand, nothing_collected, seldom_collected


def test_nothing_is_collected_meanwhile() -> None:
    with nothing_collected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_first_of_two_that_read_at_once_does_not_leave_it_off() -> None:
    first, second = nothing_collected(), nothing_collected()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.isenabled()
    second.__exit__(None, None, None)
    assert gc.isenabled()


def test_a_failure_does_not_leave_it_off() -> None:
    with pytest.raises(LookupError), nothing_collected():
        raise LookupError
    assert gc.isenabled()


def test_what_stands_is_passed_over_until_the_work_is_done() -> None:
    with left_to_stand():
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0


def test_the_inner_of_two_leaves_what_stands_to_the_outer() -> None:
    with left_to_stand():
        with left_to_stand():
            pass
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0


def test_the_first_of_two_at_once_leaves_what_stands_to_the_last() -> None:
    first, second = left_to_stand(), left_to_stand()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_freeze_count() > 0
    second.__exit__(None, None, None)
    assert gc.get_freeze_count() == 0


def test_it_walks_seldom_only_while_conversations_are_served() -> None:
    rule = gc.get_threshold()
    with seldom_collected():
        assert gc.get_threshold()[0] > 10 * rule[0]
    assert gc.get_threshold() == rule
