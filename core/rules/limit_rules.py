"""The shape of limit rules: what a grade may have, and the amounts that hold it down."""

from dataclasses import dataclass
from enum import StrEnum


class CeilingName(StrEnum):
    """The amounts that a limit may be held to."""

    AVERAGE_MONTH_RECEIPTS = "average_month_receipts"
    AVERAGE_MONTH_SHIPMENTS = "average_month_shipments"
    LAST_YEAR_AVERAGE_EXPOSURE = "last_year_average_exposure"
    COLLATERAL = "collateral"


class CreditKind(StrEnum):
    """Standing credit under a contract, or for one occasion (B9 art. 24)."""

    LONG_TERM = "long_term"
    TEMPORARY = "temporary"


@dataclass(frozen=True, slots=True)
class CeilingRule:
    """One ceiling of a limit rule; a `hard` one (必须) no signature may exceed, others hold in principle (原则上)."""

    name: CeilingName
    article: str
    hard: bool


@dataclass(frozen=True, slots=True)
class LimitRule:
    """What a grade may have: up to the lowest of its ceilings for a term, or nothing, with what opens the door."""

    grade: str
    kind: CreditKind
    had_credit: bool
    article: str
    ceilings: tuple[CeilingRule, ...] = ()
    term_days: int = 0
    only_when_necessary: bool = False
    refusal: str | None = None
    opens: str | None = None
