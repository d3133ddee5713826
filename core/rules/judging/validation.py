"""How well grades have told good customers from bad ones, with how sure that is (2.9): figures to judge a policy by.

A customer was *bad* when what is looked for happened within the time looked at. Grades are in the order of their policy,
best first. Counts are exact, figures are told to four decimals; nothing here decides on anybody.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import groupby, pairwise
from math import log, sqrt
from operator import itemgetter
from typing import Any

from core.rules.judging.probability import Interval, chi_square_above, exact_interval, root, share_of

FEWEST_RATED = 100
"""Below this many customers no figure says much."""
FEWEST_BAD = 50
"""Below this many bad ones two policies cannot be told apart by their AUC."""
FEWEST_IN_GRADE = 20
"""Below this many in a grade its rate is a matter of luck."""
TOLERANCE = Decimal("0.01")
"""By so much a better grade may do worse than the next before it is told."""
_NORMAL = 1.959963984540054
"""The normal distribution's two-sided 95 %."""


@dataclass(frozen=True, slots=True)
class DefaultRate:
    """How many of a grade went bad."""

    grade: str
    rated: int
    bad: int
    rate: Decimal | None
    """None where nobody had the grade."""
    interval: Interval | None
    """Exact, at 95 %."""


@dataclass(frozen=True, slots=True)
class Discrimination:
    """How well an order of customers tells good from bad."""

    good: int
    bad: int
    auc: Decimal
    """The chance that a good customer stands above a bad one, ties counted half; 0.5 is no better than chance."""
    interval: Interval
    """At 95 %, by Newcombe's fifth method, which holds for small numbers and near 1."""
    ks: Decimal
    """The largest difference between the shares of bad and of good customers at or below any score."""

    @property
    def gini(self) -> Decimal:
        """The accuracy ratio, 2 AUC - 1."""
        return 2 * self.auc - 1


class Shift(StrEnum):
    """What a stability index says by the customary bounds of 0.10 and 0.25, which do not ask how many there are."""

    STABLE = "stable"
    WATCH = "watch"
    ACT = "act"


@dataclass(frozen=True, slots=True)
class Stability:
    """Whether customers spread over the grades as they did (population stability index)."""

    psi: Decimal
    p_value: Decimal
    """How likely a shift of at least this size is by chance alone, with so many customers."""

    @property
    def reading(self) -> Shift:
        """By the customary bounds."""
        if self.psi < Decimal("0.10"):
            return Shift.STABLE
        return Shift.WATCH if self.psi <= Decimal("0.25") else Shift.ACT


@dataclass(frozen=True, slots=True)
class Concentration:
    """How customers crowd in grades."""

    hhi: Decimal
    """The sum of squared shares (Herfindahl-Hirschman): 1 is everybody in one grade."""
    largest: str
    share: Decimal

    @property
    def crowded(self) -> bool:
        """More than half of all have one grade."""
        return self.share > Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Reversal:
    """A better grade whose customers went bad more often than those of the next."""

    better: str
    worse: str
    by: Decimal
    certain: bool
    """Their intervals do not even touch."""


@dataclass(frozen=True, slots=True)
class Overrides:
    """How often people put another grade in the place of the policy's."""

    rated: int
    up: int
    down: int

    @property
    def rate(self) -> Decimal | None:
        """The share of all; None where nobody was rated."""
        return share_of((self.up + self.down) / self.rated) if self.rated else None


class Lack(StrEnum):
    """What there is too little of to rely on the figures."""

    RATED = "rated"
    BAD = "bad"
    NO_BAD = "no_bad"
    NO_GOOD = "no_good"
    IN_GRADE = "in_grade"


@dataclass(frozen=True, slots=True)
class Shortage:
    """So many where there should be ``fewest`` at least; of a grade, where that is what is short."""

    lack: Lack
    count: int
    fewest: int
    grade: str = ""


def default_rates(outcomes: Iterable[tuple[str, bool]], grades: Sequence[str]) -> tuple[DefaultRate, ...]:
    """Of (grade, went bad): the rate of each grade, those that nobody had among them."""
    counted = Counter(outcomes)
    return tuple(_default_rate(grade, counted[grade, False], counted[grade, True]) for grade in grades)


def _default_rate(grade: str, good: int, bad: int) -> DefaultRate:
    rated = good + bad
    rate = share_of(bad / rated) if rated else None
    return DefaultRate(grade, rated, bad, rate, exact_interval(bad, rated))


