"""rating reviews, experts' sheets, and the register of grades with those that are in force"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_NOT_OVER = sa.text("state in ('open', 'proposed', 'returned')")


def upgrade() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("evidence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("escalated_on", sa.Date(), nullable=True),
        sa.Column("former_assessor", sa.Integer(), nullable=True),
        sa.Column("assessor", sa.Integer(), nullable=True),
        sa.Column("assessment", sa.Integer(), nullable=True),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["customer"], ["customer.id"]),
        sa.ForeignKeyConstraint(["evidence"], ["upload.id"]),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["former_assessor"], ["person.id"]),
        sa.ForeignKeyConstraint(["assessor"], ["person.id"]),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.id"]),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index(
        "review_open",
        "review",
        ["customer"],
        unique=True,
        sqlite_where=_NOT_OVER,
        postgresql_where=_NOT_OVER,
    )
    op.create_index("review_of_customer", "review", ["customer", "id"])
    op.create_table(
        "review_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("customer", sa.Integer(), nullable=False),
        sa.Column("expert", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["review"], ["review.id"]),
        sa.ForeignKeyConstraint(["customer"], ["customer.id"]),
        sa.ForeignKeyConstraint(["expert"], ["person.id"]),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("review", "expert"),
    )
    op.create_index("ix_review_sheet_customer", "review_sheet", ["customer"])
    op.create_table(
        "grade_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("by_policy", sa.String(), nullable=True),
        sa.Column("policy", sa.String(), nullable=False),
        sa.Column("policy_version", sa.String(), nullable=False),
        sa.Column("assessment", sa.Integer(), nullable=True),
        sa.Column("request", sa.Integer(), nullable=True),
        sa.Column("review", sa.Integer(), nullable=True),
        sa.Column("assessor", sa.Integer(), nullable=True),
        sa.Column("approver", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["customer"], ["customer.id"]),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.id"]),
        sa.ForeignKeyConstraint(["request"], ["request.id"]),
        sa.ForeignKeyConstraint(["review"], ["review.id"]),
        sa.ForeignKeyConstraint(["assessor"], ["person.id"]),
        sa.ForeignKeyConstraint(["approver"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("grade_entry_of_customer", "grade_entry", ["customer", "id"])
    _enter_what_is_in_force()


def _enter_what_is_in_force() -> None:
    """Grades from before the register: each with the newest granted request, where there is one."""
    op.execute(
        """
        INSERT INTO grade_entry
            (customer, grade, by_policy, policy, policy_version, assessment, request, since, until, at)
        SELECT customer.id, customer.grade, customer.grade, customer.rated_by_policy,
            COALESCE(assessment.policy_version, ''), assessment.id, request.id,
            customer.rated_on, customer.rated_until, COALESCE(request.ended_at, customer.opened_at)
        FROM customer
        LEFT JOIN request ON request.id = (
            SELECT MAX(granted.id) FROM request AS granted
            WHERE granted.customer = customer.id AND granted.state = 'granted'
        )
        LEFT JOIN assessment ON assessment.id = request.assessment
        WHERE customer.grade IS NOT NULL AND customer.rated_on IS NOT NULL
            AND customer.rated_by_policy IS NOT NULL
        """
    )


def downgrade() -> None:
    op.drop_table("grade_entry")
    op.drop_table("review_sheet")
    op.drop_table("review")
