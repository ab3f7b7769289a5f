"""The summary of a run at the terminal."""

from __future__ import annotations

import re
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.language import _
from grader.model import ClassReport, Report, Status
from grader.reports.facts import is_unjudged, summary, what_next
from grader.reports.text import line
from grader.reports.words import STATUSES

_COLOURS = {
    Status.GRADED: "",
    Status.MISSING: "yellow",
    Status.UNREADABLE: "yellow",
    Status.CRASHED: "red",
    Status.TIMED_OUT: "red",
    Status.ERROR: "bold red",
}


def print_summary(console: Console, report: ClassReport, folder: Path) -> None:
    """A table of the class, what could not be judged first, and where the reports are."""
    table = Table(title=report.title, title_justify="left")
    table.add_column(_("student"))
    table.add_column(_("status"))
    table.add_column(_("score"), justify="right")
    table.add_column(_("first thing to mend"), overflow="fold")
    for submission in sorted(report.submissions, key=lambda one: not is_unjudged(one)):
        table.add_row(
            Text(line(submission.student)),
            Text(_(STATUSES[submission.status]).lower(), style=_COLOURS[submission.status]),
            f"{submission.score:g} / {submission.max_score:g}",
            Text(line(_remark(submission))),
        )
    console.print(table)
    figures = summary(report)
    if figures.mean is not None and figures.median is not None:
        said = _("{count} graded, mean {mean:.1f}, median {median:.1f}")
        console.print(said.format(count=figures.graded, mean=figures.mean, median=figures.median))
    if figures.unjudged:
        names = ", ".join(line(submission.student) for submission in figures.unjudged)
        console.print(Text(_("Not judged, by our fault: {names}").format(names=names), style="bold red"))
    console.print(_("Reports:"), style="bold", end=" ")
    console.print(Text(str(folder / "index.html")), soft_wrap=True)


def _remark(report: Report) -> str:
    if report.note:
        return report.note
    following = what_next(report)
    if following is None:
        return ""
    check = following.check
    said = re.sub(r" \[[^\]]*\]$", "", check.finding.message) if check.finding else check.title
    return _("{where}: {text}").format(where=following.exercise.name, text=said)
