"""What would lift a three-tier score to a better grade (2.3): single ratios, found by trying them."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial

from core.rules.policy.conditions import Comparison
from core.rules.policy.policy import Policy
from core.rules.rating.rating import Lift
from core.rules.rating.reading import KnownFacts, plain
from core.rules.rating.standards import Direction, Standards
from core.rules.rating.tier_rating import Workings, grade_by_tiers

_STEP = Decimal("0.01")


def lifts_by_tiers(policy: Policy, facts: KnownFacts) -> tuple[Lift, ...]:
    """For each ratio that alone would make a better grade its smallest such change; best grade first."""
    workings = Workings()
    now = grade_by_tiers(policy, facts, workings)
    if now is None:
        return ()
    found = _found(policy, facts, now, workings)
    return tuple(sorted(found, key=lambda lift: policy.codes.index(lift.grade)))


def _found(policy: Policy, facts: KnownFacts, now: str, workings: Workings) -> Iterator[Lift]:
    def better(ratio: str, value: Decimal) -> str | None:
        grade = grade_by_tiers(policy, {**facts, ratio: value}, workings)
        return grade if grade is not None and policy.codes.index(grade) < policy.codes.index(now) else None

    for ratio, standards in policy.standards(facts).items():
        known = plain(facts.get(ratio))
        if ratio in policy.fact_keys and isinstance(known, Decimal):
            yield from _lift(partial(better, ratio), ratio, standards, known)


def _lift(
    better: Callable[[Decimal], str | None], ratio: str, standards: Standards, known: Decimal
) -> Iterator[Lift]:
    """By halving between the figure and the best standard value, beyond which nothing more is earned."""
    best = standards.values[0]
    falls = standards.direction is Direction.LOWER
    if (known <= best if falls else known >= best) or better(best) is None:
        return
    idle, lifting = known, best
    while abs(lifting - idle) > _STEP:
        steps = int((idle - lifting) / _STEP / 2)
        middle = lifting + steps * _STEP
        if middle == lifting:
            break
        if better(middle) is None:
            idle = middle
        else:
            lifting = middle
    grade = better(lifting)
    if grade is not None:
        side = Comparison.AT_MOST if falls else Comparison.AT_LEAST
        yield Lift(ratio, lifting, side, lifting, grade)
