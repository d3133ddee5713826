"""tolerances are activated as policies are; what was in force before is entered at the next start"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "policy_activation", sa.Column("kind", sa.String(), nullable=False, server_default="policy")
    )
    # Until now a file counted by lying there, and a migration reads no policy files: the program, which does, enters it.
    op.execute(
        """
        INSERT INTO company_fact (key, value, at)
        SELECT 'tolerances_before_activation', '', CURRENT_TIMESTAMP WHERE EXISTS (SELECT 1 FROM person)
        """
    )


def downgrade() -> None:
    op.execute("DELETE FROM company_fact WHERE key = 'tolerances_before_activation'")
    op.execute("DELETE FROM policy_activation WHERE kind <> 'policy'")
    op.drop_column("policy_activation", "kind")
