"""A file of facts: JSON, each fact by its key or Chinese name, bare or with its source and day."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from core.policies.fact_values import NotAFact, fact_named, fact_value, read_facts
from core.rules.policy.facts import FactType, FactValue, Vocabulary
from core.rules.refusal import Refusal

_LARGEST = 2**20
_PARTS = {"value", "source", "as_of"}


@dataclass(frozen=True, slots=True)
class GivenFact:
    """A fact of the file, with where it is from and of which day where that is said."""

    value: FactValue
    source: str | None = None
    as_of: date | None = None


def read_facts_file(path: Path, vocabulary: Vocabulary, today: date) -> dict[str, GivenFact]:
    """The facts by key. `Refusal` for what is no file of facts, `NotAFact` for a fact that cannot be."""
    given = _content(path)
    bare = {name: _bare(name, value) for name, value in given.items()}
    facts = read_facts(vocabulary, bare, today)
    found: dict[str, GivenFact] = {}
    for name, value in given.items():
        kind = fact_named(vocabulary, name)
        assert kind is not None
        found[kind.key] = _given(
            name.strip(), facts[kind.key], value if isinstance(value, dict) else {}, today
        )
    return found


def _content(path: Path) -> dict[str, object]:
    if path.stat().st_size > _LARGEST:
        raise Refusal("facts-too-large", path=str(path), most=str(_LARGEST))
    try:
        content = json.loads(
            path.read_text("utf-8-sig"), parse_float=Decimal, parse_constant=str, object_pairs_hook=_pairs
        )
    except NotAFact:
        raise
    except UnicodeDecodeError:
        raise Refusal("facts-not-utf8", path=str(path)) from None
    except json.JSONDecodeError as error:
        raise Refusal("facts-not-json-at", path=str(path), line=str(error.lineno)) from None
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise Refusal("facts-not-json", path=str(path), detail=str(error)) from None
    if not isinstance(content, dict):
        raise Refusal("facts-no-object", path=str(path))
    return content


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """JSON lets a name stand twice, and keeps the last one; here neither is to be lost."""
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise NotAFact(name, "told_twice")
        found[name] = value
    return found


def _bare(name: str, given: object) -> object:
    """The value of a fact, whichever way it is written."""
    if not isinstance(given, dict):
        return given
    if "value" not in given or given.keys() - _PARTS:
        raise NotAFact(name, "wrong_parts", known=", ".join(sorted(_PARTS)))
    return given["value"]


def _given(name: str, value: FactValue, parts: Mapping[str, object], today: date) -> GivenFact:
    source, day = parts.get("source"), None
    try:
        if parts.get("as_of") is not None:
            day = fact_value(FactType.DATE, parts["as_of"])
    except ValueError as error:
        raise NotAFact(name, "wrong_type", wanted=FactType.DATE, value=parts["as_of"]) from error
    if isinstance(day, date) and day > today:
        raise NotAFact(name, "future_day", value=day, today=today)
    return GivenFact(value, None if source is None else str(source), day if isinstance(day, date) else None)
