"""``grader collect``"""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.cli.collecting import collected, roster_option, tell, times_option
from grader.cli.options import course_option, speak
from grader.course import Course
from grader.reports.text import encodable, line
from grader.settings import Changes
from grader.submissions.accounts import Row, as_dict


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
    console.print(_table(found.rows))
    changes = course.settings.assignments.get(assignment, Changes())
    tell(console, found, changes.policy)


def _table(rows: tuple[Row, ...]) -> Table:
    table = Table("student", "name", "became", "attempt", "handed in", "file")
    for row in rows:
        when = row.handed_in.isoformat(" ", "minutes") if row.handed_in else ""
        late = "late" if row.late else ""
        outside = "not on the roster" if row.on_roster is False else ""
        cells = (
            row.student,
            row.name,
            ", ".join(part for part in (row.became, outside, row.why) if part),
            str(row.attempt or ""),
            " ".join(part for part in (when, late) if part),
            row.path,
        )
        table.add_row(*(Text(line(cell), overflow="fold") for cell in cells))
    return table
