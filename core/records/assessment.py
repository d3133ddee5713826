"""A rating as it was made: policy, inputs and result, so that it can be replayed."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from core.records.columns import moment_field, text_field


class Assessment(SQLModel, table=True):
    __tablename__ = "assessment"

    id: int | None = Field(default=None, primary_key=True)
    customer: int = Field(foreign_key="customer.id", index=True)
    policy: str
    policy_version: str
    policy_checksum: str
    inputs: str = text_field()
    result: str = text_field()
    grade: str | None = None
    by: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = moment_field()
