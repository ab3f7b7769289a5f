"""``grader ci``: one subcommand a system"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

import click

from grader import ci
from grader.cli.gradebook_option import gradebook_option
from grader.cli.options import course_option, lang_option, speak
from grader.cli.release_command import public_key
from grader.course import Course
from grader.errors import UsageError
from grader.export import VISIBILITIES
from grader.gradebook import FILE, hidden_seed, opened
from grader.release.handout import written
from grader.release.wheel import wheel

_FOLDER = click.Path(path_type=Path, file_okay=False)
_output = click.option("-o", "--output", type=_FOLDER, required=True, help="Where the files go.")
_force = click.option("--force", is_flag=True, help="Writes over files that are there and differ.")


@click.group(no_args_is_help=True)
def command() -> None:
    """Write what a system of continuous integration needs to check or grade on every push.

    A student's repository checks the public cases: whoever can push can print what is in it. Gradescope grades on the
    hidden ones. The program is carried along, and nothing is judged where no sandbox holds.

    Example: grader ci github layers -o handout/layers

    \b
    The others:
      grader ci gitlab layers -o handout/layers
      grader ci gradescope layers -o autograders
    """


def _making(function: Callable[..., Mapping[str, bytes]]) -> click.Command:
    """A command that writes the files that the function makes of a course and the name of an assignment."""

    @wraps(function)
    def wrapped(output: Path, force: bool, lang: str | None, course: Course, **options: Any) -> None:
        speak(lang, course.settings)
        files = function(course=course, **options)
        taken = [path for name, content in files.items() if _differs(path := output / name, content)]
        if taken and not force:
            raise UsageError(
                f"{', '.join(map(str, taken))}: is there already and differs; --force writes over it"
            )
        for path in written(files, output):
            click.echo(path)

    decorated: Callable[..., None] = wrapped
    for option in (course_option, lang_option, _force, _output, click.argument("assignment")):
        decorated = option(decorated)
    return command.command(function.__name__)(decorated)


@_making
def github(assignment: str, course: Course) -> Mapping[str, bytes]:
    """A workflow of GitHub Actions for students' repositories. Copy what is in DIR to their top.

    It writes annotations at the student's lines, a summary, the score on the public cases and JUnit XML. DIR may be
    that of a bundle.

    Example: grader ci github layers -o handout/layers
    """
    return ci.github(public_key(course, assignment), wheel())


@_making
def gitlab(assignment: str, course: Course) -> Mapping[str, bytes]:
    """A job of GitLab CI for students' repositories. Copy what is in DIR to their top.

    Its JUnit report is shown beside merge requests. DIR may be that of a bundle.

    Example: grader ci gitlab layers -o handout/layers
    """
    return ci.gitlab(public_key(course, assignment), wheel())


@_making
@click.option(
    "--visibility",
    type=click.Choice(VISIBILITIES),
    default=VISIBILITIES[0],
    show_default=True,
    help="When students see the tests.",
)
@click.option("--seed", type=click.IntRange(min=0), help="The hidden seed (default: the gradebook's).")
@gradebook_option
def gradescope(
    assignment: str, course: Course, visibility: str, seed: int | None, gradebook: str | None
) -> Mapping[str, bytes]:
    """An autograder for Gradescope. Upload ASSIGNMENT-autograder.zip there; it holds the solution and the hidden seed.

    Example: grader ci gradescope layers -o autograders --visibility after_published
    """
    if seed is None:
        course.folder(assignment)  # or else the gradebook would get one for a slip of the pen
        folder = course.root / "reports" / assignment
        with opened(gradebook or folder / FILE) as book:
            seed = hidden_seed(book, assignment, folder)
    return {f"{assignment}-autograder.zip": ci.gradescope(course, assignment, wheel(), seed, visibility)}


def _differs(path: Path, content: bytes) -> bool:
    return path.exists() and (not path.is_file() or path.read_bytes() != content)
