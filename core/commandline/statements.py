"""Financial statements from the command line (1.5): a template, and a file for a customer."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from core.clock import day_of
from core.commandline.command import as_json, command
from core.commandline.files import stored
from core.commandline.questions import one_customer
from core.commandline.running import office_of, opened, show, told
from core.commandline.worded import Group
from core.files.statement_file import FileContent
from core.files.statement_template import empty_statements, write_statements
from core.queries.actor import OPERATOR
from core.rules.refusal import Refusal
from core.services.customers.survey import SOURCES
from core.services.statements.statement_files import KeepStatementFile, OpenStatementFile
from core.services.statements.statement_preview import another_firm, told_remark
from core.services.statements.statement_reading import read_statement_file
from core.settings import Settings


@click.group(cls=Group)
def statement() -> None:
    """Financial statements of customers."""


@statement.command("template")
@click.argument("file", type=click.Path(path_type=Path))
@command
def template(settings: Settings, file: Path) -> None:
    """Write an empty workbook of statements to fill in."""
    today = day_of(office_of(settings).clock.now(), settings.zone)
    write_statements(file, settings.language, empty_statements(today))
    click.echo(told(settings, "template-written", path=str(file)))


@statement.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--customer", required=True)
@click.option("--source", type=click.Choice(SOURCES), default="customer", show_default=True)
@click.option("--audited", is_flag=True)
@click.option("--ends", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--dry-run", is_flag=True)
@as_json
@command
async def import_statements(
    settings: Settings,
    file: Path,
    customer: str,
    source: str,
    audited: bool,
    ends: datetime | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Keep the statements of FILE: a customer's own balance sheet, income and cash flow statements, or our template."""
    if not file.exists():
        raise Refusal("file-missing", path=str(file))
    async with opened(settings) as (database, desk):
        held = await one_customer(database, customer)
        upload = await stored(database, desk, file)
        opening = OpenStatementFile(held.id or 0, upload, source)
        number = await desk.run(database, opening, OPERATOR)
        content = await read_statement_file(database, desk, number, ends.date() if ends else None)
        kept = 0
        if not dry_run:
            kept = await desk.run(database, KeepStatementFile(number, audited), OPERATOR)
    another = another_firm(content, held.name)
    data = _data(content) | {"customer": held.code, "another_firm": another or None, "kept": kept}
    lines = [_line(settings, told_remark(each)) for each in content.remarks]
    if another:
        lines.insert(0, told(settings, "preview-another-firm", firm=another, customer=held.name))
    if dry_run:
        periods = [each.ends for each in content.statements]
        outcome = told(settings, "statements-read", count=len(periods), ends=periods)
    else:
        outcome = told(settings, "statements-imported", count=kept)
    show(as_json, data, "\n".join([*lines, outcome]))


def _data(content: FileContent) -> dict[str, Any]:
    return {
        "unit": content.yuan,
        "periods": [
            {
                "ends": each.ends,
                "months": each.months,
                "audited": content.audited.get(each.ends),
                "figures": {str(figure): value for figure, value in each.figures.items()},
            }
            for each in content.statements
        ],
        # For programs by key, not in words.
        "remarks": [told_remark(each) | {"facts": dict(each.facts)} for each in content.remarks],
    }


def _line(settings: Settings, remark: dict[str, Any]) -> str:
    why = told(settings, remark["key"], **remark["facts"])
    place = {"sheet": remark["sheet"], "cell": remark["cell"], "label": remark["label"]}
    if not remark["label"]:
        return told(settings, "preview-remark-sheet", sheet=remark["sheet"], why=why)
    return told(settings, "preview-remark", **place, value=remark["value"], why=why)
