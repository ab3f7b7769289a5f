"""What students are called where their names are not to be told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds the pseudonym of a student, which is drawn when it is first asked for."""
    op.add_column("students", sa.Column("pseudonym", sa.Text(), nullable=True))
    op.create_index("ix_students_pseudonym", "students", ["pseudonym"], unique=True)
