"""What the worker has done, and who owns what only one process may do."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from core.records.columns import moment_field, text_field


class JobRun(SQLModel, table=True):
    """One job for one slot of the timetable: the fence that makes a second run harmless."""

    __tablename__ = "job_run"

    job: str = Field(primary_key=True)
    slot: str = Field(primary_key=True)
    """The moment it was due, company time, ISO: ``2026-03-04T09:00``."""
    holder: str
    started_at: datetime = moment_field()
    lease_until: datetime = moment_field()
    finished_at: datetime | None = moment_field(nullable=True)
    report: str = text_field()


class Lease(SQLModel, table=True):
    """Ownership of a channel for a while; ``fence`` counts owners, so that a late one can tell."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    holder: str
    fence: int = 1
    until: datetime = moment_field()
