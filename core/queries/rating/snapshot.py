"""Every customer's grade of a month (2.9): whose is not kept yet, and what the policy in force makes of today's facts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from core.policies.library import Library
from core.queries.customers.facts import KnownFact, known_facts
from core.queries.office import Office
from core.queries.policies.simulation import customers_on
from core.records.assessment import Assessment
from core.records.tables import table_of
from core.rules.policy.policy import Policy
from core.rules.rating.outcome_only import outcome_only
from core.storage.bulk import is_listed, listed
from core.texts.plain_wire import Written, plain_dumps

_ASSESSMENT = table_of(Assessment)
_KEPT_AMONG = select(_ASSESSMENT.c.customer).where(
    _ASSESSMENT.c.snapshot == bindparam("month"), is_listed(_ASSESSMENT.c.customer)
)
"""Asked inside the write, once for every chunk: put together once."""


@dataclass(frozen=True, slots=True)
class WrittenGrade:
    """A customer's grade with inputs and result, in the words in which they are kept."""

    customer: int
    grade: str | None
    inputs: str
    result: str


def not_yet_kept(session: Session, office: Office, month: date) -> tuple[int, ...]:
    """Who was a customer on the first day of the month and has no grade kept of it; ids, by code."""
    kept = set(session.scalars(select(_ASSESSMENT.c.customer).where(_ASSESSMENT.c.snapshot == month)))
    return tuple(each for each, _, _ in customers_on(session, office, month) if each not in kept)


def kept_among(session: Session, month: date, customers: Sequence[int]) -> set[int]:
    """Those of a few customers whose grade of the month is kept."""
    return set(session.scalars(_KEPT_AMONG, {"month": month, **listed(customers)}))


def written_grades(
    session: Session, library: Library, policy: Policy, customers: Sequence[int], on: date
) -> tuple[WrittenGrade, ...]:
    """A few customers rated by a policy on what is known on a day."""
    return tuple(written(policy, ((each, known_facts(session, library, each, on)) for each in customers)))


def written(policy: Policy, known: Iterable[tuple[int, Mapping[str, KnownFact]]]) -> Iterator[WrittenGrade]:
    """Customers rated on these facts: grades made and written down as fast as many of them need."""
    outcome_of = outcome_only(policy)
    for customer, facts in known:
        values = {key: fact.value for key, fact in facts.items()}
        sources = {key: _source(fact.source, fact.as_of, fact.by) for key, fact in facts.items()}
        result = outcome_of(values)
        yield WrittenGrade(
            customer,
            result["grade"],
            plain_dumps({"facts": values, "sources": sources}),
            plain_dumps(result),
        )


@lru_cache(maxsize=2**14)
def _source(source: str, as_of: date, by: int | None) -> Written:
    """Whoever asks one thing of a customer that day has mostly asked many."""
    return Written(plain_dumps((source, as_of, by)))
