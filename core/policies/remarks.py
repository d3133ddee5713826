"""What a checked policy says that may be meant, and more often is a slip of the pen: told, never refused.

20 where a fifth was meant, 100 where it was a million yuan in units of ten thousand, points of 10 where they run to 100;
a grade that nobody has named in English.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from core.rules.limits.limit_rules import FactTimes, Fixed
from core.rules.policy.facts import FactKind, FactType, Vocabulary
from core.rules.policy.gates import Effect
from core.rules.policy.policy import Policy
from core.rules.policy.source import Text
from core.rules.rating.scorecard_plan import BandPlan, IndicatorPlan, ScorecardPlan, StandardScale

_CHINESE = re.compile("[\u4e00-\u9fff]")
_MANY_TIMES = 5
"""From so many times an amount on, the factor may have been meant as a percentage."""
_FEW_YUAN = 1000
"""Below so many yuan a ceiling or a whole scale of amounts may have been meant in units of ten thousand."""
_MONTHS = "个月"
_FEW_MONTHS = 6
"""Below so many months a whole scale of them may have been meant in years."""
_FULL = 100
_LEAST = Decimal("0.01")
"""A percentage up to this says “any at all” and is meant."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A key of the catalogs and what it is about, to be looked at once more."""

    key: str
    of: Text
    facts: Mapping[str, Decimal]


def remarks(policy: Policy, vocabulary: Vocabulary) -> Iterator[Remark]:
    """Everything worth a second look, in the order of the file; a number that a parameter holds is left alone."""
    if isinstance(policy.method, ScorecardPlan):
        for indicator in policy.method.indicators():
            fact = vocabulary.find(indicator.fact)
            assert fact is not None, indicator.fact  # the reader has refused every other
            yield from _of_scale(indicator, fact)
    for grade in policy.grades:
        if _CHINESE.search(grade.called.en):
            yield Remark("chinese-grade", grade.called, {})
    for gate in policy.gates:
        if gate.effect is Effect.CAP and gate.grade == policy.codes[0] and gate.title is not None:
            yield Remark("cap-at-best", gate.title, {})
    rules = chain((each for limit in policy.limits for each in limit.ceilings), policy.ceilings)
    amounts = (
        (rule.title, rule.amount)
        for rule in rules
        if rule.title and isinstance(rule.amount, FactTimes | Fixed)
    )
    # A rule stands there once for each kind of credit; what it says is told once.
    for title, amount in dict.fromkeys(amounts):
        yield from _of_ceiling(title, amount)


def _of_ceiling(title: Text, amount: FactTimes | Fixed) -> Iterator[Remark]:
    match amount:
        case FactTimes(times=Decimal() as times) if times >= _MANY_TIMES:
            yield Remark("many-times", title, {"times": times, "share": _plain(times / _FULL)})
        case Fixed(yuan=Decimal() as yuan) if yuan < _FEW_YUAN:
            yield Remark("few-yuan", title, {"yuan": yuan})
        case _:
            pass


def _of_scale(indicator: IndicatorPlan, fact: FactKind) -> Iterator[Remark]:
    if isinstance(indicator.scale, StandardScale):
        return
    points = [part.points for part in indicator.scale]
    points += [part.to for part in indicator.scale if isinstance(part, BandPlan) and part.to is not None]
    known = [each for each in points if isinstance(each, Decimal)]
    if len(known) == len(points) and 0 < max(known) < _FULL:
        yield Remark("low-points", indicator.title, {"most": max(known)})
    ends = [part.below for part in indicator.scale if isinstance(part, BandPlan)]
    numbers = [abs(end) for end in ends if isinstance(end, Decimal) and end != 0]
    if fact.kind is FactType.PERCENT:
        yield from (
            Remark("small-percent", indicator.title, {"value": end, "percent": _plain(end * _FULL)})
            for end in numbers
            if _LEAST < end < 1
        )
    if fact.unit == _MONTHS and numbers and max(numbers) < _FEW_MONTHS:
        yield Remark("few-months", indicator.title, {"months": max(numbers)})
    if fact.kind is FactType.MONEY and numbers and max(numbers) < _FEW_YUAN:
        yield Remark("few-yuan", indicator.title, {"yuan": max(numbers)})


def _plain(number: Decimal) -> Decimal:
    """The number as people write it: 50, neither 50.0 nor 5E+1."""
    return Decimal(f"{number.normalize():f}")
