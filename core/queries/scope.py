"""Whose customers an actor sees, as a condition for set-based questions (9.1)."""

from sqlalchemy import ColumnElement, false, or_, true

from core.queries.actor import Actor
from core.records.customer import Customer
from core.records.tables import table_of
from core.rules.permission import Scope

_CUSTOMER = table_of(Customer)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition on the customer table that says of many what `Actor.sees` says of one."""
    if actor.scope is Scope.ALL or (actor.scope is Scope.REGION and not actor.region):
        return true()
    own: ColumnElement[bool] = _CUSTOMER.c.owner == actor.person
    if actor.scope is Scope.OWN:
        return own
    if actor.scope is Scope.REGION:
        return or_(own, _CUSTOMER.c.region == actor.region)
    return false()
