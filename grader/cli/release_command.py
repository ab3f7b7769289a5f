"""``grader release``"""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.options import course_option, lang_option, speak
from grader.course import Course
from grader.release import items_of, release


@click.command()
@click.argument("assignment")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the starter goes (default: assignments/ASSIGNMENT in the course).",
)
@lang_option
@course_option
def command(assignment: str, output: Path | None, lang: str | None, course: Course) -> None:
    """Make the students' starter notebook, starter module and README from the reference, with the data beside it.

    Example: grader release layers
    """
    speak(lang, course.settings)
    loaded = course.load(assignment)
    folder = output or course.root / "assignments" / assignment
    for path in release(course.folder(assignment), folder, items_of(loaded)):
        click.echo(path)
