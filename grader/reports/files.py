"""The one place that writes reports: whole files, put in place when they are complete."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote

from grader.files import new_name, put_in_place, streamed, write_text
from grader.model import ClassReport, Report
from grader.reports.facts import ClassFacts, facts_of, stands_beside
from grader.reports.feedback import feedback
from grader.reports.light import Lightened
from grader.reports.misconceptions import counts
from grader.reports.names import slug
from grader.reports.pages import (
    both_html,
    has_nothing_beside,
    index_pieces,
    renewed,
    shows,
    student_html,
)
from grader.reports.results import Results
from grader.reports.tables import Checks, write_students

_HEAD = 1024


def write_reports(folder: Path, report: ClassReport) -> None:
    """Everything: what concerns the class, and the pages of every submission. Raises OSError."""
    facts = facts_of(report)
    for submission in report.submissions:
        write_pages(folder, submission, facts)
    write_class(folder, report)


@dataclass(frozen=True)
class Laid:
    """A text in a file that is complete, and need only be moved to where it belongs."""

    name: str


Page: TypeAlias = str | Laid


@dataclass(frozen=True)
class Pages:
    """The pages of one submission: both in HTML, and a notebook given back ("" where there is none)."""

    student: Page
    instructor: Page
    notebook: Page


def pages_of(report: Report, facts: ClassFacts, desk: Path | None = None) -> Pages:
    """What `put_pages` writes, laid down in a folder of the same file system if there is one. Raises OSError."""
    notebook = feedback(report)
    drawn = *both_html(report, facts, notebook), notebook
    return Pages(*(_laid(desk, page) if desk and page else page for page in drawn))


def put_pages(folder: Path, report: Report, pages: Pages) -> None:
    """Writes ready pages, with what stands beside the score in `report`. Raises OSError."""
    # Flags are on the page as it was drawn.
    beside = stands_beside(report, instructor=False)
    for path, instructor in _pages(folder, report):
        page = pages.instructor if instructor else pages.student
        _put(path, renewed(_text(page), report, instructor=instructor) if beside else page)
    notebook = folder / "students" / f"{slug(report.student)}.ipynb"
    if pages.notebook:
        _put(notebook, pages.notebook)
    else:
        notebook.unlink(missing_ok=True)  # of an earlier attempt


def _laid(desk: Path, text: str) -> Laid:
    name = new_name(desk)
    with open(name, "xb") as file:
        file.write(text.encode())
    return Laid(name)


def _text(page: Page) -> str:
    if isinstance(page, str):
        return page
    with open(page.name, encoding="utf-8", newline="") as file:
        return file.read()


def _put(path: Path, page: Page) -> None:
    if isinstance(page, Laid):
        path.parent.mkdir(parents=True, exist_ok=True)
        put_in_place(page.name, path)
    else:
        write_text(path, page)


def write_pages(folder: Path, report: Report, facts: ClassFacts) -> None:
    """``students/<slug>.html`` and ``instructor/<slug>.html`` of one submission, and of a notebook also
    ``students/<slug>.ipynb``. Raises OSError."""
    put_pages(folder, report, pages_of(report, facts))


def renew_pages(folder: Path, report: Report) -> None:
    """Brings what stands beside the score up to date on both pages, where they are. Raises OSError."""
    for path, instructor in _pages(folder, report):
        if not path.exists():
            continue
        data = path.read_bytes()
        # Of most pages of a class, which need not be read as text.
        if has_nothing_beside(data) and not stands_beside(report, instructor=instructor):
            continue
        page = data.decode("utf-8")
        fresh = renewed(page, report, instructor=instructor)
        if fresh != page:
            write_text(path, fresh)


def has_pages(folder: Path, report: Report) -> bool:
    """Whether both pages are there and show the judgement that `report` is of. Raises OSError."""
    return all(path.is_file() and shows(_head(path), report) for path, _ in _pages(folder, report))


def write_again(folder: Path, report: ClassReport) -> None:
    """Everything once more, of what the gradebook keeps. Raises OSError.

    Pages that show the judgement that counts keep their code and arrays. Others are written without, and so that the
    next run writes them whole.
    """
    facts = replace(facts_of(report), again=True)
    for one in report.submissions:
        if has_pages(folder, one):
            renew_pages(folder, one)
        else:
            write_pages(folder, replace(one, result=""), facts)
    write_class(folder, report)


def write_shared(folder: Path, report: ClassReport) -> None:
    """What concerns the class, and the students' pages alone, to which the class page leads. Raises OSError."""
    facts = replace(facts_of(report), again=True)
    for one in report.submissions:
        write_text(folder / "students" / f"{slug(one.student)}.html", student_html(one, facts))
    _write_class(folder, report, "students")


def _pages(folder: Path, report: Report) -> tuple[tuple[Path, bool], ...]:
    name = f"{slug(report.student)}.html"
    return (folder / "students" / name, False), (folder / "instructor" / name, True)


def _head(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(_HEAD).decode("utf-8", "replace")


class Links(dict[str, str]):
    """The addresses of students' pages in a room, each made when it is asked for."""

    def __init__(self, room: str) -> None:
        super().__init__()
        self._room = room

    def __contains__(self, student: object) -> bool:
        return True

    def __missing__(self, student: str) -> str:
        return f"{self._room}/{quote(slug(student))}.html"


def write_class(folder: Path, report: ClassReport) -> ClassReport:
    """``results.json``, ``students.csv``, ``checks.csv`` and ``index.html``, with one look at every submission.

    Returns the class as `Lightened` keeps it. Raises OSError.
    """
    return _write_class(folder, report, "instructor")


def _write_class(folder: Path, report: ClassReport, room: str) -> ClassReport:
    kept = Lightened()
    with (
        streamed(folder / "results.json") as results_file,
        # spreadsheets know UTF-8 by its byte order mark only
        streamed(folder / "checks.csv", "utf-8-sig") as checks_file,
    ):
        results, checks = Results(results_file.write, report), Checks(checks_file)
        for submission in report.submissions:
            results.add(submission)
            checks.add(submission)
            kept.add(submission)
        light = kept.of(report)
        results.end(counts(light))
    with streamed(folder / "students.csv", "utf-8-sig") as students_file:
        write_students(students_file, light)
    with streamed(folder / "index.html") as index_file:
        index_file.writelines(index_pieces(light, Links(room)))
    return light
