"""The catalogs and cards as they stand in their files."""

from functools import cache
from pathlib import Path

from fluent.syntax import ast, parse
from fluent.syntax.visitor import Visitor

import core.texts
from core.settings import Language

TEXTS = Path(core.texts.__file__).parent
CARDS = TEXTS / "cards"


class _Used(Visitor):
    """The facts and the other messages that a pattern uses."""

    def __init__(self) -> None:
        self.facts: set[str] = set()
        self.messages: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.facts.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:
        self.messages.add(node.id.name)


@cache
def entries(language: Language) -> tuple[tuple[str, str, ast.Pattern], ...]:
    """Every message of a language: its file, its key, its words. Junk fails."""
    found = []
    for path in sorted((TEXTS / language).glob("*.ftl")):
        for entry in parse(path.read_text("utf-8")).body:
            assert not isinstance(entry, ast.Junk), f"{path.name}: {entry.content!r}"
            if isinstance(entry, ast.Message):
                assert entry.value is not None, f"{path.name}: {entry.id.name} says nothing"
                found.append((path.name, entry.id.name, entry.value))
    return tuple(found)


@cache
def messages(language: Language) -> dict[str, ast.Pattern]:
    """The words of each key; of a key that is written twice the first, as Fluent takes it."""
    return {key: pattern for _, key, pattern in reversed(entries(language))}


def referred_to(language: Language, key: str) -> set[str]:
    """The other messages whose words a message takes."""
    return _used(language, key).messages


def facts_of(language: Language, key: str) -> set[str]:
    """The facts that a message needs, those of the messages it refers to among them."""
    used = _used(language, key)
    return used.facts.union(*(facts_of(language, other) for other in used.messages))


def _used(language: Language, key: str) -> _Used:
    used = _Used()
    used.visit(messages(language)[key])
    return used


def cards() -> set[str]:
    """The cards that are messages of their own; one that begins with ``_`` is a part of others."""
    return {path.stem for path in CARDS.glob("*.jinja") if not path.stem.startswith("_")}


def exists(language: Language, key: str) -> bool:
    return key in messages(language) or key in cards()
