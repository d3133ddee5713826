"""response codes of WeCom cards"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card_code",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("card", sa.String(), nullable=False),
        sa.Column("got_at", sa.DateTime(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index("ix_card_code_card", "card_code", ["card"])
    op.create_index("ix_card_code_got_at", "card_code", ["got_at"])


def downgrade() -> None:
    op.drop_table("card_code")
