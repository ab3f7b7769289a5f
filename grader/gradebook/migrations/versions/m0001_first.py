"""The first tables.

A migration stands still while the tables that the program knows move on: nothing here is imported from them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_REFUSED = "the audit trail is only ever added to"


def upgrade() -> None:
    """Makes all tables, in the order in which they refer to each other."""
    _people()
    _judged()
    _said()
    _released()
    _audit_trail()


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def _moment(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=f"pk_{table}")


def _of(table: str, *others: str) -> list[sa.Column[int] | sa.ForeignKeyConstraint]:
    """Columns ``other_id``, each a reference to the table ``others``."""
    columns = [sa.Column(f"{other}_id", sa.Integer(), nullable=False) for other in others]
    return [*columns, *(_refers(table, other) for other in others)]


def _refers(table: str, other: str) -> sa.ForeignKeyConstraint:
    column = f"{other}_id"
    return sa.ForeignKeyConstraint([column], [f"{other}s.id"], name=f"fk_{table}_{column}")


def _by_student(table: str) -> None:
    op.create_index(f"ix_{table}_student_id", table, ["student_id"])


def _people() -> None:
    op.create_table(
        "assignments",
        _id(),
        *_text("name", "hidden_seed"),
        sa.Column("runs", sa.Integer(), nullable=False),
        _key("assignments"),
        sa.UniqueConstraint("name", name="uq_assignments_name"),
    )
    op.create_table(
        "students",
        _id(),
        *_text("key", "name"),
        _key("students"),
        sa.UniqueConstraint("key", name="uq_students_key"),
    )


def _judged() -> None:
    same = ("assignment_id", "student_id", "number", "content")
    op.create_table(
        "attempts",
        _id(),
        *_of("attempts", "assignment", "student"),
        sa.Column("number", sa.Integer(), nullable=False),
        *_text("content"),
        _moment("handed_in", nullable=True),
        sa.Column("late", sa.Boolean(), nullable=True),
        *_text("path", "team"),
        sa.Column("entry_path", sa.Text(), nullable=True),
        sa.Column("entry_digest", sa.Text(), nullable=True),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _key("attempts"),
        sa.UniqueConstraint(*same, name="uq_attempts_" + "_".join(same)),
    )
    _by_student("attempts")
    op.create_table(
        "results",
        _id(),
        *_of("results", "attempt"),
        *_text("made_with"),
        sa.Column("take", sa.Integer(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("judged", sa.Boolean(), nullable=False),
        *_text("status"),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("max_score", sa.Double(), nullable=False),
        *_text("grader", "sandbox", "report"),
        _moment("made_at"),
        _key("results"),
        sa.UniqueConstraint("attempt_id", "made_with", "take", name="uq_results_attempt_id_made_with_take"),
    )
    counts = sa.text("counts")
    op.create_index(
        "ix_results_counts",
        "results",
        ["attempt_id"],
        unique=True,
        sqlite_where=counts,
        postgresql_where=counts,
    )


def _said() -> None:
    op.create_table(
        "adjustments",
        _id(),
        *_of("adjustments", "assignment", "student"),
        sa.Column("exercise", sa.Text(), nullable=True),
        sa.Column("points", sa.Double(), nullable=False),
        *_text("why", "who"),
        _moment("made_at"),
        _key("adjustments"),
    )
    _by_student("adjustments")
    op.create_table(
        "comments",
        _id(),
        *_of("comments", "assignment", "student"),
        *_text("comment", "who"),
        _moment("made_at"),
        _key("comments"),
    )
    _by_student("comments")


def _released() -> None:
    op.create_table(
        "releases",
        _id(),
        *_text("key"),
        *_of("releases", "assignment"),
        *_text("who"),
        _moment("made_at"),
        _key("releases"),
        sa.UniqueConstraint("key", name="uq_releases_key"),
    )
    op.create_table(
        "released",
        *_of("released", "release", "student", "attempt", "result"),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("max_score", sa.Double(), nullable=False),
        sa.Column("total", sa.Double(), nullable=False),
        *_text("content"),
        _key("released", "release_id", "student_id"),
    )


def _audit_trail() -> None:
    op.create_table(
        "events",
        _id(),
        _moment("made_at"),
        *_text("who", "kind"),
        *_of("events", "assignment"),
        sa.Column("student_id", sa.Integer(), nullable=True),
        _refers("events", "student"),
        *_text("detail"),
        _key("events"),
    )
    _by_student("events")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION events_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON events "
            "FOR EACH STATEMENT EXECUTE FUNCTION events_refuse()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER events_no_{change.lower()} BEFORE {change} ON events "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        )
