"""``grader report``"""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

import click

from grader.cli.gradebook_option import FindingOptions, at_desk, finding_options
from grader.errors import UsageError
from grader.files import writing
from grader.gradebook import pseudonyms
from grader.reports import without_names, write_again, write_shared
from grader.reports.words import waiting

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("reports", type=_FOLDER, required=False)
@click.option("-o", "--output", type=_FOLDER, help="Where the reports go (default: REPORTS).")
@click.option(
    "--anonymous", "shared", is_flag=True, help="Without anything that names a student; needs -o DIR."
)
@finding_options
def command(
    reports: Path | None, output: Path | None, shared: bool, **options: Unpack[FindingOptions]
) -> None:
    """Write the reports of the last run again, as the gradebook has them; nothing is graded.

    REPORTS is the folder that `grader grade -o` wrote to (default: reports/ASSIGNMENT in the course). The language is
    that in which it was graded. Pages that are there keep their code and arrays; others are written without.

    With --anonymous students have pseudonyms, the same each time, that only the gradebook leads back from. Code,
    output, messages of Python, names of files, comments and reasons are left out.

    Example: grader report out/ --anonymous -o shared/
    """
    if shared and (output is None or (output.exists() and any(output.iterdir()))):
        raise UsageError("--anonymous needs a new or empty folder: -o DIR. What lies there could hold names.")
    with at_desk({**options, "output": reports, "who": None}) as place:
        report = place.desk.report(place.course.load(place.desk.assignment))
        folder = output or place.folder
        with writing(folder):
            if shared:
                write_shared(folder, without_names(report, pseudonyms(place.desk.book)))
            else:
                write_again(folder, report)
        click.echo(f"{len(report.submissions)} submissions: {folder / 'index.html'}")
        if report.waiting:
            click.echo(waiting(report.waiting), err=True)
