"""An import under way: it goes on where it stopped, whatever stopped it (5.1)."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from core.records.columns import BigKey, minor_field, moment_field, text_field
from core.rules.lifecycles.import_lifecycle import ImportState


class ImportBatch(SQLModel, table=True):
    __tablename__ = "import_batch"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    upload: int = Field(foreign_key="upload.id", sa_type=BigKey)
    state: str = ImportState.OPENED
    next_row: int = 0
    """Index of the first readable row of the file that is not dealt with yet."""
    total: int = 0
    """Readable rows of the file."""
    added: int = 0
    added_minor: int = minor_field()
    """The amounts of the rows added, credit notes below zero; of customers nothing."""
    unchanged: int = 0
    refused: int = 0
    """Readable rows that do not go with the books."""
    conversation: str = ""
    by: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = moment_field()
    finished_at: datetime | None = moment_field(nullable=True)
    report: str = text_field()
    """What the preview said, as the facts of its message."""
