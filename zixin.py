"""Zixin (资信), the front door: the command line. The only module that sees core, bot and worker together."""

import asyncio
import hashlib
import json
import logging
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click
from sqlalchemy.orm import Session

from bot.app import run_bot
from core.clock import Clock, SetClock, SystemClock, day_of
from core.files.columns import KIND_NAMES
from core.files.sheet import BadFile
from core.files.template import write_template
from core.policies.facts import NotAFact, read_facts
from core.policies.library import SHIPPED, Library
from core.policies.reader import PolicyError
from core.queries import audit
from core.queries.actor import OPERATOR
from core.queries.aging import aging_report
from core.queries.customers import customer_view, nearest, search
from core.queries.deal import deal_check
from core.queries.office import POLICY, Office
from core.queries.overdue import overdue_report
from core.queries.staff import staff_list
from core.records.customer import Customer
from core.records.import_batch import ImportBatch
from core.records.inbox import Upload
from core.rules.aging import BUCKETS
from core.rules.money import Money, NotAnAmount, parse_amount
from core.rules.rating import rate as rate_facts
from core.rules.refusal import Refusal
from core.samples.load import load_sample
from core.services.commands import open_desk
from core.services.desk import Desk
from core.services.import_run import look_at_import, run_import
from core.services.imports import ConfirmImport, OpenImport
from core.services.staff import AddPerson, Invite, ShutOut
from core.settings import Settings
from core.storage import backup as copies
from core.storage.database import Database
from core.storage.secrets import Vault
from core.storage.upgrade import newest, revision_of, upgrade
from core.texts.catalog import say, strip
from core.texts.wire import facts_of
from worker.run import UnknownJob, keep_time, run_due, run_job

T = TypeVar("T")
SAMPLE_POLICY = Path(__file__).parent / "core" / "samples" / "policy"


# how every command is run


def office_of(settings: Settings, clock: Clock | None = None) -> Office:
    """The office of an installation: the shipped policies and, over them, the company's own."""
    folders = [SHIPPED, *([settings.policy_dir] if settings.policy_dir else [])]
    return Office(settings, Library(folders), clock or SystemClock(), Vault(settings))


@asynccontextmanager
async def opened(settings: Settings, clock: Clock | None = None) -> AsyncIterator[tuple[Database, Desk]]:
    """The database, brought to this version, and a desk over it."""
    if revision_of(settings.database_path) != newest():
        upgrade(settings.database_path)
    async with Database(settings.database_path) as database:
        yield database, open_desk(office_of(settings, clock))


def told(settings: Settings, key: str, **facts: Any) -> str:
    """A text of the catalogs for the terminal, without markup."""
    return strip(say(settings.language, key, facts))


def command(work: Callable[..., Any]) -> Callable[..., None]:
    """Run a command; a refusal is a sentence and exit code 1."""

    @wraps(work)
    def run(*arguments: Any, **options: Any) -> None:
        settings = Settings()
        try:
            result = work(settings, *arguments, **options)
            if isinstance(result, Awaitable):
                asyncio.run(_awaited(result))
        except (Refusal, BadFile) as refusal:
            click.echo(told(settings, f"refusal-{refusal.key}", **refusal.facts), err=True)
            sys.exit(1)
        except (PolicyError, NotAFact) as problem:
            click.echo(str(problem), err=True)
            sys.exit(1)

    return run


async def _awaited(result: Awaitable[Any]) -> None:
    await result


def show(as_json: bool, data: Any, text: str) -> None:
    click.echo(json.dumps(data, default=_plain, ensure_ascii=False, indent=2) if as_json else text)


def _plain(value: Any) -> Any:
    """Facts as JSON for other programs: amounts as text in yuan, days as ISO."""
    match value:
        case Money():
            return str(value.amount)
        case date() | datetime():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return str(value)


