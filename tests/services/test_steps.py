"""A step is taken on what the person saw: a tap on an old card changes nothing (3.4, design: approvals)."""

from dataclasses import dataclass

import pytest

from core.rules.lifecycles.request_lifecycle import REQUEST, RequestAction, RequestState
from core.services.steps import take_step


@dataclass
class Subject:
    state: str = RequestState.IN_APPROVAL
    version: int = 3


def test_a_step_on_what_was_seen_is_taken_and_raises_the_version() -> None:
    subject = Subject()

    assert take_step(subject, REQUEST, RequestAction.RETURN, seen=3)
    assert subject == Subject(RequestState.RETURNED, 4)


@pytest.mark.parametrize("seen", [2, 4])
def test_a_step_on_another_version_changes_nothing(seen: int) -> None:
    subject = Subject()

    assert not take_step(subject, REQUEST, RequestAction.RETURN, seen)
    assert subject == Subject()


def test_a_step_that_is_no_longer_open_changes_nothing() -> None:
    ended = Subject(RequestState.REJECTED)

    assert not take_step(ended, REQUEST, RequestAction.SIGN, seen=3)
    assert ended == Subject(RequestState.REJECTED)


def test_a_second_tap_on_the_same_version_is_one_step() -> None:
    subject = Subject()

    assert [take_step(subject, REQUEST, RequestAction.SIGN, seen=3) for _ in range(2)] == [True, False]
    assert subject.version == 4
