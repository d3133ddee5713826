"""Trying a policy out, holding its grades to account, and proposing it, from the command line (2.1, 2.9)."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from core.clock import day_of
from core.commandline.command import as_json, command
from core.commandline.policy_named import policy_named
from core.commandline.running import opened, plain, show, told
from core.commandline.worded import Command
from core.queries.actor import OPERATOR
from core.queries.office import Office
from core.queries.policies import backtest_report, simulation_report
from core.queries.policies.activation import active_policy
from core.queries.policies.backtest import backtest
from core.queries.policies.shelf import notes_on
from core.queries.policies.simulation import Simulation, simulate
from core.rules.calendar import add_months
from core.rules.policy.policy import Policy
from core.rules.refusal import Refusal
from core.services.policies.activation import ProposeActivation
from core.settings import Settings
from core.texts.picture import draw
from core.texts.wire import Named

_DAY = click.DateTime(["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"])
_OUTPUT = click.option("--output", type=click.Path(path_type=Path))


@click.command("simulate", cls=Command)
@click.argument("draft")
@click.option("--on", "days", type=_DAY, metavar="DAY", multiple=True)
@click.option("--format", "form", type=click.Choice(["text", "json", "xlsx", "png"]), default="text")
@_OUTPUT
@command
async def policy_simulate(
    settings: Settings, draft: str, days: tuple[datetime, ...], form: str, output: Path | None
) -> None:
    """All customers under DRAFT, a policy's id or a file, beside the policy in force. Changes nothing."""
    async with opened(settings) as (database, desk):
        office = desk.office
        today = _today(office)
        asked = [day.date() for day in days] or [today]
        for day in asked:
            _refuse_to_come(day, today)
        policy = _draft(office, draft, today)

        def run(session: Any) -> list[Simulation]:
            current = active_policy(session, office, today)
            return [simulate(session, office, current, policy, day) for day in asked]

        found = await database.read(run)
    _tell_simulations(settings, found, form, output)


def _tell_simulations(
    settings: Settings, found: Sequence[Simulation], form: str, output: Path | None
) -> None:
    if form == "json":
        every = [simulation_report.data(each) for each in found]
        click.echo(_json(every if len(every) > 1 else every[0]))
        return
    for each in found:
        if form == "text":
            click.echo(told(settings, "simulation", **simulation_report.card_facts(each)))
            continue
        if form == "xlsx":
            content = simulation_report.workbook(each, settings.language)
        else:
            content = draw(settings.language, "migration", simulation_report.picture_facts(each))
        _write(settings, _place(output, f"{each.draft.id}-{each.on}.{form}", len(found) > 1), content)


@click.command("validate", cls=Command)
@click.argument("policy_id", metavar="POLICY")
@click.option("--from", "begin", type=_DAY, metavar="DAY")
@click.option("--to", "end", type=_DAY, metavar="DAY")
@click.option("--overdue-days", type=click.IntRange(0, 3650), default=90, show_default=True)
@click.option("--format", "form", type=click.Choice(["text", "json", "xlsx"]), default="text")
@_OUTPUT
@command
async def policy_validate(
    settings: Settings,
    policy_id: str,
    begin: datetime | None,
    end: datetime | None,
    overdue_days: int,
    form: str,
    output: Path | None,
) -> None:
    """How the grades of POLICY, an id or a file, did against what happened. Changes nothing."""
    async with opened(settings) as (database, desk):
        office = desk.office
        today = _today(office)
        last = end.date() if end else today
        first = begin.date() if begin else add_months(last, -12)
        if not first < last <= today:
            raise Refusal("backtest-days", begin=first, end=last)
        policy = _draft(office, policy_id, today)
        found = await database.read(
            lambda session: backtest(session, office, policy, first, last, overdue_days)
        )
    match form:
        case "json":
            click.echo(_json(backtest_report.data(found)))
        case "text":
            click.echo(told(settings, "backtest", **backtest_report.card_facts(found)))
        case _:
            content = backtest_report.workbook(found, settings.language)
            _write(settings, _place(output, f"{policy.id}-{first}-{last}.xlsx", several=False), content)


@click.command("activate", cls=Command)
@click.argument("policy_id", metavar="ID")
@click.option("--from", "begin", type=_DAY, metavar="DAY", required=True)
@as_json
@command
async def policy_activate(settings: Settings, policy_id: str, begin: datetime, as_json: bool) -> None:
    """Propose ID, a policy or ``tolerances``, to be in force from a day. A CFO or the general manager confirms it in chat."""
    async with opened(settings) as (database, desk):
        number = await desk.run(database, ProposeActivation(policy_id, begin.date()), OPERATOR)
    show(as_json, {"activation": number}, told(settings, "activation-sent", from_day=begin.date()))


def _draft(office: Office, name: str, on: date) -> Policy:
    """A policy that rates, of an id or in a file, with everything set."""
    found = policy_named(office, name, on)
    if not found.grades:
        raise Refusal("policy-rates-nobody", title=Named(found.title.zh, found.title.en))
    if found.unset:
        raise Refusal("policy-unset", parameters=notes_on(found))
    return found


def _today(office: Office) -> date:
    return day_of(office.clock.now(), office.settings.zone)


def _refuse_to_come(day: date, today: date) -> None:
    if day > today:
        raise Refusal("as-of-future", day=day)


def _place(output: Path | None, name: str, several: bool) -> Path:
    """Where a file goes: as told; into the folder told; or here. Several files have their own names."""
    if output is None:
        return Path(name)
    return output / name if several or output.is_dir() else output


def _write(settings: Settings, path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    click.echo(told(settings, "file-written", path=str(path)))


def _json(data: Any) -> str:
    return json.dumps(data, default=plain, ensure_ascii=False, indent=2)
