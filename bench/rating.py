"""Rating in bulk: 100 000 customers by 22 indicators, against a plain loop that only adds up exact scores."""

import random
import time
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal

from bench.ratio import Ratio, typical
from core.rules.scales import Band, Bands
from core.rules.scorecard import Cutoff, Group, Indicator, Missing, Scorecard
from core.rules.scoring import assess

_CUSTOMERS = 20_000
_ALL = 100_000
_ROUNDS = 5
_INDICATORS = 22
_STARTS = (Decimal(20), Decimal(40), Decimal(60), Decimal(80))
_POINTS = (Decimal(20), Decimal(40), Decimal(60), Decimal(80), Decimal(100))

Facts = dict[str, Decimal]


def measure() -> Sequence[Ratio]:
    """Seconds for 100 000 customers, from a fifth of them."""
    card, customers = _card(), _customers()
    rounds = [(_explained(card, customers), _summed(card, customers)) for _ in range(_ROUNDS)]
    ours, reference = typical(rounds)
    scale = _ALL / _CUSTOMERS
    what = f"rate {_ALL:,} customers × {_INDICATORS} indicators with every item"
    return [Ratio(what, ours * scale, reference * scale, "s", "adding up exact scores", 3)]


def _explained(card: Scorecard, customers: Sequence[Facts]) -> float:
    started = time.perf_counter()
    for facts in customers:
        assess(card, facts)
    return time.perf_counter() - started


def _summed(card: Scorecard, customers: Sequence[Facts]) -> float:
    weights = [(each.key, each.weight or Decimal(0)) for each in card.indicators()]
    started = time.perf_counter()
    for facts in customers:
        score = Decimal(0)
        for key, weight in weights:
            score += weight * _POINTS[bisect_right(_STARTS, facts[key])]
    return time.perf_counter() - started


def _card() -> Scorecard:
    ends = (None, *_STARTS, None)
    rows = zip(ends[:-1], ends[1:], _POINTS, strict=True)
    scale = Bands(tuple(Band(low, high, points) for low, high, points in rows))
    indicators = tuple(
        Indicator(f"indicator_{at}", scale, Decimal(1), Missing.REDISTRIBUTE, "art. 1")
        for at in range(_INDICATORS)
    )
    cutoffs = (Cutoff("A", Decimal(80)), Cutoff("B", Decimal(50)), Cutoff("C", Decimal(0)))
    whole = Group("all", Decimal(100), indicators, Decimal("0.7"))
    return Scorecard((whole,), cutoffs)


def _customers() -> list[Facts]:
    chance = random.Random(0)
    return [
        {f"indicator_{at}": Decimal(chance.randrange(10_000)) / 100 for at in range(_INDICATORS)}
        for _ in range(_CUSTOMERS)
    ]
