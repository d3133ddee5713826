"""What contradictions in the material do to a rating (1.6; B9 art. 10): they bar the best grade, or any grade."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from core.rules.policy.gates import Effect
from core.rules.policy.policy import Policy
from core.rules.rating.reading import KnownFacts
from core.rules.statements.contradictions import Severity

DOUBT = "statements_doubt"
"""The fact that says so, so that a stored rating replays from its facts alone."""


class Doubt(StrEnum):
    """How far the material is in doubt."""

    BARS_BEST_GRADE = "bars_best_grade"
    BARS_RATING = "bars_rating"


def doubt(severities: Iterable[Severity]) -> Doubt | None:
    """The doubt that findings of these severities throw on the material; None where they only want explaining."""
    found = set(severities)
    if Severity.REFUSE in found:
        return Doubt.BARS_RATING
    return Doubt.BARS_BEST_GRADE if Severity.BLOCKS_BEST_GRADE in found else None


def in_doubt(policy: Policy, facts: KnownFacts) -> Policy:
    """The policy with the gate that the doubt on these facts opens; as it is where there is none."""
    found = facts.get(DOUBT)
    gate = policy.doubts.get(found) if isinstance(found, str) else None
    if gate is None or not policy.grades:
        return policy
    if gate.effect is Effect.CAP:
        gate = replace(gate, grade=policy.codes[min(1, len(policy.codes) - 1)])
    return replace(policy, gates=(*policy.gates, gate))
