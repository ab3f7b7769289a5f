"""A class that fits into memory whatever its size: reports without what no page of the class shows.

In a class the same results come again and again, because all meet the same cases: each is kept once.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from operator import attrgetter

from grader.model import CheckResult, ClassReport, ExerciseResult, Finding, Flag, Report, Verdict
from grader.reports.facts import what_next
from grader.reports.remembering import remembered

# All of a check that says nothing: so many values are told from others faster than the check itself.
_KEPT = attrgetter("name", "title", "verdict", "score", "max_score", "advice")


class Lightened:
    """Takes up the reports of a class, one after another, and keeps of each what the class page, the tables of
    students and the summary at the terminal show."""

    def __init__(self) -> None:
        self._reports: list[Report] = []
        self._checks: dict[Hashable, CheckResult] = {}
        self._exercises: dict[Hashable, ExerciseResult] = {}
        self._whole: dict[int, tuple[ExerciseResult, ...]] = {}
        self._flags: dict[Flag, Flag] = {}
        self._silent = remembered(self._without_findings)

    def add(self, report: Report) -> None:
        """Takes up a report."""
        following = what_next(report)
        exercises = tuple(
            self._exercise(exercise, following.check.finding if following else None)
            for exercise in report.exercises
        )
        # Equal tuples of the same exercises are told by these alone; their checks would be many to look at.
        known = self._whole.setdefault(hash(tuple(map(id, exercises))), exercises)
        self._reports.append(
            replace(
                report,
                exercises=known if known == exercises else exercises,
                flags=tuple(self._flags.setdefault(flag, flag) for flag in report.flags),
                files=(),
                mends=(),
                failures=(),
                output="",
                sources=(),
                result="",
            )
        )

    def of(self, report: ClassReport) -> ClassReport:
        """The class that the reports are of."""
        return replace(report, submissions=tuple(self._reports))

    def _exercise(self, exercise: ExerciseResult, first: Finding | None) -> ExerciseResult:
        checks = self._silent(exercise.checks) or tuple(
            self._check(check, first) for check in exercise.checks
        )
        if all(map(_says_nothing, checks)):
            # Each of them is kept once, so that its identity tells it from others.
            key = exercise.name, exercise.title, exercise.score, exercise.max_score, *map(id, checks)
            if key in self._exercises:
                return self._exercises[key]
            return self._exercises.setdefault(key, _bare(exercise, checks))
        bare = _bare(exercise, checks)
        return self._exercises.setdefault(bare, bare)

    def _without_findings(self, checks: tuple[CheckResult, ...]) -> tuple[CheckResult, ...]:
        """What is kept of checks that found nothing, whatever else a report says; nothing of others."""
        if any(check.finding for check in checks):
            return ()
        return tuple(self._check(check, None) for check in checks)

    def _check(self, check: CheckResult, first: Finding | None) -> CheckResult:
        finding = check.finding
        # By its text, because arrays cannot be asked whether they are equal.
        is_first = finding is not None and first is not None and finding.message == first.message
        told = is_first or check.fingerprint or check.verdict is Verdict.ERROR
        kept = Finding(finding.message, finding.private) if finding and told else None
        is_bare = kept == finding and check.place is None and not check.note
        bare = check if is_bare else replace(check, finding=kept, place=None, note="")
        return self._checks.setdefault(_KEPT(bare) if _says_nothing(bare) else bare, bare)


def _bare(exercise: ExerciseResult, checks: tuple[CheckResult, ...]) -> ExerciseResult:
    return replace(exercise, checks=checks, found_as="", place=None, lent=(), formula="")


def _says_nothing(check: CheckResult) -> bool:
    """Whether nothing of a check is a student's own. Of such a class has few that differ, whatever its size."""
    return not (check.finding or check.diagnoses or check.fingerprint)
