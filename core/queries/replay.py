"""Stored assessments replayed from their own inputs: the same result, or what differs (2.4, 9.2)."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.policies.library import Library
from core.records.assessment import Assessment
from core.records.request import CreditRequest
from core.records.tables import table_of
from core.rules.assess import rate
from core.rules.limit import LimitFacts, propose
from core.rules.outcome import differences, outcome
from core.texts.wire import dumps, facts_of

_ASSESSMENT, _REQUEST = table_of(Assessment), table_of(CreditRequest)


@dataclass(frozen=True, slots=True)
class Replay:
    """One assessment replayed."""

    request: str
    """The number of the request that it was made for."""
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
    """Every stored assessment of a request, or of all, the oldest first."""
    found = (
        select(Assessment, _REQUEST.c.number)
        .join(CreditRequest, _REQUEST.c.assessment == _ASSESSMENT.c.id)
        .order_by(_ASSESSMENT.c.id)
    )
    if number is not None:
        found = found.where(_REQUEST.c.number == number)
    for assessment, request in session.execute(found):
        yield _replayed(library, assessment, request)


def _replayed(library: Library, stored: Assessment, request: str) -> Replay:
    policy = library.policy_of(stored.policy_checksum)
    if policy is None:
        return Replay(request, stored.policy, stored.policy_version, policy_found=False, differs=())
    inputs = facts_of(stored.inputs)
    rating = rate(policy, inputs["facts"])
    proposal = propose(policy, LimitFacts(**inputs["limit"]), inputs["facts"])
    # Both have gone through the same text, so that nothing differs by how it is written.
    now = facts_of(dumps(outcome(rating, proposal)))
    differs = differences(facts_of(stored.result), now)
    return Replay(request, stored.policy, stored.policy_version, policy_found=True, differs=differs)
