"""The schema of the first release, as it was: the statements stand beside, one file an engine."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    conn = op.get_bind()
    statements = Path(__file__).with_name(f"0001_{conn.dialect.name}.sql").read_text("utf-8")
    for statement in statements.split(";\n"):
        if statement.strip():
            conn.exec_driver_sql(statement)
