"""The deal check (4.1): may this amount go out to this customer today; if not, every reason and every remedy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from core.rules.lifecycles.line_lifecycle import LineState
from core.rules.money import Money, total
from core.rules.policy.facts import FactValue
from core.rules.policy.policy import Clearance, Ground, Policy
from core.rules.receivables.allocation import OpenItem


@dataclass(frozen=True, slots=True)
class Line:
    """A credit line: its limit, the first and last day on which it may be used, and its state."""

    limit: Money
    starts: date
    ends: date
    state: str
    term_days: int


@dataclass(frozen=True, slots=True)
class DealFacts:
    """How a customer stands on a day, and the amount that would go out, all in one currency.

    `exposure` is without the deal. `rated_until` is the last day of the rating. `overdue` holds the items
    past due on the day. `graded_by` is the policy that the grade was made by, where it is not the one in force.
    """

    on: date
    amount: Money
    exposure: Money
    line: Line | None
    overdue: tuple[OpenItem, ...]
    grade: str | None
    rated_until: date | None
    graded_by: Policy | None = None

    @property
    def overdue_amount(self) -> Money:
        """Everything past due on the day."""
        return total((item.open for item in self.overdue), self.amount.currency)

    @property
    def nothing(self) -> Money:
        """Zero in the currency of the deal."""
        return Money.zero(self.amount.currency)


@dataclass(frozen=True, slots=True)
class Hold:
    """One reason to hold the goods, by article, with its facts."""

    reason: str
    article: str
    facts: Mapping[str, FactValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing that would change the verdict.

    `receive` is the money to collect for it, of `items` where they are named. Then `available` is left of
    the line, and the deal passes whole (`passes`) or up to `up_to`.
    """

    key: str
    receive: Money
    items: tuple[str, ...]
    available: Money
    passes: bool
    up_to: Money


