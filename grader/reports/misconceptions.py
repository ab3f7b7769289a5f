"""What a class misunderstood: mistakes by name, and equal wrong values that nothing explains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from grader.model import CheckResult, ClassReport, Diagnosis, ExerciseResult, Report

Spot = tuple[Report, ExerciseResult, CheckResult]


@dataclass(frozen=True)
class Misconception:
    """A mistake, or several that are equally likely, with everybody who made it.

    `lost` is what the checks that show it cost the class in points; `exercises` are where it was made.
    """

    diagnoses: tuple[Diagnosis, ...]
    students: tuple[Report, ...]
    exercises: tuple[str, ...]
    lost: float


@dataclass(frozen=True)
class Alike:
    """Students whose wrong values are equal in some checks, (exercise, check), though nothing explains them."""

    students: tuple[Report, ...]
    checks: tuple[tuple[str, CheckResult], ...]


def misconceptions(report: ClassReport) -> tuple[Misconception, ...]:
    """By the number of students, then of points lost, most first. A tie between mistakes is an entry of its own."""
    spots: dict[tuple[str, ...], list[Spot]] = {}
    for spot in _spots(report):
        ids = tuple(diagnosis.id for diagnosis in spot[2].diagnoses)
        if ids:
            spots.setdefault(ids, []).append(spot)
    order = list(dict.fromkeys(e.name for submission in report.submissions for e in submission.exercises))
    found = (_misconception(group, order) for group in spots.values())
    return tuple(sorted(found, key=lambda one: (-len(one.students), -one.lost)))


def counts(report: ClassReport) -> dict[str, int]:
    """How many students made each mistake, most first. Of a tie the first counts, which is the one stated."""
    made = {(spot[0].student, spot[2].diagnoses[0].id) for spot in _spots(report) if spot[2].diagnoses}
    counted = Counter(id for _, id in made)
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def alike(report: ClassReport) -> tuple[Alike, ...]:
    """By the number of students, most first; those who are alike in several checks once, with all of these."""
    spots: dict[tuple[str, str, str], list[Spot]] = {}
    for spot in _spots(report):
        _, exercise, check = spot
        if check.fingerprint:
            spots.setdefault((exercise.name, check.name, check.fingerprint), []).append(spot)
    checks: dict[tuple[str, ...], list[tuple[str, CheckResult]]] = {}
    for group in spots.values():
        names = tuple(submission.student for submission, _, _ in group)
        if len(names) > 1:
            _, exercise, check = group[0]
            checks.setdefault(names, []).append((exercise.name, check))
    by_name = {submission.student: submission for submission in report.submissions}
    found = (Alike(tuple(by_name[name] for name in names), tuple(same)) for names, same in checks.items())
    return tuple(sorted(found, key=lambda one: -len(one.students)))


def mistakes(submission: Report) -> tuple[str, ...]:
    """The ids of all mistakes that a submission may hold, each once."""
    checks = (check for exercise in submission.exercises for check in exercise.checks)
    return tuple(dict.fromkeys(diagnosis.id for check in checks for diagnosis in check.diagnoses))


def _spots(report: ClassReport) -> Iterator[Spot]:
    """Where a mistake was made, or values are wrong and nothing explains them."""
    for submission in report.submissions:
        for exercise in submission.exercises:
            for check in exercise.checks:
                if check.diagnoses or check.fingerprint:
                    yield submission, exercise, check


def _misconception(group: list[Spot], order: list[str]) -> Misconception:
    names = {exercise.name for _, exercise, _ in group}
    return Misconception(
        diagnoses=group[0][2].diagnoses,
        students=tuple({submission.student: submission for submission, _, _ in group}.values()),
        exercises=tuple(name for name in order if name in names),
        lost=sum(check.max_score - check.score for _, _, check in group if not check.advice),
    )
