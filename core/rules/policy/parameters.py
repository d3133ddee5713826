"""What a document leaves open: parameters with a value, or without one and perhaps with a suggestion."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.rules.money import Money
from core.rules.policy.facts import FactType, FactValue
from core.rules.policy.source import Text

Number = Decimal | str
"""A number of a method as its policy writes it: the number itself, or the key of the parameter that holds it."""

Values = Mapping[str, FactValue]
"""The values of a policy's parameters by key; None is unset."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that the article leaves to the company; `value` None is unset and has no default."""

    key: str
    kind: FactType
    value: FactValue
    article: str
    note: Text
    suggestion: FactValue = None
    """Offered as such, never used by itself; it lets the reader check the structure of the file."""
    suggested_by: Text | None = None
    """Where the suggestion comes from."""


def number(given: Number | None, values: Values) -> Decimal | None:
    """What a number of a method comes to, an amount in yuan; None while its parameter is unset."""
    if not isinstance(given, str):
        return given
    value = values[given]
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        return None
    return Decimal(value)
