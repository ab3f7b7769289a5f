"""Collecting a class, as the commands that do it share it."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from grader.files import write_text
from grader.reports.tables import cell
from grader.reports.text import line
from grader.submissions.accounts import collected_csv
from grader.submissions.collect import Collected, collect
from grader.submissions.roster import read_roster
from grader.submissions.times import read_times

FILE = "collected.csv"

roster_option = click.option(
    "--roster",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The list of the class, CSV or XLSX: ids, names, groups. Who handed in nothing gets a row too.",
)
times_option = click.option(
    "--times",
    type=click.Path(path_type=Path, dir_okay=False),
    help="When hand-ins were made, CSV or XLSX: a time beside a file or an id.",
)


def collected(submissions: Path, assignment: str, roster: Path | None, times: Path | None) -> Collected:
    """The class at `submissions`. Raises UsageError, for a roster or table of times too."""
    students = read_roster(roster) if roster else None
    return collect(submissions, assignment, students, read_times(times) if times else None)


def write_rows(folder: Path, found: Collected) -> None:
    """``collected.csv``: what became of every file. Raises OSError."""
    write_text(folder / FILE, collected_csv(found.rows, cell), encoding="utf-8-sig")


def tell(console: Console, found: Collected) -> None:
    """The same in a few lines."""
    for sentence in found.summary():
        console.print(Text(line(sentence)), soft_wrap=True)
