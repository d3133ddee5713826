"""Questions from the command line; they change nothing."""

from datetime import date, datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from core.clock import day_of
from core.commandline.command import as_json, command
from core.commandline.misuse import Misuse
from core.commandline.registers import REGISTERS, register_report
from core.commandline.running import opened, show, told
from core.commandline.terminal_table import in_columns
from core.commandline.worded import Command, Group
from core.queries.actor import OPERATOR
from core.queries.credit.deal import deal_check, holds_told
from core.queries.customers.customer_facts import customer_facts
from core.queries.customers.customers import customer_view
from core.queries.customers.finding import nearest, search
from core.queries.ledger.aging import aging_report
from core.queries.ledger.overdue import OVERDUE_COLUMNS, overdue_report
from core.queries.policies.activation import in_force
from core.records.customer import Customer
from core.rules.money import Money, NotAnAmount, parse_amount
from core.rules.receivables.aging import BUCKETS
from core.rules.refusal import Refusal
from core.settings import Settings
from core.storage.database import Database
from core.texts.wire import Phrase


async def one_customer(database: Database, text: str) -> Customer:
    """The customer who is surely meant. Raises `Refusal` with those who may be: nobody is there to confirm one."""

    def find(session: Session) -> Customer:
        found = search(session, OPERATOR, text)
        if found.sure is not None:
            return session.get_one(Customer, found.sure.id)
        if likely := found.hits or nearest(session, OPERATOR, text):
            raise Refusal("customer-which", name=text, names=[f"{one.code} {one.name}" for one in likely])
        raise Refusal("customer-not-found", name=text)

    return await database.read(find)


@click.command(cls=Command)
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
        found = await one_customer(database, customer)
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
        "holds": holds_told(desk.office, found, release),
        "remedies": [
            {name: getattr(remedy, name) for name in ("key", "receive", "available", "passes", "up_to")}
            for remedy in release.remedies
        ],
    }
    show(as_json, data, told(settings, "deal-check", **facts))


@click.group(cls=Group)
def customer() -> None:
    """Customer files."""


@customer.command("show")
@click.argument("code")
@as_json
@command
async def customer_show(settings: Settings, code: str, as_json: bool) -> None:
    """The head of a customer's file."""
    async with opened(settings) as (database, desk):
        found = await one_customer(database, code)
        today = day_of(desk.office.clock.now(), settings.zone)
        view = await database.read(lambda session: customer_view(session, OPERATOR, found.id or 0, today))
        current = await database.read(lambda session: in_force(session, desk.office, today))
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
    facts = customer_facts(desk.office.library, current.policy, view)
    show(as_json, data, told(settings, "customer", **facts))


@click.command(cls=Command)
@click.argument("name", type=click.Choice(["aging", "overdue", *REGISTERS]))
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--format", "form", type=click.Choice(["text", "json", "xlsx"]), default="text")
@click.option("--output", type=click.Path(path_type=Path))
@command
async def report(settings: Settings, name: str, day: datetime | None, form: str, output: Path | None) -> None:
    """Receivables by age, what is overdue, the register of grades, overrides, what may be published."""
    if form == "xlsx" and name not in REGISTERS:
        raise Misuse(Phrase("misuse-no-workbook", {"name": name}), click.get_current_context())
    async with opened(settings) as (database, desk):
        on = day.date() if day else day_of(desk.office.clock.now(), settings.zone)
        if name in REGISTERS:
            await register_report(settings, database, desk.office, name, on, form, output)
        elif name == "aging":
            await _aging(settings, database, on, form == "json")
        else:
            await _overdue(settings, database, on, form == "json")


async def _overdue(settings: Settings, database: Database, on: date, as_json: bool) -> None:
    rows = await database.read(lambda session: overdue_report(session, OPERATOR, on))
    data = [
        {
            "code": row.code,
            "name": row.name,
            "amount": row.amount,
            "oldest_days": row.oldest_days,
            "invoices": row.invoices,
        }
        for row in rows
    ]
    heads = [told(settings, f"overdue-column-{name}") for name in OVERDUE_COLUMNS]
    table = [
        heads,
        *([r.code, f"{r.amount.amount:,.2f}", str(r.oldest_days), str(r.invoices), r.name] for r in rows),
    ]
    show(as_json, {"on": on, "customers": data}, in_columns(table, right=(1, 2, 3)))


async def _aging(settings: Settings, database: Database, on: date, as_json: bool) -> None:
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
    keys = ("overdue-column-code", "aging-column-outstanding", "aging-not-due")
    table = [[*(told(settings, key) for key in keys), *BUCKETS]]
    for label, one in (
        *((r.code, r.aging) for r in found.customers),
        (told(settings, "aging-column-total"), total),
    ):
        amounts = [one.outstanding, one.not_due, *(one.buckets[bucket] for bucket in BUCKETS)]
        table.append([label, *(f"{each.amount:,.2f}" for each in amounts)])
    show(as_json, data, in_columns(table, right=range(1, len(table[0]))))
