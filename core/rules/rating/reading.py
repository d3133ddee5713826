"""A figure as a scoring rule sees it: a value, or in words of its own why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.rules.policy.facts import FactValue


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

    @property
    def is_missing(self) -> bool:
        """Whether it is simply not known."""
        return self.standing is Standing.MISSING

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


KnownValue = FactValue | Reading
KnownFacts = Mapping[str, KnownValue]
"""Facts by key, ratios among them; None, absent, or a reading that is missing, is unknown."""


def plain(value: KnownValue) -> FactValue:
    """The value itself; of a reading without a number nothing is known."""
    return value.value if isinstance(value, Reading) else value


def plain_facts(facts: KnownFacts) -> dict[str, FactValue]:
    """The facts with the numbers of their readings."""
    return {key: plain(value) for key, value in facts.items()}


def reading_of(value: KnownValue) -> Reading:
    """A fact as a ratio is scored: its number, or why there is none; `TypeError` for what is no number."""
    if isinstance(value, Reading):
        return value
    if value is None:
        return Reading.missing("FIGURE_MISSING")
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise TypeError(f"{value!r} is no number")
    return Reading.of(Decimal(value))
