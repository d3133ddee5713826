"""One customer under two policies: the policy in force, and a draft that is tried out (2.9).

What differs is told by what made it: the items that two editions of one scheme answer or score differently, else what
decided under the draft. Better and worse are for one scheme only; see `core.rules.judging.migration`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from core.rules.judging.migration import Scheme
from core.rules.limits.limit import LimitFacts, propose
from core.rules.money import Money
from core.rules.policy.policy import Policy
from core.rules.rating.assess import grade_only, rate
from core.rules.rating.rating import Item, Rating
from core.rules.rating.reading import KnownFacts

_REASONS = 2


@dataclass(frozen=True, slots=True)
class LineEffect:
    """What would become of a line once its customer is rated by the draft."""

    limit: Money
    """As it was granted."""
    proposed: Money
    """What the draft would propose for it; zero where it would give nothing."""

    @property
    def ends(self) -> bool:
        """The draft leaves nothing of it."""
        return not self.proposed


@dataclass(frozen=True)
class Verdict:
    """What both policies make of a customer."""

    before: str | None
    after: str | None
    line: LineEffect | None
    """Where there is a line that the draft would leave smaller than the policy in force does."""
    differing: tuple[Item, ...] = ()
    """What made the difference, as the draft sees it; empty where nothing is different."""


@dataclass(frozen=True)
class Trial:
    """Two policies made ready to be held against each other, customer by customer."""

    current: Policy
    draft: Policy

    @cached_property
    def schemes(self) -> tuple[Scheme, Scheme]:
        """The grades of both, which may be compared when they are the same."""
        return Scheme(self.current.id, self.current.codes), Scheme(self.draft.id, self.draft.codes)

    def verdict(self, facts: KnownFacts, line: LimitFacts | None) -> Verdict:
        """What both make of these facts; ``line`` holds what a limit is made from where there is one, as if asked anew."""
        before, after = self._grade_now(facts), self._grade_then(facts)
        effect = None if line is None else self._effect(facts, before, after, line)
        if effect is None:
            unmoved = self._unmoved.get((before, after))
            if unmoved is not None:
                return unmoved
            if not self._moved(before, after):
                return self._unmoved.setdefault((before, after), Verdict(before, after, None))
        return Verdict(before, after, effect, self._differing(facts))

    def _moved(self, before: str | None, after: str | None) -> bool:
        same_scheme = self.schemes[0] == self.schemes[1]
        return before != after if same_scheme else (before is None) != (after is None)

    def _effect(
        self, facts: KnownFacts, before: str | None, after: str | None, line: LimitFacts
    ) -> LineEffect | None:
        """None where the draft leaves at least what the policy in force leaves, or all of the line."""
        now = propose(self.current, replace(line, grade=before), facts).limit
        then = propose(self.draft, replace(line, grade=after), facts).limit
        return LineEffect(line.asked, then) if then < min(now, line.asked) else None

    def _differing(self, facts: KnownFacts) -> tuple[Item, ...]:
        then = rate(self.draft, facts)
        if not then.ratable and (barring := _barring(then)):
            return barring[:_REASONS]
        if self.schemes[0] == self.schemes[1]:
            now = {item.key: _outcome(item) for item in rate(self.current, facts).items}
            changed = tuple(item for item in then.items if now.get(item.key) != _outcome(item))
            if changed:
                return changed
        return then.main_reasons(_REASONS)

    @cached_property
    def _grade_now(self) -> Callable[[KnownFacts], str | None]:
        return grade_only(self.current)

    @cached_property
    def _grade_then(self) -> Callable[[KnownFacts], str | None]:
        return grade_only(self.draft)

    @cached_property
    def _unmoved(self) -> dict[tuple[str | None, str | None], Verdict]:
        """Most customers have one of a few verdicts, with nothing more to tell."""
        return {}


def _barring(found: Rating) -> tuple[Item, ...]:
    """What kept a customer from being rated: gates that bar it, and what is not known."""
    barred = {each.of for each in found.not_rated if each.reason == "gate"}
    gates = (item for item in found.reasons if item.key in barred)
    return (*gates, *(item for item in found.items if item.unanswered))


def _outcome(item: Item) -> tuple[object, ...]:
    return item.answer, item.points, item.contribution
