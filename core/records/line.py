"""A credit line: a limit and a term, with a start and an end (3.7)."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from core.records.columns import minor_field, moment_field
from core.rules.lifecycles.line_lifecycle import LineState

LIVE = "state <> 'closed'"


class CreditLine(SQLModel, table=True):
    __tablename__ = "line"
    __table_args__ = (
        Index("line_live", "customer", unique=True, sqlite_where=text(LIVE), postgresql_where=text(LIVE)),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer: int = Field(foreign_key="customer.id")
    kind: str
    currency: str = "CNY"
    limit_minor: int = minor_field()
    term_days: int
    starts: date
    ends: date = Field(index=True)
    """The last day on which the line may be used."""
    state: str = LineState.OPEN
    request: int | None = Field(default=None, foreign_key="request.id")
    collateral_minor: int | None = minor_field(nullable=True)
    opened_at: datetime = moment_field()
