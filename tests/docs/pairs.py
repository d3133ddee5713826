"""Two pages that tell the same in two languages: what they have in common, line by line, and where one lacks it.

Held are the outline, the rows of tables, the items of lists, the code blocks, what stands in backticks, and the links. What is
in backticks may be in the reader's own language where it is meant for people: a question to type, a value to fill in.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from tests.docs.pages import ROOT, Page

CHINESE = ".zh-CN.md"
LANGUAGES = ("**English**", "**中文**")
"""What the line that leads to the other language has in bold."""

_FENCE = re.compile(r"^ *```(\w*)$")
_HEADING = re.compile(r"^(#+) ")
_ITEM = re.compile(r"^ *(\*|-|\d+\.) ")
_CELL_END = re.compile(r"(?<!\\)\|")
_CODE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_OWN_WORDS = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_OWN_LANGUAGE = "ZIXIN_LANGUAGE="
"""Told to the readers of each language as it concerns them."""
_REMARK = re.compile(r'^#.*|article = ".*?"')
_SETTING = re.compile(r"^(ZIXIN_[A-Z_]+)=(.*)$")


@dataclass(frozen=True)
class Pair:
    english: Page
    chinese: Page

    @property
    def name(self) -> str:
        return self.english.name


@dataclass(frozen=True)
class Mark:
    """Something on a line that the other page must have as well, in the same place."""

    kind: str
    told: str
    line: int


def pairs() -> list[Pair]:
    """Every page that has a sister in Chinese."""
    found = sorted((*ROOT.glob(f"*{CHINESE}"), *ROOT.glob(f"docs/**/*{CHINESE}")))
    return [Pair(Page(path.with_name(path.name.replace(CHINESE, ".md"))), Page(path)) for path in found]


def differences(pair: Pair) -> list[str]:
    """What one page lacks, and on which line the other has it; empty where they tell the same."""
    ours, theirs = list(_sections(pair.english)), list(_sections(pair.chinese))
    outline = [[_outline(section) for section in sections] for sections in (ours, theirs)]
    if outline[0] != outline[1]:
        at = next(i for i, (one, other) in enumerate(zip_longest(*outline)) if one != other)
        page, sections = (pair.english, ours) if at < len(ours) else (pair.chinese, theirs)
        heading = sections[at][0]
        return [f"{page.name}:{heading.line}: the outlines of the pages differ from here on: {heading.told}"]
    return [
        difference
        for english, chinese in zip(ours, theirs, strict=True)
        for difference in (*_unlike_lines(pair, english, chinese), *_unlike_words(pair, english, chinese))
    ]


def _outline(section: list[Mark]) -> int:
    return len(section[0].told) - len(section[0].told.lstrip("#"))


def _sections(page: Page) -> Iterator[list[Mark]]:
    """The marks of each section; the first of each is its heading."""
    section: list[Mark] = []
    for mark in _marks(page):
        if mark.kind == "heading" and section:
            yield section
            section = []
        section.append(mark)
    yield section


def _marks(page: Page) -> Iterator[Mark]:
    language: str | None = None
    for number, line in enumerate(page.text.splitlines(), start=1):
        if fence := _FENCE.match(line):
            language = fence[1] if language is None else None
            yield Mark("block", language or "end", number)
        elif language is not None:
            if not (language == "text" or line.startswith(_OWN_LANGUAGE)):  # a program answers in it
                yield Mark("line", _REMARK.sub("", line.strip()), number)
        elif _HEADING.match(line):
            yield Mark("heading", line, number)
        elif not any(bold in line for bold in LANGUAGES):
            yield from _in_prose(page, line, number)


def _in_prose(page: Page, line: str, number: int) -> Iterator[Mark]:
    if line.lstrip().startswith("|"):
        codes = " ".join(sorted(_CODE.findall(line)))
        yield Mark("row", f"of {len(_CELL_END.findall(line)) - 1} cells: {codes}", number)
    elif item := _ITEM.match(line):
        yield Mark("item", item[1], number)
    for code in _CODE.findall(line):
        if not code.startswith(_OWN_LANGUAGE):
            yield Mark("code", code, number)
    for link in _LINK.findall(line):
        yield Mark("link", _in_chinese(page, link), number)


def _in_chinese(page: Page, link: str) -> str:
    """Where a link of an English page leads on the Chinese one: to the sister, where there is one."""
    if link.startswith("https://"):
        return link
    path, _, _ = link.partition("#")
    sister = path.replace("-en.", "-zh.") if path.endswith(".png") else path.replace(".md", CHINESE)
    english = not page.name.endswith(CHINESE)
    return sister if english and (page.path.parent / sister).exists() else path


def _unlike_lines(pair: Pair, english: list[Mark], chinese: list[Mark]) -> Iterator[str]:
    """Rows, items and lines of code, which have an order."""
    ours, theirs = ([mark for mark in marks if mark.kind not in _WORDS] for marks in (english, chinese))
    ours, theirs = ours[1:], theirs[1:]
    keys = [[(mark.kind, mark.told) for mark in marks] for marks in (ours, theirs)]
    for change, i, j, k, m in difflib.SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if change == "equal":
            continue
        lacked, extra = ours[i:j], theirs[k:m]
        if len(lacked) == len(extra) and all(map(_same, lacked, extra)):
            continue
        for mark in lacked:
            yield _missing(pair.chinese, mark, pair.english)
        for mark in extra:
            yield _missing(pair.english, mark, pair.chinese)


def _same(english: Mark, chinese: Mark) -> bool:
    """The same to a reader of another language."""
    if english.kind != chinese.kind:
        return False
    if english.kind == "line":
        ours, theirs = _SETTING.match(english.told), _SETTING.match(chinese.told)
        return bool(ours and theirs and ours[1] == theirs[1] and _OWN_WORDS.search(theirs[2]))
    if english.kind == "row":  # its words are held by the section
        return _cells(english) == _cells(chinese) and bool(_OWN_WORDS.search(chinese.told))
    return False


def _cells(row: Mark) -> str:
    return row.told.partition(":")[0]


_WORDS = frozenset({"code", "link"})
"""Their order within a section is the language's."""


def _unlike_words(pair: Pair, english: list[Mark], chinese: list[Mark]) -> Iterator[str]:
    """What stands in backticks, and links."""
    for kind in sorted(_WORDS):
        ours, theirs = (
            {mark.told: mark for mark in reversed(marks) if mark.kind == kind} for marks in (english, chinese)
        )
        lacked = [ours[told] for told in sorted(ours.keys() - theirs.keys())]
        extra = [theirs[told] for told in sorted(theirs.keys() - ours.keys())]
        if len(lacked) == len(extra) and all(_OWN_WORDS.search(mark.told) for mark in extra):
            continue
        for mark in lacked:
            yield _missing(pair.chinese, mark, pair.english)
        for mark in extra:
            yield _missing(pair.english, mark, pair.chinese)


def _missing(page: Page, mark: Mark, other: Page) -> str:
    told = f" {mark.told}" if mark.told else ""
    return f"{page.name} lacks the {mark.kind}{told} of {other.name}:{mark.line}"
