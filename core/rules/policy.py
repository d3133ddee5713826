"""The shapes of policy: what a policy file says, read and checked, for the rules to decide by.

Files are read by `core.policies.library`; nothing here knows where a policy came from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from core.rules.calendar import Hours
from core.rules.ladder import Ladder
from core.rules.money import Money

FactValue = bool | Decimal | int | date | str | Money | None
Facts = Mapping[str, FactValue]
"""What is known of a customer, by fact key; None or absent is unknown, which is not zero."""


@dataclass(frozen=True, slots=True)
class Text:
    """A policy's own words in both languages, as data."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Source:
    """Which file this is: what a stored decision names, so that it can be replayed."""

    id: str
    version: str
    in_force_from: date
    document: str
    title: Text
    checksum: str
    """SHA-256 of what the file says, whatever its layout and comments; an overlay included."""


class FactType(StrEnum):
    """What kind of answer a fact is."""

    YES_NO = "yes_no"
    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    COUNT = "count"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class FactKind:
    """One fact of the vocabulary: its names, how it is answered and where it comes from.

    `source` is ``survey`` (people are asked the `question`) or ``ledger`` (counted by the desk). The range
    is in the fact's own unit (yuan for money), ends included; None is no bound.
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

    def asked_by(self, policy: "Policy") -> tuple[FactKind, ...]:
        """The facts of this policy that people are asked for."""
        return tuple(kind for kind in self.kinds if kind.source == "survey" and kind.key in policy.fact_keys)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that the article leaves to the company; `value` None is unset and has no default."""

    key: str
    kind: FactType
    value: FactValue
    article: str
    note: Text


class Comparison(StrEnum):
    """How a fact is compared with its threshold."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    LESS_THAN = "<"
    IS = "="


@dataclass(frozen=True, slots=True)
class FactTest:
    """One fact against a threshold: a literal `value` or the name of a `parameter`."""

    fact: str
    op: Comparison
    value: FactValue = None
    parameter: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """Tests and conditions joined by ``all``, ``any`` or ``not`` (which has one part)."""

    join: str
    parts: tuple["Condition | FactTest", ...]

    def tests(self) -> Iterator[FactTest]:
        """Every test in it, in the order written."""
        for part in self.parts:
            if isinstance(part, FactTest):
                yield part
            else:
                yield from part.tests()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the policy's list for a grade."""

    key: str
    grade: str
    article: str
    title: Text
    when: Condition
    importance: int = 0
    """Among reasons the more important one is told first; equals keep the order of the file."""


class GradeRule(StrEnum):
    """How a grade is reached from its criteria."""

    ALL = "all"
    ANY = "any"
    ELSE = "else"


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and how it is reached; a policy lists them best first."""

    code: str
    rule: GradeRule
    article: str


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


class Clearance(StrEnum):
    """What must be settled before anything new (B9 art. 34): what is overdue, or literally everything."""

    OVERDUE = "overdue"
    ALL = "all"


class Ground(StrEnum):
    """What a deal is held for, or a grant warned about; a policy names the article of each."""

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


@dataclass(frozen=True, slots=True)
class Validity:
    """How long a rating holds, in months, and how many days before its end people are reminded (B9 art. 11)."""

    months: int
    reminder_days: tuple[int, ...]
    article: str


@dataclass(frozen=True)
class Policy:
    """A rating and limit policy, complete and checked."""

    source: Source
    validity: Validity
    grades: tuple[Grade, ...]
    criteria: tuple[Criterion, ...]
    cap: Criterion
    """Who meets this, or has a criterion unanswered, gets no better than its grade (B9 art. 17)."""
    limits: tuple[LimitRule, ...]
    clearance: Clearance
    portfolio: PortfolioCap
    articles: Mapping[Ground, str]
    parameters: Mapping[str, Parameter]

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

    @cached_property
    def unset(self) -> tuple[str, ...]:
        """Parameters that the company has still to set; until then the policy refuses to rate."""
        return tuple(key for key, parameter in self.parameters.items() if parameter.value is None)

    @cached_property
    def fact_keys(self) -> tuple[str, ...]:
        """Every fact that the policy looks at, in the order of its criteria."""
        return tuple(dict.fromkeys(test.fact for test in self.tests()))

    @cached_property
    def grades_without_credit(self) -> frozenset[str]:
        """Grades that may have no credit of any kind (B9 art. 27)."""
        return frozenset(grade.code for grade in self.grades) - {
            rule.grade for rule in self.limits if rule.refusal is None
        }

    def tests(self) -> Iterator[FactTest]:
        """Every test of a fact, in the order of the criteria, the cap last."""
        for criterion in (*self.criteria, self.cap):
            yield from criterion.when.tests()

    def grade(self, code: str) -> Grade:
        """The grade of this code."""
        return next(grade for grade in self.grades if grade.code == code)

    def criterion(self, key: str) -> Criterion:
        """The criterion of this key, the cap's among them."""
        return next(criterion for criterion in (*self.criteria, self.cap) if criterion.key == key)

    def threshold(self, test: FactTest) -> FactValue:
        """What a test compares with; None when its parameter is unset."""
        return test.value if test.parameter is None else self.parameters[test.parameter].value

    def limit_rule(self, grade: str, kind: CreditKind, had_credit: bool) -> LimitRule:
        """The one rule for a grade, a kind of credit, and whether there was credit before."""
        return next(
            rule
            for rule in self.limits
            if (rule.grade, rule.kind, rule.had_credit) == (grade, kind, had_credit)
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an approval chain: roles that sign side by side."""

    roles: tuple[str, ...]
    article: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Who approves, in which order, and when a waiting approval is nagged about and passed on (3.3)."""

    source: Source
    steps: tuple[Step, ...]
    nag_after: timedelta
    """Working time, as is `escalate_after`."""
    escalate_after: timedelta
    working_hours: Hours

    @property
    def id(self) -> str:
        """The chain's id, which a request carries."""
        return self.source.id


@dataclass(frozen=True, slots=True)
class Reminders:
    """The reminder ladder with the hour of its digest and the hours in which nobody is written to (6.1)."""

    source: Source
    ladder: Ladder
    digest_at: time
    quiet_hours: Hours
