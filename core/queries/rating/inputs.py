"""Facts as a decision saw them, in phrases for cards and for the terminal (2.3)."""

from typing import Any

from core.rules.policy.conditions import Answer, Comparison
from core.rules.policy.facts import FactKind, FactValue
from core.rules.rating.rating import Input
from core.rules.rating.reading import KnownValue, plain
from core.texts.wire import Label, Named, Phrase

SIGNS = {
    Comparison.AT_LEAST: "≥",
    Comparison.MORE_THAN: ">",
    Comparison.AT_MOST: "≤",
    Comparison.LESS_THAN: "<",
    Comparison.IS: "=",
}
_OPPOSITE = {
    Comparison.AT_LEAST: Comparison.LESS_THAN,
    Comparison.LESS_THAN: Comparison.AT_LEAST,
    Comparison.AT_MOST: Comparison.MORE_THAN,
    Comparison.MORE_THAN: Comparison.AT_MOST,
}


def unit(kind: FactKind | None) -> str:
    """The sign that is told behind a value; amounts and counts bring their own words."""
    return "%" if kind is not None and kind.unit == "%" else ""


def shown(value: FactValue) -> Any:
    """A fact's value as a card tells it: yes and no as words, unknown as unknown."""
    if isinstance(value, bool):
        return Label("choice-yes" if value else "choice-no")
    return Label("unknown") if value is None else value


def answered(kind: FactKind | None, known: KnownValue) -> Any:
    """The same for a fact of the vocabulary: the answer of a choice in its own words, experts' sheets counted."""
    value = plain(known)
    if isinstance(value, tuple):
        return len(value)
    if kind is not None and isinstance(value, str):
        words = next((choice for choice in kind.choices if choice.value == value), None)
        return shown(value) if words is None else Named(words.zh, words.en)
    return shown(value)


def valued(kind: FactKind | None, known: KnownValue) -> Phrase:
    """A value with its sign; the unknown has none."""
    sign = unit(kind) if plain(known) is not None else ""
    return Phrase("input-value", {"value": answered(kind, known), "unit": sign})


def scored(kind: FactKind | None, found: Input) -> Phrase:
    """The value of what was scored; a ratio without a number says why it has none (1.5)."""
    if found.value is None and found.reason is not None:
        return Phrase("input-value", {"value": Label(f"reading-{found.reason}"), "unit": ""})
    return valued(kind, found.value)


def told_input(kind: FactKind | None, found: Input) -> Phrase:
    """A fact in its own words; one that was compared also tells with what, the way that it came out."""
    facts = {
        "name": Named(kind.zh, kind.en) if kind else found.fact,
        "value": answered(kind, found.value),
        "unit": unit(kind) if found.value is not None else "",
    }
    if found.value is None and found.reason is not None:
        facts["value"] = Label(f"reading-{found.reason}")
    if found.op in (None, Comparison.IS) or found.answer is Answer.UNKNOWN:
        return Phrase("input-is", facts)
    assert found.op is not None
    sign = SIGNS[found.op if found.answer is Answer.YES else _OPPOSITE[found.op]]
    return Phrase("input-compared", facts | {"threshold": answered(kind, found.threshold), "sign": sign})
