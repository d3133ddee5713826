"""A request for credit and the signatures under it (3.1, 3.3, 3.4)."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint

from core.records.columns import minor_field, moment_field, text_field
from core.rules.lifecycles.request_lifecycle import RequestState

WAITING = "state = 'in_approval'"


class CreditRequest(SQLModel, table=True):
    __tablename__ = "request"
    __table_args__ = (
        Index("request_waiting", "step_since", sqlite_where=text(WAITING), postgresql_where=text(WAITING)),
        Index("request_by_customer", "customer", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    customer: int = Field(foreign_key="customer.id")
    requester: int = Field(foreign_key="person.id", index=True)
    kind: str
    """``long_term`` or ``temporary`` (B9 art. 24)."""
    currency: str = "CNY"
    asked_minor: int = minor_field()
    proposed_minor: int = minor_field()
    """The policy's proposal at the time of asking."""
    ceiling_minor: int = minor_field()
    """The lowest hard ceiling: no signature may grant more."""
    granted_minor: int = minor_field()
    """What the signatures so far leave of it; begins as what was asked for."""
    term_days: int
    reason: str = text_field()
    collateral_minor: int | None = minor_field(nullable=True)
    collateral_note: str = text_field()
    assessment: int = Field(foreign_key="assessment.id")
    chain: str
    chain_version: str
    """A request goes the way that it was sent on, whatever chain is in force later."""
    state: str = RequestState.IN_APPROVAL
    step: int = 0
    step_since: datetime = moment_field()
    version: int = 1
    """Moves on with every change; a decision names the version it saw."""
    submitted_at: datetime = moment_field()
    ended_at: datetime | None = moment_field(nullable=True)
    question: str = text_field()
    nagged_at: datetime | None = moment_field(nullable=True)
    escalated_at: datetime | None = moment_field(nullable=True)


class Signature(SQLModel, table=True):
    """One decision on a request."""

    __tablename__ = "signature"
    __table_args__ = (UniqueConstraint("request", "step", "role", "verdict", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    request: int = Field(foreign_key="request.id", index=True)
    version: int
    """The request's version that the decision was made on."""
    step: int
    role: str
    person: int = Field(foreign_key="person.id")
    verdict: str
    granted_minor: int = minor_field()
    reason: str = text_field()
    at: datetime = moment_field()
