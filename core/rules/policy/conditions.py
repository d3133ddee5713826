"""Conditions on facts in three values: yes, no, and not known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from core.rules.policy.facts import FactValue


class Comparison(StrEnum):
    """How a fact is compared with its threshold."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    LESS_THAN = "<"
    IS = "="


@dataclass(frozen=True, slots=True)
class FactTest:
    """One fact against a threshold: a `value`, which comes from a `parameter` where one is named."""

    fact: str
    op: Comparison
    value: FactValue = None
    parameter: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """Tests and conditions joined by ``all``, ``any`` or ``not`` (which has one part)."""

    join: str
    parts: tuple["Condition | FactTest", ...]

    def tests(self) -> Iterator[FactTest]:
        """Every test in it, in the order written."""
        for part in self.parts:
            if isinstance(part, FactTest):
                yield part
            else:
                yield from part.tests()


class Answer(StrEnum):
    """Three-valued: what is not known is neither yes nor no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


_OPPOSITE = {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.UNKNOWN: Answer.UNKNOWN}


def bound(condition: Condition | FactTest, values: Mapping[str, FactValue]) -> Condition | FactTest:
    """The condition with the values of its parameters in their place; None where one is unset."""
    if isinstance(condition, FactTest):
        return (
            condition
            if condition.parameter is None
            else replace(condition, value=values[condition.parameter])
        )
    return Condition(condition.join, tuple(bound(part, values) for part in condition.parts))


def answer(condition: Condition | FactTest, facts: Mapping[str, FactValue]) -> Answer:
    """Kleene's logic: one no settles an ``all`` and one yes an ``any``, whatever is unknown beside it."""
    if isinstance(condition, FactTest):
        return compare(facts.get(condition.fact), condition.op, condition.value)
    answers = [answer(part, facts) for part in condition.parts]
    if condition.join == "not":
        return _OPPOSITE[answers[0]]
    settles = Answer.NO if condition.join == "all" else Answer.YES
    if settles in answers:
        return settles
    return Answer.UNKNOWN if Answer.UNKNOWN in answers else _OPPOSITE[settles]


def leaf_tests(condition: Condition | FactTest) -> tuple[FactTest, ...]:
    """Every test in a condition, in the order written."""
    return (condition,) if isinstance(condition, FactTest) else tuple(condition.tests())


def compare(value: FactValue, op: Comparison, threshold: FactValue) -> Answer:
    """A fact against a threshold; both are of one type, as the loader and the desk have made sure."""
    if value is None or threshold is None:
        return Answer.UNKNOWN
    return Answer.YES if _holds(value, op, threshold) else Answer.NO


def _holds(value: FactValue, op: Comparison, threshold: FactValue) -> bool:
    match op:
        case Comparison.AT_LEAST:
            return value >= threshold  # type: ignore[operator]
        case Comparison.MORE_THAN:
            return value > threshold  # type: ignore[operator]
        case Comparison.AT_MOST:
            return value <= threshold  # type: ignore[operator]
        case Comparison.LESS_THAN:
            return value < threshold  # type: ignore[operator]
        case Comparison.IS:
            return value == threshold
