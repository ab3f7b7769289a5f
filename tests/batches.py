"""Runs over classes in tests, each with a gradebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from grader.batch.run import Batch, Handle
from grader.gradebook import FILE, Ledger, hidden_seed, opened
from grader.grading import Grader
from grader.model import ClassReport
from tests.courses import HIDDEN_SEED


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
    progress: Callable[[str], None] = lambda _: None,
) -> ClassReport:
    """The class that a run of a grader into a folder ends with."""
    with batch(grader, folder) as run:
        return run.run(handles, progress)
