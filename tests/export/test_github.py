from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.box.program import Place
from grader.export import Scale, github_annotations, github_summary, score_line
from grader.export.github import SHOWN, SUMMARY_BYTES
from grader.model import Finding, Report, Verdict
from tests.export import classes
from tests.reports import specimens

COMMAND = re.compile(r"::(?P<name>[a-z-]+)(?: (?P<properties>[^:]*))?::(?P<data>.*)")


def unescaped(text: str) -> str:
    for code, char in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, char)
    return text


def commands(submission: Report, folder: str = "") -> list[tuple[str, dict[str, str], str]]:
    """What a runner makes of the lines: it reads them one by one, and a command from the first two colons."""
    found = []
    for text in re.split("\r\n|\r|\n", github_annotations(submission, folder).removesuffix("\n")):
        match = COMMAND.fullmatch(text)
        assert match, text
        pairs = [pair.partition("=") for pair in (match["properties"] or "").split(",") if pair]
        properties = {key: unescaped(value) for key, _, value in pairs}
        found.append((match["name"], properties, unescaped(match["data"])))
    return found


def test_a_module_is_annotated_at_its_line() -> None:
    check = replace(specimens.db_not_summed(), place=Place("nn/layers.py", 18))
    one = specimens.report("s003", specimens.exercise("Affine", check))
    ((name, properties, data),) = commands(one, "homework")
    assert name == "error"
    assert properties == {
        "file": "homework/nn/layers.py",
        "line": "18",
        "title": "Affine: db is summed over the batch",
    }
    assert data.splitlines() == [
        "Failed",
        "db.shape=(5, 4), but should be (4,) [Affine(W 3x4, b 4).backward(dout 5x4)]",
        "Compare the shape of b with the shape of your db.",
    ]


def test_a_notebook_is_annotated_with_its_cell() -> None:
    ((_, properties, _),) = commands(classes.wrong("s003"))
    assert properties == {
        "file": "layers.ipynb",
        "title": "Affine: db is summed over the batch (cell 12, line 18)",
    }


def test_a_check_without_a_place_has_no_file() -> None:
    check = replace(specimens.db_not_summed(), place=None)
    ((_, properties, _),) = commands(specimens.report("s003", specimens.exercise("Affine", check)))
    assert properties.keys() == {"title"}


def test_advice_is_a_notice() -> None:
    one = specimens.report("s001", specimens.exercise("Relu", specimens.advice(Verdict.FAILED)))
    assert [name for name, _, _ in commands(one)] == ["notice"]


def test_no_more_annotations_than_github_takes() -> None:
    every = [
        specimens.exercise(name, specimens.dx_scaled(), specimens.db_not_summed())
        for name in specimens.TITLES
    ]
    assert len(commands(specimens.report("s001", *every))) == SHOWN


def test_a_submission_that_stopped_says_why() -> None:
    one = replace(specimens.class_report().submissions[5])
    assert commands(one) == [("error", {}, "layers.ipynb is not a notebook")]


def test_what_is_not_written_is_said_once_an_exercise() -> None:
    absent = [specimens.wrong(name, Verdict.MISSING, "not written yet") for name in ("is_defined", "runs")]
    told = commands(
        specimens.report("s001", specimens.exercise("Relu", *absent), specimens.untouched("Affine"))
    )
    assert [properties["title"].split(" (")[0] for _, properties, _ in told] == [
        "Relu: it is defined",
        "Affine: it is defined",
    ]


def test_a_title_that_names_its_exercise_names_it_once() -> None:
    check = replace(specimens.db_not_summed(), title="Affine gives the right values", place=None)
    ((_, properties, _),) = commands(specimens.report("s001", specimens.exercise("Affine", check)))
    assert properties["title"] == "Affine gives the right values"


def test_nothing_wrong_is_no_annotation() -> None:
    assert github_annotations(classes.submission("s001")) == ""


HOSTILE = [
    "x\n::add-mask::secret",
    "x\r\n::stop-commands::token",
    "::set-output name=score::100",
    "##[add-path]/tmp",
    "%0A::error::x",
    "a,line=1::b",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_submission_is_a_command(text: str) -> None:
    check = replace(
        specimens.wrong("runs", Verdict.CRASHED, ""), finding=Finding(text), place=Place(text, 3), title=text
    )
    ((name, properties, data),) = commands(specimens.report("s001", specimens.exercise("Relu", check)))
    assert name == "error"
    assert properties.keys() == {"file", "line", "title"}
    assert properties["line"] == "3"
    assert data.startswith("Crashed\n")


@given(st.text(st.characters(), max_size=60), st.text(st.characters(), min_size=1, max_size=20))
def test_any_text_is_one_command(text: str, file: str) -> None:
    check = replace(specimens.wrong("runs", Verdict.CRASHED, ""), finding=Finding(text), place=Place(file, 3))
    ((name, properties, _),) = commands(specimens.report("s001", specimens.exercise("Relu", check)))
    assert (name, set(properties)) == ("error", {"file", "line", "title"})


def test_the_score_line() -> None:
    one = classes.wrong("s003")
    assert score_line(one, classes.of(one), Scale()) == "Score: 195 / 200"
    assert score_line(one, classes.of(one), Scale(Fraction(20))) == "Score: 19.5 / 20"
    fault = classes.unjudged("s009")
    assert score_line(fault, classes.of(fault), Scale()) == "Not judged, by our fault: there is no score."


def test_the_summary_of_one_submission() -> None:
    text = github_summary(classes.of(classes.wrong("s003")), Scale())
    assert "**Score\\: 195 / 200**" in text
    assert "| Affine | 15 / 20 |" in text
    assert "### Affine\\: db is summed over the batch" in text
    assert "```text\ndb.shape=(5, 4), but should be (4,)" in text
    assert "Compare the shape of b" in text


def test_the_summary_of_a_class_is_a_table() -> None:
    rows = [
        row for row in github_summary(specimens.class_report(), Scale()).splitlines() if row.startswith("| ")
    ]
    assert len(rows) == 2 + len(specimens.class_report().submissions)
    assert rows[2] == "| s001 | Graded | 200 / 200 |"
    assert rows[3] == "| s002 | Graded | not judged |"


def test_a_class_of_nobody_has_a_summary() -> None:
    assert "no submission" in github_summary(classes.of(), Scale())


def test_a_summary_is_not_longer_than_github_takes() -> None:
    long = replace(specimens.wrong("runs", Verdict.CRASHED, ""), finding=Finding("\n" * 1999))
    many = tuple(replace(specimens.exercise("Relu", long), name=f"e{i}") for i in range(600))
    text = github_summary(classes.of(replace(classes.submission("s001"), exercises=many)), Scale())
    assert len(text.encode()) < SUMMARY_BYTES + 100
    assert text.endswith("The rest is left out; it is in the report.\n")


def test_no_name_of_a_class_is_markup() -> None:
    text = github_summary(specimens.class_report(), Scale())
    assert "<script>" not in text.replace("\\<script\\>", "")
    assert {row.count("|") - row.count("\\|") for row in text.splitlines() if row.startswith("| ")} == {4}
