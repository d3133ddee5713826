"""Rating reviews (2.5-2.8), the sheets of experts that they ask for (B11), and the register of grades (2.11)."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint

from core.records.columns import BigKey, moment_field, text_field
from core.rules.lifecycles.review_lifecycle import ReviewState

NOT_OVER = "state in ('open', 'proposed', 'returned')"


class RatingReview(SQLModel, table=True):
    """A customer's grade made anew without a request for credit."""

    __tablename__ = "review"
    __table_args__ = (
        Index(
            "review_open",
            "customer",
            unique=True,
            sqlite_where=text(NOT_OVER),
            postgresql_where=text(NOT_OVER),
        ),
        Index("review_of_customer", "customer", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    customer: int = Field(foreign_key="customer.id")
    cause: str
    event: str = ""
    """Of a review for an event, which."""
    about: str = text_field()
    """What happened, or what the customer objects."""
    evidence: int | None = Field(default=None, foreign_key="upload.id", sa_type=BigKey)
    state: str = ReviewState.OPEN
    version: int = 1
    """Moves on with every change; a decision names the version it saw."""
    opened_by: int | None = Field(default=None, foreign_key="person.id")
    """None: the clock."""
    opened_on: date
    opened_at: datetime = moment_field()
    due_on: date
    """The day by which it is to be done."""
    escalated_on: date | None = None
    former_assessor: int | None = Field(default=None, foreign_key="person.id")
    """Whose rating the customer objects to; never the assessor of the appeal (2.10)."""
    assessor: int | None = Field(default=None, foreign_key="person.id")
    assessment: int | None = Field(default=None, foreign_key="assessment.id")
    grade: str | None = None
    """What comes, or came, into force: the policy's grade or, with a reason, another."""
    reason: str = text_field()
    """The assessor's, for another grade than the policy's."""
    answer: str = text_field()
    """Why it was returned or closed."""
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    """Who approved the other grade."""
    ended_at: datetime | None = moment_field(nullable=True)


class ReviewSheet(SQLModel, table=True):
    """One expert's sheet for one review: asked for, and given (B11, 评议)."""

    __tablename__ = "review_sheet"
    __table_args__ = (UniqueConstraint("review", "expert"),)

    id: int | None = Field(default=None, primary_key=True)
    review: int = Field(foreign_key="review.id")
    customer: int = Field(foreign_key="customer.id", index=True)
    expert: int = Field(foreign_key="person.id")
    asked_by: int = Field(foreign_key="person.id")
    asked_at: datetime = moment_field()
    marks: str = text_field()
    """JSON text: a mark by indicator; empty until it is given."""
    given_at: datetime | None = moment_field(nullable=True)
    known_on: date | None = None
    """The company's day of `given_at`, so that a past day can be asked for."""


class GradeEntry(SQLModel, table=True):
    """A grade that came into force, or that a customer lost: the register, whose lines are never changed."""

    __tablename__ = "grade_entry"
    __table_args__ = (Index("grade_entry_of_customer", "customer", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    customer: int = Field(foreign_key="customer.id")
    grade: str | None = None
    """None: no grade any more."""
    by_policy: str | None = None
    """What the policy alone made of it; another than `grade` where people overrode it."""
    policy: str
    policy_version: str
    assessment: int | None = Field(default=None, foreign_key="assessment.id")
    request: int | None = Field(default=None, foreign_key="request.id")
    review: int | None = Field(default=None, foreign_key="review.id")
    assessor: int | None = Field(default=None, foreign_key="person.id")
    approver: int | None = Field(default=None, foreign_key="person.id")
    """Of a grade that was overridden."""
    since: date
    until: date | None = None
    """The last day on which it holds."""
    at: datetime = moment_field()
