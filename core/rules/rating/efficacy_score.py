"""What came of the efficacy coefficients (B11): every item, every part of the score, and why there is none."""

from dataclasses import dataclass
from decimal import Decimal

from core.rules.rating.reading import Reading
from core.rules.rating.standards import Placing


@dataclass(frozen=True, slots=True)
class NotScored:
    """Why there is no score: ``unset`` (standards of a ratio) or ``coverage_too_low`` (of a part)."""

    reason: str
    of: str
    share: Decimal | None = None
    """How much of the weight of the tier that falls short is known, rounded down to a hundredth."""


@dataclass(frozen=True, slots=True)
class BasicScore:
    """A basic item scored; all but `weight` is None where the ratio is missing."""

    key: str
    reading: Reading
    weight: Decimal
    placing: Placing | None
    score: Decimal | None
    """To four decimals."""


@dataclass(frozen=True, slots=True)
class ModifyingScore:
    """A modifying item: its coefficient (修正系数) k, to six decimals; None where the ratio is missing."""

    key: str
    reading: Reading
    weight: Decimal
    placing: Placing | None
    coefficient: Decimal | None


@dataclass(frozen=True, slots=True)
class PartScore:
    """A part scored; with too little of it known what there is of its items, and why it has no score."""

    key: str
    weight: Decimal
    basic: tuple[BasicScore, ...]
    modifying: tuple[ModifyingScore, ...]
    basic_score: Decimal | None = None
    """Of the basic items, to four decimals."""
    analysis: Decimal | None = None
    """分析系数 a: the basic score over the weight, to six decimals."""
    factor: Decimal | None = None
    """综合修正系数 K, to six decimals; 1 without modifying items."""
    score: Decimal | None = None
    """After modification, to four decimals."""
    not_scored: NotScored | None = None


@dataclass(frozen=True, slots=True)
class EfficacyScore:
    """The quantitative score with all its parts; None when it could not be worked out."""

    score: Decimal | None
    """Of 100, to two decimals, rounded half up once from the exact parts."""
    parts: tuple[PartScore, ...]
    not_scored: tuple[NotScored, ...] = ()
