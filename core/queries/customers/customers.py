"""One's customers, and what a customer's file shows, within what one may see (9.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from core.queries.actor import Actor
from core.queries.credit.lines import live_line
from core.queries.ledger.exposure import exposure
from core.queries.ledger.overdue import OverdueItem, overdue_items
from core.queries.people.scope import scope_of, viewer, visible_within
from core.records.customer import Contact, Customer
from core.records.line import CreditLine
from core.records.staff import Person
from core.records.tables import table_of
from core.rules.money import Money
from core.rules.permission import Permission, Scope
from core.storage.prepared import Prepared

_CUSTOMER, _CONTACT = table_of(Customer), table_of(Contact)


def mine(session: Session, actor: Actor, *, limit: int, offset: int = 0) -> Sequence[Any]:
    """The customers that one sees, by name: ``id`` and ``name`` of each."""
    asked = {"limit": limit, "offset": offset, **viewer(actor)}
    return _mine(scope_of(actor)).rows(session, **asked)


@cache
def _mine(scope: Scope) -> Prepared:
    return Prepared(
        select(_CUSTOMER.c.id, _CUSTOMER.c.name)
        .where(visible_within(scope))
        .order_by(_CUSTOMER.c.name, _CUSTOMER.c.id)
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
    )


def is_seen(session: Session, actor: Actor, customer: int) -> bool:
    """Is the customer of this id one that the person sees? What `Actor.sees` says of a customer that was read."""
    return _seen(scope_of(actor)).first(session, customer=customer, **viewer(actor)) is not None


@cache
def _seen(scope: Scope) -> Prepared:
    return Prepared(
        select(_CUSTOMER.c.id).where(_CUSTOMER.c.id == bindparam("customer"), visible_within(scope))
    )


@dataclass(frozen=True)
class CustomerView:
    """What the head of a customer's file shows."""

    customer: Customer
    owner: Person | None
    contacts: tuple[Contact, ...]
    line: CreditLine | None
    exposure: Money
    overdue: tuple[OverdueItem, ...]

    @property
    def overdue_amount(self) -> Money:
        return Money(sum(item.open.minor for item in self.overdue))

    @property
    def oldest_days(self) -> int:
        return max((item.days for item in self.overdue), default=0)


def customer_view(session: Session, actor: Actor, customer: int, on: date) -> CustomerView | None:
    """A customer's file, or nothing for one that the actor may not see."""
    found = session.get(Customer, customer)
    if found is None or not actor.may(Permission.SEE_CUSTOMERS) or not actor.sees(found):
        return None
    contacts = session.scalars(
        select(Contact).where(_CONTACT.c.customer == customer).order_by(_CONTACT.c.id)
    ).all()
    return CustomerView(
        customer=found,
        owner=session.get(Person, found.owner) if found.owner is not None else None,
        contacts=tuple(contacts),
        line=live_line(session, customer),
        exposure=exposure(session, customer),
        overdue=overdue_items(session, customer, on),
    )
