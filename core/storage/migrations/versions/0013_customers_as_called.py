"""names of customers kept for comparison with traditional characters simplified, and no letters taken out of words"""

import sqlalchemy as sa
from alembic import op

from core.rules.firm_name import name_key

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Made as the program makes them: a key that is made otherwise finds nothing."""
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, name, name_key FROM customer")).all()
    changed = [{"id": row.id, "key": key} for row in rows if (key := name_key(row.name)) != row.name_key]
    if changed:
        connection.execute(sa.text("UPDATE customer SET name_key = :key WHERE id = :id"), changed)


def downgrade() -> None:
    """The keys stay: an earlier version reads them, and makes its own for names that it changes."""
