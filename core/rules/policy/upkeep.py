"""The life of a rating as its policy rules it: validity, re-rating, override, appeal, publication."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.rules.permission import Role


class RatingEvent(StrEnum):
    """What calls for a rating before its time (2.6)."""

    OVERDUE = "overdue"
    NEW_STATEMENTS = "new_statements"
    POLICY_CHANGED = "policy_changed"
    NEGATIVE_EVENT = "negative_event"


@dataclass(frozen=True, slots=True)
class Validity:
    """How long a rating holds, in months, and how many days before its end people are reminded (B9 art. 11)."""

    months: int
    reminder_days: tuple[int, ...]
    article: str


@dataclass(frozen=True, slots=True)
class Rerating:
    """Shorter cycles by grade and for key customers, in months, events that call for a rating, who assesses (2.5, 2.6)."""

    months_by_grade: Mapping[str, int]
    key_customers_months: int | None
    events: frozenset[RatingEvent]
    article: str
    assessors: tuple[Role, ...] = (Role.CREDIT_CONTROLLER, Role.FINANCE_MANAGER)
    tolerated_days: int = 30
    """An invoice later than that is an event."""
    escalate_days: int = 7
    """A review open longer than that goes to the assessors' superiors."""


@dataclass(frozen=True, slots=True)
class Override:
    """How far people may go from the grade that came out, and who has to approve it (2.7)."""

    notches_up: int
    notches_down: int
    approvers: tuple[Role, ...]
    article: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """Within how many days a customer may object (2.8)."""

    days: int
    article: str


@dataclass(frozen=True, slots=True)
class Publication:
    """Whether grades may be published (2.11)."""

    allowed: bool
    article: str


@dataclass(frozen=True)
class Upkeep:
    """All of it; None where the document says nothing."""

    validity: Validity | None = None
    rerating: Rerating | None = None
    override: Override | None = None
    appeal: Appeal | None = None
    publication: Publication | None = None
