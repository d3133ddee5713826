"""The audit trail, from the command line (9.2)."""

import json
import sys
from typing import Any

import click

from core.commandline.running import as_json, command, opened, plain, show, told
from core.queries import audit
from core.settings import Settings


@click.group("audit")
def audit_() -> None:
    """The audit trail."""


@audit_.command("verify")
@click.option("--head", help="A seal noted earlier: it must still be in the chain.")
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
