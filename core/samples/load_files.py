"""Putting the sample company's staff, customer files, surveys and lines into the database."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

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
from core.samples.shapes import SampleCompany
from core.services.desk import Desk
from core.services.people.staff import AddPerson
from core.storage.secrets import Vault
from core.texts.wire import dumps

_PERSON, _CUSTOMER, _CONTACT = table_of(Person), table_of(Customer), table_of(Contact)
_FACT, _LINE, _ENTRY = table_of(Fact), table_of(CreditLine), table_of(GradeEntry)


def load_staff(session: Session, desk: Desk, company: SampleCompany) -> Mapping[str, int]:
    """Everybody first, then who reports to whom and who is whose deputy. Returns the ids by name."""
    for one in company.staff:
        desk.do(session, AddPerson(one.name, one.roles, one.english, one.region), OPERATOR)
    for one in company.staff:
        if one.reports_to or one.deputy:
            desk.do(
                session,
                AddPerson(one.name, one.roles, reports_to=one.reports_to or "", deputy=one.deputy or ""),
                OPERATOR,
            )
    return {row.name: row.id for row in session.execute(select(_PERSON.c.name, _PERSON.c.id))}


def load_customers(
    session: Session, vault: Vault, company: SampleCompany, people: Mapping[str, int], at: datetime
) -> Mapping[str, int]:
    """The customer files, with the grade that each line was granted on. Returns their ids by code."""
    rated = {line.customer_code: line for line in company.lines}
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
                "bank_sealed": vault.seal(f"{one.bank} {one.account}"),
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
    return ids


def load_surveys(
    session: Session, company: SampleCompany, ids: Mapping[str, int], owners: Mapping[str, int], at: datetime
) -> None:
    """What each customer's owner was answered."""
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


def load_lines(session: Session, company: SampleCompany, ids: Mapping[str, int], at: datetime) -> None:
    """The open lines, and the grades behind them in the register."""
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
