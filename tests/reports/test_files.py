from __future__ import annotations

import json
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from grader.model import Adjustment, Report
from grader.reports import (
    facts_of,
    instructor_html,
    pages_of,
    put_pages,
    renew_pages,
    slug,
    stands_beside,
    student_html,
    to_json,
    write_class,
    write_pages,
    write_reports,
)
from tests.reports import specimens
from tests.reports.pages import Page

CLASS = specimens.class_report()


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def pages(*reports: Report) -> set[str]:
    given_back = {f"students/{slug(r.student)}.ipynb" for r in reports if r.sources}
    return given_back | {
        f"{room}/{slug(r.student)}.html" for r in reports for room in ("students", "instructor")
    }


def test_everything_is_written_and_nothing_beside_it(tmp_path: Path) -> None:
    write_reports(tmp_path / "out", CLASS)
    tables = {"results.json", "students.csv", "checks.csv", "index.html"}
    assert files(tmp_path) == {f"out/{name}" for name in tables | pages(*CLASS.submissions)}


def test_one_submission_has_its_pages_before_the_class_is_done(tmp_path: Path) -> None:
    report = CLASS.submissions[1]
    write_pages(tmp_path, report, facts_of(CLASS))
    assert files(tmp_path) == pages(report)
    assert (tmp_path / "students/s002.html").read_text("utf-8") == student_html(report, facts_of(CLASS))
    assert (tmp_path / "instructor/s002.html").read_text("utf-8") == instructor_html(report, facts_of(CLASS))


def test_pages_that_were_laid_down_are_moved_to_where_they_belong(tmp_path: Path) -> None:
    report, desk = CLASS.submissions[1], tmp_path / "desk"
    desk.mkdir()
    for stands in (report, replace(report, late=True)):
        put_pages(tmp_path / "moved", stands, pages_of(report, facts_of(CLASS), desk))
        put_pages(tmp_path / "written", stands, pages_of(report, facts_of(CLASS)))
        for name in pages(report):
            moved, written = (tmp_path / folder / name for folder in ("moved", "written"))
            assert moved.read_bytes() == written.read_bytes()
            assert moved.stat().st_mode == written.stat().st_mode
        assert files(tmp_path / "moved") == pages(report)


def test_the_class_is_written_without_touching_the_pages(tmp_path: Path) -> None:
    write_class(tmp_path, CLASS)
    assert files(tmp_path) == {"results.json", "students.csv", "checks.csv", "index.html"}
    assert json.loads((tmp_path / "results.json").read_text("utf-8")) == json.loads(to_json(CLASS))


def test_a_spreadsheet_recognises_the_encoding(tmp_path: Path) -> None:
    write_class(tmp_path, CLASS)
    for name in ("students.csv", "checks.csv"):
        data = (tmp_path / name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbfstudent,")
        assert "张伟 2021".encode() in data
        assert b"\r\r\n" not in data


def test_every_link_leads_to_a_page(tmp_path: Path) -> None:
    write_reports(tmp_path, CLASS)
    for path in tmp_path.rglob("*.html"):
        links = [href for href in Page(path.read_text("utf-8")).values("href") if href.endswith(".html")]
        assert [href for href in links if not (path.parent / unquote(unescape(href))).is_file()] == []
    assert len(Page((tmp_path / "index.html").read_text("utf-8")).values("href")) > len(CLASS.submissions)


def test_a_page_is_written_again_only_where_what_stands_beside_its_score_has_changed(tmp_path: Path) -> None:
    (bare, *_) = CLASS.submissions
    assert not stands_beside(bare, instructor=True)
    write_pages(tmp_path, bare, facts_of(CLASS))
    found = {path: (path.read_bytes(), path.stat().st_ino) for path in tmp_path.rglob("*.html")}
    adjusted = replace(bare, adjustments=(Adjustment("Relu", 1.5, "appeal"),))
    renew_pages(tmp_path, bare)
    assert {path: path.stat().st_ino for path in found} == {path: inode for path, (_, inode) in found.items()}
    renew_pages(tmp_path, adjusted)
    for path, (text, _) in found.items():
        assert b"appeal" in path.read_bytes()
        assert b"appeal" not in text
    renew_pages(tmp_path, bare)
    assert {path: path.read_bytes() for path in found} == {path: text for path, (text, _) in found.items()}
