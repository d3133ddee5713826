"""The shape of a policy, whatever its method: what a policy file says, read and checked, for the rules to decide by.

Files are read by `core.policies.library`; nothing here knows where a policy came from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import chain

from core.rules.limits.limit_rules import CeilingRule, CreditKind, LimitRule
from core.rules.policy.conditions import bound, leaf_tests
from core.rules.policy.facts import FactValue
from core.rules.policy.gates import Gate
from core.rules.policy.grades import Grade
from core.rules.policy.parameters import Number, Parameter
from core.rules.policy.source import Source, Text
from core.rules.policy.upkeep import Upkeep, Validity
from core.rules.rating.criteria import Criteria
from core.rules.rating.efficacy import Method as Efficacy
from core.rules.rating.reading import KnownFacts, KnownValue
from core.rules.rating.scorecard import POINTS, Scorecard
from core.rules.rating.scorecard_plan import ScorecardPlan
from core.rules.rating.standards import Standards, StandardsBook
from core.rules.rating.three_tier import SHEETS, ThreeTier

INDUSTRY, SIZE = "industry", "size"
"""The facts by which standard values are chosen, where there are several."""


class Clearance(StrEnum):
    """What must be settled before anything new (B9 art. 34): what is overdue, or literally everything."""

    OVERDUE = "overdue"
    ALL = "all"


class Ground(StrEnum):
    """What a deal is held for, or a grant warned about; a policy names the article of each that it speaks of."""

    NO_LINE = "no_line"
    LINE_SUSPENDED = "line_suspended"
    LINE_CLOSED = "line_closed"
    LINE_NOT_STARTED = "line_not_started"
    LINE_ENDED = "line_ended"
    NOT_RATED = "not_rated"
    RATING_EXPIRED = "rating_expired"
    GRADE_HAS_NO_CREDIT = "grade_has_no_credit"
    OVERDUE = "overdue"
    NOT_CLEARED = "not_cleared"
    OVER_LIMIT = "over_limit"
    RUN_DOWN = "run_down"
    RAISED_LINE = "raised_line"
    """A changed line above the old one: it needs the approver's reason (B9 art. 42)."""


@dataclass(frozen=True, slots=True)
class PortfolioCap:
    """All lines together stay within this company figure (B9 art. 23)."""

    figure: str
    article: str


Method = Criteria | ScorecardPlan | ThreeTier


Case = tuple[KnownValue, KnownValue]
"""An industry and a size; None and None where standard values do not go by them."""


