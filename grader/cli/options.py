"""Options and helpers that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from grader import course
from grader.course import Course

F = TypeVar("F", bound=Callable[..., Any])

_FOLDER = click.Path(path_type=Path, file_okay=False)


def course_option(command: F) -> F:
    """``--course DIR``, given to the command as a `Course`."""

    def found(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> Course:  # noqa: ARG001
        return course.find(Path.cwd(), value)

    option = click.option(
        "--course",
        "course",
        type=_FOLDER,
        callback=found,
        help="The folder that holds solutions/ (default: found by walking up from here).",
    )
    return option(command)
