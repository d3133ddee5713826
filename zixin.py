"""Zixin (资信), the front door: the command line. The only module that sees core, bot and worker together.

What a command needs is imported when it is run, bot and worker by those that start them: nobody waits for them who only
asks something, and who asks for help or the version waits for nothing.
"""

import asyncio
import logging
import signal
import sys
from collections.abc import Awaitable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

import core
from core.clock import SetClock, SystemClock, day_of
from core.commandline import COMMANDS
from core.commandline.command import as_json, command
from core.commandline.misuse import Program
from core.rules.refusal import Refusal
from core.settings import Settings

SAMPLE_POLICY = Path(core.__file__).parent / "samples" / "policy"


@click.group(
    "zixin", cls=Program, commands=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option("0.1.0", prog_name="zixin")
def main() -> None:
    """资信 Zixin: the company's credit desk inside its chat."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for noisy in ("httpx", "apscheduler", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


# serving


async def _serve(settings: Settings, *, bot: bool, worker: bool) -> None:
    from core.commandline.running import opened

    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    try:
        async with opened(settings) as (database, desk), asyncio.TaskGroup() as group:
            if bot:
                from bot.app import run_bot

                group.create_task(run_bot(database, desk, stop))
            if worker:
                from worker.run import keep_time

                group.create_task(keep_time(database, desk, stop))
    except ExceptionGroup as failures:
        refusals, rest = failures.split(Refusal)
        if refusals is None or rest is not None:
            raise
        raise refusals.exceptions[0] from None  # told as the sentence that it is


def _say_where(settings: Settings) -> None:
    """The pages that people and their machines ask for, as this machine is called by `ZIXIN_HTTP_HOST`."""
    from core.commandline.running import told

    site = _site(settings)
    if settings.web_chat != "off":
        click.echo(told(settings, "serves-chat", address=f"{site}/chat"))
    click.echo(told(settings, "serves-health", address=f"{site}/healthz"))


def _site(settings: Settings) -> str:
    host = f"[{settings.http_host}]" if ":" in settings.http_host else settings.http_host
    return f"http://{host}:{settings.http_port}"


@main.command()
@command
def run(settings: Settings) -> Awaitable[None]:
    """Bot and worker in one process."""
    _say_where(settings)
    return _serve(settings, bot=True, worker=True)


@main.command()
@command
def bot(settings: Settings) -> Awaitable[None]:
    """The bot alone."""
    _say_where(settings)
    return _serve(settings, bot=True, worker=False)


@main.command()
@click.option("--open/--no-open", "open_page", default=True)
@command
async def demo(settings: Settings, open_page: bool) -> None:
    """The sample company and the browser chat; no token needed."""
    import webbrowser

    from core.commandline.running import opened, told
    from core.samples.load import load_sample

    given = settings.model_fields_set
    own: dict[str, Any] = {"web_chat": "demo"}
    if "database_url" not in given:
        own["database_url"] = "sqlite+aiosqlite:///data/demo.db"
    if "policy_dir" not in given:
        own["policy_dir"] = SAMPLE_POLICY
    settings = settings.model_copy(update=own)
    async with opened(settings) as (database, desk):
        today = day_of(desk.office.clock.now(), settings.zone)
        if await load_sample(database, desk, today):
            click.echo(told(settings, "demo-loaded"))
    address = f"{_site(settings)}/chat"
    click.echo(told(settings, "demo-address", address=address))
    if open_page:
        asyncio.get_running_loop().call_later(1.5, webbrowser.open, address)
    await _serve(settings, bot=True, worker=True)


@main.command()
@as_json
def doctor(as_json: bool) -> None:
    """What may keep it from serving, and what to do about it; exit code 1 when something has to be mended."""
    from bot.doctor import examined
    from bot.doctor.report import report_of
    from core.commandline.running import show

    settings, found = examined(SystemClock())
    report = report_of(settings, found)
    show(as_json, report.data, report.text)
    if report.to_mend:
        sys.exit(1)


# the worker


@main.group(invoke_without_command=True)
@click.pass_context
def worker(context: click.Context) -> None:
    """The worker alone; or one of its jobs."""
    if context.invoked_subcommand is None:
        context.invoke(_worker_alone)


@click.command()
@command
def _worker_alone(settings: Settings) -> Awaitable[None]:
    return _serve(settings, bot=False, worker=True)


@worker.command("run")
@click.argument("job")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), required=True)
@as_json
@command
async def worker_run(settings: Settings, job: str, day: datetime, as_json: bool) -> None:
    """One job for one day; again is harmless."""
    from core.commandline.running import opened, show
    from worker.run import UnknownJob, run_job

    async with opened(settings) as (database, desk):
        try:
            report = await run_job(database, desk, job, day.date())
        except UnknownJob as unknown:
            raise Refusal("job-unknown", job=unknown.name, known=", ".join(unknown.known)) from None
    reports = [] if report is None else [report]
    show(as_json, [vars_of(one) for one in reports], _reports(settings, reports))


@worker.command("run-due")
@click.option("--at", "moment", type=click.DateTime(["%Y-%m-%dT%H:%M"]), required=True)
@as_json
@command
async def worker_run_due(settings: Settings, moment: datetime, as_json: bool) -> None:
    """Everything that is due by then; again is harmless."""
    from core.commandline.running import opened, show
    from worker.run import run_due

    at = moment.replace(tzinfo=settings.zone)
    async with opened(settings, SetClock(at)) as (database, desk):
        reports = await run_due(database, desk, at, machine=SystemClock())
    show(as_json, [vars_of(one) for one in reports], _reports(settings, reports))


def vars_of(report: Any) -> dict[str, Any]:
    return {name: getattr(report, name) for name in report.__dataclass_fields__}


def _reports(settings: Settings, reports: list[Any]) -> str:
    from core.commandline.running import told

    if not reports:
        return told(settings, "worker-nothing-due")
    return "\n".join(str(report) for report in reports)


if __name__ == "__main__":
    main()
