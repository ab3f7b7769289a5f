"""``grader grade``"""

from __future__ import annotations

from typing import Unpack

import click
from rich.console import Console

from grader.cli.collecting import tell
from grader.cli.grading import GradingOptions, Run, graded, grading_options
from grader.cli.summary import print_moves, print_summary
from grader.reports.facts import is_unjudged, total


@click.command()
@grading_options
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Exit code 1 when a submission scores less.",
)
def command(fail_under: float | None, **options: Unpack[GradingOptions]) -> int:
    """Grade every submission under SUBMISSIONS, a folder or an archive, and write the reports.

    What is known and unchanged is taken from the gradebook.

    Example: grader grade layers submissions/ -o reports/layers
    """
    run = graded(options)
    console = Console()
    print_summary(console, run.report, run.folder)
    print_moves(console, run.batch.ledger.moves)
    tell(console, run.found, run.batch.ledger.policy)
    return _exit_code(run, fail_under)


def _exit_code(run: Run, fail_under: float | None) -> int:
    """3 when something could not be judged by our fault, 1 when --fail-under says so, else 0."""
    if run.batch.unjudged or any(is_unjudged(submission) for submission in run.report.submissions):
        return 3
    low = fail_under is not None and any(
        total(submission) * 100 < fail_under * submission.max_score for submission in run.report.submissions
    )
    return 1 if low else 0
