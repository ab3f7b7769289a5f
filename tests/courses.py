"""The project's own course for tests: graded without a sandbox, which is all that our own code needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from grader import course, key
from grader.assignment import Assignment
from grader.batch import Batch, Handle
from grader.gradebook import FILE, Ledger, hidden_seed, opened
from grader.grading import Grader
from grader.model import ClassReport, Report
from grader.sandbox.inprocess import InProcess

ROOT = Path(__file__).parents[1]
COURSE = course.find(ROOT)
NAMES = COURSE.names()
HIDDEN_SEED = 2718281828


@cache
def assignment(name: str) -> Assignment:
    """An assignment of the course, loaded once."""
    return COURSE.load(name)


@cache
def course_grader(name: str) -> Grader:
    """A grader for an assignment, with one answer key for all tests."""
    reference = COURSE.reference(name)
    sandbox = InProcess()
    return Grader(
        assignment(name),
        reference,
        key.build(assignment(name), reference, sandbox, HIDDEN_SEED),
        sandbox,
    )


@contextmanager
def batch(grader: Grader, folder: Path) -> Iterator[Batch]:
    """A run of a grader into a folder, with a gradebook there."""
    name = grader.assignment.name
    with opened(folder / FILE) as book:
        hidden_seed(book, name, folder, given=HIDDEN_SEED)
        ledger = Ledger(book, name, "made with this")
        yield Batch(grader.assignment, grader.key.fingerprint, ledger, lambda: grader, folder)


def run_batch(
    grader: Grader,
    folder: Path,
    handles: Sequence[Handle],
    progress: Callable[[Report], None] = lambda _: None,
) -> ClassReport:
    """The class that a run of a grader into a folder ends with."""
    with batch(grader, folder) as run:
        return run.run(handles, progress)
