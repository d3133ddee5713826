"""Financial statements of a customer, kept in versions: who gave them, from where, audited or not (1.4, 1.5, 1.9)."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import insert

from core.queries.customers.statements import KeptStatement, kept_statements
from core.records.statement import StatementVersion
from core.records.tables import table_of
from core.rules.refusal import Refusal
from core.rules.statements.statements import Figure, Statement
from core.services.customers.survey import SOURCES
from core.services.desk import Command
from core.services.rating.review_steps import refresh_review
from core.services.work import Work
from core.texts.wire import dumps

_VERSION = table_of(StatementVersion)


@dataclass(frozen=True, slots=True)
class GivenStatement:
    """The figures of a period as somebody gives them."""

    statement: Statement
    audited: bool


@dataclass(frozen=True)
class RecordStatements(Command):
    """Keep these figures. What is already known of a period and not given again stays."""

    customer: int
    given: tuple[GivenStatement, ...]
    source: str
    upload: int | None = None


def record_statements(work: Work, command: RecordStatements) -> int:
    """Returns how many periods have a new version; figures that say nothing new make none."""
    customer = work.customer(command.customer)
    if command.source not in SOURCES:
        raise Refusal("source-unknown", source=command.source)
    if not any(given.statement.figures for given in command.given):
        raise Refusal("statement-empty")
    assert customer.id is not None
    kept = {each.statement.ends: each for each in kept_statements(work.session, customer.id)}
    changed = 0
    for given in command.given:
        _check_day(work, given.statement.ends)
        if given.statement.figures:
            changed += _record(work, command, given, kept.get(given.statement.ends))
    refresh_review(work, customer.id)
    return changed


@dataclass(frozen=True)
class WithdrawStatement(Command):
    """Take back a period that should not be there: of another customer, or of another year."""

    customer: int
    ends: date


def withdraw_statement(work: Work, command: WithdrawStatement) -> None:
    """It no longer counts from today on; what was known before stays on record."""
    customer = work.customer(command.customer)
    assert customer.id is not None
    found = [
        each for each in kept_statements(work.session, customer.id) if each.statement.ends == command.ends
    ]
    if not found:
        raise Refusal("statement-unknown", ends=command.ends)
    [kept] = found
    _add(work, customer.id, Statement(command.ends, kept.statement.months), kept.audited, kept.source, None)
    work.record("statement.withdrawn", f"customer:{customer.id}", ends=command.ends)


def _check_day(work: Work, ends: date) -> None:
    if ends > work.today:
        raise Refusal("statement-future", ends=ends)
    if ends.day != monthrange(ends.year, ends.month)[1]:
        raise Refusal("statement-not-month-end", ends=ends)


def _record(
    work: Work, command: RecordStatements, given: GivenStatement, before: KeptStatement | None
) -> bool:
    known = before.statement.figures if before is not None else {}
    figures = {**known, **given.statement.figures}
    statement = Statement(given.statement.ends, given.statement.months, figures)
    if before is not None and (statement, given.audited) == (before.statement, before.audited):
        return False
    _add(work, command.customer, statement, given.audited, command.source, command.upload)
    work.record(
        "statement.recorded",
        f"customer:{command.customer}",
        ends=statement.ends,
        months=statement.months,
        audited=given.audited,
        source=command.source,
        changed=_changes(known, figures),
    )
    return True


def _changes(
    known: Mapping[Figure, Decimal], figures: Mapping[Figure, Decimal]
) -> dict[str, list[Decimal | None]]:
    """Old and new by figure (1.9)."""
    return {
        str(figure): [known.get(figure), value]
        for figure, value in figures.items()
        if known.get(figure) != value
    }


def _add(
    work: Work, customer: int, statement: Statement, audited: bool, source: str, upload: int | None
) -> None:
    work.session.execute(
        insert(_VERSION).values(
            customer=customer,
            ends=statement.ends,
            months=statement.months,
            figures=dumps({str(figure): value for figure, value in statement.figures.items()}),
            audited=audited,
            source=source,
            upload=upload,
            by=work.by.person,
            at=work.at,
            known_on=work.today,
        )
    )
