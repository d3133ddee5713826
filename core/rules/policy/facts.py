"""Facts: what can be known of a customer, and the vocabulary that names it."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from core.rules.money import Money
from core.rules.policy.source import Text
from core.rules.rating.expert_sheets import Sheet

FactValue = bool | Decimal | int | date | str | Money | tuple[Sheet, ...] | None
Facts = Mapping[str, FactValue]
"""What is known of a customer, by fact key; None or absent is unknown, which is not zero."""


class FactType(StrEnum):
    """What kind of answer a fact is."""

    YES_NO = "yes_no"
    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    COUNT = "count"
    DATE = "date"
    CHOICE = "choice"
    """One of the fact's own answers, by its key."""
    SHEETS = "sheets"
    """What several experts gave, each on a sheet of their own."""
    TEXT = "text"
    """A word of the customer's file, such as its industry: told apart, never ordered."""


_WRITTEN_AS: Mapping[FactType, type | tuple[type, ...]] = {
    FactType.YES_NO: bool,
    FactType.NUMBER: (Decimal, int),
    FactType.PERCENT: (Decimal, int),
    FactType.MONEY: Money,
    FactType.COUNT: int,
    FactType.DATE: date,
    FactType.CHOICE: str,
    FactType.SHEETS: tuple,
    FactType.TEXT: str,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a choice: its key and its words."""

    value: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class FactKind:
    """One fact of the vocabulary: its names, how it is answered and where it comes from.

    `source` is ``survey`` (people are asked the `question`), ``ledger`` (counted by the desk), ``request``
    (said when credit is asked for), ``review`` (the experts' sheets) or ``findings`` (contradictions, 1.6). The range is in the fact's own unit
    (yuan for money), ends included; None is no bound.
    """

    key: str
    zh: str
    en: str
    kind: FactType
    unit: str
    source: str
    question: Text | None
    low: Decimal | None = None
    high: Decimal | None = None
    choices: tuple[Choice, ...] = ()
    ratio: str | None = None
    """The ratio that gives the fact where there are statements; the survey gives it where there are none."""

    def suits(self, value: FactValue) -> bool:
        """Is a value of the fact's kind, and one of its answers where it has some? Unknown is, of every kind."""
        if value is None:
            return True
        if isinstance(value, bool):  # to Python a number
            return self.kind is FactType.YES_NO
        if self.kind is FactType.CHOICE:
            return value in {choice.value for choice in self.choices}
        return isinstance(value, _WRITTEN_AS[self.kind])

    def covers(self, value: FactValue) -> bool:
        """Does a value lie in the fact's range? What is no amount and no number always does."""
        size = value.amount if isinstance(value, Money) else value
        if isinstance(size, bool) or not isinstance(size, int | Decimal):
            return True
        return (self.low is None or size >= self.low) and (self.high is None or size <= self.high)


@dataclass(frozen=True)
class Vocabulary:
    """Every fact that a policy may ask about, in the order in which people are asked."""

    kinds: tuple[FactKind, ...]

    @cached_property
    def _by_name(self) -> dict[str, FactKind]:
        return {kind.zh: kind for kind in self.kinds} | {kind.key: kind for kind in self.kinds}

    def find(self, name: str) -> FactKind | None:
        """The fact of this key or Chinese name."""
        return self._by_name.get(name)

    def asked_for(self, keys: Container[str]) -> tuple[FactKind, ...]:
        """Those of these facts that people are asked for."""
        return tuple(kind for kind in self.kinds if kind.source == "survey" and kind.key in keys)
