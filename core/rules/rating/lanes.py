"""Indicators made ready for scoring, once for a scorecard: whole numbers, and parts that many customers share."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from core.rules.policy.facts import FactValue
from core.rules.precision import WORKING, rounded
from core.rules.rating.indicators import Group, Indicator
from core.rules.rating.scales import Band, Bands, Option, Options, Slope

HUNDREDTHS = 100
_PLACES = 4


@dataclass(frozen=True, slots=True)
class ScoredPart:
    """What one indicator has in a score, all but the value itself; the same for all values of a band."""

    indicator: str
    group: str
    article: str
    band: Band | Option | None
    """None where there is no number to place."""
    points: Decimal | None
    """Of 100; None when it is missing and its weight went to the others of the group."""
    weight: Decimal
    """Points of the score that it is worth at most, after redistribution; to four decimals."""
    contribution: Decimal
    """What it added to the score; to four decimals."""
    worth: int
    """The contribution before redistribution, exact, in `Scorecard.worth_unit`-ths of a point."""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Lane:
    """An indicator made ready for scoring: plain tuples and whole numbers, and its parts made beforehand."""

    indicator: Indicator
    group: Group
    share: int
    """Points of the score that the indicator is worth at most, in `Scorecard.share_unit`-ths."""
    worth_unit: int
    """That of the card."""
    starts: tuple[Decimal, ...] | None
    """Of bands; None of a list of answers."""
    slopes: tuple[Slope | None, ...]
    """By place, of bands whose points run."""
    places: Mapping[FactValue, int] | None
    """Of a list of answers; None of bands."""
    parts: tuple[ScoredPart, ...]
    """By place on the scale; where points run, those of a band's low end."""
    absent: ScoredPart
    """What a missing figure has, before its indicator's way with it."""
    made: dict[tuple[int, int], ScoredPart] = field(default_factory=dict, compare=False)
    """Parts on slopes by place and hundredths of a point, as they come up: customers share most of them."""

    def on_slope(self, place: int, found: int) -> ScoredPart:
        """The part of so many hundredths of a point in a band whose points run."""
        part = self.made.get((place, found))
        if part is None:
            part = self.part(Decimal(found).scaleb(-2), self.parts[place].band)
            self.made[place, found] = part
        return part

    def part(self, points: Decimal, band: Band | Option | None) -> ScoredPart:
        """What these points have in the score, before any redistribution."""
        worth = self.share * hundredths(points)
        return replace(
            self.absent,
            band=band,
            points=points,
            contribution=shown(worth, self.worth_unit),
            worth=worth,
            known=True,
        )


class Row(NamedTuple):
    """A lane as the loop over customers takes it apart: a tuple, because it runs for each of their figures."""

    key: str
    starts: tuple[Decimal, ...] | None
    """Where the bands begin of a number whose points do not run; None where placing takes more than a search."""
    parts: tuple[ScoredPart, ...]
    lane: Lane


def hundredths(points: Decimal) -> int:
    """Points that have at most two decimals, as a whole number."""
    return int(points * HUNDREDTHS)


@lru_cache(maxsize=2**14)
def shown(numerator: int, denominator: int) -> Decimal:
    """A part of the score to four decimals, rounded half up. Remembered: customers share most of them."""
    return rounded(WORKING.divide(Decimal(numerator), denominator), _PLACES)


def row_of(lane: Lane) -> Row:
    """The lane as the loop over customers takes it."""
    flat = lane.starts is not None and not any(lane.slopes)
    return Row(lane.indicator.key, lane.starts if flat else None, lane.parts, lane)


def lane_of(group: Group, indicator: Indicator, *, share: int, share_unit: int, worth_unit: int) -> Lane:
    """The indicator made ready: its `share` is in `share_unit`-ths of a point, what its parts are worth in `worth_unit`-ths."""
    scale = indicator.scale
    absent = ScoredPart(
        indicator.key,
        group.key,
        indicator.article,
        band=None,
        points=Decimal(0),
        weight=shown(share, share_unit),
        contribution=Decimal(0),
        worth=0,
        known=False,
    )
    lane = Lane(indicator, group, share, worth_unit, None, (), None, (), absent)
    bands: tuple[Band | Option, ...] = scale.bands if isinstance(scale, Bands) else scale.options
    return replace(
        lane,
        starts=scale.starts if isinstance(scale, Bands) else None,
        slopes=scale.slopes if isinstance(scale, Bands) else (),
        places=scale.places if isinstance(scale, Options) else None,
        parts=tuple(lane.part(band.points, band) for band in bands),
    )
