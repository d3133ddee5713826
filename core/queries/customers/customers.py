"""Finding customers, and what a customer's file shows, within what one may see (9.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, case, func, literal, or_, select
from sqlalchemy.orm import Session

from core.queries.actor import Actor
from core.queries.credit.lines import live_line
from core.queries.ledger.exposure import exposure
from core.queries.ledger.overdue import OverdueItem, overdue_items
from core.queries.people.scope import scope_of, viewer, visible_to, visible_within
from core.records.customer import Contact, Customer
from core.records.line import CreditLine
from core.records.staff import Person
from core.records.tables import table_of
from core.rules.money import Money
from core.rules.permission import Permission, Scope
from core.storage.prepared import Prepared

_CUSTOMER, _CONTACT = table_of(Customer), table_of(Contact)
_FOUND = 8
"""So many are offered to choose from."""
_COMPARED, _LIKELY = 40, 100
"""Characters of what was typed, and names, that are held against each other."""


def search(session: Session, actor: Actor, text: str) -> list[Customer]:
    """Customers whose code is ``text``, or whose name holds it; the shortest name first."""
    if not actor.may(Permission.SEE_CUSTOMERS) or not text.strip():
        return []
    said = text.strip()
    held = "".join(f"/{mark}" if mark in "/%_" else mark for mark in said)
    asked = {"code": said.upper(), "held": f"%{held}%", **viewer(actor)}
    return list(session.scalars(_search(scope_of(actor)), asked))


@cache
def _search(scope: Scope) -> Select[Any]:
    exact = _CUSTOMER.c.code == bindparam("code")
    held = _CUSTOMER.c.name.like(bindparam("held"), escape="/")
    return (
        select(Customer)
        .where(visible_within(scope), or_(exact, held))
        .order_by(exact.desc(), func.length(_CUSTOMER.c.name), _CUSTOMER.c.id)
        .limit(_FOUND)
    )


def nearest(session: Session, actor: Actor, text: str) -> list[Customer]:
    """Customers whose names look like ``text``, for “did you mean”.

    Likeness is worked out for the few that share most characters with it: of every name it would take seconds.
    """
    typed = text.strip()[:_COMPARED]
    marks = sorted({mark for mark in typed if not mark.isspace()})
    if not marks:
        return []
    shared = sum((case((func.instr(_CUSTOMER.c.name, mark) > 0, 1), else_=0) for mark in marks), literal(0))
    likely = session.execute(
        select(_CUSTOMER.c.id, _CUSTOMER.c.name)
        .where(visible_to(actor))
        .order_by(shared.desc(), func.length(_CUSTOMER.c.name), _CUSTOMER.c.id)
        .limit(_LIKELY)
    )
    names = {row.name: row.id for row in likely}
    close = get_close_matches(typed, list(names), n=3, cutoff=0.3)
    return [session.get_one(Customer, names[name]) for name in close]


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
