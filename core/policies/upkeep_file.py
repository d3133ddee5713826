"""Reading what a policy says of the life of a rating: validity, re-rating, override, appeal, publication."""

from collections.abc import Collection, Iterator
from typing import Any

from core.policies.names import Names
from core.policies.reader import Table
from core.rules.permission import GRANTS, Permission, Role
from core.rules.policy.upkeep import Appeal, Override, Publication, RatingEvent, Rerating, Upkeep, Validity

_MONTHS = 'months_by_risk = [{ grades = ["C"], months = 6 }]'
_YEAR = 12
ASSESSORS = tuple(role for role in Role if Permission.RATE in GRANTS[role])
"""Roles that a policy may have assess: none of them sells (2.10)."""
APPROVERS = (Role.CFO, *(role for role in Role if Permission.APPROVE in GRANTS[role] and role != Role.CFO))
"""Roles that may approve another grade than the policy's; the first is the example."""


def read_upkeep(file: Table, names: Names) -> Upkeep:
    """All of it; what the file does not speak of is None."""
    return Upkeep(
        _validity(file.table("validity", "[validity] months = 12")),
        _rerating(file.table("rerating", "[rerating]"), names) if file.has("rerating") else None,
        _override(file.table("override", "[override]")) if file.has("override") else None,
        _appeal(file.table("appeal", "[appeal]")) if file.has("appeal") else None,
        _publication(file.table("publication", "[publication]")) if file.has("publication") else None,
    )


def _validity(table: Table) -> Validity:
    return Validity(
        table.integer("months", "months = 12", at_least=1),
        table.integers("reminder_days", "reminder_days = [30, 7, 0]"),
        table.text("article"),
    )


def _rerating(table: Table, names: Names) -> Rerating:
    months: dict[str, int] = {}
    for row in table.tables("months_by_risk", _MONTHS) if table.has("months_by_risk") else ():
        for code in row.texts("grades", 'grades = ["C"]'):
            if names.grade_in(row, "grades", code) in months:
                raise row.error("grades", "duplicate", _MONTHS, name=code)
            months[code] = _within_a_year(row, "months")
    key_customers = "key_customers_months"
    return Rerating(
        months,
        _within_a_year(table, key_customers) if table.has(key_customers) else None,
        frozenset(_events(table)),
        table.text("article"),
        **_people_and_days(table),
    )


def _people_and_days(table: Table) -> dict[str, Any]:
    """Who assesses, and the days of grace; what the file leaves out is as everywhere."""
    found: dict[str, Any] = {
        key: table.integer(key, f"{key} = 7", at_least=0)
        for key in ("tolerated_days", "escalate_days")
        if table.has(key)
    }
    if table.has("assessors"):
        found["assessors"] = tuple(_roles(table, "assessors", ASSESSORS))
    return found


def _roles(table: Table, key: str, known: Collection[Role]) -> Iterator[Role]:
    example = f'{key} = ["{next(iter(known))}"]'
    for role in table.texts(key, example):
        if role not in known:
            raise table.error(key, "unknown_role", example, role=role, known="|".join(known))
        yield Role(role)


def _within_a_year(table: Table, key: str) -> int:
    months = table.integer(key, f"{key} = 6", at_least=1)
    if months > _YEAR:
        raise table.error(key, "too_large_number", f"{key} = 6", key=key, value=months, at_most=_YEAR)
    return months


def _events(table: Table) -> list[RatingEvent]:
    """Those that the file names; where it is silent every one, as where it has no such table at all."""
    if not table.has("events"):
        return list(RatingEvent)
    events = table.texts("events", 'events = ["overdue"]')
    for event in events:
        if event not in set(RatingEvent):
            raise table.error(
                "events", "unknown_choice", 'events = ["overdue"]', value=event, known="|".join(RatingEvent)
            )
    return [RatingEvent(event) for event in events]


def _override(table: Table) -> Override:
    return Override(
        table.integer("notches_up", "notches_up = 1", at_least=0),
        table.integer("notches_down", "notches_down = 2", at_least=0),
        tuple(_roles(table, "approvers", APPROVERS)),
        table.text("article"),
    )


def _appeal(table: Table) -> Appeal:
    return Appeal(table.integer("days", "days = 30", at_least=1), table.text("article"))


def _publication(table: Table) -> Publication:
    return Publication(table.flag("allowed") if table.has("allowed") else False, table.text("article"))
