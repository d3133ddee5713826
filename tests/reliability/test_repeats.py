"""The judge of the kill tests can tell a lost message and one told too often."""

from pathlib import Path

from tests.reliability.ending import repeats
from tests.reliability.journal import Journal


def journal(path: Path, *sent: tuple[str, int]) -> Journal:
    """A chat in which these texts arrived, each in a life."""
    found = Journal(path)
    for number, (words, life) in enumerate(sent):
        found.add("sent", id=str(number), to="1", life=life, html=words, buttons=[])
    return found


def test_once_more_in_the_next_life_is_what_a_crash_may_cost(tmp_path: Path) -> None:
    calm = journal(tmp_path / "calm", ("approved", 1))
    assert not list(repeats(calm, journal(tmp_path / "killed", ("approved", 1), ("approved", 2))))


def test_twice_in_one_life_is_too_often(tmp_path: Path) -> None:
    calm = journal(tmp_path / "calm", ("approved", 1))
    [told] = repeats(calm, journal(tmp_path / "killed", ("approved", 1), ("approved", 1)))
    assert told.startswith("life 1 told 2 times")


def test_a_message_that_never_came_is_lost(tmp_path: Path) -> None:
    calm = journal(tmp_path / "calm", ("approved", 1), ("line open", 1))
    [told] = repeats(calm, journal(tmp_path / "killed", ("approved", 1)))
    assert told.startswith("told 0 instead of 1 times")
