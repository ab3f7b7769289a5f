"""What the gradebook holds of an assignment, in the words of the rest of the program."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from grader.flags import Entry, with_copies
from grader.gradebook.standing import Beside, Chosen, Released, Tried, counting, stood
from grader.gradebook.tables import (
    AdjustmentRow,
    AssignmentRow,
    AttemptRow,
    CommentRow,
    ReleasedRow,
    ReleaseRow,
    ResultRow,
    StudentRow,
)
from grader.late import Policy
from grader.model import Adjustment, Report
from grader.reports import report_from_dict
from grader.reports.text import encodable


def stored(text: str) -> str:
    """A text that any database takes: lone surrogates and NUL written as escapes."""
    return encodable(text).replace("\0", "\\x00")


def assignment_row(session: Session, name: str) -> AssignmentRow | None:
    """The assignment of a name, locked until the transaction ends, so that writers come one after another."""
    wanted = select(AssignmentRow).where(AssignmentRow.name == stored(name)).with_for_update()
    return session.scalars(wanted).one_or_none()


def assignment_names(session: Session) -> Sequence[str]:
    """The assignments that the gradebook knows."""
    return session.scalars(select(AssignmentRow.name).order_by(AssignmentRow.name)).all()


def language_of(session: Session, name: str) -> str:
    """The language in which the newest result of an assignment that counts was put into words; "" if unknown."""
    wanted = (
        select(ResultRow.report)
        .join(AttemptRow, AttemptRow.id == ResultRow.attempt_id)
        .join(AssignmentRow, AssignmentRow.id == AttemptRow.assignment_id)
        .where(AssignmentRow.name == stored(name), ResultRow.counts)
        .order_by(ResultRow.id.desc())
        .limit(1)
    )
    newest = session.scalars(wanted).one_or_none()
    return str(json.loads(newest).get("language", "")) if newest else ""


def student_row(session: Session, key: str) -> StudentRow | None:
    """The student of an id."""
    return session.scalars(select(StudentRow).where(StudentRow.key == stored(key))).one_or_none()


def ids_of(session: Session, name: str) -> Sequence[str]:
    """The ids of those who are called so."""
    wanted = select(StudentRow.key).where(StudentRow.name == stored(name)).order_by(StudentRow.key)
    return session.scalars(wanted).all() if name else ()


def tried(session: Session, assignment: int, student: int | None = None) -> list[Tried]:
    """All attempts that have a result, of one student or of all, each with the result that counts for it."""
    wanted = (
        select(AttemptRow, ResultRow, StudentRow)
        .join(ResultRow, ResultRow.attempt_id == AttemptRow.id)
        .join(StudentRow, StudentRow.id == AttemptRow.student_id)
        .where(AttemptRow.assignment_id == assignment, ResultRow.counts)
        .order_by(AttemptRow.id)
    )
    if student is not None:
        wanted = wanted.where(AttemptRow.student_id == student)
    return [as_tried(attempt, result, whose) for attempt, result, whose in session.execute(wanted)]


def as_tried(attempt: AttemptRow, result: ResultRow, student: StudentRow) -> Tried:
    """An attempt with one of its results."""
    report = report_from_dict(json.loads(result.report))
    own = (attempt.entry_path, attempt.entry_digest)
    return Tried(
        id=attempt.id,
        student=student.key,
        number=attempt.number,
        content=attempt.content,
        handed_in=attempt.handed_in,
        flag=attempt.late,
        run=attempt.run,
        position=attempt.position,
        result=result.id,
        made_with=result.made_with,
        sandbox=result.sandbox,
        report=replace(report, name=student.name or report.name),
        entry=Entry(own[0], bytes.fromhex(own[1])) if own[0] is not None and own[1] is not None else None,
        team=attempt.team,
    )


def last_run(session: Session, assignment: int) -> list[str]:
    """The students whom the last run over an assignment saw, in its order."""
    newest = select(func.max(AttemptRow.run)).where(AttemptRow.assignment_id == assignment).scalar_subquery()
    wanted = (
        select(StudentRow.key)
        .join(AttemptRow, AttemptRow.student_id == StudentRow.id)
        .where(AttemptRow.assignment_id == assignment, AttemptRow.run == newest)
        .order_by(AttemptRow.position, AttemptRow.id)
    )
    return list(dict.fromkeys(session.scalars(wanted)))


def chosen(
    session: Session, assignment: int, policy: Policy, students: Mapping[str, str], only: int | None = None
) -> list[Chosen]:
    """What counts for each of the students who have a result.

    `students` maps stored ids to the ones to be shown; `only` is the row of the student where it is one.
    """
    said, told = beside(session, assignment, only), released(session, assignment, only)
    tries: dict[str, list[Tried]] = {}
    for one in tried(session, assignment, only):
        if one.student in students:
            tries.setdefault(one.student, []).append(replace(one, student=students[one.student]))
    found = []
    for key in students:
        if key in tries:
            notes = said.get(key, Beside())
            best = counting(tries[key], policy, notes)
            found.append(Chosen(tuple(tries[key]), best, stood(best, policy, notes, told.get(key))))
    return found


def with_flags(found: Sequence[Chosen]) -> tuple[Report, ...]:
    """The reports of a class, those that hold the same code as another's flagged."""
    entries = {one.report.student: one.tried.entry for one in found if one.tried.entry is not None}
    teams = {one.report.student: one.tried.team for one in found if one.tried.team}
    return tuple(with_copies([one.report for one in found], entries, teams))


