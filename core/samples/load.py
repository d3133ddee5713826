"""Putting the sample company into an empty database: what `make demo` begins with."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.clock import day_of
from core.queries.actor import OPERATOR
from core.queries.office import POLICY
from core.records.customer import Contact, Customer
from core.records.line import CreditLine
from core.records.review import GradeEntry
from core.records.staff import Person
from core.records.survey import Fact
from core.records.tables import table_of
from core.rules.firm_name import name_key
from core.rules.lifecycles.line_lifecycle import LineState
from core.samples.company import sample_company
from core.samples.load_sheets import load_sheets
from core.samples.load_statements import load_statements
from core.samples.shapes import SampleCompany
from core.services import audit
from core.services.desk import Desk
from core.services.ledger.ledger import InvoiceEntry, ReceiptEntry, record_invoices, record_receipts
from core.services.people.staff import AddPerson
from core.storage.database import Database
from core.texts.wire import dumps

CHUNK = 300
_PERSON, _CUSTOMER, _CONTACT = table_of(Person), table_of(Customer), table_of(Contact)
_FACT, _LINE, _ENTRY = table_of(Fact), table_of(CreditLine), table_of(GradeEntry)


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
    """Staff, customer files, surveys and lines. Returns the ids of the customers by code."""
    for one in company.staff:
        desk.do(session, AddPerson(one.name, one.roles, one.english, one.region), OPERATOR)
    for one in company.staff:
        if one.reports_to or one.deputy:
            desk.do(
                session,
                AddPerson(one.name, one.roles, reports_to=one.reports_to or "", deputy=one.deputy or ""),
                OPERATOR,
            )
    people = {row.name: row.id for row in session.execute(select(_PERSON.c.name, _PERSON.c.id))}
    rated = {line.customer_code: line for line in company.lines}
    at = desk.office.clock.now()
    session.execute(
        insert(_CUSTOMER),
        [
            {
                "code": one.code,
                "name": one.name,
                "name_key": name_key(one.name),
                "uscc": one.uscc,
                "kind": one.kind,
                "region": one.region,
                "owner": people[one.owner],
                "industry": one.industry,
                "size": one.size,
                "founded": one.founded,
                "registered_capital_minor": one.registered_capital.minor,
                "legal_representative": one.legal_representative,
                "address": one.address,
                "phone": one.phone,
                "scope": one.scope,
                "bank_sealed": desk.office.vault.seal(f"{one.bank} {one.account}"),
                "opened_at": at,
                "grade": rated[one.code].grade if one.code in rated else None,
                "rated_by_policy": POLICY if one.code in rated else None,
                "rated_on": rated[one.code].rated_on if one.code in rated else None,
                "rated_until": rated[one.code].rated_until if one.code in rated else None,
            }
            for one in company.customers
        ],
    )
    ids = {row.code: row.id for row in session.execute(select(_CUSTOMER.c.code, _CUSTOMER.c.id))}
    session.execute(
        insert(_CONTACT),
        [
            {"customer": ids[one.code], "name": contact.name, "phone": contact.phone}
            for one in company.customers
            for contact in one.contacts
        ],
    )
    owners = {one.code: people[one.owner] for one in company.customers}
    session.execute(
        insert(_FACT),
        [
            {
                "customer": ids[code],
                "key": key,
                "value": dumps(answer.value),
                "source": answer.source,
                "as_of": answer.as_of,
                "by": owners[code],
                "at": at,
                # Yearly figures are of the year's end, the rest of the day that somebody asked.
                "known_on": max(each.as_of for each in answers.values()),
                "current": True,
            }
            for code, answers in company.surveys.items()
            for key, answer in answers.items()
        ],
    )
    today = day_of(at, desk.office.settings.zone)
    load_statements(session, desk.office.library, company, ids, owners, at, today)
    load_sheets(session, company.reviews, ids, people, desk.office.settings.zone)
    session.execute(
        insert(_LINE),
        [
            {
                "customer": ids[line.customer_code],
                "kind": line.kind,
                "currency": line.limit.currency,
                "limit_minor": line.limit.minor,
                "term_days": line.term_days,
                "starts": line.starts,
                "ends": line.ends,
                "state": LineState.OPEN,
                "collateral_minor": line.collateral.minor if line.collateral else None,
                "opened_at": at,
            }
            for line in company.lines
        ],
    )
    session.execute(
        insert(_ENTRY),
        [
            {
                "customer": ids[line.customer_code],
                "grade": line.grade,
                "by_policy": line.grade,
                "policy": POLICY,
                "policy_version": "",
                "since": line.rated_on,
                "until": line.rated_until,
                "at": at,
            }
            for line in company.lines
        ],
    )
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
