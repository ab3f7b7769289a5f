"""The CSV file of Canvas's gradebook, filled in place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.errors import UsageError
from grader.export import sheet
from grader.export.gradebook import Filled, column_of, count_told, decimal_mark, grades, same_top
from grader.export.matching import Person, match, notes
from grader.export.points import Scale
from grader.language import N_, _
from grader.model import ClassReport
from grader.reports.text import line

_IDS = ("ID", "SIS User ID", "SIS Login ID", "Integration ID")
_ASSIGNMENT = re.compile(r"(?P<title>.*) \((?P<id>\d+)\)", re.ASCII | re.DOTALL)
_KEPT = {
    "EX": N_("excused"),
    "N/A": N_("not assigned"),
}  # grades that an instructor or Canvas gave on purpose


def fill_canvas(data: bytes, report: ClassReport, scale: Scale, column: str = "") -> Filled:
    """`data`, a downloaded gradebook, with the grades of `report` in the assignment's column.

    `column` is that column's title, needed where it is not the assignment's name. Only cells of that column
    change. Raises UsageError for any other file, and where the points possible are not those of the grades.
    """
    book = sheet.read(data)
    header = book.values(0)
    if "ID" not in header or not ({"Student", "LastName"} & {*header[:1]}):
        raise UsageError("it is no gradebook from Canvas: its header should begin with Student,ID")
    target = column_of(header, column) if column else _assignment(header, report)
    rows = [(row, _padded(book.values(row), len(header))) for row in range(1, len(book.rows))]
    possible = [cells for _, cells in rows if "Points Possible" in cells[0]]
    if any("read only" in cells[target] for cells in possible):
        raise UsageError(f"its column {header[target]!r} is read only")
    same_top((cells[target] for cells in possible), report, scale)
    people = list(_people(header, [one for one in rows if one[1] not in possible]))
    matches = match(people, report.submissions)
    given = grades(matches, report, scale, decimal_mark(_numbers(rows, target)))
    held = {row: cells[target].strip().upper() for row, cells in rows if row in given.by_row}
    kept = {row: word for row, cell in held.items() if (word := _KEPT.get(cell))}
    changes = {(row, target): grade for row, grade in given.by_row.items() if row not in kept}
    told = [
        count_told(header[target], len(changes)),
        *given.notes,
        *(
            _("Left as it was, because {why}: {name}").format(
                why=_(word), name=line(matches.by_row[row].student)
            )
            for row, word in kept.items()
        ),
        *notes(matches, _("the gradebook")),
    ]
    return Filled(book.changed(changes).data(), tuple(told))


def _assignment(header: Sequence[str], report: ClassReport) -> int:
    names = {report.assignment.casefold(), report.title.casefold()}
    columns = [
        (index, found) for index, title in enumerate(header) if (found := _ASSIGNMENT.fullmatch(title))
    ]
    fitting = [index for index, found in columns if found["title"].strip().casefold() in names]
    if len(fitting) == 1:
        return fitting[0]
    known = ", ".join(repr(line(found[0])) for _, found in columns) or "none"
    several = "several columns are" if fitting else "no column is"
    raise UsageError(
        f"{several} named {line(report.assignment)!r}; name one with --column; there are {known}"
    )


def _people(header: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> Iterator[Person]:
    ids = [index for index, title in enumerate(header) if title in _IDS]
    for row, cells in rows:
        found = tuple(cells[index].strip() for index in ids if cells[index].strip())
        if found:
            yield Person(row, found, _names(header, cells))


def _names(header: Sequence[str], cells: Sequence[str]) -> tuple[str, ...]:
    """``Lovelace, Ada`` is also Ada Lovelace; two columns are put together both ways."""
    first_last = header[:2] == ["LastName", "FirstName"]
    last, comma, first = (cells[0], ",", cells[1]) if first_last else cells[0].partition(",")
    plain = f"{first.strip()} {last.strip()}"
    return (f"{last}{comma}{first}" if not first_last else f"{last}, {first}", *([plain] if comma else []))


def _numbers(rows: Sequence[tuple[int, list[str]]], target: int) -> Iterator[str]:
    yield from (cells[target] for _, cells in rows)
    yield from (cell for _, cells in rows for cell in cells[target + 1 :])


def _padded(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))
