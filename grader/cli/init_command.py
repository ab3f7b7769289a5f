"""``grader init``"""

from __future__ import annotations

from pathlib import Path
from shlex import quote

import click

from grader import course, newcourse
from grader.settings import NAME


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--only", multiple=True, metavar="ASSIGNMENT", help="Copies this assignment; may be repeated.")
@click.option("--empty", is_flag=True, help="Writes a course of one tiny example instead.")
@click.option(
    "--course",
    "given",
    type=click.Path(path_type=Path, file_okay=False),
    help="The course that is copied (default: found by walking up from here).",
)
def command(folder: Path, only: tuple[str, ...], empty: bool, given: Path | None) -> None:
    """Begin a course of your own in DIR: a copy of assignments with their solutions, to be changed as you like.

    Example: grader init mycourse --only layers
    """
    if empty and (only or given):
        raise click.UsageError("--empty copies nothing: leave out --only and --course")
    if empty:
        names = newcourse.write_example(folder)
    else:
        source = course.find(Path.cwd(), given)
        names = newcourse.copy(source, only, folder)
        if source.settings.path.exists() and not (folder / NAME).exists():
            click.echo(f"{NAME} stays behind: it speaks of assignments that are not copied")
    click.echo(f"{folder}: {', '.join(names)}")
    click.echo(f"Change them, then prove each: grader validate {names[0]} --course {quote(str(folder))}")
