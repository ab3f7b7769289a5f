"""``grader grade``"""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from grader import key as answer_key
from grader.batch import Batch, hidden_seed
from grader.cli.collecting import collected, roster_option, tell, times_option, write_rows
from grader.cli.options import course_option, lang_option, speak
from grader.cli.sandbox_option import chosen, sandbox_option, unsafe_option
from grader.cli.summary import print_summary
from grader.course import Course
from grader.grading import Grader
from grader.language import _
from grader.model import ClassReport, Report
from grader.reports.facts import is_unjudged
from grader.reports.text import line
from grader.sandbox.base import Limits


@click.command()
@click.argument("assignment")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where reports go (default: reports/ASSIGNMENT in the course).",
)
@roster_option
@times_option
@click.option("--seed", type=click.IntRange(min=0), help="Sets the hidden seed.")
@click.option(
    "--new-seed", is_flag=True, help="Draws a new hidden seed; earlier scores are then of other cases."
)
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Exit code 1 when a submission scores less.",
)
@click.option(
    "--load-seconds",
    type=click.FloatRange(min=0.1),
    default=Limits.load,
    show_default=True,
    help="Time to load a submission.",
)
@click.option(
    "--call-seconds",
    type=click.FloatRange(min=0.1),
    default=Limits.call,
    show_default=True,
    help="Time for one call.",
)
@click.option(
    "--total-seconds",
    type=click.FloatRange(min=0.1),
    default=Limits.total,
    show_default=True,
    help="Time for a whole submission.",
)
@sandbox_option
@unsafe_option
@lang_option
@course_option
def command(
    assignment: str,
    submissions: Path,
    output: Path | None,
    roster: Path | None,
    times: Path | None,
    seed: int | None,
    new_seed: bool,
    fail_under: float | None,
    load_seconds: float,
    call_seconds: float,
    total_seconds: float,
    tier: str | None,
    unsafe: bool,
    lang: str | None,
    course: Course,
) -> int:
    """Grade every submission under SUBMISSIONS, a folder or an archive, and write the reports.

    Example: grader grade layers submissions/ -o reports/layers
    """
    speak(lang, course.settings)
    loaded = course.load(assignment)
    found = collected(submissions, assignment, roster, times)
    folder = output or course.root / "reports" / assignment
    sandbox = chosen((course.solutions, submissions), tier, unsafe)
    reference = course.reference(assignment)
    limits = Limits(load=load_seconds, call=call_seconds, total=total_seconds)
    built = answer_key.build(loaded, reference, sandbox, hidden_seed(folder, given=seed, new=new_seed))
    write_rows(folder, found)
    batch = Batch(Grader(loaded, reference, built, sandbox, limits), folder)
    errors = Console(stderr=True)
    with _progress(errors) as bar:
        task = bar.add_task(_("grading"), total=len(found.latest), student="")

        def advance(report: Report) -> None:
            bar.update(task, advance=1, student=line(report.student))

        report = batch.run(found.latest, advance)
    print_summary(Console(), report, folder)
    tell(Console(), found)
    return _exit_code(report, fail_under)


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[student]}", markup=False),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _exit_code(report: ClassReport, fail_under: float | None) -> int:
    """3 when something could not be judged by our fault, 1 when --fail-under says so, else 0."""
    if any(is_unjudged(submission) for submission in report.submissions):
        return 3
    low = fail_under is not None and any(
        submission.score * 100 < fail_under * submission.max_score for submission in report.submissions
    )
    return 1 if low else 0
