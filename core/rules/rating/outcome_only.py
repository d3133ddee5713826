"""The outcomes of many customers: those of `rate`, without the titles, articles and inputs that tell them to people."""

from collections.abc import Callable, Sequence
from operator import itemgetter

from core.rules.policy.policy import Policy
from core.rules.rating.assess import rate
from core.rules.rating.doubt import DOUBT
from core.rules.rating.outcome import Outcome, rating_outcome
from core.rules.rating.reading import KnownFacts
from core.rules.rating.scorecard_plan import NotYetSet, ScorecardPlan
from core.rules.rating.scoring import Assessment, ScoredItem, assess

OutcomeOf = Callable[[KnownFacts], Outcome]


def outcome_only(policy: Policy) -> OutcomeOf:
    """A function for the outcomes of many customers: those that `rating_outcome` makes of `rate`."""
    if not isinstance(policy.method, ScorecardPlan) or policy.unset:
        return lambda facts: rating_outcome(rate(policy, facts))

    def by_card(facts: KnownFacts) -> Outcome:
        if DOUBT in facts:
            return rating_outcome(rate(policy, facts))
        try:
            card = policy.card(facts)
        except NotYetSet:
            return rating_outcome(rate(policy, facts))
        return _card_outcome(assess(card, facts))

    return by_card


def _card_outcome(found: Assessment) -> Outcome:
    gates = [each.gate.key for each in found.applied]
    decided_by_gate = found.grade != found.scored_grade or found.grade is None
    return {
        "grade": found.grade,
        "score": found.score,
        "scored_grade": found.scored_grade,
        "gates": gates,
        "reasons": [*gates, *_by_loss(found.items)] if decided_by_gate else _by_loss(found.items),
        "not_rated": [[each.reason, each.of] for each in found.not_rated],
        "items": {part.indicator: (None, part.points, part.contribution) for _, part in found.items},
    }


def _by_loss(items: Sequence[ScoredItem]) -> list[str]:
    """The indicators that cost points, the most costly first."""
    losses = [(part.weight - part.contribution, part.indicator) for _, part in items]
    return [key for loss, key in sorted(losses, key=itemgetter(0), reverse=True) if loss > 0]
