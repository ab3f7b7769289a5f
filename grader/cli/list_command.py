"""``grader list``"""

from __future__ import annotations

import json

import click

from grader.assignment import Assignment
from grader.cli.options import course_option, speak
from grader.course import Course
from grader.language import _


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@course_option
def command(course: Course, as_json: bool) -> None:
    """List the course's assignments and their exercises.

    Example: grader list
    """
    speak(None, course.settings)
    assignments = [course.load(name) for name in course.names()]
    if as_json:
        click.echo(
            json.dumps([_summary(assignment) for assignment in assignments], ensure_ascii=False, indent=2)
        )
        return
    for assignment in assignments:
        points = _("{points:g} points").format(points=assignment.max_score)
        click.secho(f"{assignment.name}  {_(assignment.title)}  ({points})", bold=True)
        if assignment.missing:
            click.secho("  " + _("cannot be graded here: {why}").format(why=assignment.missing), fg="yellow")
        for exercise in assignment.exercises:
            click.echo(f"  {exercise.max_score:5g}  {exercise.name}")


def _summary(assignment: Assignment) -> dict[str, object]:
    return {
        "name": assignment.name,
        "title": _(assignment.title),
        "max_score": assignment.max_score,
        "missing": assignment.missing,
        "exercises": [
            {"name": exercise.name, "kind": exercise.kind, "max_score": exercise.max_score}
            for exercise in assignment.exercises
        ],
    }
