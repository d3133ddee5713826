"""reaching people: places in trouble, command menus, urgent messages first"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TO_SEND = sa.text("state in ('waiting', 'edit')")


def upgrade() -> None:
    op.add_column("binding", sa.Column("trouble", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "command_menu",
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("menu", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("conversation"),
    )
    op.drop_index("outbox_to_send", "outbox")
    op.create_index(
        "outbox_to_send",
        "outbox",
        ["channel", "conversation", "id", "state", "urgent"],
        sqlite_where=_TO_SEND,
        postgresql_where=_TO_SEND,
    )


def downgrade() -> None:
    op.drop_index("outbox_to_send", "outbox")
    op.create_index(
        "outbox_to_send",
        "outbox",
        ["channel", "conversation", "id", "state"],
        sqlite_where=_TO_SEND,
        postgresql_where=_TO_SEND,
    )
    op.drop_table("command_menu")
    op.drop_column("binding", "trouble")