as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option("0.1.0", prog_name="zixin")
def main() -> None:
    """资信 Zixin: the company's credit desk inside its chat."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for noisy in ("httpx", "apscheduler", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


# serving


async def _serve(settings: Settings, *, bot: bool, worker: bool) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with opened(settings) as (database, desk), asyncio.TaskGroup() as group:
        if bot:
            group.create_task(run_bot(database, desk, stop))
        if worker:
            group.create_task(keep_time(database, desk, stop))


@main.command()
@command
def run(settings: Settings) -> Awaitable[None]:
    """Bot and worker in one process."""
    return _serve(settings, bot=True, worker=True)


@main.command()
@command
def bot(settings: Settings) -> Awaitable[None]:
    """The bot alone."""
    return _serve(settings, bot=True, worker=False)


@main.command()
@click.option("--open/--no-open", "open_page", default=True, help="Open the page in the browser.")
@command
async def demo(_settings: Settings, open_page: bool) -> None:
    """The sample company and the browser chat; no token needed."""
    given = Settings().model_fields_set
    own: dict[str, Any] = {"web_chat": "demo"}
    if "database_url" not in given:
        own["database_url"] = "sqlite+aiosqlite:///data/demo.db"
    if "policy_dir" not in given:
        own["policy_dir"] = SAMPLE_POLICY
    settings = Settings().model_copy(update=own)
    async with opened(settings) as (database, desk):
        today = day_of(desk.office.clock.now(), settings.zone)
        if await load_sample(database, desk, today):
            click.echo(told(settings, "demo-loaded"))
    address = f"http://{settings.http_host}:{settings.http_port}/chat"
    click.echo(told(settings, "demo-address", address=address))
    if open_page:
        asyncio.get_running_loop().call_later(1.5, click.launch, address)
    await _serve(settings, bot=True, worker=True)


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
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day to run it for.")
@as_json
@command
async def worker_run(settings: Settings, job: str, day: datetime, as_json: bool) -> None:
    """One job for one day; again is harmless."""
    async with opened(settings) as (database, desk):
        try:
            report = await run_job(database, desk, job, day.date())
        except UnknownJob as unknown:
            raise Refusal("job-unknown", job=unknown.name, known=", ".join(unknown.known)) from None
    reports = [] if report is None else [report]
    show(as_json, [vars_of(one) for one in reports], _reports(settings, reports))


@worker.command("run-due")
@click.option("--at", "moment", type=click.DateTime(["%Y-%m-%dT%H:%M"]), required=True, help="Company time.")
@as_json
@command
async def worker_run_due(settings: Settings, moment: datetime, as_json: bool) -> None:
    """Everything that is due by then; again is harmless."""
    at = moment.replace(tzinfo=settings.zone)
    async with opened(settings, SetClock(at)) as (database, desk):
        reports = await run_due(database, desk, at, machine=SystemClock())
    show(as_json, [vars_of(one) for one in reports], _reports(settings, reports))


def vars_of(report: Any) -> dict[str, Any]:
    return {name: getattr(report, name) for name in report.__dataclass_fields__}


def _reports(settings: Settings, reports: list[Any]) -> str:
    if not reports:
        return told(settings, "worker-nothing-due")
    return "\n".join(str(report) for report in reports)


# people


@main.group()
def staff() -> None:
    """The people of the company."""


@staff.command("add")
@click.option("--name", required=True)
@click.option("--role", "roles", multiple=True, required=True, help="Again for a further role.")
@click.option("--english", default="", help="The name in English.")
@click.option("--telegram", default="", help="Telegram's number of the person.")
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
@click.option("--leaves", is_flag=True, help="The person leaves the company.")
@command
async def staff_shut_out(settings: Settings, name: str, leaves: bool) -> None:
    """Cut off every conversation of NAME at once: a lost phone, or somebody who leaves."""
    async with opened(settings) as (database, desk):
        await desk.run(database, ShutOut(name, leaves), OPERATOR)
    click.echo(told(settings, "staff-shut-out", name=name))


# files


@main.command("import")
@click.argument("kind", type=click.Choice(KIND_NAMES))
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--all-or-nothing", is_flag=True, help="Refuse the file when any row is bad.")
@click.option("--dry-run", is_flag=True, help="Tell what would change, and change nothing.")
@click.option("--template", type=click.Path(path_type=Path), help="Write an empty file to fill in.")
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
        raise click.UsageError("FILE is missing (or use --template).")
    if not file.exists():
        raise Refusal("file-missing", path=str(file))
    async with opened(settings) as (database, desk):
        batch = await desk.run(database, OpenImport(await _stored(database, desk, file), kind), OPERATOR)
        preview = await look_at_import(database, desk, batch)
        facts = facts_of((await database.read(lambda session: session.get_one(ImportBatch, batch))).report)
        click.echo(told(settings, "import-preview", **facts), err=as_json)
        errors = [
            {"row": e.row, "column": e.header, "value": e.value, "reason": e.key, "facts": dict(e.facts)}
            for e in preview.errors
        ]
        data = {"new": preview.new, "unchanged": preview.unchanged, "bad": preview.bad, "errors": errors}
        if not dry_run and (preview.new or all_or_nothing):
            await desk.run(database, ConfirmImport(batch, all_or_nothing), OPERATOR)
            booked = await run_import(database, desk, batch)
            data |= {"added": booked.added, "refused": booked.refused}
    show(as_json, data, told(settings, "import-result", added=data.get("added", 0)))


async def _stored(database: Database, desk: Desk, file: Path) -> int:
    """The file as it is, kept in the database: the original of what it books."""
    content = file.read_bytes()

    def store(session: Session) -> int:
        upload = Upload(
            name=file.name,
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
            at=desk.office.clock.now(),
        )
        session.add(upload)
        session.flush()
        return upload.id or 0

    return await database.write(store)


# questions


async def _one_customer(database: Database, text: str) -> Customer:
    found = await database.read(lambda session: search(session, OPERATOR, text))
    if len(found) == 1 or (found and text in {found[0].code, found[0].name}):
        return found[0]
    near = found or await database.read(lambda session: nearest(session, OPERATOR, text))
    if near:
        raise Refusal("customer-which", name=text, names=[f"{one.code} {one.name}" for one in near])
    raise Refusal("customer-not-found", name=text)


@main.command()
@click.argument("customer")
@click.argument("amount")
@as_json
@command
async def check(settings: Settings, customer: str, amount: str, as_json: bool) -> None:
    """May AMOUNT be shipped to CUSTOMER on credit today? Asks, and changes nothing."""
    try:
        asked = parse_amount(amount)
    except NotAnAmount as error:
        raise Refusal(f"amount-{error.reason.replace('_', '-')}", typed=amount) from None
    async with opened(settings) as (database, desk):
        found = await _one_customer(database, customer)
        today = day_of(desk.office.clock.now(), settings.zone)
        release = await database.read(lambda session: deal_check(session, desk.office, found, asked, today))
    data = {
        "customer": found.code,
        "amount": asked,
        "verdict": release.verdict,
        "holds": [
            {"reason": hold.reason, "article": hold.article, "facts": dict(hold.facts)}
            for hold in release.holds
        ],
        "available": release.available,
    }
    facts = {
        "passes": release.passes,
        "customer": found.name,
        "amount": asked,
        "available": release.available,
        "holds": [{"reason": hold.reason, "article": hold.article, **hold.facts} for hold in release.holds],
        "remedies": [
            {name: getattr(remedy, name) for name in ("key", "receive", "available", "passes", "up_to")}
            for remedy in release.remedies
        ],
    }
    show(as_json, data, told(settings, "deal-check", **facts))


@main.group()
def customer() -> None:
    """Customer files."""


@customer.command("show")
@click.argument("code")
@as_json
@command
async def customer_show(settings: Settings, code: str, as_json: bool) -> None:
    """The head of a customer's file."""
    async with opened(settings) as (database, desk):
        found = await _one_customer(database, code)
        today = day_of(desk.office.clock.now(), settings.zone)
        view = await database.read(lambda session: customer_view(session, OPERATOR, found.id or 0, today))
    assert view is not None
    data = {
        "code": found.code,
        "name": found.name,
        "uscc": found.uscc,
        "region": found.region,
        "owner": view.owner.name if view.owner else None,
        "grade": found.grade,
        "rated_until": found.rated_until,
        "limit": Money(view.line.limit_minor) if view.line else None,
        "line_ends": view.line.ends if view.line else None,
        "exposure": view.exposure,
        "overdue": view.overdue_amount,
        "oldest_days": view.oldest_days,
    }
    show(
        as_json,
        data,
        "\n".join(f"{name}: {'' if value is None else _plain(value)}" for name, value in data.items()),
    )


