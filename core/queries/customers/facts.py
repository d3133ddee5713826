"""What is known of customers: the ledger, the statements and the survey, in one set of facts for each."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy.orm import Session

from core.clock import end_of
from core.queries.customers.contradictions import FoundFinding, findings_of_many
from core.queries.customers.file_facts import FileFacts, file_facts_of_many
from core.queries.customers.material import Material, material_of_many
from core.queries.customers.statements import statements_on
from core.queries.customers.survey import KnownFact, survey_facts
from core.queries.ledger.ledger_facts import ledger_facts_of_many
from core.queries.office import Office
from core.queries.rating.expert_sheets import GivenSheets, given_sheets
from core.rules.rating.doubt import DOUBT, doubt
from core.rules.rating.reading import KnownValue, Reading
from core.rules.rating.three_tier import SHEETS
from core.rules.statements.statement_facts import FILED, StatementFact, statement_facts
from core.storage.collector import nothing_collected

_LEDGER, _FINDINGS, _FILE, _EXPERTS = "ledger", "findings", "customer_file", "review"

Known = Mapping[str, KnownFact]
"""Facts of one customer, by key."""


def known_unasked(session: Session, office: Office, customer: int, on: date) -> Known:
    """What nobody has to be asked on a day.

    The statements give it, and they stand before any answer; or the customer file does, and nobody answered otherwise.
    """
    given = statement_facts(statements_on(session, customer, on), on)
    filed = {key: _filed(key, fact) for key, fact in given.items() if not _is_missing(fact.value)}
    files = file_facts_of_many(session, [customer], end_of(on, office.settings.zone))
    return _left_to_file(survey_facts(session, customer), files.get(customer, {}), on) | filed


def known_facts(session: Session, office: Office, customer: int, on: date) -> Known:
    """Everything known of a customer on a day, by what had been told until then and what was tolerated then.

    The ledger's own count stands before the statements, and these before the survey (1.6 says where they differ).
    What the statements leave unknown the survey may know, and what that leaves unknown the customer file.
    """
    return facts_of_many(session, office, [customer], on)[customer]


@nothing_collected()
def facts_of_many(
    session: Session, office: Office, customers: Collection[int], on: date
) -> Mapping[int, Known]:
    """`known_facts` of many customers, in their order.

    As many questions as for one: on a past day one more if any of their files was changed since. All their rows are
    in memory at once, so a thousand customers are plenty.
    """
    material = material_of_many(session, customers, on)
    found = findings_of_many(session, office.library, material, on)
    files = file_facts_of_many(session, customers, end_of(on, office.settings.zone))
    counted = ledger_facts_of_many(session, customers, on)
    sheets = given_sheets(session, customers, on)
    return {
        customer: _or_on_file(_of_material(material[customer]), files.get(customer, {}), on)
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


def _or_on_file(told: dict[str, KnownFact], file: FileFacts, on: date) -> dict[str, KnownFact]:
    """What people and statements say; what they leave open as the customer file had it."""
    return told | _left_to_file(told, file, on)


def _left_to_file(told: Known, file: FileFacts, on: date) -> dict[str, KnownFact]:
    return {
        key: KnownFact(key, value, _FILE, on, None)
        for key, value in file.items()
        if key not in told or told[key].value is None
    }


def _of_findings(found: Iterable[FoundFinding], on: date) -> dict[str, KnownFact]:
    held = doubt(each.severity for each in found)
    return {DOUBT: KnownFact(DOUBT, held.value, _FINDINGS, on, None)} if held else {}


def _of_experts(given: GivenSheets | None) -> dict[str, KnownFact]:
    return {SHEETS: KnownFact(SHEETS, given.sheets, _EXPERTS, given.last_given, None)} if given else {}


def _filed(key: str, fact: StatementFact) -> KnownFact:
    return KnownFact(key, fact.value, FILED, fact.ends, None)


def _is_missing(value: KnownValue) -> bool:
    return isinstance(value, Reading) and value.is_missing
