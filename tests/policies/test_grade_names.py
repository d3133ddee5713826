"""A grade is its code, and may have a name in both languages beside it, which decides nothing (2.2)."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from core.clock import SetClock
from core.commandline import COMMANDS
from core.policies.library import SHIPPED, Library, PolicyError, load_policy
from core.policies.remarks import remarks
from core.queries.policies.grade_names import grade_name
from core.texts.wire import Named
from tests.policies.shelf import SCHEMES, SHIPPED_POLICIES
from tests.support.town import SAMPLE_POLICY, SHANGHAI

Tells = Callable[..., str]
A15 = (SHIPPED / "a15-three-classes.toml").read_text("utf-8")
NAME = re.compile(r"^name = .*\n", re.M)
"""Grades alone have it."""


@pytest.fixture
def tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tells:
    """The command line of the sample company in English, on 2026-03-10."""
    moment = datetime(2026, 3, 10, 10, tzinfo=SHANGHAI)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZIXIN_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'zixin.db'}")
    monkeypatch.setenv("ZIXIN_POLICY_DIR", str(SAMPLE_POLICY))
    monkeypatch.setenv("ZIXIN_LANGUAGE", "en")
    monkeypatch.setattr("core.commandline.running.SystemClock", lambda: SetClock(moment))
    return lambda name, *words: CliRunner().invoke(COMMANDS[name], [str(word) for word in words]).output


def written(folder: Path, content: str) -> Path:
    path = folder / "a15-three-classes.toml"
    path.write_text(content, "utf-8")
    return path


@pytest.mark.parametrize("scheme", SCHEMES)
def test_whoever_reads_english_reads_no_grade_in_chinese(scheme: str) -> None:
    policy = SHIPPED_POLICIES[scheme]
    assert all(grade.called.en.isascii() for grade in policy.grades)
    assert [grade.called.zh for grade in policy.grades] == list(policy.codes), "in Chinese nothing is renamed"


def test_the_same_word_is_another_grade_by_another_document() -> None:
    """A15 二, B1 二."""
    words = {scheme: SHIPPED_POLICIES[scheme] for scheme in ("a15-three-classes", "b1-reputation")}
    assert {scheme: grade_name(policy, "一般") for scheme, policy in words.items()} == {
        "a15-three-classes": Named("一般", "Average"),
        "b1-reputation": Named("一般", "Medium"),
    }


def test_without_a_name_a_grade_goes_by_its_code() -> None:
    policy = SHIPPED_POLICIES["b9-abc"]
    assert (grade_name(policy, "A"), grade_name(policy, None), grade_name(None, "A")) == ("A", "", "A")
    assert policy.grade("A").called.en == "A"


def test_what_was_confirmed_before_there_were_names_still_rates(tmp_path: Path) -> None:
    """2.1: an upgrade that brings names finds the activation, the overlay and the stored decisions of before."""
    before = load_policy(written(tmp_path, NAME.sub("", A15)))
    assert [grade.name for grade in before.grades] == [None] * 3

    now = Library().policy_of(before.checksum)

    assert now is not None
    assert [grade.called.en for grade in now.grades] == ["Prime", "Average", "Substandard"]


def test_a_name_is_put_right_without_being_confirmed_and_nothing_else_is(tmp_path: Path) -> None:
    first = load_policy(written(tmp_path, A15)).checksum
    assert load_policy(written(tmp_path, A15.replace('"Prime"', '"First class"'))).checksum == first
    meaning = A15.replace("Prime: long-standing", "Long-standing")
    assert load_policy(written(tmp_path, meaning)).checksum != first


@pytest.mark.parametrize(
    ("right", "wrong", "alike"),
    [('en = "Average"', 'en = "Prime"', "Prime"), ('{ zh = "一般"', '{ zh = "优质"', "优质")],
)
def test_two_grades_called_alike_are_refused_where_the_second_is_named(
    tmp_path: Path, right: str, wrong: str, alike: str
) -> None:
    with pytest.raises(PolicyError) as caught:
        load_policy(written(tmp_path, A15.replace(right, wrong, 1)))
    assert (caught.value.problem, caught.value.facts["at"]) == ("grade_twice", alike)
    line = A15.splitlines()[caught.value.line - 1]
    assert line.startswith("name = ")
    assert right.partition("= ")[2] in line


@pytest.mark.parametrize("name", ['{ zh = "优质" }', '"Prime"', '{ zh = "优质", en = "" }'])
def test_half_a_name_is_refused(tmp_path: Path, name: str) -> None:
    content = A15.replace('{ zh = "优质", en = "Prime" }', name, 1)
    with pytest.raises(PolicyError, match=r"missing_key|wrong_type|empty_text"):
        load_policy(written(tmp_path, content))


def test_a_grade_that_english_readers_read_in_chinese_is_remarked_on(tmp_path: Path) -> None:
    policy = load_policy(written(tmp_path, NAME.sub("", A15)))
    found = [(each.key, each.of.zh) for each in remarks(policy, Library().vocabulary)]
    assert found == [("chinese-grade", code) for code in policy.codes]


def test_the_terminal_tells_it_by_name_and_programs_read_the_code(tells: Tells, tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps({"unpaid_debts": True, "debt_ratio": 48, "quick_ratio": 1.2}), "utf-8")

    rated = tells("rate", "--policy", "a15-three-classes", "--facts", facts)
    shown = tells("policy", "show", "a15-three-classes")
    assert "straight to grade Substandard" in rated
    assert "Grade Prime [二1]" in shown
    assert "Prime Average Substandard" in tells("policy", "list")
    assert not any(f"rade {code}" in rated + shown for code in ("优质", "一般", "次级"))

    grades = json.loads(tells("policy", "show", "a15-three-classes", "--json"))["grades"]
    assert [each["code"] for each in grades] == ["优质", "一般", "次级"]
    assert grades[0]["name"] == {"title": "优质", "english": "Prime"}
