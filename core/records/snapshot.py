"""Everybody's grade of a month (2.9), a few hundred customers in a batch; it decides nothing."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from core.records.columns import moment_field, text_field


class SnapshotBatch(SQLModel, table=True):
    """What the grades of a batch have in common."""

    __tablename__ = "snapshot_batch"

    id: int | None = Field(default=None, primary_key=True)
    policy: str
    policy_version: str
    policy_checksum: str
    fact_names: str = text_field()
    """The names of the facts that were looked at; a list."""
    item_names: str = text_field()
    """The names of the items of a scorecard; an empty list of a policy that rates otherwise."""
    at: datetime = moment_field()


class SnapshotGrade(SQLModel, table=True):
    """A customer's grade of a month, with what it was made from, so that it can be replayed."""

    __tablename__ = "snapshot_grade"

    month: date = Field(primary_key=True)
    """Its first day."""
    customer: int = Field(primary_key=True, foreign_key="customer.id")
    batch: int = Field(foreign_key="snapshot_batch.id")
    grade: str | None = None
    score: str | None = None
    """A decimal number; None of a policy without scores, or of a customer that could not be rated."""
    inputs: str = text_field()
    """The facts, as `core.texts.kept` writes them: a list, in the order of the batch."""
    result: str = text_field()
    """What else `core.rules.rating.outcome.kept_outcome` tells, its items as a list where the batch has their names."""
