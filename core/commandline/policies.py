"""Policy files, from the command line."""

from pathlib import Path

import click

from core.clock import day_of
from core.commandline.running import as_json, command, office_of, plain, show, told
from core.policies.library import check_file
from core.queries.office import POLICY
from core.rules.criteria import Criteria
from core.settings import Settings


@click.group()
def policy() -> None:
    """Policy files."""


@policy.command("list")
@as_json
@command
def policy_list(settings: Settings, as_json: bool) -> None:
    """The library: every policy with its version and what it still needs."""
    found = office_of(settings).library.policies
    data = [
        {
            "id": p.id,
            "version": p.version,
            "in_force_from": p.source.in_force_from,
            "title": p.title.zh,
            "unset": list(p.unset),
        }
        for p in found
    ]
    text = "\n".join(f"{p.id} {p.version}  {p.title.zh}  {', '.join(p.unset)}" for p in found)
    show(as_json, data, text)


@policy.command("show")
@click.argument("policy_id", default=POLICY)
@as_json
@command
def policy_show(settings: Settings, policy_id: str, as_json: bool) -> None:
    """A policy in force: its criteria and parameters."""
    office = office_of(settings)
    found = office.library.policy_in_force(policy_id, day_of(office.clock.now(), settings.zone))
    listed = found.method.all if isinstance(found.method, Criteria) else ()
    data = {
        "id": found.id,
        "version": found.version,
        "checksum": found.checksum,
        "criteria": [
            {"grade": c.grade, "article": c.article, "title": c.title.zh, "english": c.title.en}
            for c in listed
        ],
        "parameters": {key: p.value for key, p in found.parameters.items()},
    }
    lines = [f"{found.id} {found.version}  {found.title.zh}"]
    lines += [f"  {c.grade}  {c.title.zh} ({c.article})" for c in listed]
    lines += [
        f"  {key} = {'-' if p.value is None else plain(p.value)}  {p.note.zh} ({p.article})"
        for key, p in found.parameters.items()
    ]
    show(as_json, data, "\n".join(lines))


@policy.command("check")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@command
def policy_check(settings: Settings, file: Path) -> None:
    """Check a policy file as strictly as it is loaded; an error names file, line, what is wrong and an example."""
    check_file(file)
    click.echo(told(settings, "policy-in-order", path=str(file)))
