from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.errors import Fault
from grader.export import VISIBILITIES, Scale, gradescope
from grader.model import Finding, Report, Verdict
from grader.reports import text as reports_text
from tests.export import classes
from tests.reports import specimens

FORMATS = {"text", "html", "simple_format", "md", "ansi"}
TOP = {
    *("score", "execution_time", "output", "output_format", "test_output_format", "test_name_format"),
    *("visibility", "stdout_visibility", "extra_data", "tests", "leaderboard"),
}
TEST = {
    *("score", "max_score", "status", "name", "name_format", "number", "output", "output_format", "tags"),
    *("visibility", "extra_data"),
}


def valid(text: str) -> dict[str, Any]:
    """The results, held against the rules of Gradescope's fields, one by one."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    data: dict[str, Any] = json.loads(text, parse_constant=refuse)
    assert data.keys() <= TOP
    tests = data.get("tests", [])
    assert "score" in data or (tests and all("score" in test for test in tests))
    for key in ("output_format", "test_output_format", "test_name_format"):
        assert data.get(key, "text") in FORMATS
    for key in ("visibility", "stdout_visibility"):
        assert data.get(key, "visible") in VISIBILITIES
    assert isinstance(data.get("score", 0), int | float)
    assert data.get("execution_time", 0) >= 0
    for test in tests:
        assert test.keys() <= TEST
        assert test.get("status", "passed") in {"passed", "failed"}
        assert test.get("visibility", "visible") in VISIBILITIES
        assert test.get("output_format", "text") in FORMATS
        assert 0 <= test["score"] <= test["max_score"]
        assert all(isinstance(test[key], str) for key in ("name", "number", "output"))
    assert len({test["number"] for test in tests}) == len(tests)
    return data


def of(submission: Report, scale: Scale | None = None, visibility: str = "visible") -> dict[str, Any]:
    return valid(gradescope(submission, classes.of(submission), scale or Scale(), visibility))


def test_the_score_is_the_grade_and_tests_add_up_to_it() -> None:
    data = of(classes.wrong("s003"))
    assert data["score"] == 195
    assert sum(test["score"] for test in data["tests"]) == pytest.approx(195)
    assert sum(test["max_score"] for test in data["tests"]) == pytest.approx(200)


def test_the_scale_is_that_of_the_course() -> None:
    data = of(classes.wrong("s003"), Scale(Fraction(20), Fraction(1)))
    assert data["score"] == 20  # 19.5, rounded once
    assert sum(test["score"] for test in data["tests"]) == pytest.approx(19.5)


def test_an_adjusted_score_overrides_the_sum() -> None:
    assert of(classes.submission("s001", score=202.5))["score"] == 202.5


def test_a_wrong_check_says_what_and_where_and_why() -> None:
    data = of(classes.wrong("s003"))
    (failed,) = [test for test in data["tests"] if test["status"] == "failed"]
    assert failed["name"] == "Affine: db is summed over the batch"
    assert (failed["score"], failed["max_score"]) == (0, 5)
    assert failed["output"].split("\n\n") == [
        "Failed",
        "```text\ndb.shape=(5, 4), but should be (4,) [Affine(W 3x4, b 4).backward(dout 5x4)]\n```",
        r"layers\.ipynb, cell 12, line 18",
        r"Compare the shape of b with the shape of your db\.",
    ]
    assert data["output"] == r"Mend this first\: Affine\: db is summed over the batch"


def test_a_tie_is_a_list() -> None:
    data = of(specimens.report("s001", specimens.exercise("Affine", specimens.dx_scaled())))
    (failed,) = [test for test in data["tests"] if test["status"] == "failed"]
    assert failed["output"].endswith("One of these is likely\\:\n\n- Where from?\n- Which axis is shared?")


def test_advice_is_neither_red_nor_green() -> None:
    data = of(specimens.report("s001", specimens.exercise("Relu", specimens.advice(Verdict.FAILED))))
    (advice,) = [test for test in data["tests"] if "status" not in test]
    assert advice["name"] == "Advice: Relu: dout is left alone"
    assert advice["max_score"] == 0


@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_tests_are_visible_when_the_instructor_says(visibility: str) -> None:
    data = of(classes.wrong("s003"), visibility=visibility)
    assert {test["visibility"] for test in data["tests"]} == {visibility}


@pytest.mark.parametrize("student", [4, 5, 6, 7])
def test_a_submission_that_stopped_has_its_reason_and_its_points(student: int) -> None:
    one = specimens.class_report().submissions[student]
    data = of(one)
    assert data["score"] == 0
    assert len(data["output"]) >= len(one.note)


@pytest.mark.parametrize("student", [1, 8])
def test_our_own_fault_is_no_score(student: int) -> None:
    one = specimens.class_report().submissions[student]
    with pytest.raises(Fault, match="by our fault, so no score is written"):
        gradescope(one, classes.of(one), Scale())


def test_every_specimen_is_valid() -> None:
    report = specimens.class_report()
    judged = [one for one in report.submissions if Scale().grade(one, report) is not None]
    counts = [len(valid(gradescope(one, report, Scale()))["tests"]) for one in judged]
    assert counts == [40, 40, 42, 0, 0, 50, 0]


@given(st.one_of(st.text(st.characters(), max_size=80), st.text(st.sampled_from("`~\na"), max_size=40)))
@example("```\n![](http://x)\n````\nb")
def test_no_text_of_a_submission_leaves_its_block(text: str) -> None:
    check = replace(specimens.wrong("runs", Verdict.CRASHED, ""), finding=Finding(text))
    one = replace(classes.submission("s001"), exercises=(specimens.exercise("Relu", check),))
    (failed,) = [test for test in of(one)["tests"] if test["status"] == "failed"]
    _, fence_and_more = failed["output"].split("\n\n", 1)
    fence = fence_and_more.split("text\n", 1)[0]
    block = fence_and_more.removeprefix(f"{fence}text\n").rpartition(f"\n{fence}\n\n")[0]
    assert set(fence) == {"`"}
    assert fence not in block
    assert block == reports_text.block(text)
