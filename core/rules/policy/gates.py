"""Gates (2.4): conditions that decide beside a score or a list, whatever it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.rules.policy.conditions import Answer, Condition, FactTest, answer
from core.rules.policy.facts import FactValue
from core.rules.policy.source import Text


class Effect(StrEnum):
    """What a gate does when its condition holds, whatever the score."""

    NOT_RATED = "not_rated"
    VETO = "veto"
    """Exactly this grade; among several the worst."""
    CAP = "cap"
    """No better than this grade."""
    DOWNGRADE = "downgrade"
    """So many grades worse than the score says; never past the last, and before any cap."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition that decides beside the score; a test whose value is None is the company's to set."""

    key: str
    article: str
    when: Condition | FactTest
    effect: Effect
    applies_if_unknown: bool
    grade: str | None = None
    notches: int = 0
    title: Text | None = None


@dataclass(frozen=True, slots=True)
class AppliedGate:
    """A gate that holds, or is not known and holds therefore."""

    gate: Gate
    answer: Answer


def applied(gates: Sequence[Gate], facts: Mapping[str, FactValue]) -> tuple[AppliedGate, ...]:
    """The gates that hold for these facts, in the order of the policy."""
    answers = (AppliedGate(gate, answer(gate.when, facts)) for gate in gates)
    return tuple(
        each
        for each in answers
        if each.answer is Answer.YES or (each.answer is Answer.UNKNOWN and each.gate.applies_if_unknown)
    )


def refused_by(found: Sequence[AppliedGate]) -> tuple[Gate, ...]:
    """The gates among them that let nobody be rated."""
    return tuple(each.gate for each in found if each.gate.effect is Effect.NOT_RATED)


def gated(grades: Sequence[str], place: int, found: Sequence[AppliedGate]) -> int:
    """The place of the grade among `grades`, best first, after downgrades, caps and vetoes, in this order."""
    gates = [each.gate for each in found]
    down = place + sum(gate.notches for gate in gates if gate.effect is Effect.DOWNGRADE)
    caps = [grades.index(gate.grade) for gate in gates if gate.effect is Effect.CAP and gate.grade]
    vetoes = [grades.index(gate.grade) for gate in gates if gate.effect is Effect.VETO and gate.grade]
    return max(vetoes) if vetoes else max(min(down, len(grades) - 1), *caps, 0)
