"""What the policy says about a customer today: grade, limit, term, and who would have to sign."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.queries.customers.facts import known_facts, values_of
from core.queries.customers.survey import KnownFact
from core.queries.ledger.exposure import closing_receivables
from core.queries.office import Office
from core.queries.people.approvers import chain_holders
from core.queries.policies.activation import active_policy
from core.records.company import CompanyFact
from core.records.customer import Customer
from core.records.line import CreditLine
from core.records.tables import table_of
from core.rules.credit.approval import Chain, vacancies
from core.rules.lifecycles.lifecycle import LineState
from core.rules.limits.limit import LimitFacts, Proposal, propose
from core.rules.limits.limit_from_facts import HAD_CREDIT, limit_facts
from core.rules.money import Money
from core.rules.policy.policy import Policy
from core.rules.rating.assess import lifts, rate
from core.rules.rating.rating import Lift, Rating
from core.texts.wire import Named, loads

_LINE = table_of(CreditLine)


@dataclass(frozen=True)
class Rated:
    """A customer rated by the policy in force, with the facts that it was rated on."""

    policy: Policy
    facts: Mapping[str, KnownFact]
    rating: Rating
    lifts: tuple[Lift, ...]


@dataclass(frozen=True)
class Considered:
    """A request before it is made: everything that its submission will store."""

    rated: Rated
    limit_facts: LimitFacts
    proposal: Proposal
    chain: Chain
    vacant: tuple[str, ...]
    """Roles of the chain that nobody else can fill; the request cannot go its way then."""
    line: CreditLine | None


def rated(session: Session, office: Office, customer: int, on: date) -> Rated:
    policy = active_policy(session, office, on)
    facts = known_facts(session, office.library, customer, on)
    values = values_of(facts)
    return Rated(policy, facts, rate(policy, values), lifts(policy, values))


def unset_parameters(rated: Rated) -> list[Named]:
    """What the company has still to set before the policy rates anybody, in the policy's own words."""
    return [Named(words.zh, words.en) for key in rated.rating.unset if (words := rated.policy.words(key))]


def consider(
    session: Session,
    office: Office,
    customer: Customer,
    *,
    requester: int,
    kind: str,
    asked: Money,
    collateral: Money | None,
    on: date,
) -> Considered:
    """What a request of this kind and amount would bring (2.3, 3.2, 3.3)."""
    assert customer.id is not None
    found = rated(session, office, customer.id, on)
    values = values_of(found.facts)
    facts = limit_facts(
        values,
        grade=found.rating.grade,
        kind=kind,
        asked=asked,
        had_credit=values.get(HAD_CREDIT) is True,
        collateral=collateral,
    )
    chain = office.chain(on)
    return Considered(
        rated=found,
        limit_facts=facts,
        proposal=propose(found.policy, facts, values),
        chain=chain,
        vacant=vacancies(chain, chain_holders(session, chain, customer), requester),
        line=live_line(session, customer.id),
    )


def live_line(session: Session, customer: int) -> CreditLine | None:
    """The customer's line that is open or suspended; there is one at most."""
    return session.scalars(
        select(CreditLine).where(_LINE.c.customer == customer, _LINE.c.state != LineState.CLOSED)
    ).one_or_none()


def total_granted(session: Session, on: date, *, besides: int | None = None) -> Money:
    """All open lines together, without one customer's."""
    statement = select(func.coalesce(func.sum(_LINE.c.limit_minor), 0)).where(
        _LINE.c.state == LineState.OPEN, _LINE.c.ends >= on
    )
    if besides is not None:
        statement = statement.where(_LINE.c.customer != besides)
    return Money(int(session.execute(statement).scalar_one()))


def cap_key(year: int) -> str:
    return f"total-of-lines:{year}"


def total_cap(session: Session, on: date) -> Money | None:
    """What all lines may come to (B9 art. 23): what finance set for the year, else last year's closing receivables."""
    kept = session.get(CompanyFact, cap_key(on.year))
    if kept is not None:
        value = loads(kept.value)
        return value if isinstance(value, Money) else None
    return closing_receivables(session, on.year - 1)
