"""A rating as it was made: policy, inputs and result, so that it can be replayed."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from core.records.columns import moment_field, text_field


class Assessment(SQLModel, table=True):
    __tablename__ = "assessment"
    __table_args__ = (
        # Grades are held to account by the version of the policy that made them, a year of everybody's at a time.
        Index("assessment_of_policy", "policy", "policy_version", "at", "customer"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer: int = Field(foreign_key="customer.id", index=True)
    policy: str
    policy_version: str
    policy_checksum: str
    inputs: str = text_field()
    result: str = text_field()
    grade: str | None = None
    by: int | None = Field(default=None, foreign_key="person.id")
    """None: the clock, or the operator."""
    at: datetime = moment_field()
