"""The list of staff, with roles and channels."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.records.staff import Binding, Holding, Person
from core.records.tables import table_of

_PERSON, _HOLDING, _BINDING = table_of(Person), table_of(Holding), table_of(Binding)


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
