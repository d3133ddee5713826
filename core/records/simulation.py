"""A simulation that somebody asked for in chat (2.9): kept until it has been told, so that no stop loses it."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from core.records.columns import moment_field


class SimulationRun(SQLModel, table=True):
    __tablename__ = "simulation_run"

    id: int | None = Field(default=None, primary_key=True)
    policy: str
    checksum: str
    """Of the draft as it was when it was asked about."""
    on_day: date
    asked_by: int = Field(foreign_key="person.id")
    conversation: str
    """Where to tell it."""
    asked_at: datetime = moment_field()
    told_at: datetime | None = moment_field(nullable=True)
    figures: str | None = None
    """What it found for lines; None while it is not told, and where nothing came of it."""
