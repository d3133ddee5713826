"""The people of the company, as the first screen of the demo offers them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.web.channel import NAME
from core.records.staff import Binding, Holding, Person
from core.records.tables import table_of
from core.rules.permission import GRANTS, Permission, Role
from core.settings import Language
from core.texts.catalog import plain

_PERSON = table_of(Person)
_HOLDING = table_of(Holding)
_BINDING = table_of(Binding)


@dataclass(frozen=True, slots=True)
class Someone:
    """An active person with the roles they hold, in the order of the staff list."""

    id: int
    name: str
    english_name: str
    language: str
    """Empty: the company's."""
    roles: tuple[Role, ...]

    def as_json(self, language: Language) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": (self.english_name if language == "en" else "") or self.name,
            "codes": list(self.roles),
            "roles": [plain(language, f"role-{role}", {}) for role in self.roles],
        }


def someone(session: Session, person: int) -> Someone | None:
    """The active person of this id."""
    return next(iter(_staff(session, person)), None)


def admitted(session: Session, person: int, issued: int) -> Someone | None:
    """The active person of this id, if they are let in, and were when their pass was issued.

    Shut out, a person's passes open nothing any more, even when the person is let in again.
    """
    made_at = session.execute(
        select(_BINDING.c.made_at).where(
            _BINDING.c.channel == NAME, _BINDING.c.address == str(person), _BINDING.c.person == person
        )
    ).scalar()
    # A pass tells whole seconds, so that of the very second counts.
    return someone(session, person) if made_at is not None and issued + 1 > made_at.timestamp() else None


def groups(session: Session, signers: Sequence[Role], language: Language) -> list[dict[str, Any]]:
    """Everybody who is active, once each: who asks for credit, who signs in the order of the chain, all others."""
    staff = _staff(session, None)
    signing = sorted(
        (one for one in staff if set(one.roles) & set(signers)),
        key=lambda one: min(signers.index(role) for role in one.roles if role in signers),
    )
    rest = [one for one in staff if one not in signing]
    asking = [one for one in rest if any(_only_asks(role) for role in one.roles)]
    others = [one for one in rest if one not in asking]
    named = (("asking", asking), ("signing", signing), ("others", others))
    return [
        {"key": key, "people": [one.as_json(language) for one in people]} for key, people in named if people
    ]


def _only_asks(role: Role) -> bool:
    """May the role ask for credit without approving any?"""
    return Permission.REQUEST_CREDIT in GRANTS[role] and Permission.APPROVE not in GRANTS[role]


def _staff(session: Session, person: int | None) -> list[Someone]:
    question = (
        select(_PERSON.c.id, _PERSON.c.name, _PERSON.c.english_name, _PERSON.c.language, _HOLDING.c.role)
        .outerjoin(_HOLDING, _HOLDING.c.person == _PERSON.c.id)
        .where(_PERSON.c.active)
        .order_by(_PERSON.c.id)
    )
    if person is not None:
        question = question.where(_PERSON.c.id == person)
    people: dict[int, tuple[Any, list[Role]]] = {}
    for row in session.execute(question):
        roles = people.setdefault(row.id, (row, []))[1]
        if row.role is not None:
            roles.append(Role(row.role))
    order = list(Role)
    return [
        Someone(row.id, row.name, row.english_name, row.language, tuple(sorted(roles, key=order.index)))
        for row, roles in people.values()
    ]
