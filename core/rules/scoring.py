"""Rating by a scorecard (2.1-2.4): the score, every indicator's part in it, and what gates made of it."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal, localcontext
from fractions import Fraction
from functools import cached_property

from core.rules.conditions import answer
from core.rules.policy import FactValue
from core.rules.precision import WORKING, rounded
from core.rules.rating import Answer
from core.rules.reading import Reading, Standing
from core.rules.scales import Band, Bands, Option, Options
from core.rules.scorecard import POINTS, Effect, Gate, Group, Indicator, Lane, Missing, Scorecard, hundredths

ScoredFact = FactValue | Reading
ScoredFacts = Mapping[str, ScoredFact]
"""Facts by key, ratios among them; None, absent, or a reading that is missing, is unknown."""

_MISSING = -1
_NO_NUMBER = -2
_PLACES = 4
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """One indicator's part in a score."""

    indicator: str
    group: str
    article: str
    value: ScoredFact
    band: Band | Option | None
    """None where there is no number to place."""
    points: Decimal | None
    """Of 100; None when the weight went to the others of the group."""
    weight: Decimal
    """Points of the score that it is worth at most, after redistribution; to four decimals."""
    contribution: Decimal
    """What it added to the score; to four decimals."""


@dataclass(frozen=True, slots=True)
class NotRated:
    """Why there is no grade: ``unset``, ``figure_missing``, ``coverage_too_low`` or ``gate``, and of what."""

    reason: str
    of: str
    share: Decimal | None = None
    """The part of a group's weight that is known, rounded down to a hundredth."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A gate that holds, or is not known and holds therefore."""

    gate: Gate
    answer: Answer


@dataclass(frozen=True)
class Assessment:
    """A score and a grade with all that made them; without a grade when the card could not rate.

    The parts in it are kept as they were placed and told in full on demand: `items`.
    """

    card: Scorecard
    values: tuple[ScoredFact, ...]
    """By indicator, in the order of the card."""
    places: tuple[int, ...] = ()
    """The band of each value; below zero where there was no number to place."""
    worths: tuple[int, ...] = ()
    score: Decimal | None = None
    """0 to 100, rounded half up to a hundredth; the grade is read from the rounded score that is shown."""
    grade: str | None = None
    scored_grade: str | None = None
    """The grade that the score alone would give."""
    applied: tuple[Applied, ...] = ()
    not_rated: tuple[NotRated, ...] = field(default=())

    @property
    def ratable(self) -> bool:
        """Whether there is a grade."""
        return self.grade is not None

    @cached_property
    def items(self) -> tuple[ScoredItem, ...]:
        """Every indicator's part, in the order of the card; none while something is unset."""
        if not self.places:
            return ()
        factors = _factors(self.card, self.places)
        with localcontext(WORKING):
            parts = zip(self.card.lanes, self.values, self.places, self.worths, strict=True)
            return tuple(_item(self.card, factors, *part) for part in parts)

    @cached_property
    def completeness(self) -> Decimal:
        """The share of the card's weight whose figures are known, 0 to 1, rounded down to a hundredth."""
        if not self.places:
            return Decimal(0)
        lanes = zip(self.card.lanes, self.places, strict=True)
        known = sum(lane.share for lane, place in lanes if place != _MISSING)
        return _share(known, sum(lane.share for lane in self.card.lanes))

    def main_reasons(self, count: int = 2) -> tuple[ScoredItem, ...]:
        """The indicators that cost the most points."""
        by_loss = sorted(self.items, key=lambda item: item.contribution - item.weight)
        return tuple(item for item in by_loss if item.contribution < item.weight)[:count]


def assess(card: Scorecard, facts: ScoredFacts) -> Assessment:
    """The score and grade of these facts. Options that a list does not have are a `KeyError`."""
    if card.unset:
        values = tuple(facts.get(each.key) for each in card.indicators())
        return Assessment(card, values, not_rated=tuple(NotRated("unset", each) for each in card.unset))
    values, places, worths = _placed(card, facts)
    refused = _refusals(card, places) if _MISSING in places else ()
    applied = _applied(card, facts, places, worths) if card.gates else ()
    refused += tuple(
        NotRated("gate", each.gate.key) for each in applied if each.gate.effect is Effect.NOT_RATED
    )
    if refused:
        return Assessment(card, values, places, worths, applied=applied, not_rated=refused)
    score = _score(card, places, worths)
    scored = next(at for at, least in enumerate(card.cutoff_hundredths) if score >= least)
    return Assessment(
        card,
        values,
        places,
        worths,
        score=Decimal(score).scaleb(-2),
        grade=card.grades[_gated(card, scored, applied) if applied else scored],
        scored_grade=card.grades[scored],
        applied=applied,
    )


def _placed(
    card: Scorecard, facts: ScoredFacts
) -> tuple[tuple[ScoredFact, ...], tuple[int, ...], tuple[int, ...]]:
    """Every value with its place and its worth. The one loop that runs for each indicator of each customer."""
    values: list[ScoredFact] = []
    places: list[int] = []
    worths: list[int] = []
    for lane in card.lanes:
        value = facts.get(lane.indicator.key)
        values.append(value)
        if lane.starts is not None and type(value) is Decimal:
            place = bisect_right(lane.starts, value)
            places.append(place)
            worths.append(lane.worths[place])
        else:
            place, worth = _place(lane, value)
            places.append(place)
            worths.append(worth)
    return tuple(values), tuple(places), tuple(worths)


