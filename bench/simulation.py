"""Many customers under two policies, against a plain loop that only adds up exact scores once."""

import random
import tempfile
import time
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from bench.ratio import Ratio, typical
from core.policies.library import load_policy
from core.rules.judging.migration import cross_table
from core.rules.judging.trial import Trial
from core.rules.policy.facts import FactKind, FactType, Vocabulary
from core.rules.policy.policy import Policy

_CUSTOMERS = 20_000
_ALL = 100_000
_ROUNDS = 5
_STARTS = (Decimal(20), Decimal(40), Decimal(60), Decimal(80))
_POINTS = (Decimal(20), Decimal(40), Decimal(60), Decimal(80), Decimal(100))
_FACTS = tuple(f"indicator_{at}" for at in range(22))

Facts = Mapping[str, Decimal]


def measure() -> Sequence[Ratio]:
    """Seconds for 100 000 customers, from a fifth of them."""
    today, draft = scorecard_policy("bench-today", 1), scorecard_policy("bench-draft", 2)
    customers = list(many_customers(_CUSTOMERS))
    against, scale = "adding up exact scores", _ALL / _CUSTOMERS
    tried = typical([(_tried(today, draft, customers), adding_up(customers)) for _ in range(_ROUNDS)])
    what = f"try a policy out on {_ALL:,} customers × {len(_FACTS)} indicators"
    return [Ratio(what, *(each * scale for each in tried), "s", against, 2)]


def adding_up(customers: Sequence[Facts]) -> float:
    """Seconds of the plain loop."""
    weights = [(key, Decimal(1)) for key in _FACTS]
    started = time.perf_counter()
    for facts in customers:
        score = Decimal(0)
        for key, weight in weights:
            score += weight * _POINTS[bisect_right(_STARTS, facts[key])]
    return time.perf_counter() - started


def _tried(today: Policy, draft: Policy, customers: Sequence[Facts]) -> float:
    trial = Trial(today, draft)
    started = time.perf_counter()
    verdicts = (trial.verdict(facts, None) for facts in customers)
    table = cross_table(((each.before, each.after) for each in verdicts), *trial.schemes)
    spent = time.perf_counter() - started
    assert table.total == len(customers)
    return spent


def many_customers(count: int) -> Iterator[dict[str, Decimal]]:
    """Facts of so many customers, the same every time."""
    chance = random.Random(0)
    for _ in range(count):
        yield {key: Decimal(chance.randrange(10_000)) / 100 for key in _FACTS}


def scorecard_policy(policy_id: str, heavier: int) -> Policy:
    """A scorecard of 22 indicators in five bands, the first so much heavier than the others."""
    bands = ", ".join(
        f"{{ below = {start}, points = {points} }}" for start, points in zip(_STARTS, _POINTS, strict=False)
    )
    indicators = "\n".join(
        f'[[groups.indicators]]\nfact = "{key}"\nweight = {heavier if key == _FACTS[0] else 1}\n'
        f'article = "1"\nmissing = "redistribute"\nbands = [{bands}, {{ points = {_POINTS[-1]} }}]'
        for key in _FACTS
    )
    text = f"""kind = "policy"
id = "{policy_id}"
version = "1"
in_force_from = 2026-01-01
document = "bench"
title = {{ zh = "测速", en = "Bench" }}
validity = {{ months = 12, reminder_days = [30], article = "1" }}
method = {{ kind = "scorecard" }}
[[grades]]
code = "A"
article = "1"
at_least = 80
[[grades]]
code = "B"
article = "1"
at_least = 50
[[grades]]
code = "C"
article = "1"
at_least = 0
[[groups]]
key = "all"
zh = "全部"
en = "All"
article = "1"
weight = 100
{indicators}
"""
    kinds = tuple(FactKind(key, key, key, FactType.NUMBER, "", "survey", None) for key in _FACTS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.toml"
        path.write_text(text, "utf-8")
        return load_policy(path, vocabulary=Vocabulary(kinds))
