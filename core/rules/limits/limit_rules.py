"""The shape of limit rules: what a grade may have, and the amounts that hold it down."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.rules.policy.parameters import Number
from core.rules.policy.source import Text
from core.rules.rating.scorecard_plan import ScalePlan, scale_numbers

FEATURE = "feature_"
"""The fact of a feature is named by this and the feature's key."""

KEY_CUSTOMER = "key_customer"
"""The fact that says whether a customer is one of the company's key customers."""


class CeilingName(StrEnum):
    """The amounts from ledger and request that a limit may be held to."""

    AVERAGE_MONTH_RECEIPTS = "average_month_receipts"
    AVERAGE_MONTH_SHIPMENTS = "average_month_shipments"
    LAST_YEAR_AVERAGE_EXPOSURE = "last_year_average_exposure"
    COLLATERAL = "collateral"


class CreditKind(StrEnum):
    """Standing credit under a contract, or for one occasion (B9 art. 24)."""

    LONG_TERM = "long_term"
    TEMPORARY = "temporary"


class Model(StrEnum):
    """The limit models (3.2)."""

    NET_WORTH = "net_worth_share"
    WORKING_CAPITAL = "working_capital_share"
    SALES_TERM = "sales_times_term"
    MONTHS = "monthly_multiple"
    CREDIT_BASE = "credit_base"
    AVERAGING = "averaging"
    POINTS = "net_worth_points"
    WORKING_ASSETS = "working_assets"
    FEATURES = "features"


@dataclass(frozen=True, slots=True)
class FactTimes:
    """So many times an amount: a money fact and a factor."""

    fact: str
    times: Number


@dataclass(frozen=True, slots=True)
class Fixed:
    """So many yuan, whoever the customer is."""

    yuan: Number


@dataclass(frozen=True, slots=True)
class PointsOf:
    """A fact with its scale, for models that add up points."""

    fact: str
    scale: ScalePlan


@dataclass(frozen=True, slots=True)
class Step:
    """From this result on (percent, included) the features multiply by the result plus `added`; None is cash only."""

    from_result: Number
    added: Number | None


@dataclass(frozen=True, slots=True)
class ModelOf:
    """A limit model with what it is fed: facts and numbers by the names of its arguments."""

    model: Model
    facts: Mapping[str, str]
    numbers: Mapping[str, Number]
    points: tuple[PointsOf, ...] = ()
    weights: Mapping[str, Number] = field(default_factory=dict)
    """Of the features model, by feature."""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class CeilingRule:
    """One ceiling of a limit rule; a `hard` one (必须) no signature may exceed, others hold in principle (原则上)."""

    name: str
    article: str
    hard: bool
    amount: CeilingName | FactTimes | Fixed | ModelOf
    title: Text | None = None
    """None for those that every policy may name."""
    model: str = ""
    """The id of the limit model whose ceiling it is, and whose parameters its numbers name."""

    def facts(self) -> Iterator[str]:
        """The facts of the customer that it is made from."""
        if isinstance(self.amount, FactTimes):
            yield self.amount.fact
        elif isinstance(self.amount, ModelOf):
            yield from self.amount.facts.values()
            yield from (each.fact for each in self.amount.points)
            yield from (FEATURE + feature for feature in self.amount.weights)

    def numbers(self) -> Iterator[Number]:
        """Its numbers, the names of parameters among them."""
        if isinstance(self.amount, FactTimes):
            yield self.amount.times
        elif isinstance(self.amount, Fixed):
            yield self.amount.yuan
        elif isinstance(self.amount, ModelOf):
            yield from self.amount.numbers.values()
            yield from self.amount.weights.values()
            for step in self.amount.steps:
                yield step.from_result
                yield from (each for each in (step.added,) if each is not None)
            for each in self.amount.points:
                yield from scale_numbers(each.scale)


@dataclass(frozen=True, slots=True)
class Term:
    """How long credit is given: days, or as long as a fact of the customer says, up to `longest`."""

    days: Number | None = None
    key_days: Number | None = None
    """For key customers, where they have more (B7)."""
    fact: str | None = None
    longest: Number | None = None

    def numbers(self) -> Iterator[Number]:
        """Its numbers, the names of parameters among them."""
        yield from (each for each in (self.days, self.key_days, self.longest) if each is not None)


@dataclass(frozen=True, slots=True)
class LimitRule:
    """What a grade may have: up to the lowest of its ceilings for a term, or nothing, with what opens the door."""

    grade: str
    kind: CreditKind
    had_credit: bool
    article: str
    ceilings: tuple[CeilingRule, ...] = ()
    term: Term | None = None
    """None: the document says nothing of it."""
    only_when_necessary: bool = False
    refusal: str | None = None
    opens: str | None = None

    def facts(self) -> Iterator[str]:
        """The facts of the customer that limit and term are made from."""
        for ceiling in self.ceilings:
            yield from ceiling.facts()
        if self.term is not None and self.term.fact is not None:
            yield self.term.fact
        if self.term is not None and self.term.key_days is not None:
            yield KEY_CUSTOMER

    def numbers(self) -> Iterator[Number]:
        """Its numbers, the names of parameters among them."""
        for ceiling in self.ceilings:
            yield from ceiling.numbers()
        if self.term is not None:
            yield from self.term.numbers()
