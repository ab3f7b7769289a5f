"""The course in both languages: what its authors wrote, and the whole of what a student is told."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

import pytest

from grader import language
from grader.fakes import beside
from grader.language import Both, _
from grader.model import Report
from grader.reports import index_html, instructor_html, report_to_dict, student_html
from grader.reports.facts import ClassFacts
from grader.submissions import File, Submission
from tests.courses import COURSE, NAMES, course_grader
from tests.reports import specimens
from tests.reports.pages import Page
from tests.test_language import written
from tests.test_specimens import lying_in

CHINESE = re.compile("[\u4e00-\u9fff]")
WORDS = re.compile(r"\b(?:the|is|are|and|should|but|not|with|was|does|lead)\b", re.IGNORECASE)
FACTS = ClassFacts("layers", "计算图的各层", "0.1.0", "sha256:1", "bubblewrap")
SOME = 4
"""How many mutants of each assignment are graded in both languages."""

every_assignment = pytest.mark.parametrize("name", NAMES)


def texts_in(value: Any) -> Iterator[tuple[str, Any]]:
    """Every text of an author's own in an assignment, by what it is."""
    if isinstance(value, Both) or not is_dataclass(value):
        return
    for field in fields(value):
        one = getattr(value, field.name)
        if field.name in ("title", "note"):
            yield field.name, one
        elif field.name in ("titles", "waive"):
            yield from ((field.name, text) for text in one.values())
        elif isinstance(one, tuple | list):
            for inner in one:
                yield from texts_in(inner)


@every_assignment
def test_an_authors_titles_and_notes_are_given_in_both(name: str) -> None:
    texts = list(texts_in(COURSE.load(name)))
    assert {kind for kind, _text in texts} >= {"title"}
    assert [pair for pair in texts if not isinstance(pair[1], Both)] == []
    for _kind, text in texts:
        assert CHINESE.search(text.chinese)
        assert not CHINESE.search(text.english)


@every_assignment
def test_no_sentence_of_an_assignments_functions_is_in_one_language_only(name: str) -> None:
    tree = ast.parse((COURSE.folder(name) / "assignment.py").read_text(encoding="utf-8"))
    given = {id(inner) for node in ast.walk(tree) if is_both(node) for inner in ast.walk(node)}
    described = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef) and isinstance(node.body[0], ast.Expr)
    }
    alone = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in given | described
    ]
    assert [text for text in alone if " " in text and WORDS.search(text)] == []


def is_both(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "both"


@cache
def told(name: str, speech: str) -> list[Report]:
    """What is said of some mutants, one in every few, and of the starter."""
    language.use(speech)
    grader, reference = course_grader(name), COURSE.reference(name).cells[0].text
    mutants = [one for one in lying_in("mutants") if one.assignment == name and one.expectations]
    chosen = mutants[:: -(-len(mutants) // SOME)]
    own = [beside(reference, mutant.text, mutant.meant) for mutant in chosen]
    modules = [*own, (COURSE.root / "assignments" / name / f"{name}.py").read_text(encoding="utf-8"), "x = ("]
    files = [File(f"{name}.py", module.encode()) for module in modules]
    reports = [grader.grade(Submission(f"s{n}", (file,))) for n, file in enumerate(files)]
    language.use("en")
    return reports


def sentences(report: Report) -> Iterator[str]:
    """Everything in words, without calls in brackets and texts of Python's exceptions."""
    for exercise in report.exercises:
        for check in exercise.checks:
            yield check.title
            yield from (diagnosis.hint for diagnosis in check.diagnoses)
            finding = check.finding
            for text in (check.note, *([finding.message, finding.private] if finding else [])):
                if text:
                    yield re.sub(r"(?<=抛出了 )\w+(: .*)?| \[.*\]|（第 \d+ 行：.*）", "", text)
    yield from (text for text in (*report.mends, report.note) if text)


@every_assignment
def test_a_student_is_told_everything_in_chinese(name: str) -> None:
    said = {text for report in told(name, "zh_CN") for text in sentences(report)}
    assert [text for text in said if not CHINESE.search(text)] == []
    assert [text for text in said if WORDS.search(text)] == []
    assert len(said) > 10


@every_assignment
def test_ids_verdicts_and_points_do_not_depend_on_the_language(name: str) -> None:
    english, chinese = ([skeleton(report) for report in told(name, one)] for one in ("en", "zh_CN"))
    assert english == chinese


def skeleton(report: Report) -> Any:
    """results.json of a submission without what is in words."""
    data = report_to_dict(report)
    del data["seconds"]
    for exercise in data["exercises"]:
        for check in exercise["checks"]:
            del check["title"], check["finding"]
            check["diagnoses"] = [one["id"] for one in check["diagnoses"]]
    return data


def pages(speech: str) -> list[Page]:
    language.use(speech)
    report = specimens.class_report()
    htmls = [index_html(report, {})]
    for submission in report.submissions:
        htmls += [student_html(submission, FACTS), instructor_html(submission, FACTS)]
    return [Page(html) for html in htmls]


def test_pages_say_their_language() -> None:
    assert [page.all("html") for page in pages("en")] == [[{"lang": "en"}]] * len(pages("en"))
    assert [page.all("html") for page in pages("zh_CN")] == [[{"lang": "zh-CN"}]] * len(pages("zh_CN"))


def test_no_sentence_of_a_template_is_left_in_english() -> None:
    """In text and labels; what is no whole sentence may be words of a submission."""
    ours = [
        message.id
        for message in written("zh_CN")
        if isinstance(message.id, str) and re.fullmatch(r"[A-Z]\S* [^%]*", message.id)
        if any("templates/" in place for place, _line in message.locations)
    ]
    assert len(ours) > 20
    shown = " ".join(
        " ".join([page.text, *page.values("aria-label"), *page.texts["title"]]) for page in pages("zh_CN")
    )
    assert [text for text in ours if text in shown] == []
    assert _("The whole class") in shown
