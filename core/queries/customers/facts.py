"""What is known of a customer: the ledger, the statements and the survey, in one set of facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.policies.library import Library
from core.queries.customers.contradictions import findings_of
from core.queries.customers.statements import statements_on
from core.queries.ledger.ledger_facts import ledger_facts
from core.queries.rating.expert_sheets import given_sheets
from core.records.customer import Customer
from core.records.survey import Fact
from core.records.tables import table_of
from core.rules.policy.policy import INDUSTRY, SIZE
from core.rules.rating.doubt import DOUBT, doubt
from core.rules.rating.reading import KnownValue, Reading
from core.rules.rating.three_tier import SHEETS
from core.rules.statements.statement_facts import FILED, StatementFact, statement_facts
from core.texts.wire import loads

_FACT = table_of(Fact)
_CUSTOMER = table_of(Customer)
_LEDGER, _FINDINGS, _FILE, _EXPERTS = "ledger", "findings", "customer_file", "review"


@dataclass(frozen=True, slots=True)
class KnownFact:
    key: str
    value: KnownValue
    source: str
    as_of: date
    by: int | None


def survey_facts(session: Session, customer: int, on: date | None = None) -> dict[str, KnownFact]:
    """The answers that count, by fact key, or those that did at the end of `on`. None: “asked, and not to be had”."""
    asked = select(_FACT.c.key, _FACT.c.value, _FACT.c.source, _FACT.c.as_of, _FACT.c.by).where(
        _FACT.c.customer == customer
    )
    if on is None:
        asked = asked.where(_FACT.c.current)
    else:
        # A later answer takes the place of an earlier one.
        asked = asked.where(_FACT.c.known_on <= on).order_by(_FACT.c.id)
    return {
        row.key: KnownFact(row.key, loads(row.value), row.source, row.as_of, row.by)
        for row in session.execute(asked)
    }


def known_from_statements(session: Session, customer: int, on: date) -> dict[str, KnownFact]:
    """What nobody has to be asked on a day: the statements give it, and they stand before any answer."""
    given = statement_facts(statements_on(session, customer, on), on)
    return {key: _filed(key, fact) for key, fact in given.items() if not _is_missing(fact.value)}


def known_facts(session: Session, library: Library, customer: int, on: date) -> dict[str, KnownFact]:
    """Everything known on a day, by what had been told until then and what was tolerated then.

    The ledger's own count stands before the statements, and these before the survey (1.6 says where they differ).
    What the statements leave unknown the survey may know.
    """
    asked = survey_facts(session, customer, on)
    statements = statements_on(session, customer, on)
    given = statement_facts(statements, on)
    held = doubt(each.severity for each in findings_of(session, library, customer, on, statements, given))
    counted = {
        key: KnownFact(key, value, _LEDGER, on, None)
        for key, value in ledger_facts(session, customer, on).items()
    }
    found = {DOUBT: KnownFact(DOUBT, held.value, _FINDINGS, on, None)} if held else {}
    sheets, last_given = given_sheets(session, customer, on)
    if last_given is not None:
        found[SHEETS] = KnownFact(SHEETS, sheets, _EXPERTS, last_given, None)
    return asked | _from_statements(given, asked) | _of_file(session, customer, on) | counted | found


def _of_file(session: Session, customer: int, on: date) -> dict[str, KnownFact]:
    """Industry and size, by which standard values are chosen; what the file leaves blank is unknown."""
    row = session.execute(
        select(_CUSTOMER.c.industry, _CUSTOMER.c.size).where(_CUSTOMER.c.id == customer)
    ).one()
    told = {INDUSTRY: row.industry, SIZE: row.size}
    return {key: KnownFact(key, value, _FILE, on, None) for key, value in told.items() if value}


def _from_statements(
    given: Mapping[str, StatementFact], asked: Mapping[str, KnownFact]
) -> dict[str, KnownFact]:
    return {
        key: _filed(key, fact)
        for key, fact in given.items()
        if not _is_missing(fact.value) or key not in asked or asked[key].value is None
    }


def _filed(key: str, fact: StatementFact) -> KnownFact:
    return KnownFact(key, fact.value, FILED, fact.ends, None)


def _is_missing(value: KnownValue) -> bool:
    return isinstance(value, Reading) and value.is_missing
