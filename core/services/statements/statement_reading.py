"""The desk's part of a file of statements: read it in the limited child, and tell what it says (1.5).

Whoever runs may do it, at once or after a stop: the file's state says whether it is still to be done.
"""

import asyncio
import logging
from datetime import date

from sqlalchemy.orm import Session

from core.clock import day_of
from core.files.sheet import read_pages
from core.files.statement_file import FileContent, read_statements
from core.queries.actor import CLOCK
from core.records.inbox import Upload
from core.records.statement import StatementFile
from core.rules.refusal import Refusal
from core.services.desk import Desk
from core.services.statements.statement_files import GiveUpStatementFile, PreviewStatementFile, unread
from core.storage.database import Database

log = logging.getLogger(__name__)


async def read_statement_file(
    database: Database, desk: Desk, file: int, ends: date | None = None
) -> FileContent:
    """Read a stored file and note what it says. Raises `Refusal` when it cannot be read; that is noted too.

    `ends` is the end of the periods where the file does not tell it.
    """

    def stored(session: Session) -> tuple[StatementFile, Upload]:
        found = session.get(StatementFile, file)
        if found is None:
            raise Refusal("statement-file-unknown")
        return found, session.get_one(Upload, found.upload)

    opened, upload = await database.read(stored)
    today = day_of(opened.at, desk.office.settings.zone)
    try:
        pages = await read_pages(upload.content, upload.name)
        content = await asyncio.to_thread(read_statements, pages, today, name=upload.name, ends=ends)
    except Refusal as why:
        await desk.run(database, GiveUpStatementFile(file, why), CLOCK)
        raise
    await desk.run(database, PreviewStatementFile(file, content), CLOCK)
    return content


async def take_up_statement_file(database: Database, desk: Desk, file: int) -> None:
    """Read a file, if that is still to be done."""
    if file not in await database.read(unread):
        return
    try:
        await read_statement_file(database, desk, file)
    except Refusal as why:
        log.info("statement file %s: %s", file, why)
