"""Policy files, from the command line (2.1, 2.2)."""

import json
from datetime import date

import click

from core.clock import day_of
from core.commandline import policy_view
from core.commandline.command import as_json, command
from core.commandline.policy_named import standing
from core.commandline.policy_text import grades_named, lines_of, named
from core.commandline.running import office_of, opened, show, told
from core.commandline.worded import Group
from core.policies.library import Library
from core.policies.schema import cases_schema, facts_schema, policy_schema
from core.queries.office import POLICY, Office
from core.queries.policies.activation import active_policy
from core.queries.policies.shelf import Shelved
from core.settings import Settings


@click.group(cls=Group)
def policy() -> None:
    """Policy files."""


@policy.command("list")
@as_json
@command
async def policy_list(settings: Settings, as_json: bool) -> None:
    """The library: every policy and limit model with its grades, what it needs and what is still to be set."""
    office = office_of(settings)
    today = day_of(office.clock.now(), settings.zone)
    current = await _current(settings, office, today)
    found = [standing(office.library, each, today) for each in _ids(office.library)]
    data = [policy_view.listed(each, in_force=each.checksum == current) for each in found]
    lines = [
        told(
            settings,
            "library-policy",
            id=each.id,
            version=each.version,
            title=named(each.title),
            grades=grades_named(settings, each, each.codes),
            count=len(each.codes),
            needs=len(each.needs),
            unset=len(each.unset),
            in_force=int(each.checksum == current),
        )
        for each in found
    ]
    show(as_json, data, "\n".join(lines))


@policy.command("show")
@click.argument("policy_id", default=POLICY)
@as_json
@command
async def policy_show(settings: Settings, policy_id: str, as_json: bool) -> None:
    """A policy: what each grade brings, what it is made from, and its parameters with value or suggestion."""
    office = office_of(settings)
    today = day_of(office.clock.now(), settings.zone)
    found = standing(office.library, policy_id, today)
    in_force = found.checksum == await _current(settings, office, today)
    data = policy_view.shown(found, in_force=in_force)
    lines = lines_of(settings, Shelved(found, in_force), office.vocabulary, office.chain(today))
    show(as_json, data, "\n".join(lines))


@policy.command("schema")
@click.argument("kind", type=click.Choice(["policy", "facts", "cases"]), default="policy")
@command
def policy_schema_(settings: Settings, kind: str) -> None:
    """A JSON Schema of policy files, of facts or of cases, for an editor that completes and checks while one writes."""
    match kind:
        case "facts":
            made = facts_schema()
        case "cases":
            made = cases_schema(office_of(settings).vocabulary)
        case _:
            made = policy_schema(office_of(settings).vocabulary)
    click.echo(json.dumps(made, ensure_ascii=False, indent=2))


async def _current(settings: Settings, office: Office, today: date) -> str:
    """The checksum of the policy that rates today; without a database yet it is the one the product starts with."""
    if not settings.database_path.exists():
        return office.library.policy_in_force(POLICY, today).checksum
    async with opened(settings) as (database, desk):
        return await database.read(lambda session: active_policy(session, desk.office, today).checksum)


def _ids(library: Library) -> list[str]:
    return list(dict.fromkeys(each.id for each in (*library.policies, *library.limit_models)))
