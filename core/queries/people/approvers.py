"""Who can sign a request now, and in whose place (3.3). Four eyes counts people, not roles."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from core.queries.actor import actor_of
from core.records.customer import Customer
from core.records.request import CreditRequest, Signature
from core.records.staff import Holding, Person
from core.records.tables import table_of
from core.rules.credit import approval
from core.rules.credit.approval import Chain
from core.rules.lifecycles.request_lifecycle import RequestState
from core.rules.money import Money
from core.rules.permission import Permission, Role, in_scope, scope_of

_PERSON = table_of(Person)
_HOLDING = table_of(Holding)
_SIGNATURE = table_of(Signature)
_HOLDERS = (
    select(_HOLDING.c.role, _PERSON.c.id, _PERSON.c.region)
    .join(_PERSON, _PERSON.c.id == _HOLDING.c.person)
    .where(_HOLDING.c.role.in_(bindparam("roles", expanding=True)), _PERSON.c.active)
    .order_by(_PERSON.c.id)
)
CONSENT = (approval.Verdict.APPROVE, approval.Verdict.APPROVE_LESS)


@dataclass(frozen=True, slots=True)
class Seat:
    """A signature that is waited for, who can give it, and for whom they would stand in."""

    role: str
    people: tuple[int, ...]
    stand_ins: tuple[int, ...]


def people_of(session: Session, *roles: str) -> tuple[int, ...]:
    """The active people who hold one of the roles, wherever."""
    rows = session.execute(
        select(_PERSON.c.id)
        .join(_HOLDING, _HOLDING.c.person == _PERSON.c.id)
        .where(_HOLDING.c.role.in_(roles), _PERSON.c.active)
        .distinct()
        .order_by(_PERSON.c.id)
    )
    return tuple(row.id for row in rows)


def chain_holders(session: Session, chain: Chain, customer: Customer) -> Mapping[str, Collection[int]]:
    """For every role of a chain the people who could sign for it: they are active, and see the customer."""
    held: dict[str, list[int]] = {role: [] for step in chain.steps for role in step.roles}
    scopes = {role: scope_of(frozenset({Role(role)})) for role in held}
    for role, person, region in session.execute(_HOLDERS, {"roles": list(held)}):
        if in_scope(
            scopes[role],
            person=person,
            region=region,
            owner=customer.owner,
            customer_region=customer.region,
        ):
            held[role].append(person)
    return held


def stand_in(session: Session, person: int, customer: Customer, on: date) -> int | None:
    """Who acts for somebody: the deputy, or the superior where the deputy is none, away too, or may not approve."""
    found = session.get_one(Person, person)
    for candidate in (found.deputy, found.reports_to):
        actor = actor_of(session, candidate) if candidate is not None else None
        if actor is None or not actor.may(Permission.APPROVE) or not actor.sees(customer):
            continue
        if not is_away(session.get_one(Person, candidate), on):
            return candidate
    return None


def is_away(person: Person, on: date) -> bool:
    """On leave that day; without a last day until they say that they are back."""
    return (
        person.away_from is not None
        and person.away_from <= on
        and (person.away_until is None or on <= person.away_until)
    )


def consents(session: Session, request: int, currency: str) -> tuple[approval.Signature, ...]:
    """The signatures that stand under a request."""
    rows = session.execute(
        select(_SIGNATURE.c.step, _SIGNATURE.c.role, _SIGNATURE.c.person, _SIGNATURE.c.granted_minor)
        .where(_SIGNATURE.c.request == request, _SIGNATURE.c.verdict.in_(CONSENT))
        .order_by(_SIGNATURE.c.id)
    )
    return tuple(
        approval.Signature(row.step, row.role, row.person, Money(row.granted_minor, currency)) for row in rows
    )


def seats(session: Session, chain: Chain, request: CreditRequest, on: date) -> tuple[Seat, ...]:
    """The signatures that the open step waits for; none when the request is not in approval.

    Whoever would leave a later seat that nobody else can fill is not offered an earlier one, not as a stand-in
    either. A stand-in is offered when the approver is away, or has let it wait until it was escalated.
    """
    customer = session.get(Customer, request.customer)
    if request.state != RequestState.IN_APPROVAL or request.id is None or customer is None:
        return ()
    signed = consents(session, request.id, request.currency)
    stands = approval.standing(chain, signed)
    if stands.step is None:
        return ()
    held = chain_holders(session, chain, customer)
    out = {request.requester} | {signature.person for signature in signed}
    found = []
    for role in stands.waiting:
        people = tuple(
            person
            for person in held[role]
            if person not in out and _spares_the_rest(chain, held, stands, role, out | {person})
        )
        absent = [
            person
            for person in held[role]
            if request.escalated_at is not None or is_away(session.get_one(Person, person), on)
        ]
        replacing = {stand_in(session, person, customer, on) for person in absent}
        others = tuple(
            sorted(
                person
                for person in replacing
                if person is not None
                and person not in out
                and person not in people
                and _spares_the_rest(chain, held, stands, role, out | {person})
            )
        )
        found.append(Seat(role, people, others))
    return tuple(found)


def waiting_for(session: Session, chain: Chain, request: CreditRequest, on: date) -> tuple[int, ...]:
    """Everyone who can sign now."""
    found = seats(session, chain, request, on)
    return tuple(dict.fromkeys(person for seat in found for person in (*seat.people, *seat.stand_ins)))


def _spares_the_rest(
    chain: Chain,
    held: Mapping[str, Collection[int]],
    stands: approval.Standing,
    role: str,
    out: Collection[int],
) -> bool:
    """With these people used up, can every other seat still be filled?"""
    step = stands.step or 0
    here = replace(chain.steps[step], roles=tuple(other for other in stands.waiting if other != role))
    rest = replace(chain, steps=(here, *chain.steps[step + 1 :]))
    free = {each: set(people) - set(out) for each, people in held.items()}
    return not approval.vacancies(rest, free, requester=-1)
