"""A published ledger of receivables (IBM's sample): imported, and every month's balance equal to a plain sum."""

import csv
import os
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.queries.actor import OPERATOR
from core.queries.ledger.aging import aging_report
from core.queries.ledger.exposure import closing_receivables, exposures_on
from core.queries.ledger.overdue import overdue_items
from core.records.customer import Customer
from core.rules.money import Money, total
from core.storage.database import Database
from tests.ledger.importing import book, open_desk, person, preview, sheet

FILE = Path(os.environ.get("ZIXIN_TEST_DATA", "")) / "ibm_ar" / "accounts_receivable.csv"
pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="needs ZIXIN_TEST_DATA with ibm_ar")


@dataclass(frozen=True)
class Account:
    """One line of the file: an invoice and the day it was paid."""

    number: str
    customer: str
    issued: date
    due: date
    amount: Money
    settled: date


def accounts() -> list[Account]:
    def day(text: str) -> date:
        return datetime.strptime(text, "%m/%d/%Y").date()

    with FILE.open(encoding="utf-8") as lines:
        return [
            Account(
                line["invoiceNumber"],
                line["customerID"],
                day(line["InvoiceDate"]),
                day(line["DueDate"]),
                Money.of(line["InvoiceAmount"]),
                day(line["SettledDate"]),
            )
            for line in csv.DictReader(lines)
        ]


def month_ends(ledger: list[Account]) -> list[date]:
    first, last = min(a.issued for a in ledger), max(a.settled for a in ledger)
    days = (first + timedelta(days=at) for at in range((last - first).days + 32))
    return [day for day in days if (day + timedelta(days=1)).day == 1]


def owed(ledger: list[Account], on: date) -> dict[str, Money]:
    """What each customer owes at the end of a day: issued, and not settled yet."""
    owing: dict[str, Money] = {}
    for a in ledger:
        if a.issued <= on < a.settled:
            owing[a.customer] = owing.get(a.customer, Money.zero()) + a.amount
    return owing


async def test_every_balance_equals_an_independent_sum_at_each_month_end(
    database: Database, path: Path
) -> None:
    """5.1, 5.2, 5.3."""
    ledger = accounts()
    desk, finance = open_desk(path.parent), await person(database, "财务王", "finance_manager")
    files = (
        sheet(["code", "name"], [[code, code] for code in sorted({a.customer for a in ledger})]),
        sheet(
            ["number", "customer", "issued", "due", "amount"],
            [[a.number, a.customer, a.issued, a.due, a.amount.amount] for a in ledger],
        ),
        sheet(
            ["number", "customer", "received", "amount", "invoice"],
            [[f"R{a.number}", a.customer, a.settled, a.amount.amount, a.number] for a in ledger],
        ),
    )
    for file in files:
        booked = await book(database, desk, finance, file)
        assert booked.refused == 0
        assert (await preview(database, desk, finance, file))[1].new == 0

    def compare(session: Session) -> None:
        ids = {row.code: row.id for row in session.execute(select(Customer.code, Customer.id))}  # type: ignore[call-overload]
        for on in month_ends(ledger):
            owing = owed(ledger, on)
            report = aging_report(session, on, OPERATOR)
            balances = {row.code: row.outstanding - row.unallocated for row in report.customers}
            assert {code: amount for code, amount in balances.items() if amount} == owing
            late = total(a.amount for a in ledger if a.issued <= on < a.settled and a.due < on)
            assert report.total.overdue == late
            assert report.unallocated == Money.zero()
            exposures = exposures_on(session, on)
            for code, customer in ids.items():
                assert exposures.get(customer, Money.zero()) == owing.get(code, Money.zero())
        for year in (2012, 2013):
            assert closing_receivables(session, year) == total(owed(ledger, date(year, 12, 31)).values())
        assert closing_receivables(session, 2011) is None
        assert not any(overdue_items(session, id_, date(2020, 1, 1)) for id_ in ids.values())

    await database.read(compare)
