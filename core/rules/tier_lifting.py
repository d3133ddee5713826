"""What would lift a three-tier score to a better grade (2.3): single ratios, found by trying them."""

from collections.abc import Iterator
from decimal import Decimal

from core.rules.conditions import Comparison
from core.rules.policy import Policy
from core.rules.rating import Lift
from core.rules.reading import KnownFacts, plain
from core.rules.standards import Direction, Standards
from core.rules.tier_rating import grade_by_tiers

_STEP = Decimal("0.01")


def lifts_by_tiers(policy: Policy, facts: KnownFacts) -> tuple[Lift, ...]:
    """For each ratio that alone would make a better grade its smallest such change; best grade first."""
    now = grade_by_tiers(policy, facts)
    if now is None:
        return ()
    found = _found(policy, facts, now)
    return tuple(sorted(found, key=lambda lift: policy.codes.index(lift.grade)))


def _found(policy: Policy, facts: KnownFacts, now: str) -> Iterator[Lift]:
    for ratio, standards in policy.standards(facts).items():
        known = plain(facts.get(ratio))
        if ratio in policy.fact_keys and isinstance(known, Decimal):
            yield from _lift(policy, facts, now, ratio, standards, known)


def _lift(
    policy: Policy, facts: KnownFacts, now: str, ratio: str, standards: Standards, known: Decimal
) -> Iterator[Lift]:
    """By halving between the figure and the best standard value, beyond which nothing more is earned."""
    best = standards.values[0]
    falls = standards.direction is Direction.LOWER
    if (known <= best if falls else known >= best) or _better(policy, facts, now, ratio, best) is None:
        return
    idle, lifting = known, best
    while abs(lifting - idle) > _STEP:
        steps = int((idle - lifting) / _STEP / 2)
        middle = lifting + steps * _STEP
        if middle == lifting:
            break
        if _better(policy, facts, now, ratio, middle) is None:
            idle = middle
        else:
            lifting = middle
    grade = _better(policy, facts, now, ratio, lifting)
    if grade is not None:
        side = Comparison.AT_MOST if falls else Comparison.AT_LEAST
        yield Lift(ratio, lifting, side, lifting, grade)


def _better(policy: Policy, facts: KnownFacts, now: str, ratio: str, value: Decimal) -> str | None:
    grade = grade_by_tiers(policy, {**facts, ratio: value})
    if grade is None or policy.codes.index(grade) >= policy.codes.index(now):
        return None
    return grade
