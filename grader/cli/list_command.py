"""``grader list``"""

from __future__ import annotations

import json

import click

from grader.assignment import Assignment
from grader.cli.options import course_option
from grader.course import Course


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@course_option
def command(course: Course, as_json: bool) -> None:
    """List the course's assignments and their exercises.

    Example: grader list
    """
    assignments = [course.load(name) for name in course.names()]
    if as_json:
        click.echo(
            json.dumps([_summary(assignment) for assignment in assignments], ensure_ascii=False, indent=2)
        )
        return
    for assignment in assignments:
        click.secho(f"{assignment.name}  {assignment.title}  ({assignment.max_score:g} points)", bold=True)
        if assignment.missing:
            click.secho(f"  cannot be graded here: {assignment.missing}", fg="yellow")
        for exercise in assignment.exercises:
            click.echo(f"  {exercise.max_score:5g}  {exercise.name}")


def _summary(assignment: Assignment) -> dict[str, object]:
    return {
        "name": assignment.name,
        "title": assignment.title,
        "max_score": assignment.max_score,
        "missing": assignment.missing,
        "exercises": [
            {"name": exercise.name, "kind": exercise.kind, "max_score": exercise.max_score}
            for exercise in assignment.exercises
        ],
    }
