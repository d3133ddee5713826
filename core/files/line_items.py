"""The lines of financial statements by what they go by, as `line_items.toml` has them (1.5)."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from core.files.columns import Language
from core.rules.halfwidth import halfwidth
from core.rules.statements.statements import Figure

_FILE = Path(__file__).with_name("line_items.toml")
_LONGEST_LABEL = 80

_BRACKETS = re.compile(r"\([^()]*(?:\)|$)|\[[^\]]*(?:\]|$)|<[^>]*>")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+[、.,]|[0-9]{1,2}[、.):]|[ivx]+[.、])")
_SIGN_WORDS = re.compile(r"^(?:其中|加|减|add|less|including|of which):")
_NOISE = str.maketrans("", "", " \t\n\r*#△▲☆")


class Part(StrEnum):
    """Which statement a line stands on."""

    BALANCE = "balance"
    INCOME = "income"
    CASH_FLOW = "cash_flow"
    NOTES = "notes"


ColumnRole = Literal["line", "end", "start", "now", "to_date", "before", "month"]


@dataclass(frozen=True, slots=True)
class LineItem:
    """One line: the figure that it gives, or None where it serves a sum only."""

    key: str
    zh: str
    en: str
    part: Part
    names: tuple[str, ...]
    """What it goes by, the better before the worse."""
    asked: bool

    @property
    def figure(self) -> Figure | None:
        return Figure(self.key) if self.key in frozenset(Figure) else None

    def name(self, language: Language) -> str:
        """Its name in a template."""
        return self.zh if language == "zh_CN" else self.en


class Match(NamedTuple):
    """A line that a label may be, and how good the label is for it: 0 is best."""

    item: LineItem
    rank: int


@dataclass(frozen=True, slots=True)
class LineSum:
    """What has to add up: the total is what is added, less what is taken off."""

    total: str
    plus: Sequence[str]
    minus: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class StatementWords:
    """What a template of statements says beside its lines."""

    sheet: str
    explanation: str
    line: str
    key: str
    ends: str
    months: str
    unit: str
    audited: str
    yes: str
    no: str
    parts: Mapping[Part, str]
    lines: Sequence[str]


def line_items() -> tuple[LineItem, ...]:
    """Every line, in the order of the statements."""
    return _contract().items


def item_of(figure: Figure) -> LineItem:
    """The line that gives a figure."""
    return next(item for item in line_items() if item.key == figure)


def asked_figures() -> tuple[Figure, ...]:
    """The figures that matter first, in the order of the statements."""
    return tuple(item.figure for item in line_items() if item.asked and item.figure is not None)


def sums() -> tuple[LineSum, ...]:
    """What has to add up."""
    return _contract().sums


def totals(part: Part) -> tuple[str, ...]:
    """The lines without which a statement of this kind says little."""
    return _contract().totals.get(part, ())


def words(language: Language) -> StatementWords:
    """The words of a template."""
    return _contract().words[language]


def says_months(label: str) -> bool:
    """Whether a row of a template tells how many months its periods have."""
    return bare(label) in {bare(said.months) for said in _contract().words.values()}


def says_audited(label: str) -> bool:
    """Whether a row of a template tells if its periods were audited."""
    return bare(label) in {bare(said.audited) for said in _contract().words.values()}


def means_yes(answer: str) -> bool:
    """Whether an answer in a template is yes."""
    return squeezed(answer) in {squeezed(said.yes) for said in _contract().words.values()}


def find_lines(label: str) -> tuple[Match, ...]:
    """The lines that a label may be; none when nobody knows it."""
    return _contract().by_label.get(bare(label), ())


def column_role(heading: str) -> ColumnRole | None:
    """What a column holds by its heading; None when the words do not say."""
    return _contract().columns.get(bare(heading))


def title_of(text: str) -> Part | None:
    """The statement that a title announces; notes are announced by nothing else beside the word."""
    said = squeezed(text[: _LONGEST_LABEL + 1])
    if len(said) > _LONGEST_LABEL:
        return None
    return next(
        (part for word, part in _contract().titles if (word == said if part is Part.NOTES else word in said)),
        None,
    )


def squeezed(text: str) -> str:
    """A text in one width and case, without spaces."""
    return halfwidth(text).casefold().translate(_NOISE)


def bare(label: str) -> str:
    """A label without numbering, brackets and sign words: ``四、净利润（净亏损以“－”号填列）`` is ``净利润``."""
    text = _BRACKETS.sub("", squeezed(label[:_LONGEST_LABEL]))
    while True:
        shorter = _SIGN_WORDS.sub("", _NUMBERING.sub("", text))
        if shorter == text:
            return text.rstrip(":.")
        text = shorter


@dataclass(frozen=True, slots=True)
class _Contract:
    items: tuple[LineItem, ...]
    by_label: Mapping[str, tuple[Match, ...]]
    sums: tuple[LineSum, ...]
    totals: Mapping[Part, tuple[str, ...]]
    columns: Mapping[str, ColumnRole]
    titles: tuple[tuple[str, Part], ...]
    words: Mapping[Language, StatementWords]


@cache
def _contract() -> _Contract:
    data: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    items = tuple(_item(entry) for entry in data["items"])
    by_label: dict[str, list[Match]] = {}
    for item in items:
        for rank, name in enumerate(dict.fromkeys(map(bare, item.names))):
            by_label.setdefault(name, []).append(Match(item, rank))
    return _Contract(
        items=items,
        by_label={label: tuple(matches) for label, matches in by_label.items()},
        sums=tuple(LineSum(**entry) for entry in data["sums"]),
        totals={Part(part): tuple(keys) for part, keys in data["totals"].items()},
        columns={bare(word): role for role, said in data["columns"].items() for word in said},
        titles=tuple((squeezed(word), Part(part)) for part, said in data["titles"].items() for word in said),
        words={language: StatementWords(**said) for language, said in data["words"].items()},
    )


def _item(entry: dict[str, Any]) -> LineItem:
    return LineItem(
        key=entry["key"],
        zh=entry["zh"],
        en=entry["en"],
        part=Part(entry["part"]),
        names=(*entry.get("rather", ()), entry["zh"], entry["en"], *entry.get("also", ())),
        asked=entry.get("asked", False),
    )
