"""Gradescope's ``results.json`` of one submission."""

from __future__ import annotations

import json
from typing import Any

from grader.export.markdown import escaped, fenced, hinted
from grader.export.points import Scale
from grader.export.told import hints, is_wrong, title, unjudged, where
from grader.language import _
from grader.model import CheckResult, ClassReport, ExerciseResult, Report, Verdict
from grader.reports import words
from grader.reports.facts import what_next

VISIBILITIES = ("visible", "hidden", "after_due_date", "after_published")

_FINE = frozenset({Verdict.PASSED, Verdict.WAIVED})


def gradescope(
    submission: Report, report: ClassReport, scale: Scale, visibility: str = VISIBILITIES[0]
) -> str:
    """One test a check that has points or went wrong; the score is the whole grade, whatever the tests sum up to.

    `visibility` is one of `VISIBILITIES`, for every test. Raises Fault where part was not judged: without a
    file Gradescope shows that grading failed, and no score.
    """
    grade = scale.grade(submission, report)
    if grade is None:
        raise unjudged(submission)
    tests = [
        _test(f"{i}.{j}", exercise, check, report, scale) | {"visibility": visibility}
        for i, exercise in enumerate(submission.exercises, start=1)
        for j, check in enumerate(exercise.checks, start=1)
        if check.max_score or is_wrong(check)
    ]
    data = {
        "score": float(grade),
        "execution_time": round(submission.seconds, 3),
        "output": _overview(submission),
        "output_format": "md",
        "test_output_format": "md",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
    }
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _test(
    number: str, exercise: ExerciseResult, check: CheckResult, report: ClassReport, scale: Scale
) -> dict[str, Any]:
    test: dict[str, Any] = {
        "name": title(exercise, check),
        "number": number,
        "score": scale.points(check.score, report),
        "max_score": scale.points(check.max_score, report),
        "output": _output(check),
    }
    # Without a status Gradescope paints a test by its score; advice has none, and should be neither red nor green.
    return test if check.advice else test | {"status": "passed" if check.verdict in _FINE else "failed"}


def _output(check: CheckResult) -> str:
    parts = [escaped(_(words.verdict(check)))]
    if check.finding is not None:
        parts.append(fenced(check.finding.message))
    if place := where(check):
        parts.append(escaped(place))
    if told := hints(check):
        parts.append(hinted(told))
    return "\n\n".join(parts)


def _overview(submission: Report) -> str:
    parts = [submission.note] if submission.note else []
    following = what_next(submission)
    if following is not None:
        parts.append(_("Mend this first: {title}").format(title=title(following.exercise, following.check)))
    return "\n\n".join(map(escaped, parts))
