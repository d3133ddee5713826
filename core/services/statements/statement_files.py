"""A file of statements for a customer (1.5): sent by a person, read by the desk, kept or dropped by the person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.files.statement_file import FileContent
from core.queries.customers.statements import KeptStatement, kept_statements
from core.queries.policies.tolerances import active_tolerances
from core.records.customer import Customer
from core.records.statement import StatementFile
from core.records.tables import table_of
from core.rules.lifecycles.lifecycle import IllegalMove
from core.rules.lifecycles.statement_file_lifecycle import (
    STATEMENT_FILE,
    StatementFileAction,
    StatementFileState,
)
from core.rules.refusal import Refusal
from core.rules.statements.contradictions import of_sizes
from core.rules.statements.statements import Figure, Statement
from core.services.customers.survey import SOURCES
from core.services.desk import Command
from core.services.statements.statement_preview import choices, preview
from core.services.statements.statements import GivenStatement, RecordStatements, record_statements
from core.services.uploads import answer, name_of, own_sha256
from core.services.work import Work
from core.texts.message import Button, Message
from core.texts.wire import Label, dumps, facts_of

_FILE = table_of(StatementFile)


@dataclass(frozen=True)
class OpenStatementFile(Command):
    """Read a file of one's own that is stored as statements of a customer."""

    customer: int
    upload: int
    source: str
    conversation: str = ""
    """Where to answer; empty when whoever asks waits for the result."""


def open_statement_file(work: Work, command: OpenStatementFile) -> int:
    """Returns the id of the file, which the desk goes on to read."""
    customer = work.customer(command.customer)
    if command.source not in SOURCES:
        raise Refusal("source-unknown", source=command.source)
    sha256 = own_sha256(work.session, command.upload, work.by.person)
    if sha256 is None:
        raise Refusal("statement-file-unknown")
    assert customer.id is not None
    file = StatementFile(
        customer=customer.id,
        upload=command.upload,
        source=command.source,
        conversation=command.conversation,
        by=work.by.person,
        at=work.at,
    )
    work.session.add(file)
    work.session.flush()
    assert file.id is not None
    work.record("statement-file.opened", f"customer:{customer.id}", file=file.id, sha256=sha256)
    return file.id


@dataclass(frozen=True)
class PreviewStatementFile(Command):
    """Note what was read, and tell."""

    file: int
    content: FileContent


def preview_statement_file(work: Work, command: PreviewStatementFile) -> None:
    """Figures without a unit that jump in size beside what is known are given up: nobody guesses the unit."""
    file = _stored_file(work, command.file)
    if file.state != StatementFileState.OPENED:
        return
    content = command.content
    kept = kept_statements(work.session, file.customer)
    if content.yuan is None and (why := _unit_unclear(work, content, kept)) is not None:
        _give_up(work, file, why)
        return
    _move(file, StatementFileAction.READ)
    customer = work.session.get_one(Customer, file.customer)
    facts = preview(content, kept, customer.name) | {"file": name_of(work.session, file)}
    file.content = dumps({"statements": [_stored(each, content.audited) for each in content.statements]})
    answer(work, file, Message("statement-preview", facts, choices(file, content)))


@dataclass(frozen=True)
class GiveUpStatementFile(Command):
    """Note that no statements can be read out of the file, and tell."""

    file: int
    why: Refusal


def give_up_statement_file(work: Work, command: GiveUpStatementFile) -> None:
    """Nothing changes; whoever sent the file is told what is wrong with it."""
    file = _stored_file(work, command.file)
    if file.state == StatementFileState.OPENED:
        _give_up(work, file, command.why)


@dataclass(frozen=True)
class KeepStatementFile(Command):
    """Keep what was read; `audited` says it of the periods of which the file does not."""

    file: int
    audited: bool


def keep_statement_file(work: Work, command: KeepStatementFile) -> int:
    """Returns how many periods have a new version."""
    file = _own_file(work, command.file)
    _move(file, StatementFileAction.KEEP)
    file.finished_at = work.at
    given = tuple(
        GivenStatement(
            Statement(
                each["ends"],
                each["months"],
                {Figure(key): value for key, value in each["figures"].items()},
            ),
            command.audited if each["audited"] is None else each["audited"],
        )
        for each in facts_of(file.content)["statements"]
    )
    return record_statements(work, RecordStatements(file.customer, given, file.source, file.upload))


@dataclass(frozen=True)
class DropStatementFile(Command):
    """Keep nothing of it."""

    file: int


def drop_statement_file(work: Work, command: DropStatementFile) -> None:
    """It may be sent again."""
    file = _own_file(work, command.file)
    _move(file, StatementFileAction.DROP)
    file.finished_at = work.at
    work.record("statement-file.dropped", f"customer:{file.customer}", file=file.id)


def unread(session: Session) -> tuple[int, ...]:
    """The files that wait for the desk, the oldest first."""
    waiting = select(_FILE.c.id).where(_FILE.c.state == StatementFileState.OPENED).order_by(_FILE.c.id)
    return tuple(session.execute(waiting).scalars())


def _unit_unclear(work: Work, content: FileContent, kept: tuple[KeptStatement, ...]) -> Refusal | None:
    known = [each.statement for each in kept]
    allow = active_tolerances(work.session, work.office.library, work.today)
    jumps = of_sizes([*known, *content.statements], allow)
    if not jumps:
        return None
    return Refusal("statement-unit-unclear", **dict(jumps[0].facts))


def _give_up(work: Work, file: StatementFile, why: Refusal) -> None:
    _move(file, StatementFileAction.GIVE_UP)
    file.finished_at = work.at
    work.record(
        "statement-file.unreadable",
        f"customer:{file.customer}",
        file=file.id,
        why=why.key,
        facts=dict(why.facts),
    )
    again = Button(f"statement-file:{file.customer}", "button-statement-file")
    answer(work, file, Message(f"refusal-{why.key}", why.facts, ((again,),)))


def _stored(statement: Statement, audited: Mapping[date, bool]) -> dict[str, Any]:
    return {
        "ends": statement.ends,
        "months": statement.months,
        "figures": {str(figure): value for figure, value in statement.figures.items()},
        "audited": audited.get(statement.ends),
    }


def _stored_file(work: Work, file: int) -> StatementFile:
    found = work.session.get(StatementFile, file, with_for_update=True)
    if found is None:
        raise Refusal("statement-file-unknown")
    return found


def _own_file(work: Work, file: int) -> StatementFile:
    """What one person has looked at, another does not keep."""
    found = _stored_file(work, file)
    if found.by != work.by.person:
        raise Refusal("statement-file-unknown")
    return found


def _move(file: StatementFile, action: StatementFileAction) -> None:
    try:
        file.state = STATEMENT_FILE.after(StatementFileState(file.state), action)
    except IllegalMove as error:
        raise Refusal(
            "statement-file-not-waiting", state=Label(f"statement-file-state-{error.state}")
        ) from error
