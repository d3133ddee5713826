"""An import under way: it goes on where it stopped, whatever stopped it (5.1)."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from core.records.columns import BigKey, moment_field, text_field


class ImportBatch(SQLModel, table=True):
    __tablename__ = "import_batch"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    upload: int = Field(foreign_key="upload.id", sa_type=BigKey)
    state: str = "previewed"
    """``previewed`` → ``running`` → ``done``; or ``cancelled``."""
    next_row: int = 0
    """Index of the first good row that is not in the ledger yet."""
    total: int = 0
    added: int = 0
    unchanged: int = 0
    conversation: str = ""
    by: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = moment_field()
    finished_at: datetime | None = moment_field(nullable=True)
    report: str = text_field()
