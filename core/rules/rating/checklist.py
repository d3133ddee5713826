"""Rating a customer by lists of criteria (B9 arts. 14-17), with every reason, unknowns and conflicts shown."""

from collections.abc import Sequence

from core.rules.policy.conditions import Answer, answer
from core.rules.policy.facts import Facts
from core.rules.policy.gates import AppliedGate, applied, gated, refused_by
from core.rules.policy.grades import Grade, GradeRule
from core.rules.policy.policy import Policy
from core.rules.rating.criteria import Criterion
from core.rules.rating.rating import Item, NotRated, Rating
from core.rules.rating.reading import KnownFacts, plain_facts
from core.rules.rating.telling import gate_items, inputs_of, share, unknown_facts

Answered = Sequence[tuple[str, Answer]]
"""The answer of every criterion, with the grade in whose list it stands."""


def rate_by_criteria(policy: Policy, facts: KnownFacts) -> Rating:
    """The grade of these facts by the policy's lists. An unknown fact never counts as good (arts. 14-17)."""
    plain = plain_facts(facts)
    items = tuple(_item(criterion, facts, plain) for criterion in policy.lists.criteria)
    unknown = unknown_facts(policy, facts)
    known = share(len(policy.fact_keys) - len(unknown), len(policy.fact_keys))
    held = applied(policy.bound_gates, plain)
    not_rated = _not_rated(policy, held)
    if not_rated:
        return Rating(None, items, gate_items(held, facts), unknown, known, gates=held, not_rated=not_rated)
    answered = [(item.grade or "", item.answer or Answer.UNKNOWN) for item in items]
    reached = _reached(policy, answered)
    newness = None if policy.lists.cap is None else _item(policy.lists.cap, facts, plain)
    capped = _within_cap(policy, None if newness is None else newness.answer, answered, reached[0])
    grade = policy.grades[gated(policy.codes, policy.grades.index(capped), held)]
    in_question = (*items, newness) if newness is not None and capped != reached[0] else items
    reasons = _reasons(policy, in_question, capped)
    return Rating(
        grade=grade.code,
        items=items,
        reasons=reasons if grade == capped else (*gate_items(held, facts), *reasons),
        unknown=unknown,
        completeness=known,
        scored_grade=reached[0].code,
        gates=held,
        conflict=len({each.rule for each in reached} - {GradeRule.ELSE}) > 1,
    )


def grade_by_criteria(policy: Policy, facts: KnownFacts) -> str | None:
    """The grade alone, as `rate_by_criteria` gives it."""
    plain = plain_facts(facts)
    held = applied(policy.bound_gates, plain)
    if _not_rated(policy, held):
        return None
    answered = [(each.grade, answer(each.when, plain)) for each in policy.lists.criteria]
    cap = policy.lists.cap
    newness = None if cap is None else answer(cap.when, plain)
    capped = _within_cap(policy, newness, answered, _reached(policy, answered)[0])
    return policy.codes[gated(policy.codes, policy.grades.index(capped), held)]


def _not_rated(policy: Policy, held: tuple[AppliedGate, ...]) -> tuple[NotRated, ...]:
    unset = (NotRated("unset", key) for key in policy.unset)
    return (*unset, *(NotRated("gate", gate.key) for gate in refused_by(held)))


def _item(criterion: Criterion, facts: KnownFacts, plain: Facts) -> Item:
    found = answer(criterion.when, plain)
    inputs = inputs_of(criterion.when, facts)
    return Item(
        criterion.key, criterion.title, criterion.article, inputs, grade=criterion.grade, answer=found
    )


def _reached(policy: Policy, answered: Answered) -> tuple[Grade, ...]:
    """The grades that the answers satisfy, the one that holds first: worst ``any``, best ``all``, else the rest."""
    by_rule = {rule: [grade for grade in policy.grades if grade.rule is rule] for rule in GradeRule}
    vetoed = [grade for grade in reversed(by_rule[GradeRule.ANY]) if Answer.YES in _answers(answered, grade)]
    earned = [grade for grade in by_rule[GradeRule.ALL] if _answers(answered, grade) == {Answer.YES}]
    return (*vetoed, *earned, *by_rule[GradeRule.ELSE])


def _answers(answered: Answered, grade: Grade) -> set[Answer]:
    return {answer for code, answer in answered if code == grade.code}


def _within_cap(policy: Policy, newness: Answer | None, answered: Answered, grade: Grade) -> Grade:
    """A new customer, or one with a criterion unanswered, gets no better than the cap (art. 17)."""
    if policy.lists.cap is None:
        return grade
    capped = policy.grade(policy.lists.cap.grade)
    better = policy.grades.index(grade) < policy.grades.index(capped)
    # Not known to be old counts as new: an unknown never counts as good.
    new = newness is not Answer.NO
    incomplete = any(answer is Answer.UNKNOWN for _, answer in answered)
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
    by_importance = sorted(decided, key=lambda item: -policy.lists.of(item.key).importance)
    return tuple(sorted(by_importance, key=lambda item: item.answer is Answer.UNKNOWN))


def _of(items: tuple[Item, ...], grades: tuple[Grade, ...], answer: Answer) -> list[Item]:
    codes = {grade.code for grade in grades}
    return [item for item in items if item.grade in codes and item.answer is answer]
