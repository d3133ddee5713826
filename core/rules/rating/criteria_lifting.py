"""What would lift a grade by lists to a better one (2.3): single facts, found by trying them."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from core.rules.money import Money
from core.rules.policy.conditions import Answer, Comparison, FactTest, compare, leaf_tests
from core.rules.policy.facts import FactValue
from core.rules.policy.policy import Policy
from core.rules.rating.checklist import grade_by_criteria
from core.rules.rating.rating import Lift
from core.rules.rating.reading import KnownFacts, plain


def lifts_by_criteria(policy: Policy, facts: KnownFacts) -> tuple[Lift, ...]:
    """The single facts that would each make a better grade, found by trying them; best grade first.

    Nothing is promised for customers two facts short, and nothing is there above the best grade.
    """
    now = grade_by_criteria(policy, facts)
    if now is None:
        return ()
    found: dict[str, Lift] = {}
    for lift in _trials(policy, facts):
        reached = grade_by_criteria(policy, {**facts, lift.fact: lift.value})
        if reached is None or policy.codes.index(reached) >= policy.codes.index(now):
            continue
        best = found.get(lift.fact)
        if best is None or policy.codes.index(reached) < policy.codes.index(best.grade):
            found[lift.fact] = replace(lift, grade=reached)
    return tuple(sorted(found.values(), key=lambda lift: policy.codes.index(lift.grade)))


_INVERSE = {
    Comparison.AT_LEAST: Comparison.LESS_THAN,
    Comparison.LESS_THAN: Comparison.AT_LEAST,
    Comparison.AT_MOST: Comparison.MORE_THAN,
    Comparison.MORE_THAN: Comparison.AT_MOST,
}
_SMALLEST_STEP = Decimal("0.01")


def _trials(policy: Policy, facts: KnownFacts) -> Iterator[Lift]:
    """For every test the nearest value on either side of its threshold, where that changes its answer."""
    for test in _tests(policy):
        for op, wanted in _sides(test.op, test.value):
            if compare(plain(facts.get(test.fact)), op, wanted) is not Answer.YES:
                yield Lift(test.fact, _nearest(op, wanted), op, wanted, "")


def _tests(policy: Policy) -> Iterator[FactTest]:
    yield from policy.lists.tests()
    for gate in policy.bound_gates:
        yield from leaf_tests(gate.when)


def _sides(op: Comparison, threshold: FactValue) -> tuple[tuple[Comparison, FactValue], ...]:
    if op is not Comparison.IS:
        return (op, threshold), (_INVERSE[op], threshold)
    if isinstance(threshold, bool):
        return (op, threshold), (op, not threshold)
    return ((op, threshold),)


def _nearest(op: Comparison, threshold: FactValue) -> FactValue:
    """The value closest to a threshold that satisfies the comparison, in steps of the fact's own kind."""
    if op not in (Comparison.MORE_THAN, Comparison.LESS_THAN):
        return threshold
    sign = 1 if op is Comparison.MORE_THAN else -1
    match threshold:
        case Money():
            return Money(threshold.minor + sign, threshold.currency)
        case Decimal():
            return threshold + sign * _SMALLEST_STEP
        case int():
            return threshold + sign
        case _:
            return threshold
