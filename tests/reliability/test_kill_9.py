"""Kill -9 between any two steps: no decision lost or repeated, a message repeated at most once per crash.

The story is told by `tests.reliability.story`, the killing is done by `tests.reliability.kills`, in two programs at
once; here is what must come of it. A longer run by hand: ``python -m tests.reliability.kills --kills 2000``.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

Report = dict[str, Any]

CONVERSATION_AND_IMPORT = (
    *("--at", "names the amount", "--at", "confirms the import"),
    *("--kills", "30"),
)
LAST_APPROVAL = ("--at", "approves as no. 6", "--kills", "0")


@pytest.fixture(scope="module")
def reports() -> Iterator[list[Report]]:
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.kills", *what], stdout=subprocess.PIPE, text=True
        )
        for what in (CONVERSATION_AND_IMPORT, LAST_APPROVAL)
    ]
    try:
        yield [json.loads(run.communicate(timeout=400)[0]) for run in runs]
    finally:
        for run in runs:
            run.kill()
            run.wait()


def test_whenever_it_is_killed_the_story_comes_to_the_same_end(reports: list[Report]) -> None:
    """Decisions, lines, ledger, exposure, audit trail, conversations, and what everybody reads in the end."""
    assert [report["wrong"] for report in reports] == [[], []]


def test_it_was_killed_two_hundred_times_and_more_at_every_boundary_and_at_random(
    reports: list[Report],
) -> None:
    assert sum(report["kills"] for report in reports) >= 200
    for report in reports:
        assert {"begin", "select", "insert", "update", "release", "commit", "send", "sent"} <= set(
            report["places"]
        )
        assert report["boundaries"] == sum(report["places"].values())
    assert reports[0]["stories"] >= 1
    assert reports[0]["most_in_a_story"] >= 3


def test_the_kills_left_more_than_one_state_to_recover_from(reports: list[Report]) -> None:
    """A run that always found the same state would have proved nothing."""
    assert all(report["recoveries"] >= 10 for report in reports)


def test_messages_were_repeated_so_the_count_can_tell(reports: list[Report]) -> None:
    """A kill between a send and its mark repeats the message: at most once in each life, or ``wrong`` says so."""
    assert all(report["repeated"] > 0 for report in reports)
