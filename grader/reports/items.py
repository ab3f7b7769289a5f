"""What the exercises and checks say about a class: which were hard, and which tell strong work from weak."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation

from grader.model import ClassReport, ExerciseResult, Report, Status, Verdict
from grader.reports.facts import WRONG

FEWEST = 5
"""Submissions below which no correlation is told: it would be noise."""


@dataclass(frozen=True)
class Share:
    """Of `asked` submissions that were judged in a check, those that `passed`."""

    passed: int
    asked: int

    @property
    def percent(self) -> int:
        """Rounded, but 100 only where all passed and 0 only where none did."""
        rounded = round(100 * self.passed / self.asked)
        return min(max(rounded, int(self.passed > 0)), 100 - int(self.passed < self.asked))

    @property
    def level(self) -> int:
        """From 0, where none passed, to 5, where all did."""
        return self.percent // 20


@dataclass(frozen=True)
class Row:
    """One check in all exercises: a share for each exercise, None where it is not asked."""

    name: str
    advice: bool
    shares: tuple[Share | None, ...]


@dataclass(frozen=True)
class HeatMap:
    """Exercise by check. `easy` counts the checks that everybody passed everywhere, which have no row."""

    exercises: tuple[str, ...]
    rows: tuple[Row, ...]
    easy: int


def heat_map(report: ClassReport) -> HeatMap:
    """Who passed what, among the submissions that were graded."""
    passed: Counter[tuple[str, str]] = Counter()
    asked: Counter[tuple[str, str]] = Counter()
    advice: dict[str, bool] = {}
    exercises: dict[str, None] = {}
    for exercise, times in _counted(report):
        exercises[exercise.name] = None
        for check in exercise.checks:
            spot = exercise.name, check.name
            has_passed = check.verdict is Verdict.PASSED
            advice[check.name] = advice.get(check.name, True) and check.advice
            asked[spot] += times if has_passed or check.verdict in WRONG else 0
            passed[spot] += times if has_passed else 0
    names = tuple(exercises)
    rows = [
        Row(name, only_advice, tuple(_share(passed, asked, (exercise, name)) for exercise in names))
        for name, only_advice in advice.items()
    ]
    shown = tuple(row for row in rows if any(one and one.passed < one.asked for one in row.shares))
    return HeatMap(names, shown, len(rows) - len(shown))


def discriminations(report: ClassReport) -> Mapping[str, float | None]:
    """For each exercise how its points go along with those of all the others, from -1 to 1.

    None where fewer than `FEWEST` submissions were judged in it, where all of them earned the same, and where there is
    no other exercise.
    """
    # As numbers side by side: as objects they would be eleven MiB for ten thousand submissions.
    pairs: dict[str, tuple[array[float], array[float]]] = {
        exercise.name: (array("d"), array("d"))
        for submission in report.submissions
        for exercise in submission.exercises
    }
    for submission in _graded(report):
        for exercise in submission.exercises:
            rest = submission.max_score - exercise.max_score
            if exercise.max_score > 0 and rest > 0:
                own, others = pairs[exercise.name]
                own.append(exercise.score / exercise.max_score)
                others.append((submission.score - exercise.score) / rest)
    return {name: _correlation(own, others) for name, (own, others) in pairs.items()}


def slowest(report: ClassReport, most: int = 5) -> tuple[Report, ...]:
    """The submissions that took longest, and at least twice as long as the one in the middle."""
    order = sorted(report.submissions, key=lambda submission: -submission.seconds)
    typical = order[len(order) // 2].seconds if order else 0.0
    return tuple(submission for submission in order[:most] if submission.seconds > 2 * typical)


def broken(report: ClassReport) -> tuple[Report, ...]:
    """The submissions that were handed in and could not be graded."""
    fine = (Status.GRADED, Status.MISSING)
    return tuple(submission for submission in report.submissions if submission.status not in fine)


def _graded(report: ClassReport) -> Iterator[Report]:
    return (submission for submission in report.submissions if submission.status is Status.GRADED)


def _counted(report: ClassReport) -> Iterable[tuple[ExerciseResult, int]]:
    """The exercises of the graded with how often each is there: in a class that was made light, one object is there for
    all that are equal."""
    found: dict[int, tuple[ExerciseResult, int]] = {}
    for submission in _graded(report):
        for exercise in submission.exercises:
            _, times = found.get(id(exercise), (exercise, 0))
            found[id(exercise)] = exercise, times + 1
    return found.values()


def _share(
    passed: Counter[tuple[str, str]], asked: Counter[tuple[str, str]], spot: tuple[str, str]
) -> Share | None:
    return Share(passed[spot], asked[spot]) if asked[spot] else None


def _correlation(own: Sequence[float], others: Sequence[float]) -> float | None:
    if len(own) < FEWEST:
        return None
    try:
        return correlation(own, others)
    except StatisticsError:
        return None
