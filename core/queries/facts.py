"""What is known of a customer: the survey's answers and what the ledger shows, in one set of facts."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.queries.ledger_facts import ledger_facts
from core.records.survey import Fact
from core.records.tables import table_of
from core.rules.facts import FactValue
from core.texts.wire import loads

_FACT = table_of(Fact)


@dataclass(frozen=True, slots=True)
class KnownFact:
    key: str
    value: FactValue
    source: str
    as_of: date
    by: int | None


def survey_facts(session: Session, customer: int) -> dict[str, KnownFact]:
    """The current answers, by fact key. An answer None says “asked, and not to be had”."""
    rows = session.execute(
        select(_FACT.c.key, _FACT.c.value, _FACT.c.source, _FACT.c.as_of, _FACT.c.by).where(
            _FACT.c.customer == customer, _FACT.c.current
        )
    )
    return {row.key: KnownFact(row.key, loads(row.value), row.source, row.as_of, row.by) for row in rows}


def known_facts(session: Session, customer: int, on: date) -> dict[str, KnownFact]:
    """Everything known on a day. The ledger's own count stands where both speak."""
    counted = ledger_facts(session, customer, on)
    return survey_facts(session, customer) | {
        key: KnownFact(key, value, "ledger", on, None) for key, value in counted.items()
    }
