"""what a simulation found for lines, for whoever confirms the policy"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("simulation_run", sa.Column("figures", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("simulation_run", "figures")
