"""What one set of tolerances changes in another, one by one: for whoever is to confirm it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.policies.findings.places import PLACES, Measure
from core.rules.statements.contradictions import Tolerances
from core.rules.statements.ratios import UNITS, Unit

Key = tuple[str, str]
"""Which tolerance: its field, and the ratio whose jump it is."""
_OF_A_RATIO = {Unit.PERCENT: Measure.POINTS, Unit.TIMES: Measure.TIMES, Unit.YUAN: Measure.YUAN}
_PERCENT = Decimal(100)
_JUMPS = "jumps"


@dataclass(frozen=True, slots=True)
class Told:
    """One tolerance as it is told, in its measure; a share in percent."""

    field: str
    ratio: str
    """The ratio whose change from one year to the next it is; empty for every other."""
    measure: Measure
    value: Decimal


@dataclass(frozen=True, slots=True)
class Change:
    """A tolerance that is to be another."""

    before: Decimal | None
    """None where nobody looks at it so far."""
    after: Told


def told(tolerances: Tolerances) -> tuple[Told, ...]:
    """Every tolerance, in the order of a file."""
    return tuple(_told(tolerances))


def changes(before: Tolerances, after: Tolerances) -> tuple[Change, ...]:
    """The tolerances that differ. A ratio that is looked at stays looked at, so none is lost on the way."""
    former = _values(before)
    return tuple(
        Change(former.get((each.field, each.ratio)), each)
        for each in _told(after)
        if former.get((each.field, each.ratio)) != each.value
    )


def _values(tolerances: Tolerances) -> Mapping[Key, Decimal]:
    return {(each.field, each.ratio): each.value for each in _told(tolerances)}


def _told(tolerances: Tolerances) -> Iterator[Told]:
    for place in PLACES:
        value = Decimal(getattr(tolerances, place.field))
        yield Told(place.field, "", place.measure, value * _PERCENT if place.is_share else value)
    for ratio, allowed in tolerances.jumps.items():
        yield Told(_JUMPS, ratio, _OF_A_RATIO[UNITS[ratio]], allowed)
