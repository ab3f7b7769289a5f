"""Collecting a class, as the commands that do it share it."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from grader.files import write_text
from grader.language import ngettext
from grader.late import Policy
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


def tell(console: Console, found: Collected, policy: Policy) -> None:
    """The same in a few lines, and whose lateness cannot be known."""
    for sentence in found.summary():
        console.print(Text(line(sentence)), soft_wrap=True)
    tell_untimed(console, found, policy)


def tell_untimed(console: Console, found: Collected, policy: Policy) -> None:
    """How many hand-ins this run knows no time of, where there is a deadline."""
    handed = [one for one in found.latest if one.claim.parts and policy.deadline(one.student) is not None]
    untimed = [one for one in handed if one.about.handed_in is None and one.about.late is None]
    if untimed:
        said = ngettext(
            "No time is known here of {count} of {all} hand-ins, and what is unknown is never late: --times FILE",
            "No times are known here of {count} of {all} hand-ins, and what is unknown is never late: --times FILE",
            len(untimed),
        )
        told = said.format(count=len(untimed), all=len(handed))
        console.print(Text(told, style="yellow"), soft_wrap=True)
