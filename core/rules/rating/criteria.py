"""The shape of rating by lists (B9 arts. 14-17): criteria for each grade, and a cap."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.rules.policy.conditions import Condition, FactTest, bound
from core.rules.policy.parameters import Values
from core.rules.policy.source import Text


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the policy's list for a grade."""

    key: str
    grade: str
    article: str
    title: Text
    when: Condition
    importance: int = 0
    """Among reasons the more important one is told first; equals keep the order of the file."""


@dataclass(frozen=True)
class Criteria:
    """Every list of a policy."""

    criteria: tuple[Criterion, ...]
    cap: Criterion | None = None
    """Who meets this, or has a criterion unanswered, gets no better than its grade (B9 art. 17)."""

    @property
    def all(self) -> tuple[Criterion, ...]:
        """Every criterion, the cap last."""
        return self.criteria if self.cap is None else (*self.criteria, self.cap)

    def tests(self) -> Iterator[FactTest]:
        """Every test of a fact, in the order of the criteria, the cap last."""
        for criterion in self.all:
            yield from criterion.when.tests()

    def of(self, key: str) -> Criterion:
        """The criterion of this key."""
        return next(criterion for criterion in self.all if criterion.key == key)

    def bound(self, values: Values) -> "Criteria":
        """The same lists with the values of the parameters in their place."""
        return Criteria(
            tuple(_bound(criterion, values) for criterion in self.criteria),
            None if self.cap is None else _bound(self.cap, values),
        )


def _bound(criterion: Criterion, values: Values) -> Criterion:
    when = bound(criterion.when, values)
    assert isinstance(when, Condition)
    return replace(criterion, when=when)