@dataclass(frozen=True, slots=True)
class Release:
    """The verdict, ``pass`` or ``hold``, with every reason, what is available now, and what would change it."""

    verdict: str
    holds: tuple[Hold, ...]
    available: Money
    remedies: tuple[Remedy, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether the goods may go."""
        return not self.holds


def check(facts: DealFacts, policy: Policy) -> Release:
    """Check a deal against the line, the rating, what is overdue, and the room that is left.

    Exactly the limit passes. Exposure already above the line is being run down (B9 art. 32), and told so.
    """
    release = _check(facts, policy)
    return replace(release, remedies=tuple(_remedies(facts, policy, release)))


def _check(facts: DealFacts, policy: Policy) -> Release:
    blocked = _line_ground(facts)
    limit = facts.line.limit if facts.line is not None and blocked is None else facts.nothing
    available = max(limit - facts.exposure, facts.nothing)
    found = [blocked, _rating_ground(facts, policy), *_clearance_grounds(facts, policy)]
    if blocked is None:
        found.append(_room_ground(facts, limit, available))
    holds = tuple(
        Hold(ground, policy.article(ground), about) for ground, about in (each for each in found if each)
    )
    return Release("hold" if holds else "pass", holds, available)


_Found = tuple[Ground, Mapping[str, FactValue]]


def _line_ground(facts: DealFacts) -> _Found | None:
    """Why the line cannot be used at all; then there is no room to speak of either."""
    line = facts.line
    if line is None:
        return Ground.NO_LINE, {"exposure": facts.exposure}
    if line.state == LineState.CLOSED:
        return Ground.LINE_CLOSED, {"ends": line.ends}
    if facts.on > line.ends:
        return Ground.LINE_ENDED, {"ends": line.ends}
    if line.state == LineState.SUSPENDED:
        return Ground.LINE_SUSPENDED, {"ends": line.ends}
    if facts.on < line.starts:
        return Ground.LINE_NOT_STARTED, {"starts": line.starts}
    return None


def _rating_ground(facts: DealFacts, policy: Policy) -> _Found | None:
    if facts.grade is None:
        return Ground.NOT_RATED, {}
    if facts.grade in (facts.graded_by or policy).grades_without_credit:
        return Ground.GRADE_HAS_NO_CREDIT, {"grade": facts.grade}
    if facts.rated_until is not None and facts.on > facts.rated_until:
        return Ground.RATING_EXPIRED, {"grade": facts.grade, "rated_until": facts.rated_until}
    return None


def _clearance_grounds(facts: DealFacts, policy: Policy) -> Iterator[_Found]:
    if facts.overdue:
        oldest = min(facts.overdue, key=lambda item: (item.due, item.number))
        yield (
            Ground.OVERDUE,
            {
                "amount": facts.overdue_amount,
                "count": len(facts.overdue),
                "oldest": oldest.number,
                "days": (facts.on - oldest.due).days,
            },
        )
    if policy.clearance is Clearance.ALL and facts.exposure > facts.nothing:
        yield Ground.NOT_CLEARED, {"exposure": facts.exposure}


def _room_ground(facts: DealFacts, limit: Money, available: Money) -> _Found | None:
    if facts.exposure > limit:
        above = facts.exposure - limit
        return Ground.RUN_DOWN, {"exposure": facts.exposure, "limit": limit, "above": above}
    if facts.amount > available:
        return Ground.OVER_LIMIT, {"available": available, "short": facts.amount - available}
    return None


# What somebody other than the customer has to do about a ground that no payment removes.
_STEPS = {
    Ground.NO_LINE: "request_line",
    Ground.LINE_CLOSED: "request_line",
    Ground.LINE_SUSPENDED: "renew_line",
    Ground.LINE_ENDED: "renew_line",
    Ground.LINE_NOT_STARTED: "wait_for_start",
    Ground.NOT_RATED: "rate_customer",
    Ground.RATING_EXPIRED: "renew_rating",
    Ground.GRADE_HAS_NO_CREDIT: "deal_for_cash",
}


def _remedies(facts: DealFacts, policy: Policy, release: Release) -> Iterator[Remedy]:
    """Money to collect first, a smaller deal next, then what others have to do."""
    yield from (remedy for remedy in _collections(facts, policy, release) if remedy.up_to > facts.nothing)
    grounds = [Ground(hold.reason) for hold in release.holds]
    if grounds == [Ground.OVER_LIMIT] and release.available > facts.nothing:
        yield Remedy("deal_less", facts.nothing, (), release.available, passes=False, up_to=release.available)
    for step in dict.fromkeys(_STEPS[ground] for ground in grounds if ground in _STEPS):
        yield Remedy(step, facts.nothing, (), release.available, passes=False, up_to=facts.nothing)


def _collections(facts: DealFacts, policy: Policy, release: Release) -> Iterator[Remedy]:
    """The overdue items alone; and when they are not enough, what is."""
    if release.passes or facts.line is None:
        return
    if facts.overdue:
        items = tuple(item.number for item in facts.overdue)
        overdue_paid = _after(facts, policy, "collect_overdue", facts.overdue_amount, items)
        yield overdue_paid
        if overdue_paid.passes:
            return
    everything = policy.clearance is Clearance.ALL
    enough = facts.exposure + facts.amount - facts.line.limit
    receive = facts.exposure if everything else min(enough, facts.exposure)
    if receive > facts.overdue_amount:
        yield _after(facts, policy, "collect_exposure", receive, ())


def _after(facts: DealFacts, policy: Policy, key: str, receive: Money, items: tuple[str, ...]) -> Remedy:
    """The same check once so much has come in, which settles what is overdue first."""
    then = _check(replace(facts, exposure=facts.exposure - receive, overdue=()), policy)
    if then.passes:
        up_to = facts.amount
    elif [hold.reason for hold in then.holds] == [Ground.OVER_LIMIT]:
        up_to = then.available
    else:
        up_to = facts.nothing
    return Remedy(key, receive, items, then.available, then.passes, up_to)