def _place(lane: Lane, value: ScoredFact) -> tuple[int, int]:
    if isinstance(value, Reading):
        if value.standing is Standing.MISSING:
            return _MISSING, 0
        if value.value is None:
            scale = lane.indicator.scale
            points = scale.extreme(value.standing) if isinstance(scale, Bands) else Decimal(0)
            return _NO_NUMBER, lane.share * hundredths(points)
        value = value.value
    if value is None:
        return _MISSING, 0
    scale = lane.indicator.scale
    if isinstance(scale, Options):
        place = scale.place(value)
        return place, lane.worths[place]
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise TypeError(f"{lane.indicator.key}: {value!r} is no number")
    place = scale.place(value)
    return place, lane.share * hundredths(scale.points(place, value))


def _refusals(card: Scorecard, places: tuple[int, ...]) -> tuple[NotRated, ...]:
    missing = [lane for lane, place in zip(card.lanes, places, strict=True) if place == _MISSING]
    refused = [
        NotRated("figure_missing", lane.indicator.key)
        for lane in missing
        if lane.indicator.missing is Missing.REFUSE
    ]
    for group in card.groups:
        known, whole = _coverage(card, group, places)
        if Fraction(known, whole) < Fraction(group.min_coverage):
            refused.append(NotRated("coverage_too_low", group.key, _share(known, whole)))
    return tuple(refused)


def _coverage(card: Scorecard, group: Group, places: tuple[int, ...]) -> tuple[int, int]:
    """The weight of a group that is scored, known or counted as zero, and its whole weight."""
    lanes = [(lane, place) for lane, place in zip(card.lanes, places, strict=True) if lane.group is group]
    scored = sum(lane.share for lane, place in lanes if not _is_redistributed(lane.indicator, place))
    return scored, sum(lane.share for lane, _ in lanes)


def _is_redistributed(indicator: Indicator, place: int) -> bool:
    return place == _MISSING and indicator.missing is Missing.REDISTRIBUTE


def _factors(card: Scorecard, places: tuple[int, ...]) -> Mapping[str, Fraction]:
    """What each group's known weights are multiplied by, so that they make up for the unknown ones."""
    coverages = {group.key: _coverage(card, group, places) for group in card.groups}
    return {
        key: Fraction(whole, known) if known else Fraction(0) for key, (known, whole) in coverages.items()
    }


def _score(card: Scorecard, places: tuple[int, ...], worths: tuple[int, ...]) -> int:
    """The score in hundredths of a point: summed exactly, then rounded once, half up."""
    if _MISSING not in places:
        return (200 * sum(worths) + card.worth_unit) // (2 * card.worth_unit)
    factors = _factors(card, places)
    lanes = zip(card.lanes, worths, strict=True)
    exact = sum((worth * factors[lane.group.key] for lane, worth in lanes), Fraction(0))
    return int((200 * exact + card.worth_unit) // (2 * card.worth_unit))


def _applied(
    card: Scorecard, facts: ScoredFacts, places: tuple[int, ...], worths: tuple[int, ...]
) -> tuple[Applied, ...]:
    known: dict[str, FactValue] = {
        key: value.value if isinstance(value, Reading) else value for key, value in facts.items()
    }
    for lane, place, worth in zip(card.lanes, places, worths, strict=True):
        known[POINTS + lane.indicator.key] = None if place == _MISSING else _points(lane, worth)
    answers = [Applied(gate, answer(gate.when, known)) for gate in card.gates]
    return tuple(
        each
        for each in answers
        if each.answer is Answer.YES or (each.answer is Answer.UNKNOWN and each.gate.applies_if_unknown)
    )


def _gated(card: Scorecard, scored: int, applied: tuple[Applied, ...]) -> int:
    """The place of the grade after downgrades, caps and vetoes, in this order."""
    gates = [each.gate for each in applied]
    down = scored + sum(gate.notches for gate in gates if gate.effect is Effect.DOWNGRADE)
    caps = [card.grades.index(gate.grade) for gate in gates if gate.effect is Effect.CAP and gate.grade]
    vetoes = [card.grades.index(gate.grade) for gate in gates if gate.effect is Effect.VETO and gate.grade]
    return max(vetoes) if vetoes else max(min(down, len(card.grades) - 1), *caps, 0)


def _points(lane: Lane, worth: int) -> Decimal:
    return Decimal(worth // lane.share).scaleb(-2)


def _item(
    card: Scorecard, factors: Mapping[str, Fraction], lane: Lane, value: ScoredFact, place: int, worth: int
) -> ScoredItem:
    indicator, scale, factor = lane.indicator, lane.indicator.scale, factors[lane.group.key]
    placed: tuple[Band | Option, ...] = scale.bands if isinstance(scale, Bands) else scale.options
    dropped = _is_redistributed(indicator, place)
    return ScoredItem(
        indicator.key,
        lane.group.key,
        indicator.article,
        value,
        band=placed[place] if place >= 0 else None,
        points=None if dropped else _points(lane, worth),
        weight=_decimal(Fraction(0) if dropped else Fraction(lane.share, card.share_unit) * factor),
        contribution=_decimal(Fraction(worth, card.worth_unit) * factor),
    )


def _decimal(exact: Fraction) -> Decimal:
    return rounded(Decimal(exact.numerator) / exact.denominator, _PLACES)


def _share(part: int, whole: int) -> Decimal:
    return (Decimal(part) / whole).quantize(_CENT, ROUND_DOWN)
