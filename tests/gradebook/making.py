"""Reports without any grading, and a grader that makes them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from grader.assignment import Assignment, Function, draw
from grader.batch.run import Batch
from grader.box.program import Cell, Source
from grader.gradebook import Desk, Gradebook, Ledger, Look, hidden_seed, look, opened
from grader.late import Policy
from grader.model import CheckResult, ExerciseResult, Report, Status, Verdict
from grader.submissions import File, Submission

NAME = "sums"
SEED = 17
ASSIGNMENT = Assignment(
    NAME,
    title="Sums",
    exercises=[Function(name=name, inputs={"x": draw.scalar()}, points=10) for name in ("Affine", "Relu")],
)


def exercise(name: str, score: float, verdict: Verdict = Verdict.FAILED) -> ExerciseResult:
    """An exercise of ten points with one check."""
    check = CheckResult("value_matches_reference", "it is right", verdict, score, 10.0)
    return ExerciseResult(name, name, score, 10.0, (check,))


def report(student: str, affine: float = 10.0, relu: float = 10.0, **more: Any) -> Report:
    """A submission of two exercises, of ten points each."""
    parts = (exercise("Affine", affine), exercise("Relu", relu))
    whole = Report(student, ("sums.py",), Status.GRADED, affine + relu, 20.0, 0.5, parts)
    return replace(whole, **more)


def unjudged(student: str) -> Report:
    """A submission of which we failed to judge one exercise."""
    parts = (exercise("Affine", 10.0), exercise("Relu", 0.0, Verdict.ERROR))
    return Report(student, ("sums.py",), Status.GRADED, 10.0, 10.0, 0.5, parts)


@dataclass(frozen=True)
class Handed:
    """A submission that is there already. Its text is its scores, ``7 10``."""

    student: str
    text: str = "10 10"
    attempt: int = 1
    handed_in: datetime | None = None
    late: bool | None = None
    group: str = ""

    def read(self) -> Submission:
        return Submission(
            self.student,
            (File("sums.py", self.text.encode()),),
            attempt=self.attempt,
            handed_in=self.handed_in,
            late=self.late,
            group=self.group,
        )

    def look(self, position: int = 0) -> Look:
        return look(position, self.read())


@dataclass(frozen=True)
class Sandbox:
    name: str = "bubblewrap"

    def close(self) -> None:
        """There is nothing to end."""


@dataclass
class Scorer:
    """Stands in for a grader: gives the scores that a submission's text asks for, plus what an exercise is `worth`.

    `graded` lists whom it graded; each takes `seconds`, and is noted in the file `log`.
    """

    more: Mapping[str, float] = field(default_factory=dict)
    seconds: float = 0.0
    log: Path | None = None
    graded: list[str] = field(default_factory=list)
    sandbox: Sandbox = field(default_factory=Sandbox)
    assignment: Assignment = ASSIGNMENT

    def grade(self, submission: Submission) -> Report:
        self.graded.append(submission.student)
        if self.log is not None:
            with self.log.open("a") as log:
                log.write(f"{submission.student}\n")
        time.sleep(self.seconds)
        affine, relu = (float(word) for word in submission.files[0].data.split())
        more = [self.more.get(name, 0.0) for name in ("Affine", "Relu")]
        own = report(submission.student, affine + more[0], relu + more[1], name=submission.name)
        read = (Source(file.path, (Cell(file.data.decode()),)) for file in submission.files)
        return replace(own, sources=tuple(read))

    def unjudged(self, submission: Submission, error: Exception) -> Report:
        return replace(report(submission.student, 0, 0), status=Status.ERROR, max_score=0.0, note=str(error))


@contextmanager
def a_book(where: str | Path) -> Iterator[Gradebook]:
    """An open gradebook that knows the assignment."""
    with opened(where) as book:
        hidden_seed(book, NAME, Path("/nonexistent"), given=SEED)
        yield book


def ledger(book: Gradebook, made: str = "made with this", *looks: Look, **more: Any) -> Ledger:
    """A run that has seen this."""
    run = Ledger(book, NAME, made, who="tests", **more)
    run.sighted(looks)
    return run


def desk(book: Gradebook, policy: Policy = Policy()) -> Desk:  # noqa: B008
    """An instructor's place."""
    return Desk(book, NAME, policy, "ms frizzle")


def batch(
    book: Gradebook, folder: Path, scorer: Any, made: str = "made with this", again: bool = False, **more: Any
) -> Batch:
    """A run of a scorer into a folder."""
    run = Ledger(book, NAME, made, who="tests", **more)
    return Batch(ASSIGNMENT, "sha256:0", run, lambda: scorer, folder, again)


def graded_class(where: str, folder: Path, count: int, seconds: float) -> None:
    """A run over a class, each of whom takes so long: for a process of its own, to be killed."""
    handed = [Handed(f"s{number:03}", f"{number % 10} 10") for number in range(count)]
    with a_book(where) as book:
        scorer = Scorer(seconds=seconds, log=folder / f"log{os.getpid()}")
        batch(book, folder, scorer).run(handed, lambda _: None)
