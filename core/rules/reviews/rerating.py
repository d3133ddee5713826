"""How long a grade holds, who looks at it when, and how far people may go from it (2.5-2.8, 2.10).

What a policy says goes first. Where its document is silent the house rules below hold, which the year's end of every document
and the notions of A14, B5 and B8 suggest: they are told as such, without an article.
"""

from dataclasses import replace
from datetime import date, timedelta

from core.rules.calendar import add_months
from core.rules.permission import Role
from core.rules.policy.conditions import Answer
from core.rules.policy.gates import Effect
from core.rules.policy.grades import GradeRule
from core.rules.policy.policy import Policy
from core.rules.policy.upkeep import Appeal, Override, RatingEvent, Rerating
from core.rules.rating.rating import Rating

YEAR = 12
_HOUSE_RERATING = Rerating({}, None, frozenset(RatingEvent), "")
_HOUSE_APPEAL = Appeal(30, "")
_HOUSE_APPROVERS = (Role.CFO, Role.GM)


def rerating_of(policy: Policy) -> Rerating:
    """When a policy has customers rated again; every event counts where it is silent."""
    return policy.upkeep.rerating or _HOUSE_RERATING


def appeal_of(policy: Policy) -> Appeal:
    """Within how many days a customer may object; thirty where the policy is silent."""
    return policy.upkeep.appeal or _HOUSE_APPEAL


def override_of(policy: Policy) -> Override:
    """How far people may go; where the policy is silent never up, as far down as it goes, with the CFO or general manager."""
    found = policy.upkeep.override or Override(0, len(policy.codes), (), "")
    return found if found.approvers else replace(found, approvers=_HOUSE_APPROVERS)


def months_of(policy: Policy, grade: str | None, *, key_customer: bool) -> int:
    """How many months a grade holds: the shortest of what the policy says of it, of key customers and in general."""
    rule = rerating_of(policy)
    said = [policy.validity.months, YEAR]
    if grade is not None and grade in rule.months_by_grade:
        said.append(rule.months_by_grade[grade])
    if key_customer and rule.key_customers_months is not None:
        said.append(rule.key_customers_months)
    return min(said)


def last_day(start: date, months: int) -> date:
    """A rating of 2026-03-10 for twelve months holds up to and with 2027-03-09."""
    return add_months(start, months) - timedelta(days=1)


def barred(rating: Rating) -> bool:
    """Whether a gate is known to let nobody like this be rated: that is an outcome, a want of facts is none."""
    return any(each.gate.effect is Effect.NOT_RATED and each.answer is Answer.YES for each in rating.gates)


def open_to_override(policy: Policy, rating: Rating) -> tuple[str, ...]:
    """The grades that people may put in the place of the policy's, best first; none where there is no grade.

    Never better than what a veto, a cap or a finding leaves: that is not a matter of judgement.
    """
    if rating.grade is None:
        return ()
    rule, at = override_of(policy), policy.codes.index(rating.grade)
    best = max(at - rule.notches_up, _held_at(policy, rating))
    worst = min(at + rule.notches_down, len(policy.codes) - 1)
    return tuple(code for code in policy.codes[best : worst + 1] if code != rating.grade)


def _held_at(policy: Policy, rating: Rating) -> int:
    """The place of the best grade that nothing forbids."""
    assert rating.grade is not None
    at = policy.codes.index(rating.grade)
    vetoed = policy.grade(rating.grade).rule is GradeRule.ANY
    if vetoed or rating.capped_from is not None:
        return at
    capping = [each.gate.grade for each in rating.gates if each.gate.effect in (Effect.CAP, Effect.VETO)]
    return max((policy.codes.index(grade) for grade in capping if grade), default=0)
