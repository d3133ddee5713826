"""What is known of customers: the ledger, the statements and the survey, in one set of facts for each."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.policies.library import Library
from core.queries.customers.contradictions import FoundFinding, findings_of_many
from core.queries.customers.material import Material, material_of_many
from core.queries.customers.statements import statements_on
from core.queries.customers.survey import KnownFact, survey_facts
from core.queries.ledger.ledger_facts import ledger_facts_of_many
from core.queries.rating.expert_sheets import GivenSheets, given_sheets
from core.records.customer import Customer
from core.records.tables import table_of
from core.rules.money import Money
from core.rules.policy.policy import INDUSTRY, SIZE
from core.rules.rating.doubt import DOUBT, doubt
from core.rules.rating.reading import KnownValue, Reading
from core.rules.rating.three_tier import SHEETS
from core.rules.statements.statement_facts import FILED, StatementFact, statement_facts
from core.storage.bulk import is_listed, listed
from core.storage.collector import nothing_collected
from core.storage.prepared import Prepared

_CUSTOMER = table_of(Customer)
_ON_FILE = Prepared(
    select(
        _CUSTOMER.c.id,
        _CUSTOMER.c.industry,
        _CUSTOMER.c.size,
        _CUSTOMER.c.registered_capital_minor,
    ).where(is_listed(_CUSTOMER.c.id))
)
_CAPITAL = "registered_capital"
_LEDGER, _FINDINGS, _FILE, _EXPERTS = "ledger", "findings", "customer_file", "review"

Known = Mapping[str, KnownFact]
"""Facts of one customer, by key."""


def known_unasked(session: Session, customer: int, on: date) -> Known:
    """What nobody has to be asked on a day.

    The statements give it, and they stand before any answer; or the customer file does, and nobody answered otherwise.
    """
    given = statement_facts(statements_on(session, customer, on), on)
    filed = {key: _filed(key, fact) for key, fact in given.items() if not _is_missing(fact.value)}
    (row,) = _ON_FILE.rows(session, **listed([customer]))
    declared = _declared(row.registered_capital_minor, on)
    asked = survey_facts(session, customer) if declared else {}
    return {key: fact for key, fact in declared.items() if _is_open(key, asked)} | filed


def known_facts(session: Session, library: Library, customer: int, on: date) -> Known:
    """Everything known of a customer on a day, by what had been told until then and what was tolerated then.

    The ledger's own count stands before the statements, and these before the survey (1.6 says where they differ).
    What the statements leave unknown the survey may know, and what that leaves unknown the customer file.
    """
    return facts_of_many(session, library, [customer], on)[customer]


@nothing_collected()
def facts_of_many(
    session: Session, library: Library, customers: Collection[int], on: date
) -> Mapping[int, Known]:
    """`known_facts` of many customers, in their order.

    As many questions as for one; all their rows are in memory at once, so a thousand customers are plenty.
    """
    material = material_of_many(session, customers, on)
    found = findings_of_many(session, library, material, on)
    files = {row.id: row for row in _ON_FILE.rows(session, **listed(customers))}
    counted = ledger_facts_of_many(session, customers, on)
    sheets = given_sheets(session, customers, on)
    return {
        customer: _or_declared(_of_material(material[customer]), files[customer].registered_capital_minor, on)
        | _of_file(files[customer].industry, files[customer].size, on)
        | {key: KnownFact(key, value, _LEDGER, on, None) for key, value in counted[customer].items()}
        | _of_findings(found.get(customer, ()), on)
        | _of_experts(sheets.get(customer))
        for customer in customers
    }


def values_of(known: Known) -> dict[str, KnownValue]:
    """The facts as a policy takes them, without where they are from."""
    return {key: fact.value for key, fact in known.items()}


def _of_material(known: Material) -> dict[str, KnownFact]:
    asked = {each.key: each for each in known.answers}
    return asked | {
        key: _filed(key, fact)
        for key, fact in known.given.items()
        if not _is_missing(fact.value) or key not in asked or asked[key].value is None
    }


def _of_file(industry: str, size: str, on: date) -> dict[str, KnownFact]:
    """By which standard values are chosen; what the file leaves blank is unknown."""
    told = {INDUSTRY: industry, SIZE: size}
    return {key: KnownFact(key, value, _FILE, on, None) for key, value in told.items() if value}


def _or_declared(told: dict[str, KnownFact], capital: int | None, on: date) -> dict[str, KnownFact]:
    """What people and statements say; what they leave open as the customer file has it."""
    return told | {key: fact for key, fact in _declared(capital, on).items() if _is_open(key, told)}


def _declared(capital: int | None, on: date) -> dict[str, KnownFact]:
    """What the customer file says that the survey asks for as well; `capital` in fen."""
    return {} if capital is None else {_CAPITAL: KnownFact(_CAPITAL, Money(capital), _FILE, on, None)}


def _is_open(key: str, told: Known) -> bool:
    return key not in told or told[key].value is None


def _of_findings(found: Iterable[FoundFinding], on: date) -> dict[str, KnownFact]:
    held = doubt(each.severity for each in found)
    return {DOUBT: KnownFact(DOUBT, held.value, _FINDINGS, on, None)} if held else {}


def _of_experts(given: GivenSheets | None) -> dict[str, KnownFact]:
    return {SHEETS: KnownFact(SHEETS, given.sheets, _EXPERTS, given.last_given, None)} if given else {}


def _filed(key: str, fact: StatementFact) -> KnownFact:
    return KnownFact(key, fact.value, FILED, fact.ends, None)


def _is_missing(value: KnownValue) -> bool:
    return isinstance(value, Reading) and value.is_missing
