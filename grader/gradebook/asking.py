"""What the gradebook holds of an assignment, in the words of the rest of the program."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import Session

from grader.flags import Entry
from grader.gradebook.standing import Beside, Chosen, Released, Tried, beside_score, counting, stood
from grader.gradebook.tables import (
    AdjustmentRow,
    AssignmentRow,
    AttemptRow,
    CommentRow,
    EventRow,
    ReleasedRow,
    ReleaseRow,
    ResultRow,
    StudentRow,
)
from grader.late import Policy
from grader.model import Adjustment, Report, Status
from grader.reports.outcome import report_of
from grader.reports.text import encodable

BEGAN = "began"
"""The event that tells of a run: its number, by what it judges, and how many hand-ins it saw."""


def stored(text: str) -> str:
    """A text that any database takes: lone surrogates and NUL written as escapes."""
    plain = encodable(text).replace("\0", "\\x00")
    return text if plain == text else plain  # one string for both: a class has many


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


_BARE: Any = (
    select(
        AttemptRow.id,
        StudentRow.key,
        StudentRow.name,
        AttemptRow.number,
        AttemptRow.content,
        AttemptRow.handed_in,
        AttemptRow.late,
        AttemptRow.run,
        AttemptRow.position,
        AttemptRow.team,
        AttemptRow.entry_path,
        AttemptRow.entry_digest,
        ResultRow.id,
        ResultRow.made_with,
        ResultRow.sandbox,
        ResultRow.status,
        ResultRow.score,
        ResultRow.max_score,
    )
    .join(ResultRow, ResultRow.attempt_id == AttemptRow.id)
    .join(StudentRow, StudentRow.id == AttemptRow.student_id)
    .where(ResultRow.counts)
    .order_by(AttemptRow.id)
)


def ids(students: Collection[str]) -> Any:
    """The rows of students, for a query that finds what is theirs by an index."""
    return select(StudentRow.id).where(StudentRow.key.in_(students))


def tried(session: Session, assignment: int, students: Collection[str]) -> list[Tried]:
    """All attempts of these students that have a result, each with the result that counts for it, as a bare report."""
    wanted = _BARE.where(AttemptRow.assignment_id == assignment, AttemptRow.student_id.in_(ids(students)))
    return [_tried(*row) for row in session.execute(wanted)]


def bare(student: str, name: str, status: Status, score: float, max_score: float) -> Report:
    """A report that tells the score alone."""
    return Report(student, (), status, score, max_score, 0.0, (), name)


def _tried(
    id: int,
    student: str,
    name: str,
    number: int,
    content: str,
    handed_in: datetime | None,
    late: bool | None,
    run: int,
    position: int,
    team: str,
    entry_path: str | None,
    entry_digest: str | None,
    result: int,
    made_with: str,
    sandbox: str,
    status: str,
    score: float,
    max_score: float,
) -> Tried:
    known = entry_path is not None and entry_digest is not None
    return Tried(
        id=id,
        student=student,
        number=number,
        content=content,
        handed_in=handed_in,
        flag=late,
        run=run,
        position=position,
        result=result,
        made_with=made_with,
        sandbox=sandbox,
        report=bare(student, name, Status(status), score, max_score),
        entry=Entry(entry_path, bytes.fromhex(entry_digest)) if known else None,  # type: ignore[arg-type]
        team=team,
    )


def texts(session: Session, found: Sequence[Chosen]) -> dict[int, str]:
    """The reports that count, as they are kept, by the number of their result."""
    wanted = select(ResultRow.id, ResultRow.report)
    results = [one.tried.result for one in found]
    return dict(session.execute(wanted.where(ResultRow.id.in_(results))).all())


def filled(one: Chosen, text: str) -> Chosen:
    """With the whole report in place of a bare one."""
    report = report_of(text)
    stands = replace(one.report, name=one.report.name or report.name)
    return replace(one, report=beside_score(report, stands))


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


def waiting(session: Session, assignment: int) -> int:
    """How many of the hand-ins that the last run over an assignment saw it did not come to: it was ended before."""
    newest = (
        select(EventRow.detail)
        .where(EventRow.assignment_id == assignment, EventRow.kind == BEGAN)
        .order_by(EventRow.id.desc())
        .limit(1)
    )
    detail = session.scalars(newest).one_or_none()
    if detail is None:  # graded before runs were told
        return 0
    began = json.loads(detail)
    graded = (
        select(func.count())
        .select_from(AttemptRow)
        .where(AttemptRow.assignment_id == assignment, AttemptRow.run == began["run"])
        .where(
            exists().where(ResultRow.attempt_id == AttemptRow.id, ResultRow.made_with == began["made_with"])
        )
    )
    return max(int(began["hand_ins"]) - session.execute(graded).scalar_one(), 0)


def chosen(session: Session, assignment: int, policy: Policy, students: Mapping[str, str]) -> list[Chosen]:
    """What counts for each of the students who have a result, in their order and as bare reports, see `filled`.

    `students` maps stored ids to the ones to be shown.
    """
    said, told = beside(session, assignment, students), released(session, assignment, students)
    tries: dict[str, list[Tried]] = {}
    for one in tried(session, assignment, students):
        tries.setdefault(one.student, []).append(replace(one, student=students[one.student]))
    found = []
    for key in students:
        if key in tries:
            notes = said.get(key, Beside())
            best = counting(tries[key], policy, notes)
            found.append(Chosen(tuple(tries[key]), best, stood(best, policy, notes, told.get(key))))
    return found


def beside(session: Session, assignment: int, students: Collection[str]) -> dict[str, Beside]:
    """What stands beside the scores of these students, by student."""
    adjustments: dict[str, list[Adjustment]] = {}
    comments: dict[str, list[str]] = {}
    given = (
        select(AdjustmentRow, StudentRow.key)
        .join(StudentRow, StudentRow.id == AdjustmentRow.student_id)
        .where(AdjustmentRow.assignment_id == assignment, StudentRow.key.in_(students))
        .order_by(AdjustmentRow.id)
    )
    for row, key in session.execute(given):
        adjustments.setdefault(key, []).append(Adjustment(row.exercise, row.points, row.why))
    said = (
        select(CommentRow.comment, StudentRow.key)
        .join(StudentRow, StudentRow.id == CommentRow.student_id)
        .where(CommentRow.assignment_id == assignment, StudentRow.key.in_(students))
        .order_by(CommentRow.id)
    )
    for comment, key in session.execute(said):
        comments.setdefault(key, []).append(comment)
    return {
        key: Beside(tuple(adjustments.get(key, ())), tuple(comments.get(key, ())))
        for key in adjustments.keys() | comments.keys()
    }


def released(session: Session, assignment: int, students: Collection[str]) -> dict[str, Released]:
    """What each of these students was told last."""
    newest = (
        select(func.max(ReleasedRow.release_id).label("release"), ReleasedRow.student_id.label("student"))
        .where(
            ReleasedRow.release_id.in_(select(ReleaseRow.id).where(ReleaseRow.assignment_id == assignment))
        )
        .where(ReleasedRow.student_id.in_(ids(students)))
        .group_by(ReleasedRow.student_id)
        .subquery()
    )
    wanted = (
        select(ReleasedRow, ReleaseRow.key, StudentRow.key)
        .join(ReleaseRow, ReleaseRow.id == ReleasedRow.release_id)
        .join(StudentRow, StudentRow.id == ReleasedRow.student_id)
        .join(
            newest,
            and_(ReleasedRow.release_id == newest.c.release, ReleasedRow.student_id == newest.c.student),
        )
    )
    return {who: Released(key, row.attempt_id, row.total) for row, key, who in session.execute(wanted)}
