"""``grader release``"""

from __future__ import annotations

from pathlib import Path

import click

from grader import key as answer_key
from grader.cli.options import course_option, lang_option, speak
from grader.course import Course
from grader.files import write_bytes
from grader.frozen import PublicKey, frozen
from grader.release import items_of
from grader.release.bundle import bundle, zipped
from grader.release.handout import files_of, written
from grader.release.wheel import wheel
from grader.sandbox.inprocess import InProcess


@click.command()
@click.argument("assignment")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the bundle goes (default: only the starter is made, in assignments/ASSIGNMENT in the course).",
)
@click.option("--zip", "as_zip", is_flag=True, help="Packs the bundle as ASSIGNMENT.zip in that folder.")
@click.option("--no-wheel", is_flag=True, help="Leaves the program out; students then install it otherwise.")
@lang_option
@course_option
def command(
    assignment: str, output: Path | None, as_zip: bool, no_wheel: bool, lang: str | None, course: Course
) -> None:
    """Make what students get: the starter notebook, the starter module and a README from the reference, with the data
    beside it. With -o that becomes a bundle with which they check themselves: the public answer key and this program
    are in it, and nothing of the reference.

    Example: grader release layers -o handout/layers --zip
    """
    speak(lang, course.settings)
    loaded = course.load(assignment)
    if output is None:
        if as_zip or no_wheel:
            raise click.UsageError("--zip and --no-wheel go with -o DIR")
        files = files_of(course.folder(assignment), items_of(loaded))
        paths = written(files, course.root / "assignments" / assignment)
    else:
        starter = files_of(course.folder(assignment), items_of(loaded))
        files = bundle(starter, public_key(course, assignment), None if no_wheel else wheel())
        if as_zip:
            paths = (output / f"{assignment}.zip",)
            write_bytes(paths[0], zipped(files, assignment))
        else:
            paths = written(files, output)
    for path in paths:
        click.echo(path)


def public_key(course: Course, assignment: str) -> PublicKey:
    """The public answer key; the reference is the course's own and is trusted."""
    loaded = course.load(assignment)
    # No hidden case is kept, so that any seed for them will do.
    built = answer_key.build(loaded, course.reference(assignment), InProcess(), hidden_seed=0)
    return frozen(loaded, built)
