"""Rating by the three-tier method (B11): ratios scored and modified, the experts' review, told as every rating is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext

from core.rules.policy.gates import AppliedGate, applied, gated, refused_by
from core.rules.policy.parameters import number
from core.rules.policy.policy import Policy
from core.rules.precision import WORKING, rounded
from core.rules.rating.efficacy import PartsScored, score
from core.rules.rating.efficacy_score import BasicScore, EfficacyScore, ModifyingScore, PartScore
from core.rules.rating.efficacy_tables import ReviewIndicator
from core.rules.rating.expert_sheets import ReviewScore, Sheet, combined, review
from core.rules.rating.rating import Item, NotRated, Rating
from core.rules.rating.reading import KnownFacts, Reading, plain_facts, reading_of
from core.rules.rating.scorecard import POINTS
from core.rules.rating.standards import Placing, Standards
from core.rules.rating.telling import by_loss, gate_items, input_of, share, unknown_facts
from core.rules.rating.three_tier import SHEETS, ThreeTier

_FULL = Decimal(100)
_PLACES = 4


@dataclass(frozen=True, slots=True)
class _Found:
    """Both tiers of scores, and the whole where there is one."""

    ratios: EfficacyScore
    reviewed: ReviewScore | None
    score: Decimal | None
    not_rated: tuple[NotRated, ...]
    held: tuple[AppliedGate, ...] = field(default=())


@dataclass(slots=True)
class Workings:
    """What is worked out once where one ratio after another is tried: parts as they were scored, the experts' review."""

    parts: PartsScored = field(default_factory=dict)
    reviewed: ReviewScore | None = None
    with_review: bool = False


def rate_by_tiers(policy: Policy, facts: KnownFacts) -> Rating:
    """The score and grade of these facts by efficacy coefficients and review."""
    assert isinstance(policy.method, ThreeTier)
    standards = policy.standards(facts)
    found = _found(policy, policy.method, facts, Workings())
    items = tuple(_items(policy.method, standards, found))
    unknown = unknown_facts(policy, facts)
    gates = gate_items(found.held, facts)
    known = share(len(policy.fact_keys) - len(unknown), len(policy.fact_keys))
    if found.score is None or found.not_rated:
        return Rating(None, items, gates, unknown, known, gates=found.held, not_rated=found.not_rated)
    place = _place(policy, found.score)
    grade = gated(policy.codes, place, found.held)
    return Rating(
        grade=policy.codes[grade],
        items=items,
        reasons=by_loss(items) if grade == place else (*gates, *by_loss(items)),
        unknown=unknown,
        completeness=known,
        score=found.score,
        scored_grade=policy.codes[place],
        gates=found.held,
    )


def grade_by_tiers(policy: Policy, facts: KnownFacts, workings: Workings | None = None) -> str | None:
    """The grade alone, as `rate_by_tiers` gives it; the workings are of the same policy and the same experts' sheets."""
    assert isinstance(policy.method, ThreeTier)
    found = _found(policy, policy.method, facts, workings or Workings())
    if found.score is None or found.not_rated:
        return None
    return policy.codes[gated(policy.codes, _place(policy, found.score), found.held)]


def _found(policy: Policy, method: ThreeTier, facts: KnownFacts, workings: Workings) -> _Found:
    readings = {ratio: reading_of(facts.get(ratio)) for ratio in method.ratios()}
    ratios = score(policy.tiers(facts), readings, workings.parts)
    if not workings.with_review:
        workings.reviewed, workings.with_review = _reviewed(policy, method, facts), True
    reviewed = workings.reviewed
    held = applied(policy.bound_gates, plain_facts(facts) | _points(ratios))
    not_rated = (
        *(NotRated("unset", key) for key in policy.unset),
        *(NotRated(each.reason, each.of, each.share) for each in ratios.not_scored),
        *(NotRated(each.reason, each.of) for each in (reviewed.not_reviewed if reviewed else ())),
        *(NotRated("gate", gate.key) for gate in refused_by(held)),
    )
    whole = None
    if ratios.score is not None and reviewed is None:
        whole = ratios.score
    elif ratios.score is not None and reviewed is not None and reviewed.score is not None:
        whole = combined(ratios.score, reviewed.score, method.review_share)
    return _Found(ratios, reviewed, whole, not_rated, held)


