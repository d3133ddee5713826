"""A desk that imports: files as people send them, a clock that stands, the finance manager and a salesperson."""

import csv
import hashlib
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import SetClock
from core.queries.actor import Actor, actor_of
from core.queries.office import Office
from core.records.audit import AuditRecord
from core.records.inbox import Upload
from core.records.outbox import OutboxMessage
from core.records.staff import Holding, Person
from core.rules.permission import Permission
from core.services.desk import Command, Desk, Handled
from core.services.imports import import_booking, imports
from core.services.imports.import_booking import Booked
from core.services.imports.import_run import look_at_import, run_import
from core.services.imports.imports import ConfirmImport, OpenImport, Preview
from core.services.ledger import ledger
from core.settings import Settings
from core.storage.database import Database
from core.storage.secrets import Vault
from core.texts.message import Message
from core.texts.wire import loads
from tests.support.prepared import shipped_library

NOW = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)

COMMANDS: dict[type[Command], Handled] = {
    imports.OpenImport: Handled(imports.open_import, Permission.IMPORT),
    imports.PreviewImport: Handled(imports.preview_import, Permission.KEEP_TIME),
    imports.GiveUpImport: Handled(imports.give_up_import, Permission.KEEP_TIME),
    imports.ConfirmImport: Handled(imports.confirm_import, Permission.IMPORT),
    imports.CancelImport: Handled(imports.cancel_import, Permission.IMPORT),
    import_booking.ImportChunk: Handled(import_booking.import_chunk, Permission.KEEP_TIME),
    import_booking.FinishImport: Handled(import_booking.finish_import, Permission.KEEP_TIME),
    ledger.ReverseAllocation: Handled(ledger.reverse_allocation, Permission.IMPORT),
}


def open_desk(folder: Path) -> Desk:
    settings = Settings(database_url=f"sqlite:///{folder}/zixin.db", _env_file=None)
    return Desk(Office(settings, shipped_library(), SetClock(NOW), Vault(settings)), COMMANDS)


def hire(session: Session, name: str, role: str) -> int:
    person = Person(name=name)
    session.add(person)
    session.flush()
    assert person.id is not None
    session.add(Holding(person=person.id, role=role))
    session.flush()
    return person.id


async def person(database: Database, name: str, role: str) -> Actor:
    """Somebody new on the staff."""

    def come(session: Session) -> Actor:
        actor = actor_of(session, hire(session, name, role))
        assert actor is not None
        return actor

    return await database.write(come)


def table(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def sheet(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode()


async def send(database: Database, by: Actor, content: bytes, name: str = "发票.csv") -> int:
    """A file as it is kept when somebody sends it."""

    def keep(session: Session) -> int:
        sha256 = hashlib.sha256(content).hexdigest()
        upload = Upload(name=name, sha256=sha256, content=content, by=by.person, at=NOW)
        session.add(upload)
        session.flush()
        assert upload.id is not None
        return upload.id

    return await database.write(keep)


async def preview(
    database: Database, desk: Desk, by: Actor, content: bytes, **how: Any
) -> tuple[int, Preview]:
    """Send a file and see what it would change."""
    upload = await send(database, by, content)
    batch: int = await desk.run(database, OpenImport(upload, **how), by)
    return batch, await look_at_import(database, desk, batch)


async def book(database: Database, desk: Desk, by: Actor, content: bytes, **how: Any) -> Booked:
    """Send a file and import it."""
    batch, _ = await preview(database, desk, by, content, **how)
    await desk.run(database, ConfirmImport(batch), by)
    return await run_import(database, desk, batch)


async def count(database: Database, record: type[Any]) -> int:
    return await database.read(
        lambda session: session.execute(select(func.count()).select_from(record)).scalar_one()
    )


async def audit(database: Database, action: str) -> list[dict[str, Any]]:
    """What the audit trail tells of an action, in order."""

    def ask(session: Session) -> list[dict[str, Any]]:
        records = session.scalars(select(AuditRecord).where(AuditRecord.action == action))  # type: ignore[arg-type]
        return [loads(record.data) for record in records]

    return await database.read(ask)


async def said(database: Database, conversation: str) -> list[Message]:
    def ask(session: Session) -> list[Message]:
        rows = session.scalars(
            select(OutboxMessage).where(OutboxMessage.conversation == conversation)  # type: ignore[arg-type]
        )
        return [Message.from_text(row.body) for row in rows]

    return await database.read(ask)
