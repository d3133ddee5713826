"""Financial statements as they were handed in (1.5), the files they came in, and what was said of findings (1.6)."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from core.records.columns import BigKey, key_field, moment_field, text_field
from core.rules.lifecycles.statement_file_lifecycle import StatementFileState


class StatementVersion(SQLModel, table=True):
    """The statements of one period as somebody knew them; a later version stands beside the earlier, never over it."""

    __tablename__ = "statement"
    __table_args__ = (Index("statement_of_customer", "customer", "ends", "id"),)

    id: int | None = key_field()
    customer: int = Field(foreign_key="customer.id")
    ends: date
    months: int
    figures: str = text_field()
    """JSON text as of `core.texts.wire`: yuan by figure; one that is absent is unknown. None at all: withdrawn."""
    audited: bool = False
    source: str
    upload: int | None = Field(default=None, foreign_key="upload.id", sa_type=BigKey)
    """The file that it came in, or that its latest figures did."""
    by: int | None = Field(default=None, foreign_key="person.id")
    """None: the operator at the command line."""
    at: datetime = moment_field()
    known_on: date
    """The company's day of `at`, so that a past day can be asked for."""


class StatementFile(SQLModel, table=True):
    """A file of statements that somebody sent for a customer: read, looked over, kept or dropped."""

    __tablename__ = "statement_file"

    id: int | None = Field(default=None, primary_key=True)
    customer: int = Field(foreign_key="customer.id", index=True)
    upload: int = Field(foreign_key="upload.id", sa_type=BigKey)
    source: str
    state: str = StatementFileState.OPENED
    content: str = text_field()
    """What was read, as of `core.texts.wire`."""
    conversation: str = ""
    by: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = moment_field()
    finished_at: datetime | None = moment_field(nullable=True)


class FindingExplanation(SQLModel, table=True):
    """What somebody answers for a finding; it holds as long as the figures are what they were."""

    __tablename__ = "finding_explanation"
    __table_args__ = (Index("explanation_of_customer", "customer", "finding", "id"),)

    id: int | None = key_field()
    customer: int = Field(foreign_key="customer.id")
    finding: str
    """The finding's own name, made of its figures: other figures are another finding."""
    words: str = text_field()
    by: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = moment_field()
    known_on: date
