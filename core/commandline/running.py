"""How every command of the command line is run: settings, database, desk, refusals as sentences, JSON."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

import click
from pydantic import ValidationError

from core.clock import Clock, SystemClock
from core.commandline.bad_settings import missets
from core.policies.fact_values import NotAFact
from core.policies.library import SHIPPED, Library, NotInForce
from core.policies.reader import PolicyError
from core.queries.office import Office
from core.rules.money import Money
from core.rules.refusal import Refusal
from core.services.commands import open_desk
from core.services.desk import Desk
from core.services.policies.former_tolerances import carry_over
from core.settings import Settings, company_language
from core.storage.database import Database
from core.storage.secrets import Vault
from core.storage.upgrade import newest, revision_of, upgrade
from core.texts.catalog import say, strip
from core.texts.wire import Label


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
        desk = open_desk(office_of(settings, clock))
        await carry_over(database, desk)
        yield database, desk


def told(settings: Settings, key: str, /, **facts: Any) -> str:
    """A text of the catalogs for the terminal, without markup."""
    return strip(say(settings.language, key, facts))


def carry_out(work: Callable[..., Any], *arguments: Any, **options: Any) -> None:
    """Do the work of a command with the settings of this installation, as `core.commandline.command.command` says."""
    try:
        settings = Settings()
    except ValidationError as error:
        for each in missets(error):
            words = say(company_language(), "setting-bad", {"setting": each.setting, "problem": each.problem})
            click.echo(strip(words), err=True)
        sys.exit(2)
    try:
        result = work(settings, *arguments, **options)
        if isinstance(result, Awaitable):
            asyncio.run(_awaited(result))
    except Refusal as refusal:
        click.echo(told(settings, f"refusal-{refusal.key}", **refusal.facts), err=True)
        sys.exit(1)
    except NotInForce as missing:
        click.echo(
            told(settings, "refusal-policy-not-in-force", policy=missing.policy_id, on=missing.on),
            err=True,
        )
        sys.exit(1)
    except PolicyError as problem:
        click.echo(policy_problem(settings, problem), err=True)
        sys.exit(1)
    except NotAFact as problem:
        click.echo(fact_problem(settings, problem), err=True)
        sys.exit(1)


async def _awaited(result: Awaitable[Any]) -> None:
    await result


def policy_problem(settings: Settings, error: PolicyError) -> str:
    """File, line, what is wrong and, where one line can be it, an example of right, in a sentence or two."""
    facts = {name: str(value).replace("|", " · ") for name, value in error.facts.items()}
    problem = told(settings, f"problem-{error.problem}", **facts)
    place = {"file": str(error.file), "line": str(error.line), "problem": unescape(problem)}
    if not error.example:
        return told(settings, "policy-problem-only", **place)
    return told(settings, "policy-problem", **place, example=error.example)


def fact_problem(settings: Settings, error: NotAFact) -> str:
    """Which fact, as it was written, what is wrong with its value and what would be right."""
    facts: dict[str, Any] = {name: str(value).replace("|", " · ") for name, value in error.facts.items()}
    if "wanted" in facts:
        facts["wanted"] = Label(f"fact-type-{facts['wanted']}")
    return unescape(told(settings, f"fact-problem-{error.reason}", fact=error.fact, **facts))


def show(as_json: bool, data: Any, text: str) -> None:
    click.echo(json.dumps(data, default=plain, ensure_ascii=False, indent=2) if as_json else text)


def plain(value: Any) -> Any:
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
