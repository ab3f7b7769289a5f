"""How a user names a gradebook, and what in it a command is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict, TypeVar

import click

from grader.batch.run import write_standing
from grader.cli.options import course_option, speak
from grader.course import Course
from grader.errors import UsageError
from grader.gradebook import FILE, Desk, Gradebook, assignment_names, language_of, opened, this_user
from grader.settings import Changes

F = TypeVar("F", bound=Callable[..., Any])

gradebook_option = click.option(
    "--gradebook",
    envvar="GRADER_GRADEBOOK",
    show_envvar=True,
    metavar="PATH|URL",
    help="The gradebook: a file, or postgresql://user@host/name (default: gradebook.sqlite beside the reports).",
)


class FindingOptions(TypedDict):
    """What `finding_options` gives to a command."""

    assignment: str | None
    gradebook: str | None
    course: Course


class BookOptions(FindingOptions):
    """What `book_options` gives to a command."""

    output: Path | None


class DeskOptions(BookOptions):
    """What `desk_options` gives to a command."""

    who: str | None


_WHO = click.option("--who", metavar="NAME", help="Who says so, for the audit trail (default: your account).")
_OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the reports are (default: reports/ASSIGNMENT in the course).",
)
_FINDING = (
    click.option("--assignment", metavar="NAME", help="Which assignment, where there are several."),
    gradebook_option,
    course_option,
)


def book_options(command: F) -> F:
    """The options of a command that reads what was graded, see `BookOptions`."""
    return _OUTPUT(finding_options(command))


def finding_options(command: F) -> F:
    """The same without `output`."""
    for option in reversed(_FINDING):
        command = option(command)
    return command


def desk_options(command: F) -> F:
    """The options of a command that adds to what was graded, see `DeskOptions`."""
    return book_options(_WHO(command))


@dataclass(frozen=True)
class Place:
    """A desk, and the folder of the reports that show what is said there."""

    desk: Desk
    folder: Path
    course: Course

    def renew(self) -> None:
        """Brings the reports up to date, where there are any. Raises Fault when they cannot be written."""
        if (self.folder / "results.json").exists():
            write_standing(self.folder, self.desk.report(self.course.load(self.desk.assignment)))


@contextmanager
def at_desk(options: DeskOptions) -> Iterator[Place]:
    """The one assignment that the options mean. Raises UsageError where that is none, or not clear."""
    course, wanted = options["course"], options["assignment"]
    speak(None, course.settings)
    with books(options) as found:
        known = [(book, name) for book in found for name in book.run(assignment_names)]
        meant = [(book, name) for book, name in known if wanted in (None, name)]
        if len(meant) != 1:
            names = ", ".join(dict.fromkeys(name for _, name in known)) or "none"
            what = "more than one" if meant else f"no {wanted!r}" if wanted else "no assignment"
            raise UsageError(
                f"There is {what} in the gradebook; say --assignment NAME or -o DIR. It holds {names}."
            )
        ((book, name),) = meant
        # What is written beside sentences of the gradebook is in their language.
        speak(book.run(lambda session: language_of(session, name)) or None, course.settings)
        folder = options["output"] or book.folder or course.root / "reports" / name
        policy = course.settings.assignments.get(name, Changes()).policy
        yield Place(Desk(book, name, policy, options["who"] or this_user()), folder, course)


@contextmanager
def books(options: BookOptions) -> Iterator[list[Gradebook]]:
    """All gradebooks that the options mean, open. Raises UsageError where there is none."""
    given, output = options["gradebook"], options["output"]
    reports = options["course"].root / "reports"
    places: list[str | Path] = (
        [given] if given else [output / FILE] if output else sorted(reports.glob(f"*/{FILE}"))
    )
    for place in places:
        if "://" not in str(place) and not Path(place).is_file():
            raise UsageError(f"There is no gradebook at {place}; `grader grade` makes one.")
    if not places:
        raise UsageError(f"There is no gradebook below {reports}; say -o DIR or --gradebook PATH|URL.")
    found: list[Gradebook] = []
    try:
        for place in places:
            found.append(opened(place))
        yield found
    finally:
        for book in found:
            book.close()
