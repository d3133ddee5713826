"""What the company itself decides, kept beside the policy: the last value counts, the audit trail has the rest."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from core.records.columns import moment_field, text_field


class CompanyFact(SQLModel, table=True):
    __tablename__ = "company_fact"

    key: str = Field(primary_key=True)
    value: str = text_field()
    by: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = moment_field()