@dataclass(frozen=True)
class Policy:
    """A rating and limit policy, complete and checked."""

    source: Source
    grades: tuple[Grade, ...]
    """Best first. None for a limit model, which rates nobody."""
    method: Method | None
    limits: tuple[LimitRule, ...]
    parameters: Mapping[str, Parameter]
    upkeep: Upkeep
    gates: tuple[Gate, ...] = ()
    doubts: Mapping[str, Gate] = field(default_factory=dict)
    """What opens when the material is in doubt (1.6), by doubt: see `core.rules.rating.doubt`."""
    ceilings: tuple[CeilingRule, ...] = ()
    """Of the limit models that it names, or is: they hold for every grade that may have credit."""
    limit_models: tuple[str, ...] = ()
    clearance: Clearance = Clearance.OVERDUE
    portfolio: PortfolioCap | None = None
    articles: Mapping[Ground, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The policy's id, which begins with the code of its document."""
        return self.source.id

    @property
    def version(self) -> str:
        """The version of the policy file."""
        return self.source.version

    @property
    def title(self) -> Text:
        """The policy's name."""
        return self.source.title

    @property
    def checksum(self) -> str:
        """The checksum that a stored decision carries."""
        return self.source.checksum

    @property
    def validity(self) -> Validity:
        """How long a rating holds; of a policy that rates."""
        assert self.upkeep.validity is not None
        return self.upkeep.validity

    @cached_property
    def values(self) -> Mapping[str, FactValue]:
        """The values of the parameters; None is unset."""
        return {key: parameter.value for key, parameter in self.parameters.items()}

    def values_for(self, ceiling: CeilingRule) -> Mapping[str, FactValue]:
        """The values that a ceiling's numbers are taken from: those of its limit model, if it comes from one."""
        before = f"{ceiling.model}."
        if not ceiling.model:
            return self.values
        return {
            key.removeprefix(before): value for key, value in self.values.items() if key.startswith(before)
        }

    @cached_property
    def unset(self) -> tuple[str, ...]:
        """Parameters that the company has still to set; until then the policy refuses to rate."""
        return tuple(key for key, value in self.values.items() if value is None)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The grades, best first."""
        return tuple(grade.code for grade in self.grades)

    @cached_property
    def fact_keys(self) -> tuple[str, ...]:
        """Every fact that the rating looks at, in the order of the method, the gates' last."""
        gates = (test.fact for gate in self.gates for test in leaf_tests(gate.when))
        looked_at = chain(self._method_facts(), (key for key in gates if not key.startswith(POINTS)))
        return tuple(dict.fromkeys(looked_at))

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """Every fact that rating, limit and term look at."""
        limits = (key for rule in self.limits for key in rule.facts())
        added = (key for ceiling in self.ceilings for key in ceiling.facts())
        return tuple(dict.fromkeys(chain(self.fact_keys, limits, added)))

    @cached_property
    def grades_without_credit(self) -> frozenset[str]:
        """Grades that may have no credit of any kind (B9 art. 27)."""
        ruled = {rule.grade for rule in self.limits}
        allowed = {rule.grade for rule in self.limits if rule.refusal is None}
        return frozenset(grade.code for grade in self.grades if grade.no_credit) | ruled - allowed

    @property
    def grades_without_limit(self) -> tuple[str, ...]:
        """Grades that may have credit and whose limit nothing holds down: approvers decide how much of what is asked."""
        if self.ceilings:
            return ()
        ruled = {rule.grade for rule in self.limits} | self.grades_without_credit
        return tuple(code for code in self.codes if code not in ruled)

    def numbers(self) -> Iterator[Number]:
        """Every number of the policy as it is written, the names of parameters among them."""
        yield from (grade.at_least for grade in self.grades if grade.at_least is not None)
        for rule in self.limits:
            yield from rule.numbers()
        for ceiling in self.ceilings:
            yield from ceiling.numbers()
        if isinstance(self.method, ScorecardPlan):
            yield from self.method.numbers()
        elif isinstance(self.method, ThreeTier):
            yield self.method.fewest_experts

    def grade(self, code: str) -> Grade:
        """The grade of this code."""
        return next(grade for grade in self.grades if grade.code == code)

    def words(self, key: str) -> Text | None:
        """The policy's words for a parameter, an indicator, a group or a gate; None where it has none."""
        if key in self.parameters:
            return self.parameters[key].note
        words = {gate.key: gate.title for gate in self.gates}
        match self.method:
            case ScorecardPlan():
                words |= {group.key: group.title for group in self.method.groups}
                words |= {each.fact: each.title for each in self.method.indicators()}
            case ThreeTier():
                words |= dict(self.method.tables.titles) | dict(self.method.titles)
        return words.get(key)

    def article(self, ground: Ground) -> str:
        """The article behind a ground; empty where the document does not speak of it."""
        return self.articles.get(ground, "")

    def limit_rule(self, grade: str, kind: CreditKind, had_credit: bool) -> LimitRule | None:
        """The rule for a grade, a kind of credit, and whether there was credit before; None where there is none."""
        case = (grade, kind, had_credit)
        found = (rule for rule in self.limits if (rule.grade, rule.kind, rule.had_credit) == case)
        return next(found, None)

    @cached_property
    def lists(self) -> Criteria:
        """The lists with the values of the parameters; of a policy that rates by criteria."""
        assert isinstance(self.method, Criteria)
        return self.method.bound(self.values)

    @cached_property
    def bound_gates(self) -> tuple[Gate, ...]:
        """The gates with the values of the parameters."""
        return tuple(replace(gate, when=bound(gate.when, self.values)) for gate in self.gates)

    def standards(self, facts: KnownFacts) -> Mapping[str, Standards]:
        """The standard values for a customer's industry and size, by ratio; none where the method has none."""
        book = None if isinstance(self.method, Criteria | None) else self.method.standards
        if book is None:
            return {}
        case = _case(book, facts)
        if case not in self._standards:
            self._standards[case] = book.of(*case)
        return self._standards[case]

    def card(self, facts: KnownFacts) -> Scorecard:
        """The scorecard with the values of the parameters and the customer's standard values.

        `NotYetSet` where those are missing; of a policy that has everything set and rates by a scorecard.
        """
        assert isinstance(self.method, ScorecardPlan)
        case = _case(self.method.standards, facts)
        if case not in self._cards:
            standards = self.standards(facts)
            self._cards[case] = self.method.card(self.values, self.grades, self.bound_gates, standards)
        return self._cards[case]

    def tiers(self, facts: KnownFacts) -> Efficacy:
        """The method of efficacy coefficients with the customer's standard values; of a three-tier policy."""
        assert isinstance(self.method, ThreeTier)
        case = _case(self.method.standards, facts)
        if case not in self._tiers:
            self._tiers[case] = self.method.method(self.standards(facts))
        return self._tiers[case]

    @cached_property
    def _standards(self) -> dict[Case, Mapping[str, Standards]]:
        return {}

    @cached_property
    def _cards(self) -> dict[Case, Scorecard]:
        return {}

    @cached_property
    def _tiers(self) -> dict[Case, Efficacy]:
        return {}

    def _method_facts(self) -> Iterator[str]:
        match self.method:
            case Criteria():
                yield from (test.fact for test in self.method.tests())
            case ScorecardPlan(standards=standards):
                yield from (indicator.fact for indicator in self.method.indicators())
                if standards is not None and standards.by_industry:
                    yield from (INDUSTRY, SIZE)
            case ThreeTier():
                yield from self.method.ratios()
                if self.method.review_share:
                    yield SHEETS
                if self.method.standards.by_industry:
                    yield from (INDUSTRY, SIZE)


def _case(book: StandardsBook | None, facts: KnownFacts) -> Case:
    return (facts.get(INDUSTRY), facts.get(SIZE)) if book is not None and book.by_industry else (None, None)
