from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import junitparser
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.export import junit
from grader.model import ClassReport, Finding, Verdict
from tests.export import classes
from tests.reports import specimens


def parsed(report: ClassReport) -> junitparser.JUnitXml:
    """As an independent library reads it."""
    return junitparser.JUnitXml.fromstring(junit(report).encode())


def cases(report: ClassReport) -> dict[tuple[str, str], junitparser.TestCase]:
    found = [case for suite in parsed(report) for case in suite]
    by_name = {(case.classname, case.name): case for case in found}
    assert len(by_name) == len(found), "class and name tell testcases apart"
    return by_name


def test_one_suite_an_exercise_and_one_case_a_check() -> None:
    report = classes.of(classes.wrong("s003"))
    suites = list(parsed(report))
    assert [suite.name for suite in suites] == list(specimens.TITLES)
    assert [len(list(suite)) for suite in suites] == [len(e.checks) for e in report.submissions[0].exercises]
    assert {case.classname for case in suites[6]} == {"Affine"}


def test_a_class_names_its_students() -> None:
    names = [suite.name for suite in parsed(classes.of(classes.wrong("a"), classes.wrong("b")))]
    assert names == [f"{student}.{name}" for student in "ab" for name in specimens.TITLES]


def test_counts_are_those_of_the_cases() -> None:
    report = specimens.class_report()
    document = parsed(report)
    assert document.time == pytest.approx(sum(one.seconds for one in report.submissions), abs=1e-3)
    stated = (document.tests, document.failures, document.errors, document.skipped)
    by_suite = [(s.tests, s.failures, s.errors, s.skipped) for s in document]
    document.update_statistics()  # type: ignore[no-untyped-call]
    assert stated == (document.tests, document.failures, document.errors, document.skipped)
    for suite, counts in zip(document, by_suite, strict=True):
        suite.update_statistics()  # type: ignore[no-untyped-call]
        assert counts == (suite.tests, suite.failures, suite.errors, suite.skipped)


@pytest.mark.parametrize(
    ("verdict", "kind"),
    [
        (Verdict.PASSED, None),
        (Verdict.FAILED, junitparser.Failure),
        (Verdict.MISSING, junitparser.Failure),
        (Verdict.CRASHED, junitparser.Error),
        (Verdict.TIMED_OUT, junitparser.Error),
        (Verdict.ERROR, junitparser.Error),
        (Verdict.SKIPPED, junitparser.Skipped),
        (Verdict.WAIVED, junitparser.Skipped),
    ],
)
def test_verdicts_are_failures_errors_or_skipped(verdict: Verdict, kind: type | None) -> None:
    check = specimens.wrong("runs", verdict, "said so")
    report = classes.of(specimens.report("s001", specimens.exercise("Relu", check)))
    outcome = cases(report)["Relu", "it runs without an exception [runs]"].result
    assert [type(one) for one in outcome] == ([] if kind is None else [kind])


def test_a_failure_tells_all_in_its_text() -> None:
    case = cases(classes.of(classes.wrong("s003")))[
        "Affine", "db is summed over the batch [db_matches_reference]"
    ]
    (failure,) = case.result
    assert failure.type == "failed"
    assert failure.text.splitlines() == [
        "Failed",
        "db.shape=(5, 4), but should be (4,) [Affine(W 3x4, b 4).backward(dout 5x4)]",
        "layers.ipynb, cell 12, line 18",
        "Compare the shape of b with the shape of your db.",
    ]


def test_a_tie_shows_every_hint() -> None:
    report = classes.of(specimens.report("s001", specimens.exercise("Affine", specimens.dx_scaled())))
    (failure,) = cases(report)["Affine", "dx is the gradient with respect to x [dx_matches_reference]"].result
    assert failure.text.splitlines()[-3:] == [
        "One of these is likely:",
        "Where from?",
        "Which axis is shared?",
    ]


def test_advice_never_fails() -> None:
    check = specimens.advice(Verdict.FAILED)
    report = classes.of(specimens.report("s001", specimens.exercise("Relu", check)))
    document = parsed(report)
    assert (document.failures, document.errors, document.skipped) == (0, 0, 1)


@pytest.mark.parametrize("student", range(4, 9))
def test_a_submission_that_stopped_is_one_error(student: int) -> None:
    one = specimens.class_report().submissions[student]
    errors = [
        e for case in cases(classes.of(one)).values() for e in case.result if isinstance(e, junitparser.Error)
    ]
    assert [error.type for error in errors] == [one.status.value]
    assert one.note in errors[0].text


@given(st.text(st.characters(), max_size=60))
@example("]]> \x00 \x1b \ud800 \ufffe \uffff &#0; <!-- ")
def test_any_text_is_well_formed_and_stays_text(text: str) -> None:
    check = replace(specimens.wrong("runs", Verdict.FAILED, ""), finding=Finding(text), title=text)
    one = classes.submission(text)
    report = classes.of(
        replace(one, exercises=(specimens.exercise("Relu", check),)), replace(one, exercises=())
    )
    root = ET.fromstring(junit(report).encode())
    assert {element.tag for element in root.iter()} <= {"testsuites", "testsuite", "testcase", "failure"}
