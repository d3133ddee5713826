"""Facts that disagree between sources (1.6): what the bank says, what the customer, what the statements."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.rules.money import Money
from core.rules.policy.facts import FactValue
from core.rules.statements.contradictions import Check, Finding, Severity


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says of one fact, as of a day."""

    fact: str
    source: str
    value: FactValue
    on: date


def of_sources(claims: Iterable[Claim], tolerance: Mapping[str, Decimal]) -> tuple[Finding, ...]:
    """Facts on which sources disagree: numbers by more than the fact's share of the larger, others at all.

    Of each source its latest word counts; of two on one day the one given last.
    """
    latest: dict[str, dict[str, Claim]] = {}
    for claim in sorted(claims, key=lambda claim: claim.on):
        if claim.value is not None:
            latest.setdefault(claim.fact, {})[claim.source] = claim
    return tuple(
        finding
        for fact, by_source in latest.items()
        for finding in _disagreements(fact, tuple(by_source.values()), tolerance.get(fact, Decimal(0)))
    )


def _disagreements(fact: str, claims: tuple[Claim, ...], tolerance: Decimal) -> Iterator[Finding]:
    """Of numbers the lowest against the highest, of other facts the first source against each of the rest."""
    if all(_is_number(claim.value) for claim in claims):
        ranked = sorted(claims, key=lambda claim: _number(claim.value))
        pairs = [(ranked[0], ranked[-1])]
    else:
        pairs = [(claims[0], claim) for claim in claims[1:]]
    for one, other in pairs:
        if not _same(one.value, other.value, tolerance):
            facts = {
                "fact": fact,
                "source": one.source,
                "value": one.value,
                "other_source": other.source,
                "other_value": other.value,
            }
            yield Finding(Check.SOURCES, Severity.EXPLAIN, facts)


def _same(one: FactValue, other: FactValue, tolerance: Decimal) -> bool:
    if not (_is_number(one) and _is_number(other)):
        return one == other
    low, high = _number(one), _number(other)
    return abs(high - low) <= tolerance * max(abs(low), abs(high))


def _is_number(value: FactValue) -> bool:
    return isinstance(value, Decimal | int | Money) and not isinstance(value, bool)


def _number(value: FactValue) -> Decimal:
    """A number or an amount as a number; one fact is never told in two currencies."""
    if isinstance(value, Money):
        return value.amount
    assert isinstance(value, Decimal | int)
    return Decimal(value)
