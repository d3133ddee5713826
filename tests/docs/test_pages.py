"""What the documentation says is there is there: settings, commands, links, files and names in the code."""

import importlib
import re
from collections.abc import Iterator

import click
import pytest

from core.policies.library import SHIPPED, load_reminders
from core.queries.outdated import KEPT_FOR, Kept
from core.settings import Settings
from tests.docs.pages import PAGES, README, README_ZH, ROOT, Page
from worker.timetable import timetable
from zixin import main

SETTINGS = {f"ZIXIN_{name.upper()}": field.default for name, field in Settings.model_fields.items()}
RUNBOOK = Page(ROOT / "docs" / "runbook.md")
JOBS = timetable(load_reminders(SHIPPED / "reminders.toml"))
GLOSSARY = Page(ROOT / "docs" / "glossary.md")


def commands(group: click.Group, path: str = "zixin") -> Iterator[str]:
    """Every command of the command line: ``zixin staff add``."""
    for name, each in group.commands.items():
        if isinstance(each, click.Group):
            if each.invoke_without_command:
                yield f"{path} {name}"
            yield from commands(each, f"{path} {name}")
        else:
            yield f"{path} {name}"


@pytest.mark.parametrize("page", [README, README_ZH, RUNBOOK], ids=lambda page: page.name)
def test_every_setting_is_told_and_none_that_is_not_there(page: Page) -> None:
    assert set(re.findall(r"ZIXIN_[A-Z_]+", page.text)) == set(SETTINGS)


@pytest.mark.parametrize("page", [README, README_ZH], ids=lambda page: page.name)
def test_the_defaults_told_are_those_of_the_code(page: Page) -> None:
    rows = {
        name: cells[-2].strip().strip("`")
        for line in page.text.splitlines()
        if (cells := line.split("|"))[1:] and (name := cells[1].strip().strip("`")) in SETTINGS
    }
    told = {name: rows[name] for name, default in SETTINGS.items() if isinstance(default, str | int)}
    assert told == {name: str(SETTINGS[name]) for name in told}


@pytest.mark.parametrize("page", [README, README_ZH, RUNBOOK], ids=lambda page: page.name)
def test_the_settings_of_an_example_file_are_settings(page: Page) -> None:
    shown = {line.partition("=")[0] for block in page.blocks("ini") for line in block.splitlines()}
    assert {name for name in shown if name.startswith("ZIXIN_")} <= set(SETTINGS)


@pytest.mark.parametrize("page", [README, README_ZH], ids=lambda page: page.name)
def test_every_command_is_told(page: Page) -> None:
    told = page.text + RUNBOOK.text
    assert [command for command in commands(main) if f"`{command}" not in told] == []


def test_every_command_that_is_told_is_there() -> None:
    known = set(commands(main))
    told = {
        " ".join(words)
        for page in PAGES
        for words in (found.split()[:3] for found in re.findall(r"`(zixin [a-z][^`]*)`", page.text))
    }
    assert {line for line in told if line not in known and line.rsplit(" ", 1)[0] not in known} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Page) -> None:
    for link in page.links():
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = (page.path.parent / path) if path else page.path
        assert target.exists(), link
        assert not anchor or anchor in Page(target).anchors(), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_of_ours_that_is_named_is_there(page: Page) -> None:
    named = re.findall(r"`((?:core|bot|worker|tests|bench|docs)/[\w./-]*)`", page.text)
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_word_of_the_glossary_names_something_in_the_code() -> None:
    names = re.findall(r"`((?:core|bot|worker)\.[\w.]+)`", GLOSSARY.text)
    assert len(names) > 30
    for name in names:
        assert _found(name), name


def test_the_glossary_has_one_word_for_each_idea() -> None:
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in GLOSSARY.text.splitlines()
        if line.startswith("| ") and "`" in line
    ]
    for column in (0, 1, 2):
        words = [row[column] for row in rows]
        assert sorted({word for word in words if words.count(word) > 1}) == []


@pytest.mark.parametrize("page", [README, README_ZH, RUNBOOK], ids=lambda page: page.name)
def test_every_job_of_the_worker_is_told_and_none_that_is_not_there(page: Page) -> None:
    jobs = {job.name for job in JOBS}
    if page is RUNBOOK:
        told = set(re.findall(r"^\| `([a-z]+)` \| (?:every day|working days|once a month)", page.text, re.M))
    else:
        [row] = [line for line in page.text.splitlines() if line.startswith("| `zixin worker run JOB")]
        told = set(re.findall(r"`([a-z]+)`", row))
    assert told == jobs


def test_the_runbook_has_the_hour_of_every_job() -> None:
    for job in JOBS:
        [row] = [line for line in RUNBOOK.text.splitlines() if line.startswith(f"| `{job.name}` |")]
        assert f"{job.times[0]:%H:%M}" in row


def test_the_runbook_says_how_long_things_are_kept() -> None:
    tables = {
        Kept.UPDATES: "inbox",
        Kept.MESSAGES: "outbox",
        Kept.CONVERSATIONS: "session",
        Kept.RUNS: "job_run",
    }
    assert set(tables) == set(KEPT_FOR)
    for kept, table in tables.items():
        [row] = [
            line
            for line in RUNBOOK.text.splitlines()
            if line.startswith("| ") and f"(table `{table}`)" in line
        ]
        assert f"{KEPT_FOR[kept].days} days" in row


def _found(name: str) -> bool:
    """Whether a dotted name is a module, or something in one."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            thing: object = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for attribute in parts[length:]:
            if not hasattr(thing, attribute) and attribute not in getattr(thing, "__annotations__", {}):
                return False
            thing = getattr(thing, attribute, None)
        return True
    return False
