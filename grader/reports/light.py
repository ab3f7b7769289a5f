"""A class that fits into memory whatever its size: reports without what no page of the class shows.

In a class the same results come again and again, because all meet the same cases: each is kept once.
"""

from __future__ import annotations

from dataclasses import replace

from grader.model import CheckResult, ClassReport, ExerciseResult, Finding, Report, Verdict
from grader.reports.facts import what_next


class Lightened:
    """Takes up the reports of a class, one after another, and keeps of each what the class page, the tables of
    students and the summary at the terminal show."""

    def __init__(self) -> None:
        self._reports: list[Report] = []
        self._checks: dict[CheckResult, CheckResult] = {}
        self._exercises: dict[ExerciseResult, ExerciseResult] = {}

    def add(self, report: Report) -> None:
        """Takes up a report."""
        following = what_next(report)
        exercises = tuple(
            self._exercise(exercise, following.check.finding if following else None)
            for exercise in report.exercises
        )
        self._reports.append(
            replace(report, exercises=exercises, files=(), mends=(), failures=(), output="", sources=())
        )

    def of(self, report: ClassReport) -> ClassReport:
        """The class that the reports are of."""
        return replace(report, submissions=tuple(self._reports))

    def _exercise(self, exercise: ExerciseResult, first: Finding | None) -> ExerciseResult:
        checks = tuple(self._check(check, first) for check in exercise.checks)
        bare = replace(exercise, checks=checks, found_as="", place=None, lent=(), formula="")
        return self._exercises.setdefault(bare, bare)

    def _check(self, check: CheckResult, first: Finding | None) -> CheckResult:
        finding = check.finding
        told = finding == first or check.fingerprint or check.verdict is Verdict.ERROR
        kept = Finding(finding.message, finding.private) if finding and told else None
        is_bare = kept == finding and check.place is None and not check.note
        bare = check if is_bare else replace(check, finding=kept, place=None, note="")
        return self._checks.setdefault(bare, bare)
