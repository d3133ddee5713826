"""Which policy and which tolerances are in force from which day, who proposed them and who confirmed (2.1, 1.6)."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from core.records.columns import moment_field, text_field
from core.rules.lifecycles.activation_lifecycle import Activated, ActivationState


class PolicyActivation(SQLModel, table=True):
    __tablename__ = "policy_activation"

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(default=Activated.POLICY, sa_column_kwargs={"server_default": Activated.POLICY.value})
    policy: str
    """The id of what is activated; tolerances have that of their kind."""
    version: str
    checksum: str
    """Of the file, a policy's with the company's overlay, as it was proposed and confirmed."""
    from_day: date
    state: str = ActivationState.PROPOSED
    proposed_by: int | None = Field(default=None, foreign_key="person.id")
    """None: the operator at the command line, or what was in force before two people were asked."""
    proposed_at: datetime = moment_field()
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    """Who confirmed, declined or withdrew it."""
    decided_at: datetime | None = moment_field(nullable=True)
    reason: str = text_field()
    """Why it was declined."""
