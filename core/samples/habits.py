"""How each customer of the sample buys and pays, read from `habits.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.rules.money import Money

_FILE = Path(__file__).with_name("habits.toml")
_EVERY_MONTH = tuple(range(1, 13))
_USUAL_TERM = 30


@dataclass(frozen=True, slots=True)
class Manner:
    """How a customer pays what it bought on credit.

    `late` is in days after the due day, scattered by `scatter`; `part` and `returns` are shares of invoices.
    """

    late: float
    scatter: float
    never_late: bool = False
    part: float = 0.0
    returns: float = 0.0
    pay_day: int | None = None
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class Buying:
    """What is bought in an ordinary month and in one order, in yuan."""

    monthly: int
    order: int


@dataclass(frozen=True, slots=True)
class Recent:
    """An invoice told by hand: `issued` and, when it is paid at all, `paid` so many days ago."""

    issued: int
    amount: Money
    disputed: Money
    paid: int | None


@dataclass(frozen=True, slots=True)
class Advance:
    """Money that came so many days ago for nothing yet delivered."""

    received: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Habit:
    """How one customer trades. `since`, `until` and `credit_ended` are days ago, `term` is in days."""

    manner: Manner
    credit: Buying | None
    cash: Buying | None
    term: int
    months: tuple[int, ...]
    since: int | None
    until: int | None
    credit_ended: int | None
    recent: tuple[Recent, ...]
    advance: Advance | None


@cache
def habits() -> Mapping[str, Habit]:
    """Every trading customer's habit by customer code; who is not in it never bought anything."""
    told = tomllib.loads(_FILE.read_text("utf-8"))
    manners = {name: Manner(**manner) for name, manner in told["manners"].items()}
    return {code: _habit(entry, manners) for code, entry in told["habits"].items()}


def _habit(entry: dict[str, Any], manners: Mapping[str, Manner]) -> Habit:
    advance = entry.get("advance")
    return Habit(
        manner=manners[entry.get("pays", "early")],
        credit=_buying(entry.get("credit")),
        cash=_buying(entry.get("cash")),
        term=entry.get("term", _USUAL_TERM),
        months=tuple(entry.get("months", _EVERY_MONTH)),
        since=entry.get("since"),
        until=entry.get("until"),
        credit_ended=entry.get("credit_ended"),
        recent=tuple(_recent(row) for row in entry.get("recent", ())),
        advance=Advance(advance["received"], Money.of(advance["amount"])) if advance else None,
    )


def _buying(entry: dict[str, int] | None) -> Buying | None:
    return Buying(**entry) if entry else None


def _recent(row: dict[str, Any]) -> Recent:
    return Recent(row["issued"], Money.of(row["amount"]), Money.of(row.get("disputed", 0)), row.get("paid"))
