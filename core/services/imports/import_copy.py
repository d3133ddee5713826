"""A copy of a file that was sent, every bad cell marked where it stands, to be mended and sent again (5.1)."""

import asyncio
from dataclasses import dataclass
from pathlib import PurePath

from core.files.export import annotate
from core.files.tables import RowError
from core.queries.actor import CLOCK
from core.records.staff import Person
from core.services import uploads
from core.services.desk import Command, Desk
from core.services.imports.import_batch import batch_of, own_batch, subject
from core.services.imports.import_run import errors_of, read_sheet_of
from core.services.work import Work
from core.settings import language_named
from core.storage.database import Database
from core.texts.catalog import plain
from core.texts.message import Message


@dataclass(frozen=True)
class AskForMarkedCopy(Command):
    """The file of one's own import again, with what is wrong in it marked."""

    batch: int


def ask_for_marked_copy(work: Work, command: AskForMarkedCopy) -> None:
    """The desk makes it, since it takes longer than a turn; nothing of the import changes."""
    batch = own_batch(work, command.batch)
    work.record("import.copy-asked", subject(batch))


@dataclass(frozen=True)
class SendMarkedCopy(Command):
    """Send whoever opened an import its file with the bad cells marked."""

    batch: int
    content: bytes


def send_marked_copy(work: Work, command: SendMarkedCopy) -> None:
    """Whether or not the import has gone on meanwhile: the copy is of what was wrong."""
    batch = batch_of(work, command.batch)
    name = f"{PurePath(uploads.name_of(work.session, batch)).stem}.marked.xlsx"
    upload = uploads.keep(work.session, name, command.content, at=work.at, by=batch.by)
    work.record("import.marked", subject(batch), file=upload.sha256)
    uploads.answer(work, batch, Message("import-marked", {"file": name}, upload=upload.id))


async def mark_import(database: Database, desk: Desk, batch: int) -> None:
    """Read the file of an import again, and send it back with what is wrong in it."""
    sheet, file = await read_sheet_of(database, desk, batch)
    errors = await database.read(lambda session: errors_of(session, file))
    reader = await database.read(lambda session: session.get(Person, file.by))
    language = language_named(reader.language if reader else "") or desk.office.settings.language

    def told(error: RowError) -> str:
        why = plain(language, error.key, error.facts)
        cell = {"column": error.header, "why": why}
        return plain(language, "import-marked-cell", cell) if error.header else why

    heading = plain(language, "import-marked-heading", {})
    content = await asyncio.to_thread(annotate, sheet, errors, told, heading)
    await desk.run(database, SendMarkedCopy(batch, content), CLOCK)
