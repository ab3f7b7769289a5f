from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from grader.errors import Fault, UsageError
from grader.model import ClassReport, Evidence, Finding, Report, Verdict
from grader.reports import from_json, report_from_dict, report_to_dict, to_json
from tests.reports import specimens

SCHEMA = json.loads(Path(__file__).with_name("results.schema.json").read_text(encoding="utf-8"))


def without_arrays(report: Report) -> Report:
    """What a ledger keeps of a report."""
    exercises = tuple(
        replace(
            exercise,
            checks=tuple(
                replace(check, finding=check.finding and replace(check.finding, evidence=None))
                for check in exercise.checks
            ),
        )
        for exercise in report.exercises
    )
    return replace(report, exercises=exercises, seconds=round(report.seconds, 6), sources=())


def keys(value: Any) -> set[str]:
    """Every key of a JSON value, however deep."""
    if isinstance(value, dict):
        return set(value).union(*(keys(item) for item in value.values()))
    return set().union(*(keys(item) for item in value)) if isinstance(value, list) else set()


def test_results_follow_the_schema() -> None:
    jsonschema.validate(json.loads(to_json(specimens.class_report())), SCHEMA)


def test_results_hold_nothing_that_the_schema_does_not_name() -> None:
    data = json.loads(to_json(specimens.class_report()))
    assert set(data.pop("misconceptions")) == {"not-summed", "scaled"}
    assert keys(data) <= keys(SCHEMA)


def test_results_hold_no_private_text_and_no_hidden_array() -> None:
    unflagged = [replace(s, flags=()) for s in specimens.class_report().submissions]
    text = to_json(replace(specimens.class_report(), submissions=tuple(unflagged)))
    assert specimens.SECRET not in text
    assert str(specimens.SECRET_NUMBER) not in text


def test_a_check_has_its_finding_place_and_diagnoses() -> None:
    data = json.loads(to_json(specimens.class_report()))
    affine = next(e for e in data["submissions"][2]["exercises"] if e["name"] == "Affine")
    check = next(c for c in affine["checks"] if c["verdict"] == "failed")
    assert check == {
        "name": "db_matches_reference",
        "title": "db is summed over the batch",
        "verdict": "failed",
        "score": 0.0,
        "max_score": 5.0,
        "advice": False,
        "finding": "db.shape=(5, 4), but should be (4,) [Affine(W 3x4, b 4).backward(dout 5x4)]",
        "location": {"file": "layers.ipynb", "cell": 12, "line": 18},
        "diagnoses": [{"id": "not-summed", "hint": "Compare the shape of b with the shape of your db."}],
    }


def test_scores_are_rounded_to_six_digits() -> None:
    data = json.loads(to_json(specimens.class_report()))
    assert data["submissions"][0]["seconds"] == 0.212346
    assert report_to_dict(replace(specimens.report("a"), score=100 / 3))["score"] == 33.333333


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
@pytest.mark.parametrize("field", ["score", "max_score", "seconds"])
def test_a_number_that_is_not_finite_is_our_fault(value: float, field: str) -> None:
    report = replace(specimens.report("s001"), **{field: value})  # type: ignore[arg-type]
    with pytest.raises(Fault, match="number of points or seconds"):
        report_to_dict(report)


def test_a_full_dict_restores_all_but_the_arrays() -> None:
    for report in specimens.class_report().submissions:
        travelled = json.loads(json.dumps(report_to_dict(report, full=True)))
        assert report_from_dict(travelled) == without_arrays(report)


def test_results_restore_what_they_hold() -> None:
    before = specimens.class_report()
    after = from_json(to_json(before))
    assert to_json(after) == to_json(before)
    assert after.submissions[1].exercises[0].title == "softmax"
    assert after.title == "layers"


def test_text_that_is_no_unicode_is_escaped() -> None:
    text = to_json(one(specimens.report("a\ud800", files=("b\udcff.py",))))
    text.encode("utf-8")
    assert from_json(text).submissions[0].student == "a\\ud800"


def test_an_evidence_without_arrays_does_no_harm() -> None:
    evidence = Evidence("y", "f()", True)
    check = specimens.wrong("runs", Verdict.FAILED, "x", evidence)
    assert check.finding == Finding("x", "", evidence)
    text = to_json(one(specimens.report("s001", specimens.exercise("Relu", check))))
    jsonschema.validate(json.loads(text), SCHEMA)


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{}", "7", '{"schema": 2}', '{"schema": 1}', to_json(specimens.class_report())[:-9]),
        to_json(specimens.class_report()).replace('"graded"', '"great"'),
    ],
)
def test_anything_else_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(UsageError, match=r"results\.json"):
        from_json(text)


def one(report: Report) -> ClassReport:
    return replace(specimens.class_report(), submissions=(report,))
