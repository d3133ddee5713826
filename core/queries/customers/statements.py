"""The financial statements of a customer as they were known on a day (1.5)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from core.records.statement import StatementVersion
from core.records.tables import table_of
from core.rules.statements.statements import Figure, Statement, Statements
from core.storage.bulk import is_listed, listed
from core.storage.prepared import Prepared
from core.texts.wire import facts_of

_VERSION = table_of(StatementVersion)
_VERSIONS = Prepared(
    select(_VERSION)
    .where(
        is_listed(_VERSION.c.customer),
        _VERSION.c.known_on <= bindparam("on"),
        _VERSION.c.ends <= bindparam("on"),
    )
    .order_by(_VERSION.c.customer, _VERSION.c.ends, _VERSION.c.id)
)
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
    return kept_of_many(session, [customer], on or date.max).get(customer, ())


def kept_of_many(
    session: Session, customers: Collection[int], on: date
) -> Mapping[int, tuple[KeptStatement, ...]]:
    """`kept_statements` of many customers at the end of `on`; who has none is left out."""
    newest: dict[int, dict[date, Any]] = {}
    for row in _VERSIONS.rows(session, on=on, **listed(customers)):
        newest.setdefault(row.customer, {})[row.ends] = row
    kept = {
        customer: tuple(_kept(row, figures) for row in by_end.values() if (figures := _figures(row.figures)))
        for customer, by_end in newest.items()
    }
    return {customer: each for customer, each in kept.items() if each}


def statements_on(session: Session, customer: int, on: date) -> Statements:
    """The two years, the latest period and the year three years back, as they were known on a day."""
    return statements_of_many(session, [customer], on).get(customer, Statements())


def statements_of_many(session: Session, customers: Collection[int], on: date) -> Mapping[int, Statements]:
    """`statements_on` of many customers; who has none is left out."""
    kept = kept_of_many(session, customers, on)
    return {customer: chosen(each.statement for each in periods) for customer, periods in kept.items()}


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


def _kept(row: Any, figures: Mapping[Figure, Decimal]) -> KeptStatement:
    statement = Statement(row.ends, row.months, figures)
    return KeptStatement(statement, row.audited, row.source, row.by, row.at, row.upload)


def _figures(text: str) -> dict[Figure, Decimal]:
    return {Figure(key): value for key, value in facts_of(text).items()}
