"""``grader export``: one subcommand a format"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from grader import course, export
from grader.cli.options import lang_option, speak
from grader.errors import CourseNotFound, UsageError
from grader.export import VISIBILITIES, Filled, Scale
from grader.files import write_bytes
from grader.model import ClassReport, Report
from grader.reports import from_json, slug
from grader.reports.text import line
from grader.reports.words import waiting
from grader.settings import Changes

F = TypeVar("F", bound=Callable[..., Any])

_FILE = click.Path(path_type=Path, dir_okay=False)
_PATH = click.Path(path_type=Path)


@dataclass(frozen=True)
class Results:
    """What RESULTS and the course say: the class, where its pages lie, and what ``course.toml`` changes."""

    report: ClassReport
    folder: Path
    changes: Changes

    @property
    def scale(self) -> Scale:
        return export.scale_of(self.changes)

    def one(self, student: str | None) -> Report:
        """The submission of `student`, or the only one. Raises UsageError where there is not one."""
        known = self.report.submissions
        found = [one for one in known if student in (None, one.student)]
        if len(found) == 1:
            return found[0]
        if student is None:
            raise UsageError(f"The results hold {len(known)} submissions; name one with --student.")
        raise UsageError(f"The results hold no submission of {line(student)}.")

    def pages(self) -> Mapping[str, bytes]:
        """The students' pages that lie beside the results, by student."""
        files = {
            one.student: self.folder / "students" / f"{slug(one.student)}.html"
            for one in self.report.submissions
        }
        return {student: path.read_bytes() for student, path in files.items() if path.is_file()}


@click.group(no_args_is_help=True)
def command() -> None:
    """Write the results of a run in the formats of CI, Gradescope and learning management systems.

    RESULTS is a results.json, or the folder that `grader grade -o` wrote it to. Grades are on the scale that
    course.toml sets for the assignment, rounded once.

    Example: grader export csv out/ -o grades.csv

    \b
    The other formats:
      grader export junit out/ -o junit.xml
      grader export gradescope out/ -o results.json
      grader export github out/
      grader export canvas out/ gradebook.csv
      grader export moodle out/ worksheet.csv
      grader export nbgrader out/ -o grades.csv
      grader export pages-canvas out/ submissions.zip -o pages.zip
      grader export pages-moodle out/ worksheet.csv -o pages.zip
    """


def _with_results(function: F) -> F:
    """RESULTS, ``--lang`` and ``--course``: the results are given to the command as `Results`."""

    @wraps(function)
    def wrapped(results: Path, folder: Path | None, lang: str | None, **options: Any) -> Any:
        return function(results=_results(results, folder, lang), **options)

    option = click.option(
        "--course",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        help="The course whose course.toml sets scale and rounding (default: found from here, else none).",
    )
    return click.argument("results", type=_PATH)(option(lang_option(wrapped)))  # type: ignore[return-value]


_output = click.option("-o", "--output", type=_FILE, help="The file to write (default: standard output).")
_in_place = click.option("-o", "--output", type=_FILE, help="Another file to write (default: in place).")
_archive = click.option("-o", "--output", type=_FILE, required=True, help="The zip to write.")
_student = click.option("--student", help="Whose submission, where RESULTS hold more than one.")
_column = click.option("--column", default="", help="The title of the column for grades.")


@command.command("junit")
@_with_results
@_output
def junit_command(results: Results, output: Path | None) -> None:
    """JUnit XML of a class or a student. A testsuite is an exercise, a testcase a check.

    Example: grader export junit out/ -o junit.xml
    """
    _write(output, export.junit(results.report).encode())


@command.command("gradescope")
@_with_results
@_student
@click.option(
    "--visibility",
    type=click.Choice(VISIBILITIES),
    default=VISIBILITIES[0],
    show_default=True,
    help="When students see the tests.",
)
@_output
def gradescope_command(results: Results, student: str | None, visibility: str, output: Path | None) -> None:
    """Gradescope's results.json of one submission.

    Example: grader export gradescope out/ -o /autograder/results/results.json
    """
    text = export.gradescope(results.one(student), results.report, results.scale, visibility)
    _write(output, text.encode())


@command.command("github")
@_with_results
@_student
@click.option("--folder", "place", default="", help="Where in the repository the submission lies.")
@click.option(
    "--summary",
    type=_FILE,
    envvar="GITHUB_STEP_SUMMARY",
    show_envvar=True,
    help="The file that the summary is added to.",
)
@_output
def github_command(
    results: Results, student: str | None, place: str, summary: Path | None, output: Path | None
) -> None:
    """GitHub Actions: annotations, score and summary of the step.

    Of a class only the summary is written, unless --student names one.

    Example: grader export github out/
    """
    report = results.report
    text = ""
    if student is not None or len(report.submissions) == 1:
        one = results.one(student)
        report = replace(report, submissions=(one,))
        text = export.github_annotations(one, place) + export.score_line(one, report, results.scale) + "\n"
    elif summary is None:
        raise UsageError("Annotations are of one submission: name it with --student, or give --summary FILE.")
    if summary is not None:
        with summary.open("a", encoding="utf-8", newline="\n") as file:
            file.write(export.github_summary(report, results.scale))
    _write(output, text.encode())


