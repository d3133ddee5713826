"""The financial statements of a customer as they were known on a day (1.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.records.statement import StatementVersion
from core.records.tables import table_of
from core.rules.statements.statements import Figure, Statement, Statements
from core.texts.wire import facts_of

_VERSION = table_of(StatementVersion)
_YEAR = 12
_THREE_YEARS = 36


@dataclass(frozen=True, slots=True)
class KeptStatement:
    """The version of a period's statements that counts, with who answers for it."""

    statement: Statement
    audited: bool
    source: str
    by: int | None
    """None: the operator at the command line."""
    at: datetime
    upload: int | None


def kept_statements(session: Session, customer: int, on: date | None = None) -> tuple[KeptStatement, ...]:
    """Every period on file, oldest first, by its newest version, or by what was known at the end of `on`."""
    asked = select(_VERSION).where(_VERSION.c.customer == customer)
    if on is not None:
        asked = asked.where(_VERSION.c.known_on <= on, _VERSION.c.ends <= on)
    newest = {row.ends: row for row in session.execute(asked.order_by(_VERSION.c.ends, _VERSION.c.id))}
    return tuple(
        KeptStatement(
            Statement(row.ends, row.months, figures), row.audited, row.source, row.by, row.at, row.upload
        )
        for row in newest.values()
        if (figures := _figures(row.figures))
    )


def statements_on(session: Session, customer: int, on: date) -> Statements:
    """The two years, the latest period and the year three years back, as they were known on a day."""
    return chosen(kept.statement for kept in kept_statements(session, customer, on))


def chosen(kept: Iterable[Statement]) -> Statements:
    """Of all that is on file the newest full year, the one before it, what came after it, and three years back."""
    by_end = {statement.ends: statement for statement in kept}
    years = [statement for statement in by_end.values() if statement.months == _YEAR]
    year = max(years, key=lambda statement: statement.ends, default=None)
    later = [each for each in by_end.values() if year is None or each.ends > year.ends]
    latest = max(later, key=lambda statement: statement.ends, default=None)
    if year is None:
        return Statements(latest=latest)
    earlier = [statement for statement in by_end.values() if statement.ends < year.ends]
    return Statements(
        year=year,
        year_before=next((each for each in earlier if year.follows(each)), None),
        latest=latest,
        three_years_ago=next((each for each in earlier if year.follows(each, _THREE_YEARS)), None),
    )


def _figures(text: str) -> dict[Figure, Decimal]:
    return {Figure(key): value for key, value in facts_of(text).items()}
