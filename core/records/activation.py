"""Which policy is in force from which day, who proposed it and who confirmed (2.1)."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from core.records.columns import moment_field, text_field
from core.rules.lifecycles.activation_lifecycle import ActivationState


class PolicyActivation(SQLModel, table=True):
    __tablename__ = "policy_activation"

    id: int | None = Field(default=None, primary_key=True)
    policy: str
    version: str
    checksum: str
    """Of the file with the company's overlay, as it was proposed and confirmed."""
    from_day: date
    state: str = ActivationState.PROPOSED
    proposed_by: int | None = Field(default=None, foreign_key="person.id")
    """None: the operator at the command line."""
    proposed_at: datetime = moment_field()
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    """Who confirmed, declined or withdrew it."""
    decided_at: datetime | None = moment_field(nullable=True)
    reason: str = text_field()
    """Why it was declined."""
