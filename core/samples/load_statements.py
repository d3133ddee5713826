"""Putting the sample company's financial statements into the database, with what was said of their findings."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from core.policies.library import Library
from core.queries.customers.contradictions import findings
from core.records.statement import FindingExplanation, StatementVersion
from core.records.tables import table_of
from core.rules.statements.contradictions import Severity
from core.samples.shapes import SampleCompany
from core.samples.statements import explanations
from core.texts.wire import dumps

_VERSION, _EXPLANATION = table_of(StatementVersion), table_of(FindingExplanation)
_SOURCE = "customer"


def load_statements(
    session: Session,
    library: Library,
    company: SampleCompany,
    ids: Mapping[str, int],
    owners: Mapping[str, int],
    at: datetime,
    today: date,
) -> None:
    """Statements as each customer's owner kept them; the owner also answers for what only wants explaining."""
    if not company.statements:
        return
    session.execute(
        insert(_VERSION),
        [
            {
                "customer": ids[one.customer_code],
                "ends": one.statement.ends,
                "months": one.statement.months,
                "figures": dumps({str(figure): value for figure, value in one.statement.figures.items()}),
                "audited": one.audited,
                "source": _SOURCE,
                "by": owners[one.customer_code],
                "at": at,
                "known_on": one.known_on,
            }
            for one in company.statements
        ],
    )
    explained = [
        {
            "customer": ids[code],
            "finding": each.name,
            "words": words,
            "by": owners[code],
            "at": at,
            "known_on": today,
        }
        for code, words in explanations().items()
        for each in findings(session, library, ids[code], today)
        if each.finding.severity is Severity.EXPLAIN
    ]
    if explained:
        session.execute(insert(_EXPLANATION), explained)
