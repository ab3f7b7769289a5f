"""What the pages say that no single result says: what may be shown, what to do next, how the class stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import fmean, median

from grader.model import CheckResult, ClassReport, ExerciseResult, Finding, Report, Status, Verdict

BINS = 10

WRONG = {Verdict.FAILED, Verdict.CRASHED, Verdict.TIMED_OUT, Verdict.MISSING}
"""The verdicts of what a student has to mend."""


_ENDS = {Verdict.MISSING, Verdict.CRASHED, Verdict.TIMED_OUT}


@dataclass(frozen=True)
class ClassFacts:
    """What a page about one submission may know of the run: nothing of any other student.

    `again` says that the page is written from what the gradebook keeps, which is neither code nor arrays.
    """

    assignment: str
    title: str
    grader: str
    seed: str
    sandbox: str
    again: bool = False


@dataclass(frozen=True)
class Next:
    """The first thing for a student to mend."""

    exercise: ExerciseResult
    check: CheckResult


@dataclass(frozen=True)
class Run:
    """Checks in a row that are shown together: those that passed, those that say nothing new, or one other.

    Nothing new is in what was skipped, and in what ended just as a check before. `folded` is False for the one other.
    """

    folded: bool
    checks: tuple[CheckResult, ...]

    @property
    def verdict(self) -> Verdict:
        return self.checks[0].verdict

    @property
    def score(self) -> float:
        return sum(check.score for check in self.checks if not check.advice)

    @property
    def max_score(self) -> float:
        return sum(check.max_score for check in self.checks if not check.advice)


@dataclass(frozen=True)
class ExerciseSummary:
    """How the graded did in one exercise. `worst` is the check that failed most often, `worst_count` times."""

    name: str
    max_score: float
    judged: int
    earned_all: int
    share: float
    worst: CheckResult | None
    worst_count: int


@dataclass(frozen=True)
class Summary:
    """A class at a glance. `mean` and `median` are points of the graded, None without any; `bins` counts the
    graded by tenths of the reachable score; `unjudged` are the submissions with anything of verdict ERROR."""

    statuses: tuple[tuple[Status, int], ...]
    graded: int
    mean: float | None
    median: float | None
    bins: tuple[int, ...]
    unjudged: tuple[Report, ...]
    exercises: tuple[ExerciseSummary, ...]


def facts_of(report: ClassReport) -> ClassFacts:
    """What of a class the pages of its students may know."""
    return ClassFacts(report.assignment, report.title, report.grader, report.seed, report.sandbox)


def for_student(report: Report) -> Report:
    """`report` without what its student must not see: private texts, evidence of hidden cases, flags."""
    return replace(report, exercises=tuple(map(_exercise_for_student, report.exercises)), flags=())


def is_open(exercise: ExerciseResult) -> bool:
    """Whether there is nothing to see in an exercise that its student must not see."""
    return all(
        check.finding is None
        or (
            check.finding.private in check.finding.message
            and (check.finding.evidence is None or check.finding.evidence.public)
        )
        for check in exercise.checks
    )


def stands_beside(report: Report, *, instructor: bool) -> bool:
    """Whether anything stands beside the score on the student's page, or on the instructor's."""
    flags = instructor and report.flags
    return bool(report.adjustments or report.late or report.comments or report.release or flags)


def total(report: Report) -> float:
    """What a submission comes to with everything that the gradebook adds, which never takes it below 0."""
    if not report.adjustments:
        return report.score
    return max(report.score + sum(adjustment.points for adjustment in report.adjustments), 0.0)


def what_next(report: Report) -> Next | None:
    """The first check that went wrong and has points, or keeps a check with points from being run."""
    for exercise in report.exercises:
        points_skipped = any(c.verdict is Verdict.SKIPPED and c.max_score > 0 for c in exercise.checks)
        for check in exercise.checks:
            if check.verdict in WRONG and not check.advice and (check.max_score > 0 or points_skipped):
                return Next(exercise, _clearest(exercise, check))
    return None


def _clearest(exercise: ExerciseResult, check: CheckResult) -> CheckResult:
    """Of the checks that ended just so, one with a hint, else with a place, else the first, which asks for least."""
    same = [one for one in exercise.checks if _ending(one) == _ending(check)]
    return max(same, key=lambda one: (bool(one.diagnoses), one.place is not None))


def _ending(check: CheckResult) -> tuple[Verdict, str]:
    return check.verdict, check.finding.message if check.finding else ""


def runs(exercise: ExerciseResult) -> tuple[Run, ...]:
    """The checks of an exercise in order, with neighbours that passed, or say nothing new, put together."""
    told: set[tuple[Verdict, str]] = set()
    found = []
    for kind, group in groupby(exercise.checks, lambda check: _kind(check, told)):
        found.append(Run(isinstance(kind, str), tuple(group)))
    return tuple(found)


def _kind(check: CheckResult, told: set[tuple[Verdict, str]]) -> str | int:
    """What neighbours must share to be put together; a check that stands alone is of its own kind."""
    if check.verdict is Verdict.PASSED:
        return "passed"
    has_arrays = check.finding is not None and check.finding.evidence is not None
    is_known = _ending(check) in told and check.verdict in _ENDS and not has_arrays
    told.add(_ending(check))
    return "nothing new" if is_known or check.verdict is Verdict.SKIPPED else id(check)


def summary(report: ClassReport) -> Summary:
    """Counts, averages and the distribution of a class."""
    graded = [s for s in report.submissions if s.status is Status.GRADED and s.max_score > 0]
    shares = [min(s.score / s.max_score, 1.0) for s in graded]
    counts = Counter(s.status for s in report.submissions)
    bins = Counter(min(int(share * BINS), BINS - 1) for share in shares)
    return Summary(
        statuses=tuple((status, counts[status]) for status in Status if counts[status]),
        graded=len(graded),
        mean=fmean(shares) * report.max_score if shares else None,
        median=median(shares) * report.max_score if shares else None,
        bins=tuple(bins[index] for index in range(BINS)),
        unjudged=tuple(s for s in report.submissions if is_unjudged(s)),
        exercises=_exercise_summaries(report),
    )


def is_unjudged(report: Report) -> bool:
    """Whether anything of a submission could not be judged through our own fault."""
    return report.status is Status.ERROR or any(
        check.verdict is Verdict.ERROR for exercise in report.exercises for check in exercise.checks
    )


def is_broken(exercise: ExerciseResult) -> bool:
    """Whether an exercise was written, but could not be run: it is no Python, or its statement failed."""
    return not exercise.found_as and any(
        check.verdict is Verdict.MISSING and check.place is not None for check in exercise.checks
    )


def _exercise_for_student(exercise: ExerciseResult) -> ExerciseResult:
    if all(check.finding is None for check in exercise.checks):
        return exercise
    return replace(exercise, checks=tuple(map(_check_for_student, exercise.checks)))


def _check_for_student(check: CheckResult) -> CheckResult:
    finding = check.finding
    if finding is None:
        return check
    evidence = finding.evidence if finding.evidence is not None and finding.evidence.public else None
    return replace(check, finding=Finding(finding.message, evidence=evidence, again=finding.again))


def _exercise_summaries(report: ClassReport) -> tuple[ExerciseSummary, ...]:
    every: dict[str, float] = {}
    graded: dict[str, list[ExerciseResult]] = {}
    for submission in report.submissions:
        for exercise in submission.exercises:
            every[exercise.name] = max(every.get(exercise.name, 0.0), exercise.max_score)
            if submission.status is Status.GRADED:
                graded.setdefault(exercise.name, []).append(exercise)
    return tuple(_exercise_summary(name, top, graded.get(name, [])) for name, top in every.items())


def _exercise_summary(name: str, max_score: float, results: list[ExerciseResult]) -> ExerciseSummary:
    judged = [result for result in results if result.max_score > 0]
    wrong = [c for result in results for c in result.checks if c.verdict in WRONG and not c.advice]
    worst_name, worst_count = next(iter(Counter(c.name for c in wrong).most_common(1)), ("", 0))
    return ExerciseSummary(
        name=name,
        max_score=max_score,
        judged=len(judged),
        earned_all=sum(result.score >= result.max_score for result in judged),
        share=fmean(result.score / result.max_score for result in judged) if judged else 0.0,
        worst=next((c for c in wrong if c.name == worst_name), None),
        worst_count=worst_count,
    )
