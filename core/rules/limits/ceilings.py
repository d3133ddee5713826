"""One amount that holds a limit down, with what made it."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.rules.money import Money
from core.rules.policy.facts import FactValue
from core.rules.policy.source import Text


@dataclass(frozen=True, slots=True)
class Ceiling:
    """One amount that holds the limit down; `amount` None is not known."""

    name: str
    article: str
    amount: Money | None
    binds: bool
    """It is the lowest, and the one that holds the proposal to less than was asked."""
    hard: bool
    """No signature may grant more; the others hold in principle (原则上)."""
    inputs: Mapping[str, FactValue]
    title: Text | None = None
    """The policy's own words for it; None for those that every policy may name."""