@main.command()
@click.option("--policy", default=POLICY, show_default=True)
@click.option("--facts", type=click.Path(exists=True, path_type=Path), required=True, help="A JSON file.")
@as_json
@command
def rate(settings: Settings, policy: str, facts: Path, as_json: bool) -> None:
    """Rate a set of facts without storing anything."""
    office = office_of(settings)
    today = day_of(office.clock.now(), settings.zone)
    found = office.library.policy_in_force(policy, today)
    known = read_facts(office.vocabulary, json.loads(facts.read_text("utf-8")))
    rating = rate_facts(found, known)
    data = {
        "policy": found.id,
        "version": found.version,
        "checksum": found.checksum,
        "grade": rating.grade,
        "ratable": rating.ratable,
        "reasons": [item.criterion for item in rating.reasons],
        "unset": list(rating.unset),
        "unknown": list(rating.unknown),
        "score": None,
        "items": [
            {
                "name": item.criterion,
                "article": item.article,
                "grade": item.grade,
                "answer": item.answer,
                "value": {one.fact: one.value for one in item.inputs},
                "points": None,
                "weight": None,
            }
            for item in rating.items
        ],
    }
    lines = [f"{found.id} {found.version}: {rating.grade or '-'}"]
    lines += [
        f"  {item.answer:<8}{item.grade} {found.criterion(item.criterion).title.zh} ({item.article})"
        for item in rating.items
    ]
    show(as_json, data, "\n".join(lines))


