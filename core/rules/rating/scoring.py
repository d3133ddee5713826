"""Rating by a scorecard (2.1-2.4): the score, every indicator's part in it, and what gates made of it."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from core.rules.money import Money
from core.rules.policy.gates import AppliedGate, applied, gated, refused_by
from core.rules.rating.indicators import Missing
from core.rules.rating.lanes import Lane, Row, ScoredPart, shown
from core.rules.rating.rating import NotRated
from core.rules.rating.reading import KnownFacts, KnownValue, Reading, Standing, plain_facts
from core.rules.rating.scorecard import POINTS, Scorecard

_CENT = Decimal("0.01")


class ScoredItem(NamedTuple):
    """One indicator: the value it had, and its part in the score."""

    value: KnownValue
    part: ScoredPart


_ITEM: Callable[[tuple[KnownValue, ScoredPart]], ScoredItem] = partial(tuple.__new__, ScoredItem)
"""An item from a value and a part, without a call of Python for each of millions."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """A score and a grade with all that made them; without a grade when the card could not rate."""

    items: tuple[ScoredItem, ...] = ()
    """Every indicator in the order of the card; none while something is unset."""
    score: Decimal | None = None
    """0 to 100, rounded half up to a hundredth; the grade is read from the rounded score that is shown."""
    grade: str | None = None
    scored_grade: str | None = None
    """The grade that the score alone would give."""
    applied: tuple[AppliedGate, ...] = ()
    not_rated: tuple[NotRated, ...] = field(default=())

    @property
    def ratable(self) -> bool:
        """Whether there is a grade."""
        return self.grade is not None

    def main_reasons(self, count: int = 2) -> tuple[ScoredItem, ...]:
        """The indicators that cost the most points."""
        by_loss = sorted(self.items, key=_gain)
        return tuple(item for item in by_loss if _gain(item) < 0)[:count]


def assess(card: Scorecard, facts: KnownFacts) -> Assessment:
    """The score and grade of these facts. Answers that a list does not have are a `KeyError`."""
    if card.unset:
        return Assessment(not_rated=tuple(NotRated("unset", each) for each in card.unset))
    items: list[ScoredItem] = []
    refused: list[NotRated] = []
    exact: int | Fraction = 0
    for rows in card.panels:
        scored, worth, objections = _panel(card, rows, facts)
        items += scored
        exact += worth
        refused += objections
    held = _applied(card, facts, items) if card.gates else ()
    refused += [NotRated("gate", gate.key) for gate in refused_by(held)]
    if refused:
        return Assessment(tuple(items), applied=held, not_rated=tuple(refused))
    # In hundredths of a point: summed exactly, then rounded once, half up.
    score = int((200 * exact + card.worth_unit) // (2 * card.worth_unit))
    scored_place = next(at for at, least in enumerate(card.cutoff_hundredths) if score >= least)
    return Assessment(
        tuple(items),
        score=Decimal(score).scaleb(-2),
        grade=card.grades[gated(card.grades, scored_place, held) if held else scored_place],
        scored_grade=card.grades[scored_place],
        applied=held,
    )


def completeness(card: Scorecard, found: Assessment) -> Decimal:
    """The share of the card's weight whose figures are known, 0 to 1, rounded down to a hundredth."""
    known = [item.part.indicator for item in found.items if item.part.known]
    return _share(sum((card.shares[key] for key in known), Fraction(0)) / 100)


def _panel(
    card: Scorecard, rows: Sequence[Row], facts: KnownFacts
) -> tuple[list[ScoredItem], int | Fraction, Sequence[NotRated]]:
    """A group's items and worth. The one loop that runs for each indicator of each customer: no step too many."""
    values: list[KnownValue] = []
    found: list[ScoredPart] = []
    worth = 0
    complete = True
    for key, starts, parts, lane in rows:
        value = facts.get(key)
        if starts is not None and type(value) is Decimal:
            part = parts[bisect_right(starts, value)]
        else:
            part = part_of(lane, value)
            complete = complete and part.known
        values.append(value)
        found.append(part)
        worth += part.worth
    items = list(map(_ITEM, zip(values, found, strict=True)))
    if complete:
        return items, worth, ()
    return _redistributed(card, [row.lane for row in rows], items, worth)


def part_of(lane: Lane, value: KnownValue) -> ScoredPart:
    """Whatever is not a plain number on bands without a slope."""
    scale = lane.indicator.scale
    if lane.places is not None and isinstance(value, str | bool):
        return lane.parts[lane.places[value]]
    if isinstance(value, Reading):
        if value.value is None and value.standing is not Standing.MISSING:
            return lane.part(scale.extreme(value.standing), None)
        value = value.value
    if value is None:
        return lane.absent
    if isinstance(value, Money):
        value = value.amount
    if isinstance(value, bool) or not isinstance(value, Decimal | int) or lane.starts is None:
        raise TypeError(f"{lane.indicator.key}: {value!r} is no number")
    place = bisect_right(lane.starts, value)
    slope = lane.slopes[place]
    return lane.parts[place] if slope is None else lane.on_slope(place, slope.hundredths(value))


def _redistributed(
    card: Scorecard, lanes: Sequence[Lane], items: list[ScoredItem], worth: int
) -> tuple[list[ScoredItem], int | Fraction, Sequence[NotRated]]:
    """A group with something missing: each indicator's own way with it, within the group's coverage."""
    dropped = [
        not item.part.known and lane.indicator.missing is Missing.REDISTRIBUTE
        for lane, item in zip(lanes, items, strict=True)
    ]
    refused = [
        NotRated("figure_missing", lane.indicator.key)
        for lane, item in zip(lanes, items, strict=True)
        if not item.part.known and lane.indicator.missing is Missing.REFUSE
    ]
    whole = sum(lane.share for lane in lanes)
    scored = whole - sum(lane.share for lane, without in zip(lanes, dropped, strict=True) if without)
    group = lanes[0].group
    if Fraction(scored, whole) < Fraction(group.min_coverage):
        refused.append(NotRated("coverage_too_low", group.key, _share(Fraction(scored, whole))))
        return items, worth, refused
    parts = [
        _weighted(card, lane, item.part, without, whole, scored)
        for item, without, lane in zip(items, dropped, lanes, strict=True)
    ]
    values = (item.value for item in items)
    return list(map(ScoredItem, values, parts)), Fraction(worth * whole, scored), refused


def _weighted(
    card: Scorecard, lane: Lane, part: ScoredPart, without: bool, whole: int, scored: int
) -> ScoredPart:
    """The part with its share of what the missing ones leave: times the whole over what is scored."""
    if without:
        return replace(part, points=None, weight=Decimal(0))
    return replace(
        part,
        weight=shown(lane.share * whole, card.share_unit * scored),
        contribution=shown(part.worth * whole, card.worth_unit * scored),
    )


def _applied(card: Scorecard, facts: KnownFacts, items: Sequence[ScoredItem]) -> tuple[AppliedGate, ...]:
    known = plain_facts(facts)
    for item in items:
        known[POINTS + item.part.indicator] = item.part.points if item.part.known else None
    return applied(card.gates, known)


def _gain(item: ScoredItem) -> Decimal:
    return item.part.contribution - item.part.weight


def _share(exact: Fraction) -> Decimal:
    return (Decimal(exact.numerator) / exact.denominator).quantize(_CENT, ROUND_DOWN)
