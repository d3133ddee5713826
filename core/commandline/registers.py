"""The register of grades, the overrides and the publication list from the command line (2.7, 2.11)."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from core.commandline.running import plain, told
from core.queries.office import Office
from core.queries.policies.grade_names import names_in
from core.queries.rating.publication import publication_list
from core.queries.rating.register import override_report, register
from core.queries.rating.register_report import (
    override_data,
    override_facts,
    override_workbook,
    register_data,
    register_facts,
    register_workbook,
)
from core.rules.calendar import add_months
from core.settings import Settings
from core.storage.database import Database

_YEAR = 12


async def register_report(
    settings: Settings,
    database: Database,
    office: Office,
    name: str,
    on: date,
    form: str,
    output: Path | None,
) -> None:
    """One of `REGISTERS` as text, JSON or workbook."""
    match name:
        case "register":
            found = await database.read(lambda session: register(session, on))
            _tell(
                settings,
                f"{name}-{on}.xlsx",
                form,
                output,
                data=register_data(found, on),
                text=lambda: told(settings, "register", **register_facts(office.library, found, on)),
                workbook=lambda: register_workbook(office.library, found, settings.language),
            )
        case "overrides":
            begin = add_months(on, -_YEAR)
            counted = await database.read(lambda session: override_report(session, office, begin, on))
            _tell(
                settings,
                f"{name}-{on}.xlsx",
                form,
                output,
                data=override_data(counted),
                text=lambda: told(settings, "overrides", **override_facts(counted)),
                workbook=lambda: override_workbook(counted, settings.language),
            )
        case _:
            best = await database.read(lambda session: publication_list(session, office, on))
            grade = (
                names_in(office.library).get((best[0].policy, best[0].grade), best[0].grade) if best else ""
            )
            names = [each.name for each in best]
            _tell(
                settings,
                f"{name}-{on}.xlsx",
                form,
                output,
                data=register_data(best, on),
                text=lambda: told(
                    settings,
                    "publication",
                    on=True,
                    proposed=True,
                    grade=grade,
                    year=str(on.year),
                    names=names,
                ),
                workbook=lambda: register_workbook(office.library, best, settings.language),
            )


REGISTERS = ("register", "overrides", "publication")


def _tell(
    settings: Settings,
    file: str,
    form: str,
    output: Path | None,
    *,
    data: dict[str, Any],
    text: Callable[[], str],
    workbook: Callable[[], bytes],
) -> None:
    match form:
        case "json":
            click.echo(json.dumps(data, default=plain, ensure_ascii=False, indent=2))
        case "xlsx":
            path = output or Path(file)
            path.write_bytes(workbook())
            click.echo(told(settings, "file-written", path=str(path)))
        case _:
            click.echo(text())
