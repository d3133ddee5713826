"""A rating with everything that made it, told alike whatever the method (2.1-2.4)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.rules.policy.conditions import Answer, Comparison
from core.rules.policy.facts import FactValue
from core.rules.policy.gates import AppliedGate
from core.rules.policy.source import Text

_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Input:
    """A fact as the policy saw it; a criterion also says what it was compared with."""

    fact: str
    value: FactValue
    op: Comparison | None = None
    threshold: FactValue = None
    answer: Answer | None = None
    reason: str | None = None
    """Why a ratio has no number, or is a special case, by key."""


@dataclass(frozen=True, slots=True)
class Item:
    """One criterion answered, or one indicator scored; what does not apply to it is None."""

    key: str
    title: Text
    article: str
    inputs: tuple[Input, ...]
    group: Text | None = None
    grade: str | None = None
    """The grade in whose list a criterion stands."""
    answer: Answer | None = None
    band: str | None = None
    """Where on its scale the figure stands: ``48–58.9``."""
    points: Decimal | None = None
    """Of 100."""
    weight: Decimal | None = None
    """Points of the score that it is worth at most; 0 for one that only modifies others."""
    contribution: Decimal | None = None
    """What it added to the score; below zero where it lowered it."""
    flags: tuple[str, ...] = ()
    """Special cases, by the key of their reason."""

    @property
    def unanswered(self) -> bool:
        """Whether nothing is known of an indicator: no value, no reason why it has none, no expert's mark."""
        if not self.inputs:
            return self.points is None
        return not self.flags and all(each.value is None for each in self.inputs)

    @property
    def loss(self) -> Decimal:
        """How many points of the score it cost."""
        return (self.weight or Decimal(0)) - (self.contribution or Decimal(0))


class Obstacle(StrEnum):
    """Why nobody can be rated, or this customer cannot."""

    UNSET = "unset"
    """A parameter, or standard values."""
    FIGURE_MISSING = "figure_missing"
    COVERAGE_TOO_LOW = "coverage_too_low"
    """Of a group or a part."""
    GATE = "gate"
    TOO_FEW_EXPERTS = "too_few_experts"
    EXPERT_TWICE = "expert_twice"
    SHEET_INCOMPLETE = "sheet_incomplete"


@dataclass(frozen=True, slots=True)
class NotRated:
    """Why there is no grade, by the key of an `Obstacle`, and of what."""

    reason: str
    of: str
    share: Decimal | None = None
    """The share of a group's weight that is known, rounded down to a hundredth."""


@dataclass(frozen=True, slots=True)
class Rating:
    """A grade with everything that made it; without a grade when the policy could not rate."""

    grade: str | None
    items: tuple[Item, ...]
    reasons: tuple[Item, ...]
    """The items that decided, most important first."""
    unknown: tuple[str, ...]
    """The facts that the policy looks at and nobody has given."""
    completeness: Decimal
    """The share of the policy's facts, or of its weights, that is known, 0 to 1, rounded down to a hundredth."""
    score: Decimal | None = None
    """0 to 100, rounded half up to a hundredth; None with criteria, and where there is none."""
    scored_grade: str | None = None
    """What the score or the answers alone would give."""
    gates: tuple[AppliedGate, ...] = ()
    """The gates that hold."""
    conflict: bool = False
    """The answers satisfy a good grade and a bad one at once; the bad one holds and the facts need a look."""
    not_rated: tuple[NotRated, ...] = ()

    @property
    def ratable(self) -> bool:
        """Whether there is a grade."""
        return self.grade is not None

    @property
    def rests_on_little(self) -> bool:
        """There is a grade, though less than half of what the policy looks at is known: readers are to be told."""
        return self.ratable and self.completeness < _HALF

    @property
    def unset(self) -> tuple[str, ...]:
        """What the company has to set before the policy rates anybody."""
        return tuple(each.of for each in self.not_rated if each.reason == "unset")

    @property
    def capped_from(self) -> str | None:
        """The grade that the score or the answers alone would give, where another one holds."""
        return self.scored_grade if self.scored_grade != self.grade else None

    def main_reasons(self, count: int = 2) -> tuple[Item, ...]:
        """The few reasons that matter most."""
        return self.reasons[:count]


@dataclass(frozen=True, slots=True)
class Lift:
    """One fact that alone would make a better grade: what it would have to be."""

    fact: str
    value: FactValue
    op: Comparison
    threshold: FactValue
    grade: str
