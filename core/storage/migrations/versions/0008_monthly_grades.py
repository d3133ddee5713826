"""every customer's grade of each month, once; grades found by the policy that made them"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assessment", sa.Column("snapshot", sa.Date(), nullable=True))
    op.create_index("assessment_snapshot", "assessment", ["snapshot", "customer"], unique=True)
    op.create_index("assessment_of_policy", "assessment", ["policy", "policy_version", "at", "customer"])


def downgrade() -> None:
    op.drop_index("assessment_of_policy", "assessment")
    op.drop_index("assessment_snapshot", "assessment")
    op.drop_column("assessment", "snapshot")