@main.command()
@click.argument("name", type=click.Choice(["aging", "overdue"]))
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="Today, if not told.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@command
async def report(settings: Settings, name: str, day: datetime | None, form: str) -> None:
    """Receivables by age, or what is overdue."""
    async with opened(settings) as (database, desk):
        on = day.date() if day else day_of(desk.office.clock.now(), settings.zone)
        if name == "aging":
            await _aging(database, on, form == "json")
        else:
            rows = await database.read(lambda session: overdue_report(session, OPERATOR, on))
            data = [
                {
                    "code": r.code,
                    "name": r.name,
                    "amount": r.amount,
                    "oldest_days": r.oldest_days,
                    "invoices": r.invoices,
                }
                for r in rows
            ]
            text = "\n".join(
                f"{r.code}  {r.amount.amount:>14,.2f}  {r.oldest_days:>4}  {r.name}" for r in rows
            )
            show(form == "json", {"on": on, "customers": data}, text)


async def _aging(database: Database, on: date, as_json: bool) -> None:
    found = await database.read(lambda session: aging_report(session, on, OPERATOR))
    total = found.total
    data = {
        "on": on,
        "customers": [
            {
                "code": r.code,
                "name": r.name,
                "outstanding": r.outstanding,
                "not_due": r.not_due,
                "buckets": r.buckets,
            }
            for r in found.customers
        ],
        "total": {"outstanding": total.outstanding, "not_due": total.not_due, "buckets": total.buckets},
    }
    head = f"{'':8}{'outstanding':>16}{'not due':>16}" + "".join(f"{bucket:>14}" for bucket in BUCKETS)
    lines = [head]
    for label, one in [*((r.code, r.aging) for r in found.customers), ("total", total)]:
        amounts = [one.outstanding, one.not_due, *(one.buckets[bucket] for bucket in BUCKETS)]
        lines.append(
            f"{label:8}" + "".join(f"{m.amount:>{16 if i < 2 else 14},.2f}" for i, m in enumerate(amounts))
        )
    show(as_json, data, "\n".join(lines))


# policies


@main.group()
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
    show(
        as_json,
        data,
        "\n".join(f"{p['id']} {p['version']}  {p['title']}  {', '.join(p['unset'])}" for p in data),
    )


@policy.command("show")
@click.argument("policy_id", default=POLICY)
@as_json
@command
def policy_show(settings: Settings, policy_id: str, as_json: bool) -> None:
    """A policy in force: its criteria and parameters."""
    office = office_of(settings)
    found = office.library.policy_in_force(policy_id, day_of(office.clock.now(), settings.zone))
    data = {
        "id": found.id,
        "version": found.version,
        "checksum": found.checksum,
        "criteria": [
            {"grade": c.grade, "article": c.article, "title": c.title.zh, "english": c.title.en}
            for c in found.criteria
        ],
        "parameters": {key: p.value for key, p in found.parameters.items()},
    }
    lines = [f"{found.id} {found.version}  {found.title.zh}"]
    lines += [f"  {c.grade}  {c.title.zh} ({c.article})" for c in found.criteria]
    lines += [
        f"  {key} = {'-' if p.value is None else _plain(p.value)}  {p.note.zh} ({p.article})"
        for key, p in found.parameters.items()
    ]
    show(as_json, data, "\n".join(lines))


@policy.command("check")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@command
def policy_check(settings: Settings, file: Path) -> None:
    """Check a policy file as strictly as it is loaded; an error names file, line, what is wrong and an example."""
    Library([SHIPPED, file.parent]) if file.parent.resolve() != SHIPPED.resolve() else Library([SHIPPED])
    click.echo(told(settings, "policy-in-order", path=str(file)))


# audit and database


@main.group("audit")
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
                        {**row._mapping, "data": json.loads(row.data)}, default=_plain, ensure_ascii=False
                    )
                )

        await database.read(write)


@main.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
@command
def db_upgrade(settings: Settings) -> None:
    """Bring the database to the schema of this version."""
    click.echo(told(settings, "db-upgraded", revision=upgrade(settings.database_path)))


@db.command("backup")
@click.argument("target", type=click.Path(path_type=Path))
@command
def db_backup(settings: Settings, target: Path) -> None:
    """A whole copy, while people work."""
    copies.backup(settings.database_path, target)
    click.echo(told(settings, "db-backed-up", path=str(target)))


@db.command("restore")
@click.argument("source", type=click.Path(path_type=Path))
@command
def db_restore(settings: Settings, source: Path) -> None:
    """Put a copy in the database's place; what was there is kept beside it."""
    copies.restore(source, settings.database_path)
    click.echo(told(settings, "db-restored", path=str(source)))


if __name__ == "__main__":
    main()
