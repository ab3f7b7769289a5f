"""``grader history``"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Unpack

import click

from grader.cli.gradebook_option import BookOptions, book_options, books
from grader.errors import UsageError
from grader.gradebook import student_history
from grader.reports.text import line

_ALWAYS = ("at", "who", "assignment", "what")


@click.command()
@click.argument("student")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@book_options
def command(student: str, as_json: bool, **options: Unpack[BookOptions]) -> None:
    """Tell all that happened to the scores of STUDENT: what was graded, held, adjusted, published, by whom and when.

    Example: grader history s003
    """
    wanted = options["assignment"]
    with books(options) as found:
        told = [event for book in found for event in student_history(book, student)]
    told = sorted(
        (one for one in told if wanted in (None, one["assignment"])), key=lambda one: str(one["at"])
    )
    if not told:
        raise UsageError(f"No gradebook knows anything of a student {student!r}.")
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for event in told:
        click.echo("  ".join(_words(event)))


def _words(event: Mapping[str, object]) -> Iterator[str]:
    yield from (line(str(event[name])) for name in _ALWAYS)
    for name, value in event.items():
        if name not in _ALWAYS:
            # As at `grader adjust`: the submission as a whole.
            yield f"{name}={'-' if value is None else line(str(value))}"
