"""Whoever reads the log finds each of its lines on the pages, and no line there that the program does not write."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.docs.pages import ROOT, Page

RUNBOOK = Page(ROOT / "docs" / "runbook.md")
TOLD_IN = [
    Page(ROOT / "docs" / f"{name}{ending}")
    for name in ("runbook", "telegram", "wecom")
    for ending in (".md", ".zh-CN.md")
]
HEADS = {"line", "the log says", "日志", "日志里写着"}
"""What the first cell of a table says whose rows begin with lines of the log."""
SHORTEST = 12
"""Characters; what is shorter is a word of a line."""

_HOLE = re.compile(r"%\w(?:\W{1,2}%\w)*")
_FACT = re.compile(r"\{ \$\w+ \}")
_SLOT = re.compile(r"worker\.fence: [a-z]+ \d{4}-\d\d-\d\dT\d\d:\d\d: \{.*\}")
"""A job, when, and what it did: a line without a word of its own."""


@cache
def logged() -> list[str]:
    """The pattern of every message that the program writes to its log."""
    return [
        line
        for folder in ("bot", "core", "worker")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line in _logged_in(path.read_text("utf-8"))
    ]


def _logged_in(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="log")), args=[ast.Constant(value=str(line)), *_]
            ):
                yield line


def test_the_runbook_explains_every_line_of_the_log() -> None:
    assert len(logged()) > 15
    assert [line for line in logged() if not _told(line)] == []


def _told(line: str) -> bool:
    """Whether the fixed words of a message stand in the runbook, one after the other."""
    words = [re.escape(part.strip(" :,(")) for part in _HOLE.split(line)]
    return re.search(".*".join(words), RUNBOOK.text) is not None


@pytest.mark.parametrize("page", TOLD_IN, ids=lambda page: page.name)
def test_every_line_that_a_page_tells_is_written_by_the_program(page: Page) -> None:
    told = list(_lines_of_the_log(page))
    assert len(told) > 3
    assert [line for line in told if not _written(line)] == []


def _lines_of_the_log(page: Page) -> Iterator[str]:
    of_the_log = False
    for line in page.text.splitlines():
        cell = line.split("|")[1].strip() if line.startswith("|") else ""
        of_the_log = cell in HEADS or (of_the_log and bool(cell))
        if of_the_log:
            yield from (told for told in re.findall(r"`([^`]+)`", cell) if len(told) >= SHORTEST)


def _written(told: str) -> bool:
    """Whether the program writes it, or something that begins so."""
    begun = told.rstrip("…")
    return _SLOT.fullmatch(told) is not None or any(
        _begins(begun, fixed) for fixed in (*_messages(), *_refusals())
    )


def _messages() -> Iterator[list[str]]:
    """The fixed words of every message that has any."""
    for line in logged():
        fixed = _HOLE.split(line)
        if any(map(str.strip, fixed)):
            yield fixed


@cache
def _refusals() -> list[list[str]]:
    """The fixed words of what a command that is refused ends with, in its reader's language."""
    catalogs = "".join(path.read_text("utf-8") for path in (ROOT / "core" / "texts").glob("*/cli.ftl"))
    return [_FACT.split(words) for words in re.findall(r"^refusal-[\w-]+ = (.+)$", catalogs, re.M)]


def _begins(told: str, fixed: list[str]) -> bool:
    """Whether a message of these fixed words, and anything between them, begins so."""
    words, *more = fixed
    if (told or not (words or more)) and words.startswith(told):
        return True
    if not (told.startswith(words) and more):
        return False
    rest = told[len(words) :]
    return any(_begins(rest[at:], more) for at in range(len(rest) + 1))


def test_a_line_that_nothing_writes_is_noticed() -> None:
    for line in (
        "connected to WeCom",
        "WeCom refuses this bot (…)",
        "telegram:812 waits until its update can be",
    ):
        assert _written(line), line
    for line in (
        "connected to WhatsApp",
        "telegram:812 waits in vain",
        "Port 8321 is free",
    ):
        assert not _written(line), line