def discrimination(scored: Iterable[tuple[Any, bool]]) -> Discrimination | None:
    """Of (score, went bad), a higher score being better: AUC and KS. None while all went well, or all went bad."""
    ordered = sorted(scored, key=itemgetter(0))
    bad = sum(went_bad for _, went_bad in ordered)
    good = len(ordered) - bad
    if not good or not bad:
        return None
    bad_so_far = good_so_far = wins = furthest = 0
    for _, tied in groupby(ordered, key=itemgetter(0)):
        went_bad = [lost for _, lost in tied]
        here_bad, here_good = sum(went_bad), len(went_bad) - sum(went_bad)
        wins += here_good * (2 * bad_so_far + here_bad)
        bad_so_far += here_bad
        good_so_far += here_good
        furthest = max(furthest, bad_so_far * good - good_so_far * bad)
    pairs = good * bad
    auc = Fraction(wins, 2 * pairs)
    return Discrimination(
        good, bad, share_of(float(auc)), _auc_interval(float(auc), good, bad), share_of(furthest / pairs)
    )


def _auc_interval(auc: float, good: int, bad: int) -> Interval:
    """The AUCs that lie no further from the one seen than their own spread allows."""
    half = (good + bad) / 2 - 1

    def distance(true: float) -> float:
        spread = true * (1 - true) * (1 + half * (1 - true) / (2 - true) + half * true / (1 + true))
        return _NORMAL * sqrt(spread / (good * bad))

    low = 0.0 if auc == 0 else root(lambda true: true - auc + distance(true), 0.0, auc)
    high = 1.0 if auc == 1 else root(lambda true: true - auc - distance(true), auc, 1.0)
    return Interval(share_of(low), share_of(high))


def stability(expected: Sequence[int], actual: Sequence[int]) -> Stability | None:
    """How two counts over the same classes differ; None where either has nobody, or there is one class only.

    A class empty on both sides is left out. Where one is empty on one side, half a customer is counted into each, so
    that a shift out of nothing is large and not infinite. The p-value is chi-square's with one degree less than classes.
    """
    classes = [pair for pair in zip(expected, actual, strict=True) if any(pair)]
    if not sum(expected) or not sum(actual) or len(classes) < 2:
        return None
    more = 0.5 if any(0 in pair for pair in classes) else 0.0
    before, after = (sum(side) + more * len(classes) for side in zip(*classes, strict=True))
    shares = [((was + more) / before, (now + more) / after) for was, now in classes]
    psi = sum((now - was) * log(now / was) for was, now in shares)
    statistic = psi * before * after / (before + after)
    return Stability(share_of(psi), share_of(chi_square_above(statistic, len(classes) - 1)))


def concentration(counts: Sequence[tuple[str, int]]) -> Concentration | None:
    """Of (grade, customers): how they crowd; None where there are none."""
    total = sum(count for _, count in counts)
    if not total:
        return None
    squared = sum(Fraction(count, total) ** 2 for _, count in counts)
    grade, most = max(counts, key=itemgetter(1))
    return Concentration(share_of(float(squared)), grade, share_of(most / total))


def reversals(rates: Sequence[DefaultRate], tolerance: Decimal = TOLERANCE) -> tuple[Reversal, ...]:
    """Where a better grade did worse than the next that anybody had, by more than the tolerance."""
    known = [(each, each.rate, each.interval) for each in rates if each.rate is not None and each.interval]
    return tuple(
        Reversal(better.grade, worse.grade, high - low, certain=not wide.overlaps(narrow))
        for (better, high, wide), (worse, low, narrow) in pairwise(known)
        if high - low > tolerance
    )


def overrides(given: Iterable[tuple[str, str]], grades: Sequence[str]) -> Overrides:
    """Of (the policy's grade, the grade put in force): how many were raised and lowered."""
    steps = Counter(
        (grades.index(policy) > grades.index(put)) - (grades.index(policy) < grades.index(put))
        for policy, put in given
    )
    return Overrides(steps.total(), up=steps[1], down=steps[-1])


def shortages(rates: Sequence[DefaultRate]) -> tuple[Shortage, ...]:
    """What there is too little of, the most telling first; a grade that nobody had is no shortage."""
    rated, bad = sum(each.rated for each in rates), sum(each.bad for each in rates)
    found = []
    if rated < FEWEST_RATED:
        found.append(Shortage(Lack.RATED, rated, FEWEST_RATED))
    if not rated:
        return tuple(found)
    if not bad:
        found.append(Shortage(Lack.NO_BAD, 0, FEWEST_BAD))
    elif bad == rated:
        found.append(Shortage(Lack.NO_GOOD, 0, 1))
    elif bad < FEWEST_BAD:
        found.append(Shortage(Lack.BAD, bad, FEWEST_BAD))
    found += [
        Shortage(Lack.IN_GRADE, each.rated, FEWEST_IN_GRADE, each.grade)
        for each in rates
        if 0 < each.rated < FEWEST_IN_GRADE
    ]
    return tuple(found)
