"""Facts as JSON and back, without losing what they are: money, days, moments, decimals, ratios without a number,
experts' sheets, words to be looked up.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from core.rules.money import Money
from core.rules.rating.expert_sheets import Mark, Sheet
from core.rules.rating.reading import Reading, Standing


@dataclass(frozen=True, slots=True)
class Label:
    """A word of the catalog inside a fact: the name of a role, a state, a question."""

    key: str


@dataclass(frozen=True, slots=True)
class Named:
    """A name that comes in both languages with the data: a policy's criterion, a person of two names."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of the catalog inside a fact, with facts of its own."""

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def _plain(value: Any) -> Any:
    match value:
        case Money():
            return {"money": [value.minor, value.currency]}
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case Decimal():
            return {"decimal": str(value)}
        case Label():
            return {"label": value.key}
        case Phrase():
            return {"phrase": value.key, "of": dict(value.facts)}
        case Named():
            return {"zh": value.zh, "en": value.en}
        case Reading():
            return {"reading": [value.standing.value, value.value, value.reason]}
        case Sheet():
            return {"expert": value.expert, "marks": dict(value.marks)}
        case Enum():
            return value.value
        case _:
            raise TypeError(f"a fact cannot be a {type(value).__name__}")


_MARKS = frozenset({"money", "moment", "day", "decimal", "label", "phrase", "zh", "reading", "expert"})
"""The names by which an object is known to have been something else."""


def revived(value: dict[str, Any]) -> Any:
    """An object of JSON as what it was."""
    if _MARKS.isdisjoint(value):  # most are just objects, and asked one by one that takes the longest of all
        return {key: as_sheets(each) for key, each in value.items()}
    match value:
        case {"money": [int(minor), str(currency)]} if len(value) == 1:
            return Money(minor, currency)
        case {"moment": str(text)} if len(value) == 1:
            return datetime.fromisoformat(text)
        case {"day": str(text)} if len(value) == 1:
            return date.fromisoformat(text)
        case {"decimal": str(text)} if len(value) == 1:
            return Decimal(text)
        case {"label": str(key)} if len(value) == 1:
            return Label(key)
        case {"phrase": str(key), "of": dict(facts)} if len(value) == 2:
            return Phrase(key, facts)
        case {"zh": str(zh), "en": str(en)} if len(value) == 2:
            return Named(zh, en)
        case {"reading": [str(standing), value_or_none, reason]} if len(value) == 1:
            return Reading(Standing(standing), value_or_none, reason)
        case {"expert": str(expert), "marks": dict(marks)} if len(value) == 2:
            return Sheet(expert, {indicator: Mark(mark) for indicator, mark in marks.items()})
        case _:
            return {key: as_sheets(each) for key, each in value.items()}


def as_sheets(value: Any) -> Any:
    """The sheets of several experts are one fact, a tuple; JSON knows only lists."""
    if not isinstance(value, list) or not value or not isinstance(value[0], Sheet):
        return value
    return tuple(value) if all(isinstance(each, Sheet) for each in value) else value


def dumps(value: Any) -> str:
    """The same value gives the same text, so that it can be hashed."""
    return json.dumps(value, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def loads(text: str) -> Any:
    return as_sheets(json.loads(text, object_hook=revived))


def facts_of(text: str) -> Mapping[str, Any]:
    """`loads` for a text that must be an object."""
    value = loads(text)
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return value
