"""Who works here: the list of staff with roles and channels, and what is chosen from."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.records.staff import Binding, Holding, Person
from core.records.tables import table_of

_PERSON, _HOLDING, _BINDING = table_of(Person), table_of(Holding), table_of(Binding)


def active_people(session: Session, first: int, most: int) -> list[tuple[int, str]]:
    """Who works here, by number and name in the order they came; so many from the place ``first`` on."""
    found = select(_PERSON.c.id, _PERSON.c.name).where(_PERSON.c.active).order_by(_PERSON.c.id)
    return [(row.id, row.name) for row in session.execute(found.offset(first).limit(most))]


def regions(session: Session) -> tuple[str, ...]:
    """The regions that people work in, by name."""
    named = _PERSON.c.region != ""
    return tuple(session.scalars(select(_PERSON.c.region).where(named).distinct().order_by(_PERSON.c.region)))


def staff_list(session: Session) -> list[dict[str, Any]]:
    """Everybody, with what they hold and where they are reached."""
    roles, channels = defaultdict(list), defaultdict(list)
    for row in session.execute(select(_HOLDING).order_by(_HOLDING.c.role)):
        roles[row.person].append(row.role)
    for row in session.execute(select(_BINDING.c.person, _BINDING.c.channel).order_by(_BINDING.c.channel)):
        channels[row.person].append(row.channel)
    names = {row.id: row.name for row in session.execute(select(_PERSON.c.id, _PERSON.c.name))}
    return [
        {
            "id": row.id,
            "name": row.name,
            "english": row.english_name,
            "roles": roles[row.id],
            "region": row.region,
            "reports_to": names.get(row.reports_to),
            "deputy": names.get(row.deputy),
            "active": row.active,
            "channels": channels[row.id],
        }
        for row in session.execute(select(_PERSON).order_by(_PERSON.c.id))
    ]
