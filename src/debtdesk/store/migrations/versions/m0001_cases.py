"""Cases, their revisions, the audit and the settings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the beginning of the chain."""
    op.create_table(
        "cases",
        sa.Column("reference", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
        sa.Column("created", sa.String(27), nullable=False),
        sa.Column("updated", sa.String(27), nullable=False),
        sa.Column("client", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("debts", sa.Integer, nullable=False),
        sa.Column("total", sa.BigInteger, nullable=False),
        sa.Column("last_outcome", sa.String(16)),
        sa.Column("last_outcome_day", sa.String(10)),
        sa.PrimaryKeyConstraint("reference", name="pk_cases"),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("reference", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit"),
        sa.ForeignKeyConstraint(["reference"], ["cases.reference"], name="fk_audit_reference"),
        sa.UniqueConstraint("previous", name="uq_audit_previous"),
        sa.UniqueConstraint("reference", "version", name="uq_audit_reference_version"),
    )
    op.create_table(
        "revisions",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("salt", sa.String(32)),
        sa.Column("content", sa.LargeBinary),
        sa.PrimaryKeyConstraint("number", name="pk_revisions"),
        sa.ForeignKeyConstraint(["number"], ["audit.number"], name="fk_revisions_number"),
    )
    chain = op.create_table(
        "chain",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chain"),
    )
    op.create_table(
        "settings",
        sa.Column("who", sa.String(128), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("who", "key", name="pk_settings"),
    )
    op.bulk_insert(chain, [{"id": 1, "number": 0, "hash": "0" * 64}])
