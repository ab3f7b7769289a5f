"""What filling Canvas's gradebook and Moodle's worksheet have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from grader.errors import UsageError
from grader.export.matching import Matches, students
from grader.export.points import Scale, written
from grader.language import _, ngettext
from grader.model import ClassReport
from grader.reports.text import line

_NUMBER = re.compile(r"\d+(?:([.,])\d+)?", re.ASCII)


@dataclass(frozen=True)
class Filled:
    """A file to be uploaded, and what the instructor should know about it, in sentences."""

    data: bytes
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Grades:
    """Grades as text by row; `notes` tells who has none."""

    by_row: Mapping[int, str]
    notes: tuple[str, ...]


def count_told(column: str, count: int) -> str:
    """How many grades were written to a column, named by its title."""
    said = ngettext("Written to {column}: {count} grade", "Written to {column}: {count} grades", count)
    return said.format(column=repr(line(column)), count=count)


def grades(matches: Matches, report: ClassReport, scale: Scale, mark: str) -> Grades:
    """The grades of all who have a row, `mark` before the decimals. What was not judged whole has none."""
    given = {row: scale.grade(submission, report) for row, submission in matches.by_row.items()}
    unjudged = [matches.by_row[row] for row, grade in given.items() if grade is None]
    told = _("Not judged whole, by our fault, so no grade is written: {names}").format(
        names=students(unjudged)
    )
    return Grades(
        {row: written(grade, mark) for row, grade in given.items() if grade is not None},
        (told,) if unjudged else (),
    )


def decimal_mark(cells: Iterable[str]) -> str:
    """How a file writes decimals: as its first number with decimals does, else with a point."""
    found = (_NUMBER.fullmatch(cell.strip()) for cell in cells)
    return next((number[1] for number in found if number and number[1]), ".")


def same_top(cells: Iterable[str], report: ClassReport, scale: Scale) -> None:
    """Raises UsageError where a full score of the file is another than that of the exported grades.

    Grades on another scale would be taken as they are by one system and silently passed over by another.
    """
    top = scale.top(report)
    for cell in cells:
        if _NUMBER.fullmatch(cell.strip()):
            theirs = Decimal(cell.strip().replace(",", "."))
            if theirs and theirs != top:
                raise UsageError(
                    f"its full score is {written(theirs)}, but grades are exported out of {written(top)}: "
                    f"set scale = {written(theirs)} for {line(report.assignment)} in course.toml"
                )


def column_of(header: Sequence[str], wanted: str) -> int:
    """The only column with this title. Raises UsageError, with the titles that there are."""
    found = [index for index, title in enumerate(header) if title.strip() == wanted.strip()]
    if len(found) != 1:
        known = ", ".join(repr(line(title)) for title in header)
        times = "no column" if not found else "more than one column"
        raise UsageError(f"it has {times} {wanted!r}; its columns are {known}")
    return found[0]
