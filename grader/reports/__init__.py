"""Reports in, text out: results.json, CSV tables and pages; `files` alone writes.

Names are loaded when they are asked for: a self-check draws its arrays by the same code, without the libraries that
pages and tables need.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.reports.anonymous import without_names
    from grader.reports.facts import ClassFacts, facts_of, stands_beside
    from grader.reports.files import (
        Pages,
        has_pages,
        pages_of,
        put_pages,
        renew_pages,
        write_again,
        write_class,
        write_pages,
        write_reports,
        write_shared,
    )
    from grader.reports.names import slug
    from grader.reports.pages import index_html, instructor_html, student_html
    from grader.reports.results import from_json, report_from_dict, report_to_dict, to_json
    from grader.reports.tables import checks_csv, students_csv

_HOMES = {
    **dict.fromkeys(("ClassFacts", "facts_of", "stands_beside"), "facts"),
    "without_names": "anonymous",
    **dict.fromkeys(("Pages", "has_pages", "pages_of", "put_pages", "renew_pages"), "files"),
    **dict.fromkeys(("write_again", "write_class", "write_pages", "write_reports", "write_shared"), "files"),
    "slug": "names",
    **dict.fromkeys(("index_html", "instructor_html", "student_html"), "pages"),
    **dict.fromkeys(("from_json", "report_from_dict", "report_to_dict", "to_json"), "results"),
    **dict.fromkeys(("checks_csv", "students_csv"), "tables"),
}

__all__ = [
    "ClassFacts",
    "Pages",
    "checks_csv",
    "facts_of",
    "from_json",
    "has_pages",
    "index_html",
    "instructor_html",
    "pages_of",
    "put_pages",
    "renew_pages",
    "report_from_dict",
    "report_to_dict",
    "slug",
    "stands_beside",
    "student_html",
    "students_csv",
    "to_json",
    "without_names",
    "write_again",
    "write_class",
    "write_pages",
    "write_reports",
    "write_shared",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
