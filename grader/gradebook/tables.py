"""The gradebook's tables, as SQLAlchemy sees them. The migrations make them; a test holds the two together."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import (
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

VERSION_TABLE = "gradebook_version"


class Moment(TypeDecorator[datetime]):
    """A point in time, with its zone; kept in UTC, because SQLite keeps no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To UTC. A time without a zone is taken to be this machine's."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """In UTC, with its zone."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Base(DeclarativeBase):
    """What all tables share: names for every constraint, so that a migration can speak of it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: Text, datetime: Moment}  # noqa: RUF012


class AssignmentRow(Base):
    """An assignment and its hidden seed (a number of 128 bits, as text). `runs` counts the runs over it."""

    __tablename__ = "assignments"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    hidden_seed: Mapped[str]
    runs: Mapped[int] = mapped_column(default=0)


class StudentRow(Base):
    """A student; `key` is the id that the LMS, the roster or the folder gives, `name` may be empty.

    `pseudonym` stands for both where they are not to be told; None until it is asked for.
    """

    __tablename__ = "students"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    pseudonym: Mapped[str | None] = mapped_column(index=True, unique=True)


class AttemptRow(Base):
    """What one student handed in at one time; the same files under the same number are the same attempt.

    `content` is the hash of what was handed in, `late` the LMS's flag, `path` where the files were, `team` the group
    that handed in together; `entry_path` and `entry_digest` are of the file that defines most exercises. `run` is the
    last run that saw it, `position` its place in that run.
    """

    __tablename__ = "attempts"
    __table_args__ = (UniqueConstraint("assignment_id", "student_id", "number", "content"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    number: Mapped[int]
    content: Mapped[str]
    handed_in: Mapped[datetime | None]
    late: Mapped[bool | None]
    path: Mapped[str]
    team: Mapped[str]
    entry_path: Mapped[str | None]
    entry_digest: Mapped[str | None]
    run: Mapped[int]
    position: Mapped[int]


class ResultRow(Base):
    """One judgement of an attempt: its scores, and the whole report as JSON.

    `made_with` is the hash of all that judged it; `take` numbers judgements made with the same, of which a second is
    kept only where it differs. One result of an attempt `counts`.
    """

    __tablename__ = "results"
    __table_args__ = (
        UniqueConstraint("attempt_id", "made_with", "take"),
        # `postgresql_where` is in the migration alone: here it would import that dialect for gradebooks in files too.
        Index("ix_results_counts", "attempt_id", unique=True, sqlite_where=text("counts")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    made_with: Mapped[str]
    take: Mapped[int]
    counts: Mapped[bool]
    judged: Mapped[bool]
    status: Mapped[str]
    score: Mapped[float]
    max_score: Mapped[float]
    grader: Mapped[str]
    sandbox: Mapped[str]
    report: Mapped[str]
    made_at: Mapped[datetime]


class AdjustmentRow(Base):
    """Points beside the judged ones, of an exercise or (None) of the whole; a correction is another row."""

    __tablename__ = "adjustments"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    exercise: Mapped[str | None]
    points: Mapped[float]
    why: Mapped[str]
    who: Mapped[str]
    made_at: Mapped[datetime]


class CommentRow(Base):
    """A sentence of an instructor to a student."""

    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    comment: Mapped[str]
    who: Mapped[str]
    made_at: Mapped[datetime]


class ReleaseRow(Base):
    """Scores as they were made known. `key` is the id that stands on pages and exports."""

    __tablename__ = "releases"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    who: Mapped[str]
    made_at: Mapped[datetime]


class ReleasedRow(Base):
    """One student's part of a release: the result that counted, and what it came to with everything beside it."""

    __tablename__ = "released"

    release_id: Mapped[int] = mapped_column(ForeignKey("releases.id"), primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    result_id: Mapped[int] = mapped_column(ForeignKey("results.id"))
    score: Mapped[float]
    max_score: Mapped[float]
    total: Mapped[float]
    content: Mapped[str]


class EventRow(Base):
    """The audit trail. The database itself refuses to change or delete a row."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    who: Mapped[str]
    kind: Mapped[str]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    student_id: Mapped[int | None] = mapped_column(ForeignKey("students.id"), index=True)
    detail: Mapped[str]


ASSIGNMENTS, STUDENTS, ATTEMPTS, RESULTS, EVENTS = (
    cast(Table, row.__table__) for row in (AssignmentRow, StudentRow, AttemptRow, ResultRow, EventRow)
)
"""The same without their classes, for what every result takes: that is twice as fast."""
