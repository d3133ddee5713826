"""Reading approval chains and the reminder ladder."""

from datetime import timedelta

from core.policies.reader import PolicyFile, Table
from core.policies.source_file import read_source
from core.rules.calendar import Hours
from core.rules.credit.approval import Chain, Step
from core.rules.permission import Role
from core.rules.receivables.ladder import Ladder, Reminders, Rung


def read_chain(file: PolicyFile) -> Chain:
    """The chain that a file of kind ``chain`` holds; `PolicyError` where it is wrong."""
    chain = Chain(
        source=read_source(file),
        steps=tuple(
            Step(_roles(table), table.text("article"))
            for table in file.tables("steps", '[[steps]] roles = ["gm"]')
        ),
        nag_after=timedelta(hours=file.integer("nag_after_hours", "nag_after_hours = 4", at_least=1)),
        escalate_after=timedelta(
            hours=file.integer("escalate_after_hours", "escalate_after_hours = 8", at_least=1)
        ),
        working_hours=_hours(file, "working_hours"),
    )
    file.finish()
    if chain.escalate_after <= chain.nag_after:
        raise file.error(
            "escalate_after_hours",
            "escalates_before_nagging",
            "escalate_after_hours = 8",
            nag_after=chain.nag_after,
        )
    return chain


def read_reminders(file: PolicyFile) -> Reminders:
    """The ladder and its hours that a file of kind ``reminders`` holds; `PolicyError` where it is wrong."""
    source = read_source(file)
    tables = file.tables("rungs", '[[rungs]] days = 1, roles = ["sales"]')
    rungs = tuple(_rung(table) for table in tables)
    for table, rung, before in zip(tables[1:], rungs[1:], rungs, strict=False):
        if rung.days <= before.days:
            raise table.error(
                "days", "not_rising", f"days = {before.days + 1}", days=rung.days, before=before.days
            )
    reminders = Reminders(source, Ladder(rungs), file.hour("digest_at"), _hours(file, "quiet_hours"))
    file.finish()
    return reminders


def _rung(table: Table) -> Rung:
    first, *beside = _roles(table)
    return Rung(table.integer("days", "days = 8", at_least=-365), first, tuple(beside))


def _roles(table: Table) -> tuple[str, ...]:
    roles = table.texts("roles", 'roles = ["cfo"]')
    for role in roles:
        if role not in set(Role):
            raise table.error("roles", "unknown_role", 'roles = ["cfo"]', role=role, known="|".join(Role))
    return roles


def _hours(file: PolicyFile, key: str) -> Hours:
    example = f"{key} = {{ start = 09:00:00, end = 18:00:00 }}"
    table = file.table(key, example)
    hours = Hours(table.hour("start"), table.hour("end"))
    if hours.start == hours.end:
        raise table.error("end", "no_time", example, start=hours.start, end=hours.end)
    return hours
