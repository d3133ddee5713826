"""The audit trail, from the command line (9.2)."""

import json
import sys
from typing import Any

import click

from core.commandline.command import as_json, command
from core.commandline.running import opened, plain, show, told
from core.commandline.worded import Group
from core.queries import audit
from core.queries.rating.replay import replays
from core.rules.refusal import Refusal
from core.settings import Settings


@click.group("audit", cls=Group)
def audit_() -> None:
    """The audit trail."""


@audit_.command("verify")
@click.option("--head")
@as_json
@command
async def audit_verify(settings: Settings, head: str | None, as_json: bool) -> None:
    """Prove the trail whole, or name the first record that does not hold."""
    async with opened(settings) as (database, _desk):
        found = await database.read(lambda session: audit.verify(session, head))
    data = {
        "whole": found.whole,
        "records": found.records,
        "head": found.head,
        "broken": found.broken,
        "head_found": found.head_found,
    }
    broken, cut = found.broken is not None, not found.head_found
    key = "audit-broken" if broken else "audit-cut" if cut else "audit-whole"
    show(as_json, data, told(settings, key, records=found.records, head=found.head, broken=found.broken or 0))
    if not found.whole:
        sys.exit(1)


@audit_.command("replay")
@click.argument("request", required=False)
@as_json
@command
async def audit_replay(settings: Settings, request: str | None, as_json: bool) -> None:
    """Replay stored assessments, of REQUEST or all, from their own inputs; each comes out the same or is told."""
    async with opened(settings) as (database, desk):
        library = desk.office.library
        found = await database.read(lambda session: list(replays(session, library, request)))
    if request is not None and not found:
        raise Refusal("request-unknown", number=request)
    data = [
        {
            "request": each.request,
            "policy": each.policy,
            "version": each.version,
            "same": each.same,
            "policy_found": each.policy_found,
            "differs": list(each.differs),
        }
        for each in found
    ]
    lines = [told(settings, "replay-counted", count=len(found), same=sum(each.same for each in found))]
    for each in found:
        if not each.policy_found:
            policy = f"{each.policy} {each.version}"
            lines.append(told(settings, "replay-policy-gone", number=each.request, policy=policy))
        elif each.differs:
            lines.append(told(settings, "replay-differs", number=each.request, what=list(each.differs)))
    show(as_json, data, "\n".join(lines))
    if not all(each.same for each in found):
        sys.exit(1)


@audit_.command("export")
@command
async def audit_export(settings: Settings) -> None:
    """Every record as a line of JSON."""
    async with opened(settings) as (database, _desk):

        def write(session: Any) -> None:
            for row in audit.records(session):
                click.echo(
                    json.dumps(
                        {**row._mapping, "data": json.loads(row.data)}, default=plain, ensure_ascii=False
                    )
                )

        await database.read(write)
