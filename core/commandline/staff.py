"""The people of the company, from the command line."""

import click

from core.commandline.command import as_json, command
from core.commandline.running import opened, show, told
from core.commandline.worded import Group
from core.queries.actor import OPERATOR
from core.queries.people.staff import staff_list
from core.services.people.staff import AddPerson, Invite, ShutOut
from core.services.people.unbinding import Unbind
from core.settings import Settings


@click.group(cls=Group)
def staff() -> None:
    """The people of the company."""


@staff.command("add")
@click.option("--name", required=True)
@click.option("--role", "roles", multiple=True, required=True)
@click.option("--english", default="")
@click.option("--telegram", default="")
@click.option("--wecom", default="")
@click.option("--region", default="")
@click.option("--reports-to", default="")
@click.option("--deputy", default="")
@as_json
@command
async def staff_add(
    settings: Settings, as_json: bool, english: str, roles: tuple[str, ...], **given: str
) -> None:
    """Add somebody, or a role or place to somebody who is there."""
    async with opened(settings) as (database, desk):
        person = await desk.run(database, AddPerson(roles=roles, english_name=english, **given), OPERATOR)
    show(as_json, {"id": person}, told(settings, "staff-added", name=given["name"]))


@staff.command("list")
@as_json
@command
async def staff_show(settings: Settings, as_json: bool) -> None:
    """Who is there, with roles and channels."""
    async with opened(settings) as (database, _desk):
        people = await database.read(staff_list)
    lines = [
        f"{p['id']:>4}  {p['name']}  {', '.join(p['roles'])}  {p['region']}  {', '.join(p['channels'])}"
        for p in people
    ]
    show(as_json, people, "\n".join(lines))


@staff.command("invite")
@click.argument("name")
@as_json
@command
async def staff_invite(settings: Settings, name: str, as_json: bool) -> None:
    """Print a code that lets NAME in, once, within a week."""
    async with opened(settings) as (database, desk):
        code = await desk.run(database, Invite(name), OPERATOR)
    show(as_json, {"code": code}, code)


@staff.command("shut-out")
@click.argument("name")
@click.option("--leaves", is_flag=True)
@as_json
@command
async def staff_shut_out(settings: Settings, name: str, leaves: bool, as_json: bool) -> None:
    """Cut off every conversation of NAME at once: a lost phone, or somebody who leaves."""
    async with opened(settings) as (database, desk):
        await desk.run(database, ShutOut(name, leaves), OPERATOR)
    show(as_json, {"name": name, "leaves": leaves}, told(settings, "staff-shut-out", name=name))


@staff.command("unbind")
@click.argument("name")
@click.option("--channel", default="")
@as_json
@command
async def staff_unbind(settings: Settings, name: str, channel: str, as_json: bool) -> None:
    """Take NAME out of a channel, or of all; messages go by those that are left."""
    async with opened(settings) as (database, desk):
        places = await desk.run(database, Unbind(name, channel), OPERATOR)
    show(as_json, {"places": places}, told(settings, "staff-unbound-places", name=name, count=places))
