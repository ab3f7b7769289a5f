"""Reports in, text out: results.json, CSV tables and pages; `files` alone writes."""

from grader.reports.facts import ClassFacts, facts_of
from grader.reports.files import has_pages, renew_pages, write_class, write_pages, write_reports
from grader.reports.names import slug
from grader.reports.pages import index_html, instructor_html, student_html
from grader.reports.results import from_json, report_from_dict, report_to_dict, to_json
from grader.reports.tables import checks_csv, students_csv

__all__ = [
    "ClassFacts",
    "checks_csv",
    "facts_of",
    "from_json",
    "has_pages",
    "index_html",
    "instructor_html",
    "renew_pages",
    "report_from_dict",
    "report_to_dict",
    "slug",
    "student_html",
    "students_csv",
    "to_json",
    "write_class",
    "write_pages",
    "write_reports",
]
