"""What is known of a customer: each fact with its source, its day and who answers for it (1.3, 1.4)."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from core.records.columns import key_field, moment_field


class Fact(SQLModel, table=True):
    __tablename__ = "fact"
    __table_args__ = (
        Index(
            "fact_current",
            "customer",
            "key",
            unique=True,
            sqlite_where=text("current"),
            postgresql_where=text("current"),
        ),
        Index("fact_of_customer", "customer", "id"),
    )

    id: int | None = key_field()
    customer: int = Field(foreign_key="customer.id")
    key: str
    value: str
    """JSON text as of `core.texts.wire`; ``null`` says “asked, and not to be had”."""
    source: str
    as_of: date
    by: int = Field(foreign_key="person.id")
    at: datetime = moment_field()
    known_on: date
    """The company's day of `at`, so that a past day can be asked for."""
    current: bool = True
