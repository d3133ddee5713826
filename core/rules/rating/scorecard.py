"""A weighted scorecard (2.1): groups of indicators, cut-offs and gates, checked when made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import lcm

from core.rules.policy.conditions import leaf_tests
from core.rules.policy.gates import Effect, Gate
from core.rules.rating.indicators import Group, Indicator
from core.rules.rating.lanes import HUNDREDTHS, Row, hundredths, lane_of, row_of

_FULL = Decimal(100)
POINTS = "points."
"""A gate may test an indicator's points as the fact of this name and the indicator's key."""


class ScorecardError(ValueError):
    """A scorecard that could not be right whatever the facts; `problem` is what is wrong, `at` where.

    Problems: ``indicator_twice``, ``weights_not_100``, ``weight_not_positive``, ``points_out_of_range``,
    ``coverage_out_of_range``, ``cutoffs_not_falling``, ``last_cutoff_not_zero``, ``too_precise``,
    ``grade_twice``, ``grade_unreachable``, ``unknown_grade``, ``unknown_indicator``, ``no_notches`` and
    ``indicators_missing``.
    """

    def __init__(self, problem: str, at: str) -> None:
        super().__init__(f"{problem}: {at}")
        self.problem = problem
        self.at = at


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A grade, and the least score for it, that score included; None is the company's to set."""

    grade: str
    at_least: Decimal | None


@dataclass(frozen=True)
class Scorecard:
    """A scorecard whose weights add up, whose grades can all be reached; made otherwise, `ScorecardError`."""

    groups: tuple[Group, ...]
    cutoffs: tuple[Cutoff, ...]
    """Best grade first; the last has a least score of 0."""
    gates: tuple[Gate, ...] = ()

    def __post_init__(self) -> None:
        _check_indicators(self)
        _check_weights(self)
        _check_cutoffs(self)
        for gate in self.gates:
            _check_gate(self, gate)

    def indicators(self) -> Iterator[Indicator]:
        """Every indicator, in the order of the groups."""
        for group in self.groups:
            yield from group.indicators

    @cached_property
    def grades(self) -> tuple[str, ...]:
        """The grades, best first."""
        return tuple(cutoff.grade for cutoff in self.cutoffs)

    @cached_property
    def unset(self) -> tuple[str, ...]:
        """What the company has to set before anybody is rated: keys of groups, indicators, grades, gates."""
        return (
            *(group.key for group in self.groups if group.weight is None),
            *(indicator.key for indicator in self.indicators() if indicator.weight is None),
            *(cutoff.grade for cutoff in self.cutoffs if cutoff.at_least is None),
            *(gate.key for gate in self.gates if any(test.value is None for test in leaf_tests(gate.when))),
        )

    @cached_property
    def shares(self) -> Mapping[str, Fraction]:
        """The most that each indicator can add to the score, by key; nothing while a weight is unset."""
        return {
            indicator.key: Fraction(group.weight) * Fraction(indicator.weight) / _weight_of(group)
            for group in self.groups
            for indicator in group.indicators
            if group.weight is not None and indicator.weight is not None
        }

    @cached_property
    def share_unit(self) -> int:
        """The unit in which every indicator's share is a whole number."""
        return lcm(*(share.denominator for share in self.shares.values()))

    @cached_property
    def worth_unit(self) -> int:
        """The unit in which every share times any points, at most 100 to the hundredth, is a whole number."""
        return self.share_unit * HUNDREDTHS * int(_FULL)

    @cached_property
    def panels(self) -> tuple[tuple[Row, ...], ...]:
        """The indicators of each group made ready, once per scorecard."""
        return tuple(tuple(self._row(group, each) for each in group.indicators) for group in self.groups)

    def _row(self, group: Group, indicator: Indicator) -> Row:
        share = int(self.shares[indicator.key] * self.share_unit)
        return row_of(
            lane_of(group, indicator, share=share, share_unit=self.share_unit, worth_unit=self.worth_unit)
        )

    @cached_property
    def cutoff_hundredths(self) -> tuple[int, ...]:
        """The cut-offs in hundredths of a point, best grade first."""
        return tuple(hundredths(cutoff.at_least) for cutoff in self.cutoffs if cutoff.at_least is not None)


def _weight_of(group: Group) -> Fraction:
    return sum((Fraction(each.weight) for each in group.indicators if each.weight is not None), Fraction(0))


def _check_indicators(card: Scorecard) -> None:
    seen: set[str] = set()
    for indicator in card.indicators():
        if indicator.key in seen:
            raise ScorecardError("indicator_twice", indicator.key)
        seen.add(indicator.key)
        if indicator.scale.least < 0 or indicator.scale.most > _FULL:
            raise ScorecardError("points_out_of_range", indicator.key)
    for group in card.groups:
        if not group.indicators:
            raise ScorecardError("indicators_missing", group.key)
        if not 0 < group.min_coverage <= 1:
            raise ScorecardError("coverage_out_of_range", group.key)


def _check_weights(card: Scorecard) -> None:
    holders: tuple[Group | Indicator, ...] = (*card.groups, *card.indicators())
    for holder in holders:
        if holder.weight is not None and holder.weight <= 0:
            raise ScorecardError("weight_not_positive", holder.key)
    weights = [group.weight for group in card.groups if group.weight is not None]
    if len(weights) == len(card.groups) and sum(weights) != _FULL:
        raise ScorecardError("weights_not_100", str(sum(weights)))


def _check_cutoffs(card: Scorecard) -> None:
    if len(set(card.grades)) != len(card.grades):
        raise ScorecardError("grade_twice", ", ".join(card.grades))
    if not card.cutoffs or card.cutoffs[-1].at_least != 0:
        raise ScorecardError("last_cutoff_not_zero", card.grades[-1] if card.cutoffs else "")
    known = [(each.grade, each.at_least) for each in card.cutoffs if each.at_least is not None]
    for grade, at_least in known:
        if hundredths(at_least) != at_least * HUNDREDTHS:
            raise ScorecardError("too_precise", grade)
    for (_, better), (grade, at_least) in pairwise(known):
        if at_least >= better:
            raise ScorecardError("cutoffs_not_falling", grade)
    if card.unset:
        return
    highest = sum(card.shares[each.key] * Fraction(each.scale.most) / 100 for each in card.indicators())
    lowest = sum(card.shares[each.key] * Fraction(each.scale.least) / 100 for each in card.indicators())
    if highest < known[0][1]:
        raise ScorecardError("grade_unreachable", known[0][0])
    falls = any(gate.grade == known[-1][0] or gate.effect is Effect.DOWNGRADE for gate in card.gates)
    if len(known) > 1 and lowest >= known[-2][1] and not falls:
        raise ScorecardError("grade_unreachable", known[-1][0])


def _check_gate(card: Scorecard, gate: Gate) -> None:
    if gate.effect in (Effect.VETO, Effect.CAP) and gate.grade not in card.grades:
        raise ScorecardError("unknown_grade", gate.key)
    if gate.effect is Effect.DOWNGRADE and gate.notches < 1:
        raise ScorecardError("no_notches", gate.key)
    keys = {indicator.key for indicator in card.indicators()}
    for test in leaf_tests(gate.when):
        if test.fact.startswith(POINTS) and test.fact.removeprefix(POINTS) not in keys:
            raise ScorecardError("unknown_indicator", gate.key)
