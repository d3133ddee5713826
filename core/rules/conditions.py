"""Conditions on facts in three values: yes, no, and not known."""

from collections.abc import Mapping

from core.rules.policy import Comparison, Condition, FactTest, FactValue
from core.rules.rating import Answer

_OPPOSITE = {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.UNKNOWN: Answer.UNKNOWN}


def answer(condition: Condition | FactTest, facts: Mapping[str, FactValue]) -> Answer:
    """Kleene's logic: one no settles an ``all`` and one yes an ``any``, whatever is unknown beside it.

    Thresholds are the tests' own values; a test against a parameter nobody has set is not known.
    """
    if isinstance(condition, FactTest):
        return _compare(facts.get(condition.fact), condition.op, condition.value)
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


def _compare(value: FactValue, op: Comparison, threshold: FactValue) -> Answer:
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
