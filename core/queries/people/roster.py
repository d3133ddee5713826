"""Who is told what: the active people by role, and whose matter a customer is."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.records.staff import Holding, Person
from core.records.tables import table_of
from core.rules.permission import Role, in_scope, scope_of

_PERSON = table_of(Person)
_HOLDING = table_of(Holding)


@dataclass(frozen=True, slots=True)
class Roster:
    """The active staff, read once for a whole round of digests."""

    regions: Mapping[int, str]
    """The region of each active person."""
    holders: Mapping[str, tuple[int, ...]]

    def holding(self, *roles: str) -> tuple[int, ...]:
        """Everybody who holds one of the roles, once each."""
        return tuple(dict.fromkeys(person for role in roles for person in self.holders.get(role, ())))

    def minding(self, role: str, owner: int | None, region: str) -> tuple[int, ...]:
        """Who minds a customer in a role: its owner for sales, the region's people for a role bound to regions.

        Empty when nobody does, or the owner has left.
        """
        if role == Role.SALES:
            return (owner,) if owner is not None and owner in self.regions else ()
        scope = scope_of(frozenset({Role(role)}))
        return tuple(
            person
            for person in self.holders.get(role, ())
            if in_scope(
                scope, person=person, region=self.regions[person], owner=owner, customer_region=region
            )
        )


def roster(session: Session) -> Roster:
    """The staff as it is now."""
    regions = {
        row.id: row.region
        for row in session.execute(select(_PERSON.c.id, _PERSON.c.region).where(_PERSON.c.active))
    }
    holders: dict[str, list[int]] = defaultdict(list)
    for row in session.execute(
        select(_HOLDING.c.role, _HOLDING.c.person).order_by(_HOLDING.c.role, _HOLDING.c.person)
    ):
        if row.person in regions:
            holders[row.role].append(row.person)
    return Roster(regions, {role: tuple(people) for role, people in holders.items()})
