"""The audit trail: every change, hash-chained (9.2)."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from core.records.columns import BigKey, moment_field, text_field


class AuditRecord(SQLModel, table=True):
    """One thing that was done, or refused. ``hash`` covers the record and the hash before it."""

    __tablename__ = "audit"

    seq: int = Field(primary_key=True, sa_type=BigKey)
    at: datetime = moment_field()
    actor: str
    """``person:7``, ``clock`` or ``operator``."""
    action: str
    subject: str = Field(index=True)
    """``request:12``, ``customer:3`` …"""
    data: str = text_field()
    previous: str
    hash: str
