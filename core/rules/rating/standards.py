"""Standard values of an industry (B11, 功效系数法): five levels of a ratio, and where a figure stands among them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from core.rules.policy.source import Source
from core.rules.precision import WORKING
from core.rules.rating.reading import Reading, Standing


class Direction(StrEnum):
    """Which way a ratio is better."""

    HIGHER = "higher"
    LOWER = "lower"


class Level(StrEnum):
    """优秀, 良好, 平均, 较低, 较差, and what is worse than all of them."""

    EXCELLENT = "excellent"
    GOOD = "good"
    AVERAGE = "average"
    LOW = "low"
    POOR = "poor"
    BELOW_POOR = "below_poor"


COEFFICIENTS = {
    Level.EXCELLENT: Decimal("1.0"),
    Level.GOOD: Decimal("0.8"),
    Level.AVERAGE: Decimal("0.6"),
    Level.LOW: Decimal("0.4"),
    Level.POOR: Decimal("0.2"),
    Level.BELOW_POOR: Decimal("0.0"),
}
"""标准系数 of the levels. Just under 较差 they fall from 0.2 to nothing at once: so the method has it."""
LEVELS = tuple(COEFFICIENTS)[:5]
"""The levels that have a standard value, best first."""


class StandardsNotOrdered(ValueError):
    """Standard values that are not strictly ordered in their direction; `level` is the first out of order."""

    def __init__(self, level: Level) -> None:
        super().__init__(level)
        self.level = level


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a figure stands: at or above a level, and how far on the way to the next better one."""

    level: Level
    """本档, the lower of the two levels that the figure is between."""
    way: Decimal
    """功效系数: 0 at this level's standard value up to, but without, 1 at the next better one's."""

    @property
    def coefficient(self) -> Decimal:
        """The share of an item's weight that the figure earns, 0 to 1."""
        return COEFFICIENTS[self.level] + self.way * _STEP


_STEP = COEFFICIENTS[Level.EXCELLENT] - COEFFICIENTS[Level.GOOD]


@dataclass(frozen=True)
class Standards:
    """The standard values of one ratio, best first, in its own unit; made out of order, `StandardsNotOrdered`."""

    values: tuple[Decimal, Decimal, Decimal, Decimal, Decimal]
    direction: Direction

    def __post_init__(self) -> None:
        for level, (better, worse) in zip(LEVELS[1:], pairwise(self._upward), strict=True):
            if not better > worse:
                raise StandardsNotOrdered(level)

    @cached_property
    def _upward(self) -> tuple[Decimal, ...]:
        """The values with their signs turned where lower is better, so that more is always better."""
        return tuple(self._turned(value) for value in self.values)

    def place(self, reading: Reading) -> Placing | None:
        """Where a figure stands; None when it is missing."""
        if reading.value is not None:
            return self._place(self._turned(reading.value))
        return _WITHOUT_NUMBER[reading.standing]

    def between(self, level: Level) -> str:
        """The standard values around a level, the worse one first: ``68.7–58.9``, ``≥ 10.6``, ``< -5.3``."""
        lower = self.direction is Direction.LOWER
        if level is Level.EXCELLENT:
            return f"{'≤' if lower else '≥'} {self.values[0]}"
        if level is Level.BELOW_POOR:
            return f"{'>' if lower else '<'} {self.values[-1]}"
        at = LEVELS.index(level)
        return f"{self.values[at]}–{self.values[at - 1]}"

    def _place(self, value: Decimal) -> Placing:
        upward = self._upward
        if value >= upward[0]:
            return Placing(Level.EXCELLENT, Decimal(0))
        for at in range(1, len(upward)):
            if value >= upward[at]:
                with localcontext(WORKING):
                    way = (value - upward[at]) / (upward[at - 1] - upward[at])
                return Placing(LEVELS[at], way)
        return Placing(Level.BELOW_POOR, Decimal(0))

    def _turned(self, value: Decimal) -> Decimal:
        return value.copy_negate() if self.direction is Direction.LOWER else value


_WITHOUT_NUMBER = {
    Standing.BEST: Placing(Level.EXCELLENT, Decimal(0)),
    Standing.WORST: Placing(Level.BELOW_POOR, Decimal(0)),
    Standing.UNDEFINED: Placing(Level.BELOW_POOR, Decimal(0)),
    Standing.MISSING: None,
}


@dataclass(frozen=True, slots=True)
class StandardsRow:
    """The standard values of one ratio, for an industry and a size; None is any."""

    ratio: str
    standards: Standards
    industry: str | None = None
    size: str | None = None


@dataclass(frozen=True)
class StandardsBook:
    """A table of standard values, of one industry or of many."""

    source: Source
    rows: tuple[StandardsRow, ...]

    @cached_property
    def _closest_last(self) -> tuple[StandardsRow, ...]:
        return tuple(sorted(self.rows, key=lambda row: (row.industry is not None, row.size is not None)))

    @cached_property
    def by_industry(self) -> bool:
        """Whether it matters in which industry, or of which size, a customer is."""
        return any(row.industry is not None or row.size is not None for row in self.rows)

    def of(self, industry: object, size: object) -> Mapping[str, Standards]:
        """By ratio the closest values there are: of industry and size, else of the industry, the size, or all."""
        return {
            row.ratio: row.standards
            for row in self._closest_last
            if row.industry in (None, industry) and row.size in (None, size)
        }
