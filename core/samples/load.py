"""Putting the sample company into an empty database: what `make demo` begins with."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import day_of
from core.queries.actor import OPERATOR
from core.records.staff import Person
from core.records.tables import table_of
from core.samples.company import sample_company
from core.samples.load_files import load_customers, load_lines, load_staff, load_surveys
from core.samples.load_sheets import load_sheets
from core.samples.load_statements import load_statements
from core.samples.shapes import SampleCompany
from core.services import audit
from core.services.desk import Desk
from core.services.ledger.ledger import InvoiceEntry, ReceiptEntry, record_invoices, record_receipts
from core.storage.database import Database

CHUNK = 300
_PERSON = table_of(Person)


async def load_sample(database: Database, desk: Desk, today: date) -> bool:
    """Load the sample company as it stands on ``today``; False, and nothing, where there are people already."""
    if await database.read(lambda session: session.execute(select(_PERSON.c.id)).first() is not None):
        return False
    company = sample_company(today)
    ids = await database.write(lambda session: _people_and_files(session, desk, company))
    invoices = [
        InvoiceEntry(
            one.number,
            ids[one.customer_code],
            one.issued,
            one.due,
            one.amount,
            one.kind,
            one.shipped,
            one.disputed,
        )
        for one in company.invoices
    ]
    receipts = [
        ReceiptEntry(one.number, ids[one.customer_code], one.received, one.amount, one.invoices)
        for one in company.receipts
    ]
    for start in range(0, len(invoices), CHUNK):
        part = invoices[start : start + CHUNK]
        await database.write(lambda session, part=part: record_invoices(session, part))  # type: ignore[misc]
    for start in range(0, len(receipts), CHUNK):
        paid = receipts[start : start + CHUNK]
        await database.write(lambda session, paid=paid: record_receipts(session, paid))  # type: ignore[misc]
    await database.write(lambda session: _on_record(session, desk, company))
    return True


def _people_and_files(session: Session, desk: Desk, company: SampleCompany) -> Mapping[str, int]:
    """All but the ledger. Returns the ids of the customers by code."""
    office = desk.office
    at = office.clock.now()
    today = day_of(at, office.settings.zone)
    people = load_staff(session, desk, company)
    ids = load_customers(session, office.vault, company, people, at)
    owners = {one.code: people[one.owner] for one in company.customers}
    load_surveys(session, company, ids, owners, at)
    load_statements(session, office.library, company, ids, owners, at, today)
    load_sheets(session, company.reviews, ids, people, office.settings.zone)
    load_lines(session, company, ids, at)
    return ids


def _on_record(session: Session, desk: Desk, company: SampleCompany) -> None:
    audit.append(
        session,
        at=desk.office.clock.now(),
        actor=OPERATOR.ref,
        action="sample.loaded",
        subject="company",
        data={
            "customers": len(company.customers),
            "statements": len(company.statements),
            "sheets": sum(len(each.sheets) for each in company.reviews),
            "invoices": len(company.invoices),
            "receipts": len(company.receipts),
            "lines": len(company.lines),
        },
    )
