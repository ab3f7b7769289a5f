"""JUnit XML, as GitLab, GitHub's reporters and Jenkins read it: a testsuite an exercise, a testcase a check."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from grader.export.told import hints, is_wrong, where
from grader.language import _
from grader.model import CheckResult, ClassReport, ExerciseResult, Report, Status, Verdict
from grader.reports import words
from grader.reports.text import line

# What went wrong in running is an error for JUnit, what came out wrong a failure; neither is told from our own
# fault but by its type.
_ERRORS = frozenset({Verdict.CRASHED, Verdict.TIMED_OUT, Verdict.ERROR})
_SKIPPED = frozenset({Verdict.SKIPPED, Verdict.WAIVED})
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: ClassReport) -> str:
    """The results of a class or of one student as XML.

    Advice that was not followed is skipped: it never fails. A submission without exercises has one testcase.
    """
    root = ET.Element("testsuites", name=_text(report.assignment))
    alone = len(report.submissions) == 1
    for submission in report.submissions:
        prefix = "" if alone else f"{_text(submission.student)}."
        if submission.status is not Status.GRADED:
            _stopped(root, submission, f"{prefix}{_text(report.assignment)}")
        for exercise in submission.exercises:
            _suite(root, exercise, f"{prefix}{_text(exercise.name)}")
    root.set("time", f"{sum(submission.seconds for submission in report.submissions):.3f}")
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return f"{written.decode()}\n"


def _suite(root: ET.Element, exercise: ExerciseResult, name: str) -> None:
    suite = ET.SubElement(root, "testsuite", name=name)
    for check in exercise.checks:
        case = ET.SubElement(
            suite, "testcase", classname=name, name=f"{_text(check.title)} [{_text(check.name)}]"
        )
        if check.place is not None:
            case.set("file", _text(check.place.file))
            if check.place.cell is None:
                case.set("line", str(check.place.line))
        _outcome(case, check)
    _count(suite)


def _outcome(case: ET.Element, check: CheckResult) -> None:
    found = "" if check.finding is None else check.finding.message
    word = _(words.verdict(check))
    if check.verdict in _SKIPPED or (check.advice and is_wrong(check)):
        ET.SubElement(case, "skipped", message=_text(_(": ").join(filter(None, (word, found or check.note)))))
    elif check.verdict is not Verdict.PASSED:
        tag = "error" if check.verdict in _ERRORS else "failure"
        outcome = ET.SubElement(case, tag, message=_text(found or word), type=check.verdict.value)
        outcome.text = "\n".join(map(_text, filter(None, (word, found, where(check), *hints(check)))))


def _stopped(root: ET.Element, submission: Report, name: str) -> None:
    suite = ET.SubElement(root, "testsuite", name=name)
    case = ET.SubElement(suite, "testcase", classname=name, name="the submission can be graded")
    said = _text(_(": ").join(filter(None, (_(words.status(submission.status)), submission.note))))
    outcome = ET.SubElement(case, "error", message=said, type=submission.status.value)
    outcome.text = said
    _count(suite)


def _count(suite: ET.Element) -> None:
    suite.set("tests", str(len(suite)))
    for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(key, str(len(suite.findall(f"testcase/{tag}"))))


def _text(text: str) -> str:
    """`text` on one line, without what XML 1.0 cannot hold even escaped."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", line(text))
