"""``grader adjust``"""

from __future__ import annotations

import json
from math import isfinite
from typing import Unpack

import click

from grader.cli.gradebook_option import DeskOptions, Place, at_desk, desk_options
from grader.errors import UsageError
from grader.language import _
from grader.reports import report_to_dict
from grader.reports.facts import total
from grader.reports.text import line


# Points below 0 begin like an option.
@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("student")
@click.argument("exercise")
@click.argument("points", type=float)
@click.option("--why", required=True, help="The reason, which the student reads.")
@click.option("--allow-large", is_flag=True, help="Lets POINTS be more than the whole assignment has.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@desk_options
def command(
    student: str,
    exercise: str,
    points: float,
    why: str,
    allow_large: bool,
    as_json: bool,
    **options: Unpack[DeskOptions],
) -> None:
    """Give STUDENT points of EXERCISE, or take them: the outcome of an appeal, with its reason.

    EXERCISE is "-" for the submission as a whole. Adjustments add up, stay when work is graded again, and are shown
    beside the score, never in it. They may lead above the points to be had; more at once than the whole assignment has
    is taken for a slip.

    Example: grader adjust s003 Affine +2 --why "db is right, the axis was named in a comment"
    """
    with at_desk(options) as place:
        if not allow_large:
            _refuse_slip(points, place)
        report = place.desk.adjust(student, None if exercise == "-" else exercise, points, why)
        place.renew()
    if as_json:
        click.echo(json.dumps(report_to_dict(report), ensure_ascii=False, indent=2))
    else:
        whole = "" if exercise == "-" else f" {line(exercise)}"
        said = _("{what}: {points:+g}, now {total:g} / {max:g}")
        told = {"points": points, "total": total(report), "max": report.max_score}
        click.echo(said.format(what=f"{line(student)}{whole}", **told))


def _refuse_slip(points: float, place: Place) -> None:
    """Raises UsageError for more points than the assignment has: +500 for +5.00 is in the gradebook for good."""
    most = place.course.load(place.desk.assignment).max_score
    if isfinite(points) and abs(points) > most:
        whole = f"all of {place.desk.assignment} ({most:g} points)"
        raise UsageError(f"{points:+g} is more than {whole}. If it is meant, say --allow-large.")
