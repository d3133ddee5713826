"""Scales of a scorecard: bands of a number or a list of answers, and the points of each."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import lcm

from core.rules.policy.facts import FactValue
from core.rules.precision import WORKING, rounded
from core.rules.rating.reading import Standing

_POINT_PLACES = 2


class ScaleError(ValueError):
    """A scale that would leave a value without points, or with two.

    `problem` is one of ``no_bands``, ``not_open_ended``, ``band_gap``, ``band_overlap``, ``band_upside_down``,
    ``open_ended_slope`` and ``too_precise`` (points finer than a hundredth); `at` is the place among the bands.
    """

    def __init__(self, problem: str, at: int) -> None:
        super().__init__(f"{problem} at {at}")
        self.problem = problem
        self.at = at


@dataclass(frozen=True, slots=True)
class Band:
    """From `low` up to but without `high`, unless said otherwise; None is no end.

    With `points_at_high` the points run in a straight line over the band.
    """

    low: Decimal | None
    high: Decimal | None
    points: Decimal
    points_at_high: Decimal | None = None
    low_included: bool = True
    high_included: bool = False


@dataclass(frozen=True, slots=True)
class Slope:
    """Points in a straight line over a band: hundredths = (rise × value + base) / run, all whole numbers."""

    rise: int
    base: int
    run: int

    def hundredths(self, value: Decimal | int) -> int:
        """The points of a value in hundredths, exact and then rounded once, a half away from zero."""
        over, under = value.as_integer_ratio()
        exact, unit = self.rise * over + self.base * under, self.run * under
        whole = (2 * abs(exact) + unit) // (2 * unit)
        return whole if exact >= 0 else -whole


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a list, with its points."""

    value: FactValue
    points: Decimal


@dataclass(frozen=True)
class Bands:
    """Bands of a number, lowest first, that leave no gap and do not overlap; made otherwise, `ScaleError`."""

    bands: tuple[Band, ...]

    def __post_init__(self) -> None:
        if not self.bands:
            raise ScaleError("no_bands", 0)
        if self.bands[0].low is not None:
            raise ScaleError("not_open_ended", 0)
        if self.bands[-1].high is not None:
            raise ScaleError("not_open_ended", len(self.bands) - 1)
        for at, band in enumerate(self.bands):
            _check_band(at, band)
        for at in range(1, len(self.bands)):
            _check_joint(at, self.bands[at - 1], self.bands[at])

    @cached_property
    def starts(self) -> tuple[Decimal, ...]:
        """Where each band but the first begins: a value's band is the number of starts not above it.

        A band without its low end begins at the next number after it that the working precision has, so
        that one plain search serves both kinds of ends.
        """
        lows = [(band.low, band.low_included) for band in self.bands if band.low is not None]
        return tuple(low if included else low.next_plus(WORKING) for low, included in lows)

    def place(self, value: Decimal | int) -> int:
        """The place of the band that a value is in."""
        return bisect_right(self.starts, value)

    def points(self, place: int, value: Decimal | int) -> Decimal:
        """The points of a value in its band; on a slope rounded half up to a hundredth."""
        slope = self.slopes[place]
        return self.bands[place].points if slope is None else Decimal(slope.hundredths(value)).scaleb(-2)

    @cached_property
    def slopes(self) -> tuple["Slope | None", ...]:
        """The lines of the bands whose points run."""
        return tuple(_slope(band) for band in self.bands)

    @cached_property
    def sloped(self) -> tuple[bool, ...]:
        """Which bands have points that run."""
        return tuple(band.points_at_high is not None for band in self.bands)

    @cached_property
    def flat_points(self) -> tuple[Decimal, ...]:
        """The points of each band, at its low end where they run."""
        return tuple(band.points for band in self.bands)

    @cached_property
    def least(self) -> Decimal:
        """The fewest points that a value can have."""
        return min(_both_ends(band)[0] for band in self.bands)

    @cached_property
    def most(self) -> Decimal:
        """The most points that a value can have."""
        return max(_both_ends(band)[1] for band in self.bands)

    def extreme(self, standing: Standing) -> Decimal:
        """The points of a figure without a number: the best, the worst, or none at all where it is undefined."""
        return _extreme(self, standing)


@dataclass(frozen=True)
class Options:
    """The answers that a fact may have; points finer than a hundredth are a `ScaleError`."""

    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        for at, option in enumerate(self.options):
            if not _is_in_hundredths(option.points):
                raise ScaleError("too_precise", at)

    @cached_property
    def places(self) -> Mapping[FactValue, int]:
        """The place of each answer."""
        return {option.value: place for place, option in enumerate(self.options)}

    def place(self, value: FactValue) -> int:
        """The place of an answer; `KeyError` when the list has no such answer."""
        return self.places[value]

    def extreme(self, standing: Standing) -> Decimal:
        """The points of a figure without a number, as those of bands."""
        return _extreme(self, standing)

    @cached_property
    def flat_points(self) -> tuple[Decimal, ...]:
        """The points of each answer."""
        return tuple(option.points for option in self.options)

    @cached_property
    def least(self) -> Decimal:
        """The fewest points."""
        return min(self.flat_points)

    @cached_property
    def most(self) -> Decimal:
        """The most points."""
        return max(self.flat_points)


def _extreme(scale: Bands | Options, standing: Standing) -> Decimal:
    if standing is Standing.BEST:
        return scale.most
    return scale.least if standing is Standing.WORST else Decimal(0)


def _check_band(at: int, band: Band) -> None:
    low, high = band.low, band.high
    if low is not None and high is not None and low >= high:
        raise ScaleError("band_upside_down", at)
    if band.points_at_high is not None and (low is None or high is None):
        raise ScaleError("open_ended_slope", at)
    if not all(map(_is_in_hundredths, _both_ends(band))):
        raise ScaleError("too_precise", at)


def _check_joint(at: int, lower: Band, upper: Band) -> None:
    if lower.high is None or upper.low is None:
        raise ScaleError("band_overlap", at)
    if lower.high != upper.low:
        raise ScaleError("band_gap" if lower.high < upper.low else "band_overlap", at)
    if lower.high_included is upper.low_included:
        raise ScaleError("band_overlap" if lower.high_included else "band_gap", at)


def _slope(band: Band) -> Slope | None:
    if band.points_at_high is None or band.low is None or band.high is None:
        return None
    start, end = Fraction(band.points) * 100, Fraction(band.points_at_high) * 100
    low, high = Fraction(band.low), Fraction(band.high)
    rise = (end - start) / (high - low)
    base = start - rise * low
    run = lcm(rise.denominator, base.denominator)
    return Slope(int(rise * run), int(base * run), run)


def _is_in_hundredths(points: Decimal) -> bool:
    return points == rounded(points, _POINT_PLACES)


def _both_ends(band: Band) -> tuple[Decimal, Decimal]:
    other = band.points if band.points_at_high is None else band.points_at_high
    return min(band.points, other), max(band.points, other)
