"""Options and helpers that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from grader import course, language
from grader.course import Course
from grader.settings import Settings

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


lang_option = click.option(
    "--lang",
    type=click.Choice(language.LANGUAGES),
    help="The language of what students read (default: course.toml's, else that of the environment).",
)


def speak(lang: str | None, settings: Settings | None = None) -> None:
    """Chooses the language of the run: the one that is given, else the course's, else that of the environment."""
    wanted = lang or (settings.language if settings else "")
    language.use(wanted or language.of_environment(os.environ))
