"""Telling what made a rating: inputs, gates as reasons, what is unknown; the same for every method."""

from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal

from core.rules.policy.conditions import Condition, FactTest, compare, leaf_tests
from core.rules.policy.gates import AppliedGate
from core.rules.policy.policy import Policy
from core.rules.rating.rating import Input, Item
from core.rules.rating.reading import KnownFacts, KnownValue, Reading, plain

_CENT = Decimal("0.01")


def input_of(fact: str, value: KnownValue) -> Input:
    """A fact that is scored."""
    return Input(fact, plain(value), reason=value.reason if isinstance(value, Reading) else None)


def inputs_of(when: Condition | FactTest, facts: KnownFacts) -> tuple[Input, ...]:
    """Every test of a condition with the fact that it was put to."""
    return tuple(_tested(test, facts) for test in leaf_tests(when))


def gate_item(found: AppliedGate, facts: KnownFacts) -> Item:
    """A gate that holds, as a reason."""
    gate = found.gate
    assert gate.title is not None
    return Item(
        gate.key, gate.title, gate.article, inputs_of(gate.when, facts), grade=gate.grade, answer=found.answer
    )


def gate_items(found: Iterable[AppliedGate], facts: KnownFacts) -> tuple[Item, ...]:
    """Gates that hold, as reasons in the order of the policy."""
    return tuple(gate_item(each, facts) for each in found)


def unknown_facts(policy: Policy, facts: KnownFacts) -> tuple[str, ...]:
    """The facts that the rating looks at and nobody has given."""
    return tuple(key for key in policy.fact_keys if is_unknown(facts.get(key)))


def is_unknown(value: KnownValue) -> bool:
    """Whether nothing is known: neither a value nor, of a ratio, a reason why it cannot have one."""
    if isinstance(value, Reading):
        return value.is_missing
    return value is None


def share(known: Decimal | int, whole: Decimal | int) -> Decimal:
    """The part that is known, 0 to 1, rounded down to a hundredth; all of nothing."""
    return (Decimal(known) / whole).quantize(_CENT, ROUND_DOWN) if whole else Decimal(1)


def by_loss(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items that cost points, the most costly first."""
    return tuple(sorted((item for item in items if item.loss > 0), key=lambda item: -item.loss))


def _tested(test: FactTest, facts: KnownFacts) -> Input:
    value = facts.get(test.fact)
    answer = compare(plain(value), test.op, test.value)
    reason = value.reason if isinstance(value, Reading) else None
    return Input(test.fact, plain(value), test.op, test.value, answer, reason)
