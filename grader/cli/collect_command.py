"""``grader collect``"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from grader.cli.collecting import collected, roster_option, tell, times_option
from grader.cli.options import course_option, speak
from grader.course import Course
from grader.reports.text import encodable, line
from grader.settings import Changes
from grader.submissions.accounts import Row, as_dict

_TITLES = ("student", "name", "became", "attempt", "handed in", "file")


@click.command()
@click.argument("assignment")
@click.argument("submissions", type=click.Path(path_type=Path))
@roster_option
@times_option
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@course_option
def command(
    assignment: str,
    submissions: Path,
    roster: Path | None,
    times: Path | None,
    as_json: bool,
    course: Course,
) -> None:
    """Tell whose every file under SUBMISSIONS is, and which are nobody's, without grading.

    Example: grader collect layers moodle.zip --roster class.xlsx
    """
    course.folder(assignment)
    speak(None, course.settings)
    found = collected(submissions, assignment, roster, times)
    if as_json:
        data = {"rows": [as_dict(row) for row in found.rows], "notes": found.notes}
        click.echo(encodable(json.dumps(data, ensure_ascii=False, indent=2)))
        return
    console = Console()
    for said in _lines(found.rows):
        console.print(Text(said), soft_wrap=True)
    console.print()
    changes = course.settings.assignments.get(assignment, Changes())
    tell(console, found, changes.policy)


def _lines(rows: Sequence[Row]) -> Iterator[str]:
    """A line a file in columns, of which those are left out that are empty; what may be long comes last, and whole."""
    told = [_TITLES, *map(_cells, rows)]
    widths = [max(map(cell_len, column)) if any(column[1:]) else None for column in zip(*told, strict=True)]
    for cells in told:
        shown = [set_cell_size(cell, width) for cell, width in zip(cells, widths, strict=True) if width]
        yield "  ".join(shown).rstrip()


def _cells(row: Row) -> tuple[str, ...]:
    when = row.handed_in.isoformat(" ", "minutes") if row.handed_in else ""
    outside = "not on the roster" if row.on_roster is False else ""
    beside = ", ".join(part for part in (outside, row.why) if part)
    cells = (
        row.student,
        row.name,
        row.became,
        str(row.attempt) if row.attempt not in (None, 1) else "",
        " ".join(part for part in (when, "late" if row.late else "") if part),
        " ".join(part for part in (row.path, f"({beside})" if beside else "") if part),
    )
    return tuple(map(line, cells))
