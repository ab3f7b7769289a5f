"""``grader comment``"""

from __future__ import annotations

from typing import Unpack

import click

from grader.cli.gradebook_option import DeskOptions, at_desk, desk_options
from grader.language import _
from grader.reports.text import line


@click.command()
@click.argument("student")
@click.argument("text")
@desk_options
def command(student: str, text: str, **options: Unpack[DeskOptions]) -> None:
    """Add a sentence to the page of STUDENT.

    Example: grader comment s003 "A clear notebook; see me about the second network."
    """
    with at_desk(options) as place:
        place.desk.comment(student, text)
        place.renew()
    click.echo(_("{student}: noted").format(student=line(student)))