@command.command("canvas")
@_with_results
@click.argument("gradebook", type=_FILE)
@_column
@_in_place
def canvas_command(results: Results, gradebook: Path, column: str, output: Path | None) -> None:
    """Fill a gradebook that was exported from Canvas. Import the file there again.

    Example: grader export canvas out/ gradebook.csv
    """
    with _naming(gradebook):
        filled = export.fill_canvas(_read(gradebook), results.report, results.scale, column)
    _deliver(output or gradebook, filled)


@command.command("moodle")
@_with_results
@click.argument("worksheet", type=_FILE)
@_column
@click.option("--feedback-column", default="", help="The title of the column for comments.")
@_in_place
def moodle_command(
    results: Results, worksheet: Path, column: str, feedback_column: str, output: Path | None
) -> None:
    """Fill a grading worksheet from Moodle. Download it there, and upload it again.

    Example: grader export moodle out/ worksheet.csv
    """
    with _naming(worksheet):
        data = _read(worksheet)
        filled = export.fill_moodle(data, results.report, results.scale, column, feedback_column)
    _deliver(output or worksheet, filled)


@command.command("nbgrader")
@_with_results
@_output
def nbgrader_command(results: Results, output: Path | None) -> None:
    """The table of grades that nbgrader writes.

    Example: grader export nbgrader out/ -o grades.csv
    """
    text = export.nbgrader_csv(results.report, results.scale, results.changes.due)
    _write(output, text.encode())


@command.command("csv")
@_with_results
@_output
def csv_command(results: Results, output: Path | None) -> None:
    """A plain table for spreadsheets. A row is a student, a column an exercise.

    Example: grader export csv out/ -o grades.csv
    """
    # spreadsheets know UTF-8 by its byte order mark only
    _write(output, export.grades_csv(results.report, results.scale).encode("utf-8-sig"))


@command.command("pages-canvas")
@_with_results
@click.argument("submissions", type=_PATH)
@_archive
def pages_canvas_command(results: Results, submissions: Path, output: Path) -> None:
    """Students' pages as a zip for Canvas. They are named by the SUBMISSIONS downloaded there, zip or folder.

    Example: grader export pages-canvas out/ submissions.zip -o pages.zip
    """
    with _naming(submissions):
        filled = export.pages_canvas(_names(submissions), results.report, results.pages())
    _deliver(output, filled)


@command.command("pages-moodle")
@_with_results
@click.argument("worksheet", type=_FILE)
@_archive
def pages_moodle_command(results: Results, worksheet: Path, output: Path) -> None:
    """Students' pages as a zip for Moodle. They are named by a downloaded grading WORKSHEET.

    Example: grader export pages-moodle out/ worksheet.csv -o pages.zip
    """
    with _naming(worksheet):
        filled = export.pages_moodle(_read(worksheet), results.report, results.pages())
    _deliver(output, filled)


def _results(path: Path, folder: Path | None, lang: str | None) -> Results:
    """What RESULTS hold. Says at once where they are not of the whole class."""
    found = _read_results(path, folder, lang)
    if found.report.waiting:
        click.echo(waiting(found.report.waiting), err=True)
    return found


def _read_results(path: Path, folder: Path | None, lang: str | None) -> Results:
    file = path / "results.json" if path.is_dir() else path
    with _naming(file):
        try:
            report = from_json(_read(file).decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise UsageError("it is not UTF-8 text") from error
    try:
        settings = course.find(Path.cwd(), folder).settings
    except CourseNotFound:
        if folder is not None:
            raise
        speak(lang)
        return Results(report, file.parent, Changes())
    speak(lang, settings)
    return Results(report, file.parent, settings.assignments.get(report.assignment, Changes()))


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Puts the file's name before what is wrong with it."""
    try:
        yield
    except UsageError as error:
        raise UsageError(f"{line(str(path))}: {error}") from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"it cannot be read: {error.strerror}") from error


def _names(path: Path) -> list[str]:
    try:
        if path.is_dir():
            return [one.name for one in path.iterdir()]
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except (OSError, zipfile.BadZipFile) as error:
        raise UsageError(f"it is no folder and no zip that can be read: {error}") from error


def _deliver(path: Path, filled: Filled) -> None:
    write_bytes(path, filled.data)
    for note in filled.notes:
        click.echo(note, err=True)


def _write(path: Path | None, data: bytes) -> None:
    if path is None:
        click.echo(data, nl=False)
    else:
        write_bytes(path, data)
