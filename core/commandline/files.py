"""Customers, invoices and receipts from files, from the command line (5.1)."""

from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from core.commandline.command import as_json, command
from core.commandline.misuse import Misuse
from core.commandline.running import opened, show, told
from core.commandline.worded import Command
from core.files.columns import KIND_NAMES
from core.files.template import write_template
from core.queries.actor import OPERATOR
from core.records.import_batch import ImportBatch
from core.rules.refusal import Refusal
from core.services import uploads
from core.services.desk import Desk
from core.services.imports.import_run import look_at_import, read_import, run_import
from core.services.imports.imports import ConfirmImport, OpenImport
from core.settings import Settings
from core.storage.database import Database
from core.texts.wire import Phrase, facts_of


@click.command("import", cls=Command)
@click.argument("kind", type=click.Choice(KIND_NAMES))
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--all-or-nothing", is_flag=True)
@click.option("--dry-run", is_flag=True)
@click.option("--template", type=click.Path(path_type=Path))
@as_json
@command
async def import_(
    settings: Settings,
    kind: Any,
    file: Path | None,
    all_or_nothing: bool,
    dry_run: bool,
    template: Path | None,
    as_json: bool,
) -> None:
    """Customers, invoices or receipts from an Excel or CSV file."""
    if template is not None:
        write_template(kind, template, settings.language)
        click.echo(told(settings, "template-written", path=str(template)))
        return
    if file is None:
        raise Misuse(Phrase("misuse-file-or-template"), click.get_current_context())
    if not file.exists():
        raise Refusal("file-missing", path=str(file))
    async with opened(settings) as (database, desk):
        batch = await desk.run(database, OpenImport(await stored(database, desk, file), kind), OPERATOR)
        file_read = await read_import(database, desk, batch)
        preview = await look_at_import(database, desk, batch, file_read)
        facts = facts_of((await database.read(lambda session: session.get_one(ImportBatch, batch))).report)
        click.echo(told(settings, "import-preview", **facts), err=as_json)
        errors = [
            {"row": e.row, "column": e.header, "value": e.value, "reason": e.key, "facts": dict(e.facts)}
            for e in preview.errors
        ]
        data = {"new": preview.new, "unchanged": preview.unchanged, "bad": preview.bad, "errors": errors}
        if not dry_run and (preview.new or (all_or_nothing and preview.bad)):
            await desk.run(database, ConfirmImport(batch, all_or_nothing), OPERATOR)
            booked = await run_import(database, desk, batch, file_read)
            data |= {"added": booked.added, "refused": booked.refused}
    show(as_json, data, told(settings, "import-result", added=data.get("added", 0)))


async def stored(database: Database, desk: Desk, file: Path) -> int:
    """The file as it is, kept in the database: the original of what it books."""
    content = file.read_bytes()

    def store(session: Session) -> int:
        return uploads.keep(session, file.name, content, at=desk.office.clock.now()).id or 0

    return await database.write(store)
