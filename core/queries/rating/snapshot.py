"""Every customer's grade of a month (2.9): whose is not kept yet, and what the policy in force makes of today's facts."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.queries.customers.facts import facts_of_many
from core.queries.customers.survey import KnownFact
from core.queries.office import Office
from core.queries.policies.simulation import customers_on
from core.records.snapshot import SnapshotGrade
from core.records.tables import table_of
from core.rules.policy.policy import Policy
from core.rules.rating.assess import rate
from core.rules.rating.doubt import DOUBT
from core.rules.rating.outcome import Outcome, kept_outcome
from core.rules.rating.reading import KnownFacts
from core.rules.rating.scorecard import Scorecard
from core.rules.rating.scorecard_plan import NotYetSet, ScorecardPlan
from core.rules.rating.tally import tallier
from core.texts.kept import kept_text, kept_value

_GRADE = table_of(SnapshotGrade)


@dataclass(frozen=True, slots=True)
class Heading:
    """The names of what is written of every customer, so that they are written once."""

    facts: tuple[str, ...]
    items: tuple[str, ...]
    """Of a scorecard; none where a policy rates otherwise."""


class WrittenOutcome(NamedTuple):
    """An outcome in the words in which it is kept."""

    grade: str | None
    score: str | None
    result: str
    """All but grade and score."""


class WrittenGrade(NamedTuple):
    """A customer's grade of a month, in the words in which it is kept."""

    customer: int
    grade: str | None
    score: str | None
    result: str
    inputs: str


Writer = Callable[[KnownFacts], WrittenOutcome | None]


def not_yet_kept(session: Session, office: Office, month: date) -> tuple[int, ...]:
    """Who was a customer on the first day of the month and has no grade kept of it; ids, by code."""
    kept = set(session.scalars(select(_GRADE.c.customer).where(_GRADE.c.month == month)))
    return tuple(each for each, _, _ in customers_on(session, office, month) if each not in kept)


def written_grades(
    session: Session, office: Office, policy: Policy, customers: Sequence[int], on: date
) -> tuple[WrittenGrade, ...]:
    """A few customers rated by a policy on what is known on a day."""
    return tuple(written(policy, facts_of_many(session, office, customers, on).items()))


def heading(policy: Policy) -> Heading:
    """What is written of every customer who is rated by a policy."""
    items: Sequence[str] = ()
    if isinstance(policy.method, ScorecardPlan):
        items = sorted(each.fact for group in policy.method.groups for each in group.indicators)
    return Heading(tuple(dict.fromkeys((*policy.fact_keys, DOUBT))), tuple(items))


def written(policy: Policy, known: Iterable[tuple[int, Mapping[str, KnownFact]]]) -> Iterator[WrittenGrade]:
    """Customers rated on these facts: grades made and written down as fast as many of them need."""
    head, quickly = heading(policy), _writer(policy)
    for customer, facts in known:
        values = {key: None if (fact := facts.get(key)) is None else fact.value for key in head.facts}
        outcome = quickly(values) or written_outcome(policy, values)
        yield WrittenGrade(customer, *outcome, kept_text([*values.values()]))


def written_outcome(policy: Policy, facts: KnownFacts) -> WrittenOutcome:
    """What `rate` gives, written down."""
    outcome = dict(kept_outcome(rate(policy, facts)))
    grade, score, items = outcome.pop("grade"), outcome.pop("score"), outcome["items"]
    names = heading(policy).items
    if items.keys() == set(names):
        outcome["items"] = [items[name] for name in names]
    return WrittenOutcome(grade, None if score is None else str(score), kept_text(outcome))


def read_facts(head: Heading, inputs: str) -> Mapping[str, Any]:
    """The facts that a kept grade was made from."""
    return {
        key: value for key, value in zip(head.facts, kept_value(inputs), strict=True) if value is not None
    }


def read_outcome(head: Heading, outcome: WrittenOutcome) -> Outcome:
    """What `kept_outcome` told."""
    told = kept_value(outcome.result)
    if isinstance(told["items"], list):
        told["items"] = dict(zip(head.items, told["items"], strict=True))
    return {"grade": outcome.grade, "score": outcome.score, **told}


def _writer(policy: Policy) -> Writer:
    """The same, faster, where all that is asked of a customer is the places of its figures on a scorecard."""
    if not isinstance(policy.method, ScorecardPlan) or policy.unset:
        return lambda _facts: None
    writers: dict[int, Writer] = {}

    def write(facts: KnownFacts) -> WrittenOutcome | None:
        if facts.get(DOUBT) is not None:
            return None
        try:
            card = policy.card(facts)
        except NotYetSet:
            return None
        if id(card) not in writers:
            writers[id(card)] = _writer_of(card)
        return writers[id(card)](facts)

    return write


def _writer_of(card: Scorecard) -> Writer:
    tally = tallier(card, lambda part: kept_text(part.points))

    @lru_cache
    def around(gates: tuple[str, ...], scored_grade: str) -> tuple[str, str]:
        rest = f'],"not_rated":[],"scored_grade":{kept_text(scored_grade)}}}'
        return f'{{"gates":{kept_text(gates)},"items":[', rest

    def write(facts: KnownFacts) -> WrittenOutcome | None:
        found = tally(facts)
        if found is None:
            return None
        before, after = around(found.gates, found.scored_grade)
        return WrittenOutcome(found.grade, str(found.score), before + ",".join(found.told) + after)

    return write
