"""GitHub Actions: annotations at the student's lines, a score line, and the summary of a step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from posixpath import join

from grader.export.markdown import escaped, fenced, hinted
from grader.export.points import Scale, written
from grader.export.told import hints, is_wrong, lines, score_line, title, where, wrong_checks
from grader.language import _
from grader.model import CheckResult, ClassReport, ExerciseResult, Report
from grader.reports import words
from grader.reports.text import line, points

SHOWN = 10  # annotations of a kind that GitHub takes from one step
SUMMARY_BYTES = 1_000_000  # GitHub refuses a summary of more than 1 MiB


def github_annotations(submission: Report, folder: str = "") -> str:
    """A workflow command for each wrong check, and a notice for each advice; no text in them can be a command.

    `folder` is where in the repository the submission lies. A notebook's file is named without a line, since its
    lines are not those of the student's cells; the cell is said in the title.
    """
    failed = [_annotation("error", *found, folder) for found in wrong_checks(submission)]
    advice = [
        _annotation("notice", exercise, check, folder)
        for exercise in submission.exercises
        for check in exercise.checks
        if check.advice and is_wrong(check)
    ]
    stopped = [_command("error", line(submission.note))] if submission.note else []
    return "".join(f"{one}\n" for one in (*[*stopped, *failed][:SHOWN], *advice[:SHOWN]))


def github_summary(report: ClassReport, scale: Scale) -> str:
    """The results as markdown for ``GITHUB_STEP_SUMMARY``: one submission in full, a class as a table."""
    (first, *others) = report.submissions or (None,)
    if first is None:
        parts = [_("There is no submission.")]
    elif others:
        parts = list(_class(report, scale))
    else:
        parts = list(_one(first, report, scale))
    heading = f"## {escaped(report.title)}"
    sizes = accumulate(len(part.encode()) + 2 for part in (heading, *parts))
    fitting = [part for part, size in zip((heading, *parts), sizes, strict=True) if size <= SUMMARY_BYTES]
    if len(fitting) <= len(parts):
        fitting.append(_("The rest is left out; it is in the report."))
    return "\n\n".join(fitting) + "\n"


def _annotation(kind: str, exercise: ExerciseResult, check: CheckResult, folder: str) -> str:
    properties: dict[str, str] = {}
    heading = title(exercise, check)
    if check.place is not None:
        properties["file"] = line(join(folder, check.place.file))
        if check.place.cell is None:
            properties["line"] = str(check.place.line)
        else:
            heading = _("{title} (cell {cell}, line {line})").format(
                title=heading, cell=check.place.cell, line=check.place.line
            )
    return _command(kind, "\n".join(lines(check)), **properties, title=heading)


def _command(kind: str, message: str, **properties: str) -> str:
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{kind}{' ' * bool(told)}{told}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _one(submission: Report, report: ClassReport, scale: Scale) -> Iterator[str]:
    yield f"**{escaped(score_line(submission, report, scale))}**"
    if submission.note:
        yield escaped(submission.note)
    if submission.exercises:
        rows = [
            (escaped(exercise.name), " / ".join(points(scale.points(value, report)) for value in pair))
            for exercise in submission.exercises
            for pair in [(exercise.score, exercise.max_score)]
        ]
        yield _table((_("Exercise"), _("Points")), rows)
    for exercise, check in wrong_checks(submission):
        yield f"### {escaped(title(exercise, check))}"
        yield escaped(_(": ").join(filter(None, (_(words.verdict(check)), where(check)))))
        if check.finding is not None:
            yield fenced(check.finding.message)
        if told := hints(check):
            yield hinted(told)


def _class(report: ClassReport, scale: Scale) -> Iterator[str]:
    top = written(scale.top(report))
    grades = ((submission, scale.grade(submission, report)) for submission in report.submissions)
    rows = [
        (
            escaped(submission.student),
            escaped(_(words.status(submission.status))),
            _("not judged") if grade is None else f"{written(grade)} / {top}",
        )
        for submission, grade in grades
    ]
    yield _table((_("Student"), _("Status"), _("Score")), rows)


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    every = [header, ("---",) * len(header), *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in every)
