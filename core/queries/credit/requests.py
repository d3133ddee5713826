"""Credit requests as people look at them: a card to decide by, lists to choose from (3.4)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.queries.actor import Actor
from core.queries.credit.lines import live_line
from core.queries.customers.contradictions import FoundFinding, findings
from core.queries.customers.survey import KnownFact, survey_facts
from core.queries.ledger.exposure import exposure
from core.queries.ledger.ledger_facts import ledger_facts
from core.queries.ledger.overdue import overdue_items
from core.queries.ledger.payment import average_days_late
from core.queries.office import Office
from core.queries.people.approvers import Seat, seats
from core.queries.policies.activation import active_policy
from core.records.assessment import Assessment
from core.records.customer import Customer
from core.records.line import CreditLine
from core.records.request import CreditRequest, Signature
from core.records.staff import Person
from core.records.tables import table_of
from core.rules.lifecycles.request_lifecycle import RequestState
from core.rules.limits.ceilings import Ceiling
from core.rules.limits.limit import LimitFacts, propose
from core.rules.money import Money
from core.rules.policy.facts import FactValue
from core.rules.policy.policy import Policy
from core.rules.rating.assess import rate
from core.rules.rating.rating import Rating
from core.texts.wire import loads

_REQUEST, _SIGNATURE, _PERSON = table_of(CreditRequest), table_of(Signature), table_of(Person)
_LISTED = 10
"""So many of a person's own requests are listed."""


@dataclass(frozen=True)
class Signed:
    role: str
    person: Person
    signature: Signature


@dataclass(frozen=True)
class RequestView:
    """Everything a card can show of a request, as it stands."""

    request: CreditRequest
    customer: Customer
    requester: Person
    policy: Policy
    rating: Rating
    """As it was when the request was made, from its own inputs."""
    ceilings: tuple[Ceiling, ...]
    survey: dict[str, KnownFact]
    findings: tuple[FoundFinding, ...]
    """Contradictions in the material as it stands today, with what was said of them (1.6)."""
    line: CreditLine | None
    exposure: Money
    overdue: Money
    overdue_days: int
    ledger: dict[str, FactValue]
    days_late: int | None
    """On average over the last twelve months."""
    signed: tuple[Signed, ...]
    seats: tuple[Seat, ...]

    @property
    def asked(self) -> Money:
        return Money(self.request.asked_minor, self.request.currency)

    @property
    def granted(self) -> Money:
        return Money(self.request.granted_minor, self.request.currency)

    @property
    def proposed(self) -> Money:
        return Money(self.request.proposed_minor, self.request.currency)

    @property
    def old_limit(self) -> Money | None:
        """The limit of the line there is, which the granted one would replace."""
        if self.line is None or self.line.request == self.request.id:
            return None
        return Money(self.line.limit_minor, self.line.currency)

    def may_sign(self, person: int | None) -> bool:
        return any(person in (*seat.people, *seat.stand_ins) for seat in self.seats)


def request_view(session: Session, office: Office, request: int, on: date) -> RequestView:
    """The request as it stands on a day; the caller has made sure that the reader may see it."""
    found = session.get_one(CreditRequest, request)
    assessment = session.get_one(Assessment, found.assessment)
    policy = office.library.policy_of(assessment.policy_checksum) or active_policy(session, office, on)
    inputs = loads(assessment.inputs)
    overdue = overdue_items(session, found.customer, on)
    signed = session.execute(
        select(Signature, Person)
        .join(Person, _PERSON.c.id == _SIGNATURE.c.person)
        .where(_SIGNATURE.c.request == request)
        .order_by(_SIGNATURE.c.id)
    )
    return RequestView(
        request=found,
        customer=session.get_one(Customer, found.customer),
        requester=session.get_one(Person, found.requester),
        policy=policy,
        rating=rate(policy, inputs["facts"]),
        ceilings=propose(policy, LimitFacts(**inputs["limit"]), inputs["facts"]).ceilings,
        survey=survey_facts(session, found.customer),
        findings=findings(session, office.library, found.customer, on),
        line=live_line(session, found.customer),
        exposure=exposure(session, found.customer),
        overdue=Money(sum(item.open.minor for item in overdue)),
        overdue_days=max((item.days for item in overdue), default=0),
        ledger=ledger_facts(session, found.customer, on),
        days_late=average_days_late(session, found.customer, on),
        signed=tuple(Signed(signature.role, person, signature) for signature, person in signed),
        seats=seats(session, office.chain_of(found, on), found, on),
    )


def may_see(session: Session, actor: Actor, request: int) -> CreditRequest | None:
    """The request, for whoever made it or sees its customer."""
    found = session.get(CreditRequest, request)
    if found is None:
        return None
    customer = session.get_one(Customer, found.customer)
    return found if found.requester == actor.person or actor.sees(customer) else None


def requests_of(session: Session, person: int) -> list[tuple[CreditRequest, Customer]]:
    """What somebody has asked for, the newest first."""
    rows = session.execute(
        select(CreditRequest, Customer)
        .join(Customer, table_of(Customer).c.id == _REQUEST.c.customer)
        .where(_REQUEST.c.requester == person)
        .order_by(_REQUEST.c.id.desc())
        .limit(_LISTED)
    )
    return [(request, customer) for request, customer in rows]


def waiting_on(session: Session, office: Office, person: int, on: date) -> list[CreditRequest]:
    """The requests that somebody can sign now, the longest waiting first."""
    waiting = session.scalars(
        select(CreditRequest)
        .where(_REQUEST.c.state == RequestState.IN_APPROVAL)
        .order_by(_REQUEST.c.step_since, _REQUEST.c.id)
    )
    return [
        request
        for request in waiting
        if any(
            person in (*s.people, *s.stand_ins)
            for s in seats(session, office.chain_of(request, on), request, on)
        )
    ]
