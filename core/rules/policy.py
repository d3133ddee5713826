"""The shape of a rating and limit policy: what a policy file says, read and checked, for the rules to decide by.

Files are read by `core.policies.library`; nothing here knows where a policy came from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from core.rules.conditions import Condition, FactTest
from core.rules.facts import FactType, FactValue
from core.rules.limit_rules import CreditKind, LimitRule
from core.rules.source import Source, Text


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that the article leaves to the company; `value` None is unset and has no default."""

    key: str
    kind: FactType
    value: FactValue
    article: str
    note: Text


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
