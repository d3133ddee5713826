"""What the policy says about a customer today: grade, limit, term, and who would have to sign."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core.queries.credit.lines import live_line
from core.queries.customers.facts import known_facts, values_of
from core.queries.customers.survey import KnownFact
from core.queries.office import Office
from core.queries.people.approvers import chain_holders
from core.queries.policies.activation import active_policy
from core.records.customer import Customer
from core.records.line import CreditLine
from core.rules.credit.approval import Chain, vacancies
from core.rules.limits.limit import LimitFacts, Proposal, propose
from core.rules.limits.limit_from_facts import HAD_CREDIT, limit_facts
from core.rules.money import Money
from core.rules.policy.policy import Policy
from core.rules.rating.assess import lifts, rate
from core.rules.rating.rating import Lift, Rating
from core.texts.wire import Named


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
    """The customer by the policy in force on a day, on what was known then (2.1)."""
    policy = active_policy(session, office, on)
    facts = known_facts(session, office, customer, on)
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