def _reviewed(policy: Policy, method: ThreeTier, facts: KnownFacts) -> ReviewScore | None:
    """The review; None where it has no share in the score."""
    fewest = number(method.fewest_experts, policy.values)
    if not method.review_share or fewest is None:
        return None
    given = facts.get(SHEETS)
    sheets = [each for each in given if isinstance(each, Sheet)] if isinstance(given, tuple) else []
    return review({each.key: each.weight for each in method.tables.review}, sheets, int(fewest))


def _points(ratios: EfficacyScore) -> dict[str, Decimal]:
    """The points of the basic ratios, of 100, for gates that ask for them."""
    basic = (each for part in ratios.parts for each in part.basic)
    return {POINTS + each.key: each.placing.coefficient * _FULL for each in basic if each.placing is not None}


def _place(policy: Policy, found: Decimal) -> int:
    bounds = [number(grade.at_least, policy.values) for grade in policy.grades]
    return next(at for at, least in enumerate(bounds) if least is not None and found >= least)


def _items(method: ThreeTier, standards: Mapping[str, Standards], found: _Found) -> Iterator[Item]:
    """Every ratio and every review indicator with its part in the whole score, so that the parts add up to it.

    Of a part that too little is known of the ratios are told as they are, each with its own weight.
    """
    whole = sum((part.weight for part in method.tables.parts), Decimal(0))
    of_ratios = (1 - method.review_share if found.reviewed is not None else Decimal(1)) * _FULL / whole
    for part in found.ratios.parts:
        scored = (each.weight for each in part.basic if each.score is not None or part.score is None)
        covered = sum(scored, Decimal(0))
        for basic in part.basic:
            yield _basic(method, part, basic, part.weight / covered * of_ratios, standards)
        known = sum((each.weight for each in part.modifying if each.coefficient is not None), Decimal(0))
        for modifying in part.modifying:
            worth = (part.basic_score or Decimal(0)) * of_ratios / known if known else Decimal(0)
            yield _modifying(method, part, modifying, worth, standards)
    if found.reviewed is not None:
        marked = {each.key: each.points for each in found.reviewed.items}
        for indicator in method.tables.review:
            yield _review_item(method, indicator, marked.get(indicator.key))


def _review_item(method: ThreeTier, indicator: ReviewIndicator, points: Decimal | None) -> Item:
    """What the experts gave for an indicator; without a review what it would have counted for."""
    return Item(
        indicator.key,
        indicator.title,
        method.article,
        (),
        points=None if points is None else rounded(points / indicator.weight * _FULL, 2),
        weight=rounded(indicator.weight * method.review_share, _PLACES),
        contribution=rounded((points or Decimal(0)) * method.review_share, _PLACES),
    )


def _basic(
    method: ThreeTier, part: PartScore, each: BasicScore, scale: Decimal, standards: Mapping[str, Standards]
) -> Item:
    placing = each.placing
    with localcontext(WORKING):
        worth = Decimal(0) if placing is None else each.weight * scale
        return _told(
            method,
            part,
            each.key,
            each.reading,
            _band(placing, standards.get(each.key)),
            None if placing is None else rounded(placing.coefficient * _FULL, 2),
            worth,
            Decimal(0) if placing is None else worth * placing.coefficient,
        )


def _modifying(
    method: ThreeTier,
    part: PartScore,
    each: ModifyingScore,
    worth: Decimal,
    standards: Mapping[str, Standards],
) -> Item:
    placing = each.placing
    with localcontext(WORKING):
        added = Decimal(0) if each.coefficient is None else worth * each.weight * (each.coefficient - 1)
        return _told(
            method,
            part,
            each.key,
            each.reading,
            _band(placing, standards.get(each.key)),
            None if placing is None else rounded(placing.coefficient * _FULL, 2),
            Decimal(0),
            added,
        )


def _told(
    method: ThreeTier,
    part: PartScore,
    key: str,
    reading: Reading,
    band: str | None,
    points: Decimal | None,
    weight: Decimal,
    contribution: Decimal,
) -> Item:
    return Item(
        key=key,
        title=method.titles[key],
        article=method.article,
        inputs=(input_of(key, reading),),
        group=method.tables.titles[part.key],
        band=band,
        points=points,
        weight=rounded(weight, _PLACES),
        contribution=rounded(contribution, _PLACES),
        flags=() if reading.reason is None else (reading.reason,),
    )


def _band(placing: Placing | None, standards: Standards | None) -> str | None:
    """The two standard values that the figure is between, as printed."""
    if placing is None or standards is None:
        return None
    return standards.between(placing.level)
