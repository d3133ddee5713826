"""Rating in bulk and one by one, against a plain loop that only adds up exact scores (2.1-2.4, 2.9)."""

import random
import resource
import subprocess
import sys
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from bench.ratio import Ratio, typical
from core.policies.library import SHIPPED, Library
from core.rules.money import Money
from core.rules.policy.facts import FactKind, FactType, FactValue
from core.rules.policy.policy import Policy
from core.rules.rating.assess import grade_only, lifts, rate
from core.rules.rating.expert_sheets import Mark, Sheet
from core.rules.rating.grade_only import grader
from core.rules.rating.indicators import Group, Indicator, Missing
from core.rules.rating.scales import Band, Bands
from core.rules.rating.scorecard import Cutoff, Scorecard
from core.rules.rating.scoring import assess
from core.rules.rating.three_tier import SHEETS, ThreeTier

_CUSTOMERS = 20_000
_ALL = 100_000
_ROUNDS = 5
_INDICATORS = 22
_STARTS = (Decimal(20), Decimal(40), Decimal(60), Decimal(80))
_POINTS = (Decimal(20), Decimal(40), Decimal(60), Decimal(80), Decimal(100))
_SAMPLES = SHIPPED.parent / "samples" / "policy"
_DAY = date(2026, 11, 1)
_MEBIBYTE = 1024

Facts = dict[str, Decimal]
Work = Callable[[Facts], object]


def measure() -> Sequence[Ratio]:
    """Seconds for 100 000 customers, from a fifth of them; one rating; and the memory of a whole run."""
    card, customers = _card(), list(_customers(_CUSTOMERS))
    today, draft = grader(card), grader(_card(best=Decimal(75)))
    explained = [
        (_timed(lambda facts: assess(card, facts), customers), _plain(card, customers)) for _ in _rounds()
    ]
    twice = [
        (_timed(today, customers) + _timed(draft, customers), _plain(card, customers)) for _ in _rounds()
    ]
    plain = "adding up exact scores"
    return [
        _scaled(f"rate {_ALL:,} × {_INDICATORS} indicators with every item", explained, plain, 3),
        _scaled(f"grades of {_ALL:,} under two policies", twice, plain, 2),
        *_shipped(),
        _memory(),
    ]


def _rounds() -> range:
    return range(_ROUNDS)


def _scaled(what: str, rounds: Sequence[tuple[float, float]], against: str, limit: float | None) -> Ratio:
    ours, reference = typical(rounds)
    scale = _ALL / _CUSTOMERS
    return Ratio(what, ours * scale, reference * scale, "s", against, limit)


def _timed(work: Work, customers: Sequence[Facts]) -> float:
    started = time.perf_counter()
    for facts in customers:
        work(facts)
    return time.perf_counter() - started


def _plain(card: Scorecard, customers: Sequence[Facts]) -> float:
    weights = [(each.key, each.weight or Decimal(0)) for each in card.indicators()]
    started = time.perf_counter()
    for facts in customers:
        score = Decimal(0)
        for key, weight in weights:
            score += weight * _POINTS[bisect_right(_STARTS, facts[key])]
    return time.perf_counter() - started


def _shipped() -> Iterator[Ratio]:
    """Every policy of the library as the sample company has set it: one rating in chat, and what would lift it."""
    library = Library((SHIPPED, _SAMPLES))
    slowest = {"rate": 0.0, "lift": 0.0}
    for policy_id in sorted({policy.id for policy in library.policies}):
        policy = library.policy_in_force(policy_id, _DAY)
        customers = [known(library, policy, seed) for seed in range(30)]
        rated, lifted = _each(policy, customers)
        slowest = {"rate": max(slowest["rate"], rated), "lift": max(slowest["lift"], lifted)}
        assert any(grade_only(policy)(facts) for facts in customers), policy_id
    yield Ratio("one rating, the slowest of all policies", slowest["rate"], 5, "ms CPU", "the bound", 1)
    yield Ratio("what would lift it, the slowest of all", slowest["lift"], 5, "ms CPU", "the same", None)


def _each(policy: Policy, customers: Sequence[dict[str, FactValue]]) -> tuple[float, float]:
    """Milliseconds of processor time for a rating, and for its lifts."""
    marks = [time.process_time()]
    for work in (rate, lifts):
        for facts in customers:
            work(policy, facts)
        marks.append(time.process_time())
    first, middle, last = marks
    return (middle - first) * 1000 / len(customers), (last - middle) * 1000 / len(customers)


def known(library: Library, policy: Policy, seed: int) -> dict[str, FactValue]:
    """Facts of some customer, everything known that a policy looks at."""
    chance = random.Random(seed)
    kinds = [kind for key in policy.fact_keys if (kind := library.vocabulary.find(key)) is not None]
    return {kind.key: _value(kind, chance) for kind in kinds if kind.kind is not FactType.SHEETS} | _sheets(
        policy, chance
    )


def _value(kind: FactKind, chance: random.Random) -> FactValue:
    low, high = int(max(kind.low or -50, -50)), int(min(kind.high or 150, 150))
    match kind.kind:
        case FactType.YES_NO:
            return chance.random() < 0.5
        case FactType.CHOICE:
            return chance.choice(kind.choices).value
        case FactType.COUNT:
            return chance.randint(max(low, 0), high)
        case FactType.MONEY:
            return Money.of(chance.randint(0, 10**8))
        case _:
            return Decimal(chance.randint(low * 100, high * 100)) / 100


def _sheets(policy: Policy, chance: random.Random) -> dict[str, FactValue]:
    if not isinstance(policy.method, ThreeTier):
        return {}
    indicators = [each.key for each in policy.method.tables.review]
    marks = [{key: chance.choice(list(Mark)) for key in indicators} for _ in range(7)]
    return {SHEETS: tuple(Sheet(f"expert {at}", each) for at, each in enumerate(marks))}


def _memory() -> Ratio:
    """The most memory that a run over all customers takes, in a process of its own."""
    walked = subprocess.run(
        [sys.executable, "-c", "from bench.rating import walk; walk()"],
        capture_output=True,
        text=True,
        check=True,
    )
    return Ratio(f"memory of rating {_ALL:,}", int(walked.stdout) / _MEBIBYTE, 600, "MiB", "the bound", 1)


def walk() -> None:
    """Rate every customer, each as it comes, and print the most memory taken, in KiB."""
    card = _card()
    for facts in _customers(_ALL):
        assess(card, facts)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _card(best: Decimal = Decimal(80)) -> Scorecard:
    ends = (None, *_STARTS, None)
    rows = zip(ends[:-1], ends[1:], _POINTS, strict=True)
    scale = Bands(tuple(Band(low, high, points) for low, high, points in rows))
    indicators = tuple(
        Indicator(f"indicator_{at}", scale, Decimal(1), Missing.REDISTRIBUTE, "art. 1")
        for at in range(_INDICATORS)
    )
    cutoffs = (Cutoff("A", best), Cutoff("B", Decimal(50)), Cutoff("C", Decimal(0)))
    return Scorecard((Group("all", Decimal(100), indicators, Decimal("0.7")),), cutoffs)


def _customers(count: int) -> Iterator[Facts]:
    chance = random.Random(0)
    for _ in range(count):
        yield {f"indicator_{at}": Decimal(chance.randrange(10_000)) / 100 for at in range(_INDICATORS)}
