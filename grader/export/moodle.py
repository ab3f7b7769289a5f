"""The offline grading worksheet of a Moodle assignment, filled in place."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape

from grader.errors import UsageError
from grader.export import sheet
from grader.export.gradebook import Filled, column_of, count_told, decimal_mark, grades, same_top
from grader.export.matching import Person, match, notes
from grader.export.points import Scale
from grader.export.told import beside, hints, score_line, title, wrong_checks
from grader.language import _
from grader.model import ClassReport, Report
from grader.reports import words
from grader.reports.text import line

# Titles are localised, and Moodle compares them exactly on upload: here are its English, German and simplified
# Chinese ones, of several versions, in lower case. Other languages need the names of their columns.
_TITLES = {
    "identifier": {"identifier", "id", "标识符"},
    "name": {"full name", "vollständiger name", "全名"},
    "email": {"email address", "e-mail-adresse", "电子邮件地址", "邮箱地址", "邮件地址", "email地址"},
    "number": {"id number", "id-nummer", "学号", "id号"},
    "username": {"username", "anmeldename", "用户名"},
    "grade": {"grade", "bewertung", "成绩"},
    "top": {"maximum grade", "bestwertung", "bestbewertung", "最高分"},
    "scale": {"scale", "skala", "量表"},
    "feedback": {"feedback comments", "feedback als kommentar", "反馈意见"},
}
_PARTICIPANT = re.compile(r"(?P<word>.*?)(?P<number>\d+)\s*", re.ASCII | re.DOTALL)
_OURS = re.compile(r'<div class="backprop-grader">.*?</div>', re.DOTALL)
_LINES = 12  # exercises of which a comment speaks; the page has them all


@dataclass(frozen=True)
class Participant:
    """A row of the worksheet, for whoever needs more than the row: Moodle's number of the participant."""

    person: Person
    number: str
    name: str


def fill_moodle(
    data: bytes, report: ClassReport, scale: Scale, column: str = "", feedback_column: str = ""
) -> Filled:
    """`data`, a downloaded worksheet, with grades and comments.

    `column` and `feedback_column` are titles, needed where Moodle spoke a language that is not known here. A
    comment that somebody wrote is kept beside ours, and ours is replaced. Only these two columns change. Raises
    UsageError for any other file, and where the full score is not that of the grades.
    """
    book = sheet.read(data)
    header = book.values(0)
    target = column_of(header, column) if column else _needed(header, "grade", "--column")
    comments = column_of(header, feedback_column) if feedback_column else _column(header, "feedback")
    if _column(header, "scale") is not None:
        raise UsageError("its grades are words of a scale; points cannot be written there")
    rows = {row: book.values(row) for row in range(1, len(book.rows))}
    tops = _cells(rows.values(), _column(header, "top"))
    same_top(tops, report, scale)
    matches = match([one.person for one in _participants(header, rows)], report.submissions)
    given = grades(matches, report, scale, decimal_mark([*_cells(rows.values(), target), *tops]))
    changes = {(row, target): grade for row, grade in given.by_row.items()}
    if comments is not None:
        for row in given.by_row:
            (old,) = _cells([rows[row]], comments) or [""]
            changes[row, comments] = _beside(old, comment(matches.by_row[row], report, scale))
    told = [
        count_told(header[target], len(given.by_row)),
        *([] if comments is not None else [_("It has no column for comments: only grades are written")]),
        *given.notes,
        *notes(matches, _("the worksheet")),
    ]
    return Filled(book.changed(changes).data(), tuple(told))


def participants(data: bytes) -> list[Participant]:
    """The people in a downloaded worksheet. Raises UsageError for any other file."""
    book = sheet.read(data)
    header = book.values(0)
    _needed(header, "grade", "--column")
    return _participants(header, {row: book.values(row) for row in range(1, len(book.rows))})


def comment(submission: Report, report: ClassReport, scale: Scale) -> str:
    """What a student reads in Moodle, as HTML: the score and what it is made of, and the first thing to mend of each
    exercise.
    """
    told = [score_line(submission, report, scale), *beside(submission)]
    if submission.note:
        told.append(line(submission.note))
    seen: set[str] = set()
    for exercise, check in wrong_checks(submission):
        if exercise.name not in seen and len(seen) < _LINES:
            found = [] if check.finding is None else [line(check.finding.message)]
            # A title alone is what is right, and would read as praise.
            said = _("{title} – {verdict}.").format(
                title=title(exercise, check), verdict=_(words.verdict(check))
            )
            told.append(" ".join([said, *found, *hints(check)]))
        seen.add(exercise.name)
    inside = "<br>".join(escape(one, quote=False) for one in told)
    return f'<div class="backprop-grader">{inside}</div>'


def _beside(old: str, ours: str) -> str:
    if _OURS.search(old):
        return _OURS.sub(lambda _found: ours, old, count=1)
    return f"{old}{ours}"


def _participants(header: Sequence[str], rows: dict[int, list[str]]) -> list[Participant]:
    first = _column(header, "identifier") or 0  # Moodle writes it first, whatever it is called
    ids = [index for kind in ("number", "email", "username") if (index := _column(header, kind)) is not None]
    name = _column(header, "name")
    found = []
    for row, cells in rows.items():
        if not any(cell.strip() for cell in cells):
            continue
        known = _PARTICIPANT.fullmatch(cells[first] if first < len(cells) else "")
        if known is None:
            raise UsageError(
                f"row {row + 1}: {line(header[first])!r} holds no participant's number; download the worksheet again"
            )
        others = _cells([cells], *ids)
        names = tuple(_cells([cells], name))
        person = Person(row, (cells[first].strip(), known["number"], *others), names)
        found.append(Participant(person, known["number"], "".join(names)))
    return found


def _column(header: Sequence[str], kind: str) -> int | None:
    found = [index for index, one in enumerate(header) if one.strip().casefold() in _TITLES[kind]]
    return found[0] if len(found) == 1 else None


def _needed(header: Sequence[str], kind: str, option: str) -> int:
    found = _column(header, kind)
    if found is None:
        known = ", ".join(repr(line(one)) for one in header)
        raise UsageError(
            f"it has no column {kind!r} in a language known here; name it with {option}: {known}"
        )
    return found


def _cells(rows: Collection[Sequence[str]], *columns: int | None) -> list[str]:
    """What stands in these columns, without what is empty or not there."""
    wanted = [index for index in columns if index is not None]
    return [row[index] for row in rows for index in wanted if index < len(row) and row[index].strip()]
