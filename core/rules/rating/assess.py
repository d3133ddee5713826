"""Rating by any policy, whatever its method: one function for the grade, one for what would lift it."""

from decimal import Decimal

from core.rules.policy.policy import Policy
from core.rules.rating.card_rating import rate_by_card
from core.rules.rating.checklist import grade_by_criteria, rate_by_criteria
from core.rules.rating.criteria import Criteria
from core.rules.rating.criteria_lifting import lifts_by_criteria
from core.rules.rating.doubt import DOUBT, in_doubt
from core.rules.rating.grade_only import Grader, grader
from core.rules.rating.lifting import lifts_by_score
from core.rules.rating.rating import Lift, Rating
from core.rules.rating.reading import KnownFacts
from core.rules.rating.scorecard_plan import NotYetSet, ScorecardPlan
from core.rules.rating.three_tier import ThreeTier
from core.rules.rating.tier_lifting import lifts_by_tiers
from core.rules.rating.tier_rating import grade_by_tiers, rate_by_tiers


def rate(policy: Policy, facts: KnownFacts) -> Rating:
    """The grade of these facts under a policy, with everything that made it; a limit model has no grades."""
    policy = in_doubt(policy, facts)
    match policy.method:
        case Criteria():
            return rate_by_criteria(policy, facts)
        case ScorecardPlan():
            return rate_by_card(policy, facts)
        case ThreeTier():
            return rate_by_tiers(policy, facts)
        case None:
            return Rating(None, (), (), (), Decimal(1))


def lifts(policy: Policy, facts: KnownFacts) -> tuple[Lift, ...]:
    """The single facts that would each make a better grade, each with its smallest such change; best grade first."""
    found = _lifts(in_doubt(policy, facts), facts)
    # A doubt is cleared by clearing up what contradicts, not by a better answer.
    return tuple(lift for lift in found if lift.fact != DOUBT)


def _lifts(policy: Policy, facts: KnownFacts) -> tuple[Lift, ...]:
    match policy.method:
        case Criteria():
            return lifts_by_criteria(policy, facts)
        case ScorecardPlan() if rate_by_card(policy, facts).ratable:
            return lifts_by_score(policy.card(facts), facts)
        case ThreeTier():
            return lifts_by_tiers(policy, facts)
        case _:
            return ()


def grade_only(policy: Policy) -> Grader:
    """A function for the grades of many customers: those that `rate` gives, without the explanation."""
    grade = _grader(policy)
    return lambda facts: rate(policy, facts).grade if DOUBT in facts else grade(facts)


def _grader(policy: Policy) -> Grader:
    match policy.method:
        case Criteria():
            return lambda facts: grade_by_criteria(policy, facts)
        case ScorecardPlan():
            return _by_card(policy)
        case ThreeTier():
            return lambda facts: grade_by_tiers(policy, facts)
        case None:
            return lambda _facts: None


def _by_card(policy: Policy) -> Grader:
    """By the card of each customer's industry and size, each made ready once."""
    assert isinstance(policy.method, ScorecardPlan)
    if policy.unset:
        return lambda _facts: None
    if policy.method.standards is None:  # one card for everybody: nothing to look up for each
        return grader(policy.card({}))
    ready: dict[int, Grader] = {}

    def grade(facts: KnownFacts) -> str | None:
        try:
            card = policy.card(facts)
        except NotYetSet:
            return None
        if id(card) not in ready:
            ready[id(card)] = grader(card)
        return ready[id(card)](facts)

    return grade
