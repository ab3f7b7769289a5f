"""``grader release``"""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.options import course_option
from grader.course import Course
from grader.release import release


@click.command()
@click.argument("assignment")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the starter goes (default: assignments/ASSIGNMENT in the course).",
)
@course_option
def command(assignment: str, output: Path | None, course: Course) -> None:
    """Make the students' starter notebook, starter module and README from the reference.

    Example: grader release layers
    """
    loaded = course.load(assignment)
    points = [(exercise.name, exercise.max_score) for exercise in loaded.exercises]
    folder = output or course.root / "assignments" / assignment
    for path in release(course.folder(assignment), folder, points):
        click.echo(path)
