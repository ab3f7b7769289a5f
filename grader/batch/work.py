"""A unit of work: a submission that goes to whoever grades it, and what comes back. Both travel."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from grader.assignment import Assignment
from grader.files import writing
from grader.flags import Entry, entry
from grader.grading import Grader
from grader.model import Report, Status
from grader.reports import ClassFacts, Pages, pages_of
from grader.reports.outcome import Outcome
from grader.submissions import Submission


@dataclass(frozen=True)
class Whose:
    """One of those who handed in a submission: the id, the name as it was handed in and as it is shown, and the name
    of the judgement, which pages carry."""

    student: str
    name: str
    shown: str
    result: str


@dataclass(frozen=True)
class Task:
    """A submission, and the members of the group that handed it in: whoever is alone is one."""

    submission: Submission
    whose: tuple[Whose, ...]


@dataclass(frozen=True)
class Sheet:
    """What one member gets: the result as the gradebook keeps it, and the pages, of which the arrays are kept
    nowhere else."""

    outcome: Outcome
    pages: Pages


@dataclass(frozen=True)
class Graded:
    """A graded submission: a sheet for each of `whose`. `sandbox` is what it ran in, `entry` what tells copies."""

    sheets: tuple[Sheet, ...]
    entry: Entry | None
    sandbox: str


@dataclass(frozen=True)
class Judge:
    """A grader that makes everything whose making costs time, in whatever process it is.

    `desk` is a folder in which pages are laid down, for who asked to move them to where they belong; else they travel.
    """

    grader: Grader
    facts: ClassFacts
    desk: Path | None = None

    def graded(self, task: Task) -> Graded:
        """The task, done. Raises Fault for a score that is no number."""
        report = self.grader.grade(task.submission)
        own = entry(report.sources, self.assignment.sought) if report.status is Status.GRADED else None
        return Graded(tuple(self._sheets(task, report)), own, self.grader.sandbox.name)

    def lost(self, task: Task, error: Exception) -> Graded:
        """The task, which an error of ours keeps from being done."""
        report = self.grader.unjudged(task.submission, error)
        return Graded(tuple(self._sheets(task, report)), None, self.grader.sandbox.name)

    @property
    def assignment(self) -> Assignment:
        """What is graded."""
        return self.grader.assignment

    def _sheets(self, task: Task, report: Report) -> Iterator[Sheet]:
        for one in task.whose:
            own = replace(report, student=one.student, name=one.name)
            shown = replace(own, name=one.shown, result=one.result)
            with writing(self.desk.parent) if self.desk else nullcontext():
                pages = pages_of(shown, self.facts, self.desk)
            yield Sheet(Outcome.of(own), pages)
