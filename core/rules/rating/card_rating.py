"""Rating by a scorecard: the assessment of its engine, told as every rating is."""

from decimal import Decimal

from core.rules.policy.policy import Policy
from core.rules.rating.rating import Item, NotRated, Rating
from core.rules.rating.reading import KnownFacts
from core.rules.rating.scales import Band
from core.rules.rating.scorecard_plan import GroupPlan, IndicatorPlan, ScorecardPlan
from core.rules.rating.scoring import Assessment, ScoredItem, assess, completeness
from core.rules.rating.telling import by_loss, gate_items, input_of, unknown_facts


def rate_by_card(policy: Policy, facts: KnownFacts) -> Rating:
    """The score and grade of these facts under a policy's scorecard."""
    assert isinstance(policy.method, ScorecardPlan)
    unknown = unknown_facts(policy, facts)
    unset = (*policy.unset, *policy.method.without_standards(policy.standards(facts)))
    if unset:
        return Rating(
            None, (), (), unknown, Decimal(0), not_rated=tuple(NotRated("unset", key) for key in unset)
        )
    card = policy.card(facts)
    found = assess(card, facts)
    items = _items(policy.method, found)
    gates = gate_items(found.applied, facts)
    decided_by_gate = found.grade != found.scored_grade or found.grade is None
    return Rating(
        grade=found.grade,
        items=items,
        reasons=(*gates, *by_loss(items)) if decided_by_gate else by_loss(items),
        unknown=unknown,
        completeness=completeness(card, found),
        score=found.score,
        scored_grade=found.scored_grade,
        gates=found.applied,
        not_rated=found.not_rated,
    )


def _items(plan: ScorecardPlan, found: Assessment) -> tuple[Item, ...]:
    plans = [(group, indicator) for group in plan.groups for indicator in group.indicators]
    return tuple(
        _item(group, indicator, scored) for (group, indicator), scored in zip(plans, found.items, strict=True)
    )


def _item(group: GroupPlan, indicator: IndicatorPlan, scored: ScoredItem) -> Item:
    part = scored.part
    read = input_of(indicator.fact, scored.value)
    return Item(
        key=indicator.fact,
        title=indicator.title,
        article=indicator.article,
        inputs=(read,),
        group=group.title,
        band=shown(part.band) if isinstance(part.band, Band) else None,
        points=part.points,
        weight=part.weight,
        contribution=part.contribution,
        flags=() if read.reason is None else (read.reason,),
    )


def shown(band: Band) -> str:
    """A band as people write it: ``48–58.9``, ``< 48``, ``≥ 96.6``."""
    if band.low is None and band.high is None:
        return "–"
    if band.low is None:
        return f"{'≤' if band.high_included else '<'} {band.high}"
    if band.high is None:
        return f"{'≥' if band.low_included else '>'} {band.low}"
    return f"{band.low}–{band.high}"
