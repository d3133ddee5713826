"""The kinds of import files and their columns, as `columns.toml` has them, and finding them in a header."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from core.files.sheet import BadFile
from core.rules.halfwidth import halfwidth

KindName = Literal["customers", "invoices", "receipts"]
Language = Literal["zh_CN", "en"]
ColumnType = Literal[
    "code", "codes", "text", "day", "amount", "amount_or_zero", "signed_amount", "choice", "uscc"
]

KIND_NAMES: tuple[KindName, ...] = get_args(KindName)
_FILE = Path(__file__).with_name("columns.toml")
_NOISE = str.maketrans("", "", " _*")
# A unit is no noise: 金额(万元) is not 金额.
_HARMLESS_NOTES = ("(必填)", "(选填)", "(元)", "(required)", "(optional)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an import file: its contract name, its Chinese name, what it holds."""

    key: str
    zh: str
    type: ColumnType
    about: Mapping[Language, str]
    also: Sequence[str] = ()
    required: bool = False
    limit: int = 0
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    example: str | date | Decimal | None = None

    def name(self, language: Language) -> str:
        """The header word of a template: the Chinese name, or the contract name."""
        return self.zh if language == "zh_CN" else self.key

    def words(self, language: Language) -> Sequence[str]:
        """What may be chosen, in a language; nothing unless it is a choice."""
        return [words[0] if language == "zh_CN" else key for key, words in self.choices.items()]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of import file; `unique` is the column whose value may stand in it only once."""

    name: KindName
    unique: str
    columns: Sequence[Column]


@dataclass(frozen=True, slots=True)
class TemplateWords:
    """What a template says beside its columns."""

    table: Mapping[KindName, str]
    explanation: str
    headings: Sequence[str]
    required: str


@dataclass(frozen=True, slots=True)
class Found:
    """A header understood: where each known column stands, and which headers nobody knows."""

    positions: Mapping[str, int]
    ignored: Sequence[str]


def kind(name: KindName) -> Kind:
    """A kind of import file by its name on the command line."""
    return _contract()[0][name]


def template_words(language: Language) -> TemplateWords:
    """The words of a template in a language."""
    return _contract()[1][language]


def find_columns(kind: Kind, header: Sequence[str]) -> Found:
    """Which column stands where, in any order and either language.

    Raises `BadFile`: ``file-missing-columns`` (facts: the missing and the found ones, by key) or
    ``file-repeated-columns`` when two headers mean one column.
    """
    known = {_plain(name): each.key for each in kind.columns for name in (*each.also, each.zh, each.key)}
    positions: dict[str, int] = {}
    ignored, repeated = [], []
    for position, name in enumerate(header):
        key = known.get(_plain(name))
        if key is None:
            ignored += [name] if name else []
        elif key in positions:
            repeated += [header[positions[key]], name]
        else:
            positions[key] = position
    if missing := [each.key for each in kind.columns if each.required and each.key not in positions]:
        raise BadFile("file-missing-columns", missing=missing, found=list(positions), ignored=ignored)
    if repeated:
        raise BadFile("file-repeated-columns", columns=repeated)
    return Found(positions, ignored)


def _plain(name: str) -> str:
    plain = halfwidth(name).casefold().translate(_NOISE)
    for note in _HARMLESS_NOTES:
        plain = plain.removesuffix(note)
    return plain


@cache
def _contract() -> tuple[Mapping[KindName, Kind], Mapping[Language, TemplateWords]]:
    data: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"), parse_float=Decimal)
    kinds = {
        name: Kind(name, about["unique"], tuple(Column(**column) for column in about["columns"]))
        for name, about in data["kinds"].items()
    }
    return kinds, {language: TemplateWords(**words) for language, words in data["words"].items()}
