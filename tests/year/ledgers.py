"""The ledgers of the year: the sample company's, IBM's public sample moved to our days, and money paid ahead."""

import csv
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from core.samples.company import sample_company
from core.samples.lines import credit_lines
from tests.year.ledger import Customer, Invoice, Ledger, Receipt

LAST_DAY = date(2026, 12, 31)
NEW_YEAR = date(2026, 1, 1)
_YEARS_ON = 13


def sample_ledger() -> Ledger:
    """The sample company's books of 2026, two months before it included; lines and ratings as on New Year's Day."""
    company = sample_company(LAST_DAY)
    lines = {line.customer_code: line for line in credit_lines(NEW_YEAR)}
    return Ledger(
        customers=tuple(
            Customer(
                code=one.code,
                name=one.name,
                region=one.region,
                owner=one.owner,
                rated_until=lines[one.code].rated_until if one.code in lines else None,
                line_ends=lines[one.code].ends if one.code in lines else None,
            )
            for one in company.customers
        ),
        invoices=tuple(
            Invoice(
                number=one.number,
                customer=one.customer_code,
                issued=one.issued,
                due=one.due,
                minor=one.amount.minor,
                disputed=one.disputed.minor,
                is_note=one.kind == "credit_note",
            )
            for one in company.invoices
        ),
        receipts=tuple(
            Receipt(one.number, one.customer_code, one.received, one.amount.minor, one.invoices)
            for one in company.receipts
        ),
    )


def paid_ahead_ledger() -> Ledger:
    """A customer that pays before it is invoiced, which none of the others does over a month end (5.2).

    Once it names no invoice, once one that comes later; and a credit note finds nothing to settle at first.
    """
    customer = Customer("PRE", "Customer PRE", "华东", "王小雨")

    def invoice(number: str, issued: date, minor: int, *, is_note: bool = False) -> Invoice:
        due = issued if is_note else issued + timedelta(days=30)
        return Invoice(number, customer.code, issued, due, minor, is_note=is_note)

    return Ledger(
        customers=(customer,),
        invoices=(
            invoice("PRE-1", date(2026, 2, 10), 40_000),
            invoice("PRE-2", date(2026, 4, 8), 90_000),
            invoice("PRE-3", date(2026, 6, 1), 20_000),
            invoice("PRE-4", date(2026, 6, 3), 50_000),
            invoice("PRE-5", date(2026, 7, 30), 6_000, is_note=True),
            invoice("PRE-6", date(2026, 8, 5), 10_000),
        ),
        receipts=(
            Receipt("PRE-R1", customer.code, date(2026, 1, 20), 100_000),
            Receipt("PRE-R2", customer.code, date(2026, 5, 28), 50_000, ("PRE-4",)),
            Receipt("PRE-R3", customer.code, date(2026, 6, 30), 50_000),
        ),
    )


_SALESPEOPLE = {"391": "王小雨", "406": "李泽", "770": "黄嘉欣", "818": "梁志强", "897": "王小雨"}
"""Who looks after the customers of a country code."""


def ibm_ledger(folder: Path) -> Ledger:
    """IBM's 2 466 invoices of 100 customers, thirteen years on: 2013 is 2026, for which a policy is in force.

    Dollars are taken for yuan. An invoice marked as disputed is disputed in full until it is settled: the file says
    no more, and the import knows amounts. The day it was settled brings a receipt that names it.
    """
    with (folder / "ibm_ar" / "accounts_receivable.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    countries = {row["customerID"]: row["countryCode"] for row in rows}
    return Ledger(
        customers=tuple(
            Customer(code, f"Customer {code}", country, _SALESPEOPLE[country])
            for code, country in sorted(countries.items())
        ),
        invoices=tuple(
            Invoice(
                number=row["invoiceNumber"],
                customer=row["customerID"],
                issued=_day(row["InvoiceDate"]),
                due=_day(row["DueDate"]),
                minor=_minor(row),
                disputed=_minor(row) if row["Disputed"] == "Yes" else 0,
            )
            for row in rows
        ),
        receipts=tuple(
            Receipt(
                number=f"R{row['invoiceNumber']}",
                customer=row["customerID"],
                received=_day(row["SettledDate"]),
                minor=_minor(row),
                named=(row["invoiceNumber"],),
            )
            for row in rows
        ),
    )


def _minor(row: dict[str, str]) -> int:
    return int(Decimal(row["InvoiceAmount"]) * 100)


def _day(text: str) -> date:
    """A day of the file, as many years on; 29 February becomes the 28th."""
    day = datetime.strptime(text, "%m/%d/%Y").date()
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year + _YEARS_ON)
