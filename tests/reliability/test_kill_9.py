"""Kill -9 between any two steps: no decision lost or repeated, a message repeated at most once per crash.

The story is told by `tests.reliability.story`, the killing is done by `tests.reliability.kills`, in a program of its
own; here is what must come of it. A longer run by hand: ``python -m tests.reliability.kills --kills 2000``.
"""

import json
import subprocess
import sys
from typing import Any

import pytest

Report = dict[str, Any]

CONVERSATION, LAST_APPROVAL, IMPORT = "names the amount", "approves as no. 6", "confirms the import"
AT_RANDOM = 30


@pytest.fixture(scope="module")
def report() -> Report:
    steps = [option for step in (CONVERSATION, LAST_APPROVAL, IMPORT) for option in ("--at", step)]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.reliability.kills", *steps, "--kills", str(AT_RANDOM)],
        stdout=subprocess.PIPE,
        check=False,
        timeout=400,
    )
    told: Report = json.loads(ran.stdout)
    return told


def test_whenever_it_is_killed_the_story_comes_to_the_same_end(report: Report) -> None:
    """Decisions, lines, ledger, exposure, audit trail, conversations, and what everybody reads in the end."""
    assert report["wrong"] == []


def test_it_was_killed_two_hundred_times_and_more_at_every_boundary_and_at_random(report: Report) -> None:
    assert report["kills"] >= 200
    assert report["boundaries"] == sum(report["places"].values())
    places = {"question", "insert", "update", "delete", "with", "savepoint", "release", "commit"}
    assert report["places"].keys() >= places | {"send", "sent", "edit", "edited"}
    assert report["kills"] >= report["boundaries"] + AT_RANDOM
    assert report["stories"] >= 1
    assert report["most_in_a_story"] >= 3


def test_the_kills_left_more_than_one_state_to_recover_from(report: Report) -> None:
    """A run that always found the same state would have proved nothing."""
    assert report["recoveries"] >= 30


def test_messages_were_repeated_so_the_count_can_tell(report: Report) -> None:
    """A kill between a send and its mark repeats the message: at most once in each life, or ``wrong`` says so."""
    assert report["repeated"] > 0
