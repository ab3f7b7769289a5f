"""What became of every file of a class, as rows and in a few lines. Pure."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from io import StringIO
from typing import Literal

from grader.language import _, ngettext
from grader.submissions.archive import Kind
from grader.submissions.find import Handle, Place
from grader.submissions.gradescope import METADATA
from grader.submissions.names import folded, natural, presentable, several

Became = Literal["handed in", "earlier attempt", "passed over", "missing"]

_BESIDE = "a document, which lies beside code of the same student"


@dataclass(frozen=True, slots=True)
class Row:
    """One file (or a folder whose files are not told apart), and whose it is; `path` is "" of a missing student.

    `on_roster` is None without a roster; `why` says why something was passed over.
    """

    path: str
    became: Became
    student: str = ""
    name: str = ""
    on_roster: bool | None = None
    attempt: int | None = None
    handed_in: datetime | None = None
    late: bool | None = None
    group: str = ""
    why: str = ""


def rows_of(
    place: Place, handles: Sequence[Handle], beside: Sequence[Handle], roster: Collection[str] | None
) -> tuple[Row, ...]:
    """First those who handed in nothing, then every file of `place` by its student, and last what is nobody's.

    `handles` are all attempts, in order; `beside` are the documents that were not read; `roster` holds the ids of the
    class as `folded` has them, None without a list.
    """
    last = {handle.student: handle for handle in handles}
    owners: dict[str, list[Row]] = {}
    for handle in handles:
        row = _row(handle, roster, "handed in" if last[handle.student] is handle else "earlier attempt")
        for part in handle.claim.parts:
            owners.setdefault(part.path, []).append(row)
    for handle in beside:
        row = replace(_row(handle, roster, "passed over"), attempt=None, why=_BESIDE)
        for part in handle.claim.parts:
            owners.setdefault(part.path, []).append(row)
    missing = [_row(handle, roster, "missing") for handle in handles if not handle.claim.parts]
    rows = [*missing, *(row for path in _leaves(place.listing) for row in _of(path, place, owners))]
    return tuple(sorted(rows, key=_order))


def told(rows: Sequence[Row]) -> list[str]:
    """The rows in a few lines."""
    students = {row.student for row in rows if row.became == "handed in"}
    of_roster = {row.student for row in rows if row.on_roster}
    said = ngettext("Collected: {count} hand-in", "Collected: {count} hand-ins", len(students))
    if of_roster:
        said = ngettext(
            "Collected: {count} hand-in, {known} of the {all} students on the roster",
            "Collected: {count} hand-ins, {known} of the {all} students on the roster",
            len(students),
        )
    lines = [said.format(count=len(students), known=len(students & of_roster), all=len(of_roster))]
    of_students = {
        _("Missing: {count} ({names})"): [row.student for row in rows if row.became == "missing"],
        _("Not on the roster, graded all the same: {count} ({names})"): [
            row.student for row in rows if row.on_roster is False
        ],
        _("With earlier attempts: {count} ({names})"): [
            row.student for row in rows if row.became == "earlier attempt"
        ],
        _("Late by the word of the LMS: {count} ({names})"): [
            row.student for row in rows if row.late and row.became == "handed in"
        ],
    }
    for said, found in of_students.items():
        if names := sorted(set(found), key=natural):
            lines.append(said.format(count=len(names), names=several(names)))
    if passed := [presentable(row.path) for row in rows if row.became == "passed over"]:
        said = ngettext(
            "Passed over: {count} file ({names})", "Passed over: {count} files ({names})", len(passed)
        )
        lines.append(said.format(count=len(passed), names=several(passed)))
    return lines


def collected_csv(rows: Sequence[Row], cell: Callable[[str], str]) -> str:
    """``collected.csv``; `cell` makes text safe for a spreadsheet."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(field.name for field in fields(Row))
    for row in rows:
        writer.writerow([cell(_plain(getattr(row, field.name))) for field in fields(Row)])
    return text.getvalue()


def as_dict(row: Row) -> dict[str, object]:
    """A row for JSON."""
    return {**asdict(row), "handed_in": row.handed_in.isoformat() if row.handed_in else None}


def _order(row: Row) -> tuple[object, ...]:
    return (
        row.became != "missing",
        not row.student,
        natural(row.student),
        row.became == "passed over",
        row.attempt or 0,
        natural(row.path),
    )


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return "" if value is None else str(value)


def _row(handle: Handle, roster: Collection[str] | None, became: Became) -> Row:
    about = handle.about
    return Row(
        path="",
        became=became,
        student=about.student,
        name=about.name,
        on_roster=None if roster is None else folded(about.student) in roster,
        attempt=about.attempt if handle.claim.parts else None,
        handed_in=about.handed_in,
        late=about.late,
        group=about.group,
    )


def _leaves(listing: Mapping[str, Kind]) -> Iterator[str]:
    """What is no folder, and the folders below which nothing is listed."""
    above = {path.rpartition("/")[0] for path in listing}
    return (path for path, kind in listing.items() if kind != "folder" or path not in above)


def _of(path: str, place: Place, owners: Mapping[str, list[Row]]) -> list[Row]:
    shown = presentable(path)
    if place.listing[path] == "left":
        return [Row(shown, "passed over", why="tools leave it behind")]
    above = path
    while above and above not in owners:
        above = above.rpartition("/")[0]
    if above:
        return [replace(row, path=shown) for row in owners[above]]
    if path == place.base + METADATA:
        return [Row(shown, "passed over", why="the export's own list, which was read")]
    return [Row(shown, "passed over", why="no hand-in: neither code nor archive nor folder of a student")]
