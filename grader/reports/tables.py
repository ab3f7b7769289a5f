"""A class as tables that a spreadsheet can open and that nothing in them can turn into a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.model import CheckResult, ClassReport
from grader.reports.facts import total
from grader.reports.text import MESSAGE_LIMIT, block

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)
_CHECK_COLUMNS = (
    *("student", "exercise", "check", "title", "verdict", "score", "max_score", "advice"),
    *("finding", "file", "cell", "line", "diagnoses"),
)


def students_csv(report: ClassReport) -> str:
    """One row a student: id, status, score, reachable score, and a column an exercise (empty without one).

    Where anything stands beside a score, columns `late` (empty where it is unknown) and `total` come last.
    """
    beside = any(submission.adjustments or submission.late for submission in report.submissions)
    exercises = list(dict.fromkeys(e.name for s in report.submissions for e in s.exercises))
    rows: list[list[object]] = []
    for submission in report.submissions:
        scores = {exercise.name: _points(exercise.score) for exercise in submission.exercises}
        rows.append(
            [
                cell(submission.student),
                submission.status.value,
                _points(submission.score),
                _points(submission.max_score),
                *(scores.get(name) for name in exercises),
                *((submission.late, _points(total(submission))) if beside else ()),
            ]
        )
    last = ["late", "total"] if beside else []
    return _csv(rows, ["student", "status", "score", "max_score", *map(cell, exercises), *last])


def checks_csv(report: ClassReport) -> str:
    """One row a student and check."""
    rows = [
        [cell(submission.student), cell(exercise.name), *_check_cells(check)]
        for submission in report.submissions
        for exercise in submission.exercises
        for check in exercise.checks
    ]
    return _csv(rows, _CHECK_COLUMNS)


def cell(text: str) -> str:
    """`text` for a cell: what a spreadsheet would take for a formula gets an apostrophe in front.

    A text that is a number is left alone, and so are line breaks inside; other hidden characters are escaped.
    """
    if _NUMBER.fullmatch(text):
        return text
    shown = block(text, MESSAGE_LIMIT)
    return f"'{shown}" if text.startswith(_FORMULA) or shown.startswith(_FORMULA) else shown


def _check_cells(check: CheckResult) -> Iterator[object]:
    yield from (cell(check.name), cell(check.title), check.verdict.value)
    yield from (_points(check.score), _points(check.max_score), check.advice)
    yield cell(check.finding.message) if check.finding else None
    place = check.place
    yield from (cell(place.file), place.cell, place.line) if place else (None, None, None)
    yield cell(" ".join(diagnosis.id for diagnosis in check.diagnoses))


def _points(value: float) -> float:
    return round(value, 6)


def _csv(rows: Sequence[Sequence[object]], columns: Sequence[str]) -> str:
    import pandas as pd  # late: `cell` is used where it is not installed

    # dtype=object keeps ids, whole numbers and empty cells as they are instead of turning them into floats
    frame = pd.DataFrame(list(rows), columns=list(columns), dtype=object)
    return frame.to_csv(index=False, lineterminator="\r\n")
