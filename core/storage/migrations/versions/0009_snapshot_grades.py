"""the grades kept each month in a table of their own, short"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "snapshot_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy", sa.String(), nullable=False),
        sa.Column("policy_version", sa.String(), nullable=False),
        sa.Column("policy_checksum", sa.String(), nullable=False),
        sa.Column("fact_names", sa.Text(), nullable=False),
        sa.Column("item_names", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "snapshot_grade",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("customer", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("score", sa.String(), nullable=True),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer"], ["customer.id"]),
        sa.ForeignKeyConstraint(["batch"], ["snapshot_batch.id"]),
        sa.PrimaryKeyConstraint("month", "customer"),
    )
    _move()
    op.drop_index("assessment_snapshot", "assessment")
    # Not by a new table in place of the old one: decisions refer to that.
    op.drop_column("assessment", "snapshot")


def downgrade() -> None:
    op.drop_table("snapshot_grade")
    op.drop_table("snapshot_batch")
    op.add_column("assessment", sa.Column("snapshot", sa.Date(), nullable=True))
    op.create_index("assessment_snapshot", "assessment", ["snapshot", "customer"], unique=True)


_KEPT = sa.text("select * from assessment where snapshot is not null order by id")
_BATCH = sa.text(
    "insert into snapshot_batch (policy, policy_version, policy_checksum, fact_names, item_names, at)"
    " values (:policy, :policy_version, :policy_checksum, :facts, '[]', :at)"
)
_GRADE = sa.text(
    "insert into snapshot_grade (month, customer, batch, grade, score, inputs, result)"
    " values (:snapshot, :customer, :batch, :grade, :score, :inputs, :result)"
)


def _move() -> None:
    """What was kept before there was this table goes into it; sources, reasons and contributions are left out."""
    connection = op.get_bind()
    batches = {}
    for row in connection.execute(_KEPT).mappings().all():
        facts = json.loads(row["inputs"])["facts"]
        names = json.dumps(sorted(facts))
        made_by = (row["policy"], row["policy_version"], row["policy_checksum"], names, row["at"])
        if made_by not in batches:
            batches[made_by] = connection.execute(_BATCH, {**row, "facts": names}).lastrowid
        result = json.loads(row["result"])
        told = {name: result[name] for name in ("gates", "not_rated", "scored_grade")}
        told["items"] = {
            key: points if answer is None else answer for key, (answer, points, _) in result["items"].items()
        }
        short = {
            "batch": batches[made_by],
            "score": None if result["score"] is None else result["score"]["decimal"],
            "inputs": _text([facts[name] for name in sorted(facts)]),
            "result": _text(told),
        }
        connection.execute(_GRADE, {**row, **short})
    connection.execute(sa.text("delete from assessment where snapshot is not null"))


def _text(value: object) -> str:
    """JSON with decimals as bare numbers."""
    if isinstance(value, dict):
        if value.keys() == {"decimal"}:
            return value["decimal"]
        return "{" + ",".join(f"{json.dumps(key)}:{_text(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_text, value)) + "]"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
