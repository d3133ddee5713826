"""Rating a customer by a list of criteria (B9 arts. 14-17), with every reason, unknowns and conflicts shown."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from core.rules.conditions import Answer, Comparison, FactTest, answer, compare
from core.rules.facts import Facts, FactValue
from core.rules.money import Money
from core.rules.policy import Criterion, Grade, GradeRule, Policy


@dataclass(frozen=True, slots=True)
class Input:
    """A fact as a criterion saw it, and what it was compared with."""

    fact: str
    value: FactValue
    op: Comparison
    threshold: FactValue
    answer: Answer


@dataclass(frozen=True, slots=True)
class Item:
    """One criterion answered."""

    criterion: str
    article: str
    grade: str
    answer: Answer
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class Rating:
    """A grade with everything that made it; without a grade when the policy could not rate."""

    grade: str | None
    items: tuple[Item, ...]
    reasons: tuple[Item, ...]
    """The items that decided, most important first."""
    unknown: tuple[str, ...]
    """The facts that the policy looks at and nobody has given."""
    completeness: Decimal
    """The share of the policy's facts that are known, 0 to 1, rounded down to a hundredth."""
    conflict: bool = False
    """The answers satisfy a good grade and a bad one at once; the bad one holds and the facts need a look."""
    capped_from: str | None = None
    """The grade that the answers alone would give, kept from a new customer or an incomplete file (art. 17)."""
    unset: tuple[str, ...] = ()
    """Parameters that the company has to set before the policy rates anybody."""

    @property
    def ratable(self) -> bool:
        """Whether there is a grade."""
        return self.grade is not None

    def main_reasons(self, count: int = 2) -> tuple[Item, ...]:
        """The few reasons that matter most."""
        return self.reasons[:count]


@dataclass(frozen=True, slots=True)
class Lift:
    """One fact that alone would make a better grade: what it would have to be."""

    fact: str
    value: FactValue
    op: Comparison
    threshold: FactValue
    grade: str


def rate(policy: Policy, facts: Facts) -> Rating:
    """The grade of these facts under a policy. An unknown fact never counts as good (arts. 14-17)."""
    items = tuple(_item(policy, criterion, facts) for criterion in policy.criteria)
    unknown = tuple(key for key in policy.fact_keys if facts.get(key) is None)
    known = Decimal(len(policy.fact_keys) - len(unknown)) / len(policy.fact_keys)
    rated = Rating(
        grade=None,
        items=items,
        reasons=(),
        unknown=unknown,
        completeness=known.quantize(Decimal("0.01"), "ROUND_DOWN"),
        unset=policy.unset,
    )
    if policy.unset:
        return rated
    reached = _reached(policy, items)
    newness = _item(policy, policy.cap, facts)
    grade = _within_cap(policy, newness, items, reached[0])
    return replace(
        rated,
        grade=grade.code,
        reasons=_reasons(policy, (*items, newness) if grade != reached[0] else items, grade),
        conflict=len({each.rule for each in reached} - {GradeRule.ELSE}) > 1,
        capped_from=reached[0].code if grade != reached[0] else None,
    )


def lifts(policy: Policy, facts: Facts) -> tuple[Lift, ...]:
    """The single facts that would each make a better grade, found by trying them; best grade first.

    Nothing is promised for customers two facts short, and nothing is there above the best grade.
    """
    grades = [grade.code for grade in policy.grades]
    now = rate(policy, facts).grade
    if now is None:
        return ()
    found: dict[str, Lift] = {}
    for lift in _trials(policy, facts):
        reached = rate(policy, {**facts, lift.fact: lift.value}).grade
        if reached is None or grades.index(reached) >= grades.index(now):
            continue
        best = found.get(lift.fact)
        if best is None or grades.index(reached) < grades.index(best.grade):
            found[lift.fact] = replace(lift, grade=reached)
    return tuple(sorted(found.values(), key=lambda lift: grades.index(lift.grade)))


def _item(policy: Policy, criterion: Criterion, facts: Facts) -> Item:
    inputs = tuple(_input(policy, test, facts) for test in criterion.when.tests())
    found = answer(criterion.when, facts, policy.threshold)
    return Item(criterion.key, criterion.article, criterion.grade, found, inputs)


def _input(policy: Policy, test: FactTest, facts: Facts) -> Input:
    value, threshold = facts.get(test.fact), policy.threshold(test)
    return Input(test.fact, value, test.op, threshold, compare(value, test.op, threshold))


def _reached(policy: Policy, items: tuple[Item, ...]) -> tuple[Grade, ...]:
    """The grades that the answers satisfy, the one that holds first: worst ``any``, best ``all``, else the rest."""
    by_rule = {rule: [grade for grade in policy.grades if grade.rule is rule] for rule in GradeRule}
    vetoed = [grade for grade in reversed(by_rule[GradeRule.ANY]) if Answer.YES in _answers(items, grade)]
    earned = [grade for grade in by_rule[GradeRule.ALL] if _answers(items, grade) == {Answer.YES}]
    return (*vetoed, *earned, *by_rule[GradeRule.ELSE])


def _answers(items: tuple[Item, ...], grade: Grade) -> set[Answer]:
    return {item.answer for item in items if item.grade == grade.code}


def _within_cap(policy: Policy, newness: Item, items: tuple[Item, ...], grade: Grade) -> Grade:
    """A new customer, or one with a criterion unanswered, gets no better than the cap (art. 17)."""
    capped = policy.grade(policy.cap.grade)
    better = policy.grades.index(grade) < policy.grades.index(capped)
    # Not known to be old counts as new: an unknown never counts as good.
    new = newness.answer is not Answer.NO
    incomplete = any(item.answer is Answer.UNKNOWN for item in items)
    return capped if better and (new or incomplete) else grade


def _reasons(policy: Policy, items: tuple[Item, ...], grade: Grade) -> tuple[Item, ...]:
    """What decided: what was met for a grade reached by its own criteria; else what stood in the better one's way."""
    if grade.rule is GradeRule.ELSE:
        better = policy.grades[: policy.grades.index(grade)]
        worse = policy.grades[policy.grades.index(grade) + 1 :]
        decided = _of(items, better, Answer.NO) + _of(items, better, Answer.UNKNOWN)
        decided += _of(items, (grade,), Answer.YES) + _of(items, (grade, *worse), Answer.UNKNOWN)
    else:
        decided = _of(items, (grade,), Answer.YES)
    by_importance = sorted(decided, key=lambda item: -policy.criterion(item.criterion).importance)
    return tuple(sorted(by_importance, key=lambda item: item.answer is Answer.UNKNOWN))


def _of(items: tuple[Item, ...], grades: tuple[Grade, ...], answer: Answer) -> list[Item]:
    codes = {grade.code for grade in grades}
    return [item for item in items if item.grade in codes and item.answer is answer]


_INVERSE = {
    Comparison.AT_LEAST: Comparison.LESS_THAN,
    Comparison.LESS_THAN: Comparison.AT_LEAST,
    Comparison.AT_MOST: Comparison.MORE_THAN,
    Comparison.MORE_THAN: Comparison.AT_MOST,
}
_SMALLEST_STEP = Decimal("0.01")


def _trials(policy: Policy, facts: Facts) -> Iterator[Lift]:
    """For every test the nearest value on either side of its threshold, where that changes its answer."""
    for test in policy.tests():
        threshold = policy.threshold(test)
        for op, wanted in _sides(test.op, threshold):
            if compare(facts.get(test.fact), op, wanted) is not Answer.YES:
                yield Lift(test.fact, _nearest(op, wanted), op, wanted, "")


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
