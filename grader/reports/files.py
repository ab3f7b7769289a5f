"""The one place that writes reports: whole files, put in place when they are complete."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from grader.files import write_text
from grader.model import ClassReport, Report
from grader.reports.facts import ClassFacts, facts_of
from grader.reports.names import slug
from grader.reports.pages import index_html, instructor_html, student_html
from grader.reports.results import to_json
from grader.reports.tables import checks_csv, students_csv


def write_reports(folder: Path, report: ClassReport) -> None:
    """Everything: what concerns the class, and the pages of every submission. Raises OSError."""
    facts = facts_of(report)
    for submission in report.submissions:
        write_pages(folder, submission, facts)
    write_class(folder, report)


def write_pages(folder: Path, report: Report, facts: ClassFacts) -> None:
    """``students/<slug>.html`` and ``instructor/<slug>.html`` of one submission. Raises OSError."""
    name = f"{slug(report.student)}.html"
    write_text(folder / "students" / name, student_html(report, facts))
    write_text(folder / "instructor" / name, instructor_html(report, facts))


def write_class(folder: Path, report: ClassReport) -> None:
    """``results.json``, ``students.csv``, ``checks.csv`` and ``index.html``. Raises OSError."""
    links = {s.student: f"instructor/{quote(slug(s.student))}.html" for s in report.submissions}
    write_text(folder / "results.json", to_json(report))
    # spreadsheets know UTF-8 by its byte order mark only
    write_text(folder / "students.csv", students_csv(report), encoding="utf-8-sig")
    write_text(folder / "checks.csv", checks_csv(report), encoding="utf-8-sig")
    write_text(folder / "index.html", index_html(report, links))
