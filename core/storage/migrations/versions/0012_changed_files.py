"""when a customer's file was last changed, as the audit trail has it"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("customer", sa.Column("changed_at", sa.DateTime(), nullable=True))
    op.execute(
        """
        UPDATE customer SET changed_at = changes.last
        FROM (SELECT subject, max(at) AS last FROM audit WHERE action = 'customer.changed' GROUP BY subject) AS changes
        WHERE changes.subject = 'customer:' || customer.id
        """
    )


def downgrade() -> None:
    op.drop_column("customer", "changed_at")
