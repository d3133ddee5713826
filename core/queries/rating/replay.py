"""Stored assessments replayed from their own inputs: the same result, or what differs (2.4, 9.2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, cast, func, select, union
from sqlalchemy.orm import Session

from core.policies.library import Library
from core.records.assessment import Assessment
from core.records.customer import Customer
from core.records.request import CreditRequest
from core.records.review import RatingReview
from core.records.tables import table_of
from core.rules.limits.limit import LimitFacts, propose
from core.rules.policy.policy import Policy
from core.rules.rating.assess import rate
from core.rules.rating.outcome import Outcome, differences, outcome, rating_outcome
from core.texts.wire import dumps, facts_of

_ASSESSMENT, _REQUEST, _REVIEW = table_of(Assessment), table_of(CreditRequest), table_of(RatingReview)
_CUSTOMER = table_of(Customer)
_OF_A_MONTH = _CUSTOMER.c.code + " " + func.substr(cast(_ASSESSMENT.c.snapshot, String), 1, len("2026-03"))
_MADE_FOR = func.coalesce(_REQUEST.c.number, _REVIEW.c.number, _OF_A_MONTH)
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
    found = (
        select(Assessment, _MADE_FOR)
        .join(Customer, _CUSTOMER.c.id == _ASSESSMENT.c.customer)
        .outerjoin(CreditRequest, _REQUEST.c.assessment == _ASSESSMENT.c.id)
        .outerjoin(RatingReview, _REVIEW.c.assessment == _ASSESSMENT.c.id)
        .where(_MADE_FOR.is_not(None))
        .order_by(_ASSESSMENT.c.id)
        .execution_options(yield_per=_AT_A_TIME)
    )
    if number is not None:
        made = (select(table.c.assessment).where(table.c.number == number) for table in (_REQUEST, _REVIEW))
        found = found.where(_ASSESSMENT.c.id.in_(union(*made)))
    for assessment, made_for in session.execute(found):
        yield _replayed(library, assessment, made_for)


def _replayed(library: Library, stored: Assessment, request: str) -> Replay:
    policy = library.policy_of(stored.policy_checksum)
    if policy is None:
        return Replay(request, stored.policy, stored.policy_version, policy_found=False, differs=())
    inputs = facts_of(stored.inputs)
    # Both have gone through the same text, so that nothing differs by how it is written.
    now = facts_of(dumps(_outcome(policy, inputs)))
    differs = differences(facts_of(stored.result), now)
    return Replay(request, stored.policy, stored.policy_version, policy_found=True, differs=differs)


def _outcome(policy: Policy, inputs: Mapping[str, Any]) -> Outcome:
    """What the policy makes of stored inputs: with a limit where one was asked for."""
    rating = rate(policy, inputs["facts"])
    if "limit" not in inputs:
        return rating_outcome(rating)
    return outcome(rating, propose(policy, LimitFacts(**inputs["limit"]), inputs["facts"]))
