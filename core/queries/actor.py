"""Who is acting: a person with roles and a scope, the clock, or the operator at the command line."""

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from core.records.customer import Customer
from core.records.staff import Holding, Person
from core.records.tables import table_of
from core.rules.permission import (
    Permission,
    Role,
    Scope,
    in_scope,
    may_read_bank_account,
    permissions_of,
    scope_of,
)
from core.storage.prepared import Prepared
from core.texts.wire import Named

_PERSON, _HOLDING = table_of(Person), table_of(Holding)
_WHO = Prepared(
    select(_PERSON.c.name, _PERSON.c.english_name, _PERSON.c.region, _HOLDING.c.role)
    .outerjoin(_HOLDING, _HOLDING.c.person == _PERSON.c.id)
    .where(_PERSON.c.id == bindparam("person"), _PERSON.c.active)
)
"""A person, once for each role."""


@dataclass(frozen=True)
class Actor:
    """Everything that permission is decided on."""

    ref: str
    """As the audit trail writes it: ``person:7``, ``clock``, ``operator``."""
    person: int | None
    name: str
    english_name: str
    region: str
    roles: frozenset[Role]
    extra: frozenset[Permission] = frozenset()
    everywhere: bool = False

    @property
    def named(self) -> Named:
        """The name as people of either language read it."""
        return Named(self.name, self.english_name or self.name)

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        return permissions_of(self.roles) | self.extra

    @cached_property
    def scope(self) -> Scope:
        return Scope.ALL if self.everywhere else scope_of(self.roles)

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def sees(self, customer: Customer) -> bool:
        return in_scope(
            self.scope,
            person=self.person or 0,
            region=self.region,
            owner=customer.owner,
            customer_region=customer.region,
        )

    def reads_bank_account(self, customer: Customer) -> bool:
        """Of a customer that they see; the operator of the command line reads none (9.3)."""
        return self.sees(customer) and may_read_bank_account(
            self.roles, person=self.person or 0, owner=customer.owner
        )


CLOCK = Actor(
    "clock", None, "clock", "clock", "", frozenset(), frozenset({Permission.KEEP_TIME}), everywhere=True
)
"""The worker: it keeps time and decides nothing."""

OPERATOR = Actor(
    "operator",
    None,
    "operator",
    "operator",
    "",
    frozenset(),
    frozenset(
        {
            Permission.MANAGE_STAFF,
            Permission.IMPORT,
            Permission.SEE_CUSTOMERS,
            Permission.SEE_LEDGER,
            Permission.SEE_AUDIT,
            Permission.EDIT_CUSTOMER,
            Permission.SEE_POLICIES,
            Permission.PROPOSE_POLICY,
        }
    ),
    everywhere=True,
)
"""Whoever holds the machine's command line: keeps staff and files, but signs and confirms nothing and sets no cap."""


def named(person: Person) -> Named:
    """Somebody's name as people of either language read it."""
    return Named(person.name, person.english_name or person.name)


def actor_of(session: Session, person: int) -> Actor | None:
    """The actor that an active person is; None for somebody unknown or gone."""
    held = _WHO.rows(session, person=person)
    if not held:
        return None
    name, english_name, region, _ = held[0]
    roles = frozenset(Role(row.role) for row in held if row.role is not None)
    return Actor(f"person:{person}", person, name, english_name, region, roles)
