"""Stored assessments replayed from their own inputs: the same result, or what differs (2.4, 9.2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select, union
from sqlalchemy.orm import Session

from core.policies.library import Library
from core.queries.rating.snapshot import (
    Heading,
    WrittenOutcome,
    heading,
    read_facts,
    read_outcome,
    written_outcome,
)
from core.records.assessment import Assessment
from core.records.customer import Customer
from core.records.request import CreditRequest
from core.records.review import RatingReview
from core.records.snapshot import SnapshotBatch, SnapshotGrade
from core.records.tables import table_of
from core.rules.limits.limit import LimitFacts, propose
from core.rules.policy.policy import Policy
from core.rules.rating.assess import rate
from core.rules.rating.outcome import Outcome, differences, outcome, rating_outcome
from core.texts.kept import kept_value
from core.texts.wire import dumps, facts_of

_ASSESSMENT, _REQUEST, _REVIEW = table_of(Assessment), table_of(CreditRequest), table_of(RatingReview)
_CUSTOMER, _BATCH, _GRADE = table_of(Customer), table_of(SnapshotBatch), table_of(SnapshotGrade)
_MADE_FOR = func.coalesce(_REQUEST.c.number, _REVIEW.c.number)
_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Replay:
    """One assessment replayed."""

    request: str
    """The number of the request or review that it was made for; else the customer's code and the month."""
    policy: str
    version: str
    policy_found: bool
    """Its very policy, by checksum, is still in the library; without it nothing can be replayed."""
    differs: tuple[str, ...]
    """What came out otherwise, by name."""

    @property
    def same(self) -> bool:
        """It came out as it was stored."""
        return self.policy_found and not self.differs


def replays(session: Session, library: Library, number: str | None = None) -> Iterator[Replay]:
    """Every stored assessment of a request or review, or of all and of every month, the oldest first."""
    yield from _of_decisions(session, library, number)
    if number is None:
        yield from _of_months(session, library)


def _of_decisions(session: Session, library: Library, number: str | None) -> Iterator[Replay]:
    found = (
        select(Assessment, _MADE_FOR)
        .outerjoin(CreditRequest, _REQUEST.c.assessment == _ASSESSMENT.c.id)
        .outerjoin(RatingReview, _REVIEW.c.assessment == _ASSESSMENT.c.id)
        .where(_MADE_FOR.is_not(None))
        .order_by(_ASSESSMENT.c.id)
        .execution_options(yield_per=_AT_A_TIME)
    )
    if number is not None:
        made = (select(table.c.assessment).where(table.c.number == number) for table in (_REQUEST, _REVIEW))
        found = found.where(_ASSESSMENT.c.id.in_(union(*made)))
    for stored, made_for in session.execute(found):
        policy = library.policy_of(stored.policy_checksum)
        differs = () if policy is None else _differs_from_decision(policy, stored)
        yield Replay(made_for, stored.policy, stored.policy_version, policy is not None, differs)


def _of_months(session: Session, library: Library) -> Iterator[Replay]:
    found = (
        select(_CUSTOMER.c.code, _GRADE, _BATCH.c.fact_names, _BATCH.c.item_names)
        .add_columns(_BATCH.c.policy, _BATCH.c.policy_version, _BATCH.c.policy_checksum)
        .join(_BATCH, _BATCH.c.id == _GRADE.c.batch)
        .join(_CUSTOMER, _CUSTOMER.c.id == _GRADE.c.customer)
        .order_by(_GRADE.c.month, _GRADE.c.customer)
        .execution_options(yield_per=_AT_A_TIME)
    )
    for stored in session.execute(found):
        policy = library.policy_of(stored.policy_checksum)
        differs = () if policy is None else _differs_from_month(policy, stored)
        made_for = f"{stored.code} {stored.month:%Y-%m}"
        yield Replay(made_for, stored.policy, stored.policy_version, policy is not None, differs)


def _differs_from_decision(policy: Policy, stored: Assessment) -> tuple[str, ...]:
    # Both have gone through the same text, so that nothing differs by how it is written.
    now = facts_of(dumps(_outcome(policy, facts_of(stored.inputs))))
    return differences(facts_of(stored.result), now)


def _differs_from_month(policy: Policy, stored: Row[Any]) -> tuple[str, ...]:
    head = Heading(tuple(kept_value(stored.fact_names)), tuple(kept_value(stored.item_names)))
    was = read_outcome(head, WrittenOutcome(stored.grade, stored.score, stored.result))
    now = written_outcome(policy, read_facts(head, stored.inputs))
    return differences(was, read_outcome(heading(policy), now))


def _outcome(policy: Policy, inputs: Mapping[str, Any]) -> Outcome:
    """What the policy makes of stored inputs: with a limit where one was asked for."""
    rating = rate(policy, inputs["facts"])
    if "limit" not in inputs:
        return rating_outcome(rating)
    return outcome(rating, propose(policy, LimitFacts(**inputs["limit"]), inputs["facts"]))
