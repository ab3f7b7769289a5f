"""A class as tables that a spreadsheet can open and that nothing in them can turn into a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from io import StringIO
from types import SimpleNamespace
from typing import TextIO

from grader.model import CheckResult, ClassReport, Report, Verdict
from grader.reports.facts import total
from grader.reports.remembering import remembered
from grader.reports.text import MESSAGE_LIMIT, block

_END = "\r\n"
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
    text = StringIO()
    write_students(text, report)
    return text.getvalue()


def write_students(file: TextIO, report: ClassReport) -> None:
    """Writes what `students_csv` returns."""
    beside = any(submission.adjustments or submission.late for submission in report.submissions)
    exercises = list(dict.fromkeys(e.name for s in report.submissions for e in s.exercises))
    last = ["late", "total"] if beside else []
    table = csv.writer(file, lineterminator=_END)
    table.writerow(["student", "status", "score", "max_score", *map(cell, exercises), *last])
    for submission in report.submissions:
        scores = {exercise.name: _points(exercise.score) for exercise in submission.exercises}
        table.writerow(
            [
                cell(submission.student),
                submission.status.value,
                _points(submission.score),
                _points(submission.max_score),
                *(scores.get(name) for name in exercises),
                *((submission.late, _points(total(submission))) if beside else ()),
            ]
        )


def checks_csv(report: ClassReport) -> str:
    """One row a student and check."""
    text = StringIO()
    checks = Checks(text)
    for submission in report.submissions:
        checks.add(submission)
    return text.getvalue()


class Checks:
    """checks.csv, written submission by submission."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._ends = remembered(_ends)
        file.writelines(_rows([_CHECK_COLUMNS]))

    def add(self, report: Report) -> None:
        """The rows of the next submission."""
        for exercise in report.exercises:
            (row,) = _rows([[cell(report.student), cell(exercise.name), None]])
            begin = row.removesuffix(_END)
            self._file.write("".join([begin + end for end in self._ends(exercise.checks)]))


def _ends(checks: Iterable[CheckResult]) -> Sequence[str]:
    return _rows(map(_check_cells, checks))


def _rows(cells: Iterable[Sequence[object]]) -> Sequence[str]:
    """Rows of a table, each a text."""
    rows: list[str] = []
    csv.writer(SimpleNamespace(write=rows.append), lineterminator=_END).writerows(cells)
    return rows


@lru_cache(maxsize=4096)  # names and titles come again with every student
def cell(text: str) -> str:
    """`text` for a cell: what a spreadsheet would take for a formula gets an apostrophe in front.

    A text that is a number is left alone, and so are line breaks inside; other hidden characters are escaped.
    """
    if _NUMBER.fullmatch(text):
        return text
    shown = block(text, MESSAGE_LIMIT)
    return f"'{shown}" if text.startswith(_FORMULA) or shown.startswith(_FORMULA) else shown


def _check_cells(check: CheckResult) -> tuple[object, ...]:
    judged = _judged_cells(check.name, check.title, check.verdict, check.score, check.max_score, check.advice)
    finding, place = check.finding, check.place
    return (
        *judged,
        cell(finding.message) if finding else None,
        *((cell(place.file), place.cell, place.line) if place else (None, None, None)),
        cell(" ".join(diagnosis.id for diagnosis in check.diagnoses)) if check.diagnoses else "",
    )


# Most checks come to the same for many students. 3 is written as 3, 3.0 as 3.0.
@lru_cache(maxsize=4096, typed=True)
def _judged_cells(
    name: str, title: str, verdict: Verdict, score: float, max_score: float, advice: bool
) -> tuple[object, ...]:
    return cell(name), cell(title), verdict.value, _points(score), _points(max_score), advice


def _points(value: float) -> float:
    return round(value, 6)