def beside(session: Session, assignment: int, student: int | None = None) -> dict[str, Beside]:
    """What stands beside the scores, by student, of one or of all."""
    adjustments: dict[str, list[Adjustment]] = {}
    comments: dict[str, list[str]] = {}
    of_student = StudentRow.id == student if student is not None else true()
    given = (
        select(AdjustmentRow, StudentRow.key)
        .join(StudentRow, StudentRow.id == AdjustmentRow.student_id)
        .where(AdjustmentRow.assignment_id == assignment, of_student)
        .order_by(AdjustmentRow.id)
    )
    for row, key in session.execute(given):
        adjustments.setdefault(key, []).append(Adjustment(row.exercise, row.points, row.why))
    said = (
        select(CommentRow.comment, StudentRow.key)
        .join(StudentRow, StudentRow.id == CommentRow.student_id)
        .where(CommentRow.assignment_id == assignment, of_student)
        .order_by(CommentRow.id)
    )
    for comment, key in session.execute(said):
        comments.setdefault(key, []).append(comment)
    return {
        key: Beside(tuple(adjustments.get(key, ())), tuple(comments.get(key, ())))
        for key in adjustments.keys() | comments.keys()
    }


def released(session: Session, assignment: int, student: int | None = None) -> dict[str, Released]:
    """What each student, or one, was told last."""
    newest = (
        select(func.max(ReleasedRow.release_id))
        .join(ReleaseRow, ReleaseRow.id == ReleasedRow.release_id)
        .where(ReleaseRow.assignment_id == assignment, ReleasedRow.student_id == StudentRow.id)
        .correlate(StudentRow)
        .scalar_subquery()
    )
    wanted = (
        select(ReleasedRow, ReleaseRow.key, StudentRow.key)
        .join(ReleaseRow, ReleaseRow.id == ReleasedRow.release_id)
        .join(StudentRow, StudentRow.id == ReleasedRow.student_id)
        .where(ReleasedRow.release_id == newest)
    )
    if student is not None:
        wanted = wanted.where(ReleasedRow.student_id == student)
    return {who: Released(key, row.attempt_id, row.total) for row, key, who in session.execute(wanted)}


def sandbox_of(found: Sequence[Chosen]) -> str:
    """What a class was graded in, by its newest result."""
    return max(found, key=lambda one: one.tried.result).tried.sandbox if found else "none"
