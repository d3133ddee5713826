"""Reminders told, each (invoice, rung) once (6.1)."""

from datetime import date

from sqlmodel import Field, SQLModel

from core.records.columns import BigKey


class Reminder(SQLModel, table=True):
    __tablename__ = "reminder"

    invoice: int = Field(foreign_key="invoice.id", primary_key=True, sa_type=BigKey)
    rung: int = Field(primary_key=True)
    """Days past due at which the rung stands; below zero: before."""
    due_on: date
    """The day the rung came due: the effect's day, whenever it was told."""
    told_on: date = Field(index=True)
