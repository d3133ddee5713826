"""What a scorecard is made of (2.1): indicators on scales of points, in groups that share a weight."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.rules.rating.scales import Bands, Options


class Missing(StrEnum):
    """What a missing figure does to the score; there is no general answer, each indicator says its own."""

    REDISTRIBUTE = "redistribute"
    """Its weight goes to the others of its group, as long as they cover enough of it."""
    ZERO = "zero"
    REFUSE = "refuse"
    """Nobody is rated without it."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One fact on a scale of 0 to 100 points; a weight None is the company's to set."""

    key: str
    """The fact's key."""
    scale: Bands | Options
    weight: Decimal | None
    """Its share among the weights of its group, in any unit."""
    missing: Missing
    article: str
    step: Decimal = Decimal("0.01")
    """The smallest difference in the fact that anyone would name."""
    money: bool = False
    """The fact is an amount; the scale is in yuan."""


@dataclass(frozen=True, slots=True)
class Group:
    """Indicators that share a weight, in points of the score; None is the company's to set."""

    key: str
    weight: Decimal | None
    indicators: tuple[Indicator, ...]
    min_coverage: Decimal
    """How much of the group's weight must be known for the rest to be redistributed, above 0 up to 1."""
