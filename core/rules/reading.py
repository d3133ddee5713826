"""A figure as a scoring rule sees it: a value, or in words of its own why there is none."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Standing(StrEnum):
    """What there is to score. Only a `VALUE` has a number; the others are never turned into one."""

    VALUE = "value"
    BEST = "best"
    """No number, and as good as the best standard (no interest to cover, no debts to pay)."""
    WORST = "worst"
    """No number, and below the poorest standard."""
    UNDEFINED = "undefined"
    """The division makes no sense of what is known, which is bad in itself: worth no points."""
    MISSING = "missing"
    """Not known, or nothing that could be measured: neither good nor bad."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure, with the key of the reason where it is a special case."""

    standing: Standing
    value: Decimal | None = None
    reason: str | None = None

    @classmethod
    def of(cls, value: Decimal, reason: str | None = None) -> "Reading":
        """A number; a `reason` tells a special case that some schemes score apart."""
        return cls(Standing.VALUE, value, reason)

    @classmethod
    def best(cls, reason: str) -> "Reading":
        """As good as the best standard."""
        return cls(Standing.BEST, reason=reason)

    @classmethod
    def worst(cls, reason: str) -> "Reading":
        """Below the poorest standard."""
        return cls(Standing.WORST, reason=reason)

    @classmethod
    def undefined(cls, reason: str) -> "Reading":
        """No number, because of something bad."""
        return cls(Standing.UNDEFINED, reason=reason)

    @classmethod
    def missing(cls, reason: str) -> "Reading":
        """Not known."""
        return cls(Standing.MISSING, reason=reason)
