"""Plain tables of grades: one of our own, and the one that nbgrader writes."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from io import StringIO

from grader.export.points import Scale, written
from grader.model import ClassReport
from grader.reports.tables import cell

_NBGRADER = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)


def grades_csv(report: ClassReport, scale: Scale) -> str:
    """One row a student: id, name, status, grade and its top, points by exercise; no grade for what was not judged."""
    exercises = list(dict.fromkeys(e.name for s in report.submissions for e in s.exercises))
    top = written(scale.top(report))
    rows = [["student", "name", "status", "grade", "out_of", *map(cell, exercises)]]
    for submission in report.submissions:
        grade = scale.grade(submission, report)
        given = "" if grade is None else written(grade)
        earned = {e.name: f"{scale.points(e.score, report):g}" for e in submission.exercises}
        who = [cell(submission.student), cell(submission.name), submission.status.value]
        rows.append([*who, given, top, *(earned.get(name, "") for name in exercises)])
    return _csv(rows)


def nbgrader_csv(report: ClassReport, scale: Scale, due: date | None = None) -> str:
    """The columns of ``nbgrader export``. What nobody told us (e-mail, first name, time) is empty."""
    top = written(scale.top(report))
    rows = [list(_NBGRADER)]
    for submission in report.submissions:
        grade = scale.grade(submission, report)
        given = "" if grade is None else written(grade)
        name = {"last_name": cell(submission.name)} if submission.name else {}
        known = {
            "assignment": cell(report.assignment),
            "duedate": "" if due is None else due.isoformat(),
            "student_id": cell(submission.student),
            **name,
            "raw_score": given,
            "score": given,
            "max_score": top,
        }
        rows.append([known.get(column, "") for column in _NBGRADER])
    return _csv(rows)


def _csv(rows: Sequence[Sequence[str]]) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()
