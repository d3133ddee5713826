"""Whose customers an actor sees, as a condition for set-based questions (9.1)."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, false, or_, true

from core.queries.actor import Actor
from core.records.customer import Customer
from core.records.tables import table_of
from core.rules.permission import Scope

_CUSTOMER = table_of(Customer)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition on the customer table that says of many what `Actor.sees` says of one."""
    return _visible(scope_of(actor), actor.person, actor.region)


def scope_of(actor: Actor) -> Scope:
    """A region manager without a region of their own sees every region."""
    return Scope.ALL if actor.scope is Scope.REGION and not actor.region else actor.scope


def visible_within(scope: Scope) -> ColumnElement[bool]:
    """`visible_to` for statements that are put together once: the actor comes with the parameters of `viewer`."""
    return _visible(scope, bindparam("viewer"), bindparam("viewer_region"))


def viewer(actor: Actor) -> dict[str, Any]:
    """The parameters of `visible_within`."""
    return {"viewer": actor.person, "viewer_region": actor.region}


def _visible(scope: Scope, person: Any, region: Any) -> ColumnElement[bool]:
    own: ColumnElement[bool] = _CUSTOMER.c.owner == person
    match scope:
        case Scope.ALL:
            return true()
        case Scope.REGION:
            return or_(own, _CUSTOMER.c.region == region)
        case Scope.OWN:
            return own
        case Scope.NONE:
            return false()
