"""The summary of a run at the terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.gradebook import Move
from grader.language import _, ngettext
from grader.model import ClassReport, Report, Status
from grader.reports.facts import is_unjudged, summary, total, what_next
from grader.reports.text import line
from grader.reports.words import STATUSES

MOST_ROWS = 200
"""The table of a larger class shows only what needs a look."""

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
    named = any(submission.name for submission in report.submissions)
    if named:
        table.add_column(_("name"), overflow="fold")
    table.add_column(_("status"))
    table.add_column(_("score"), justify="right")
    table.add_column(_("first thing to mend"), overflow="fold")
    shown = _shown(report)
    for submission in sorted(shown, key=lambda one: not is_unjudged(one)):
        table.add_row(
            Text(line(submission.student)),
            *([Text(line(submission.name))] if named else []),
            Text(_(STATUSES[submission.status]).lower(), style=_COLOURS[submission.status]),
            _score(submission),
            Text(line(_remark(submission))),
        )
    console.print(table)
    if more := len(report.submissions) - len(shown):
        said = ngettext("{count} more is on the class page.", "{count} more are on the class page.", more)
        console.print(said.format(count=more))
    figures = summary(report)
    if figures.mean is not None and figures.median is not None:
        said = _("{count} graded, mean {mean:.1f}, median {median:.1f}")
        console.print(said.format(count=figures.graded, mean=figures.mean, median=figures.median))
    if figures.unjudged:
        names = ", ".join(line(submission.student) for submission in figures.unjudged)
        console.print(Text(_("Not judged, by our fault: {names}").format(names=names), style="bold red"))
    console.print(_("Reports:"), style="bold", end=" ")
    console.print(Text(str(folder / "index.html")), soft_wrap=True)


def _shown(report: ClassReport) -> Sequence[Report]:
    """The submissions that the table shows: all of a class that fits on a few screens, else those that need a look."""
    if len(report.submissions) <= MOST_ROWS:
        return report.submissions
    odd = (one for one in report.submissions if one.status is not Status.GRADED or is_unjudged(one))
    return list(islice(odd, MOST_ROWS))


def _score(report: Report) -> str:
    beside = "".join(f" {adjustment.points:+g}" for adjustment in report.adjustments)
    whole = f"{total(report):g} / {report.max_score:g}"
    return f"{whole} ({report.score:g}{beside})" if beside else whole


def print_moves(console: Console, moves: Sequence[Move]) -> None:
    """Which results took older ones' places, exercise by exercise, and which were kept from it."""
    if not moves:
        return
    table = Table(title=_("Moved"), title_justify="left")
    table.add_column(_("student"))
    table.add_column(_("score"))
    table.add_column(_("exercises"), overflow="fold")
    for move in moves:
        exercises = ", ".join(f"{name} {old:g} -> {new:g}" for name, old, new in moved(move))
        score = f"{move.old.score:g} -> {move.new.score:g}"
        style = "yellow" if move.held else ""
        table.add_row(Text(line(move.new.student)), Text(score, style=style), Text(exercises))
    console.print(table)
    held = ", ".join(line(move.new.student) for move in moves if move.held)
    if held:
        said = _(
            "Kept as they were made known, because they would fall (see `grader regrade --allow-lower`): {names}"
        )
        console.print(Text(said.format(names=held), style="bold yellow"))


def moved(move: Move) -> list[tuple[str, float, float]]:
    """The exercises whose points differ, with the old and the new ones; 0 where an exercise was or is not there."""
    old, new = ({one.name: one.score for one in report.exercises} for report in (move.old, move.new))
    return [
        (name, old.get(name, 0.0), new.get(name, 0.0))
        for name in dict.fromkeys([*old, *new])
        if abs(old.get(name, 0.0) - new.get(name, 0.0)) > 1e-6
    ]


def _remark(report: Report) -> str:
    if report.note:
        return report.note
    following = what_next(report)
    if following is None:
        return ""
    check = following.check
    said = re.sub(r" \[[^\]]*\]$", "", check.finding.message) if check.finding else check.title
    return _("{where}: {text}").format(where=following.exercise.name, text=said)
