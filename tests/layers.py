"""The layers course for tests: graded without a sandbox, which is all that our own code needs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from grader import course, fakes, key
from grader.grading import Grader
from grader.model import CheckResult, ExerciseResult, Report
from grader.sandbox.inprocess import InProcess
from grader.submissions import File, Submission

ROOT = Path(__file__).parents[1]
HIDDEN_SEED = 2718281828


@cache
def layers() -> Grader:
    """A grader for the assignment `layers`, with one answer key for all tests."""
    found = course.find(ROOT)
    assignment = found.load("layers")
    reference = found.reference("layers")
    sandbox = InProcess()
    return Grader(assignment, reference, key.build(assignment, reference, sandbox, HIDDEN_SEED), sandbox)


def reference_with(own: str) -> str:
    """The reference, with what `own` defines in place of its own."""
    grader = layers()
    return fakes.beside(grader.reference.cells[0].text, own, fakes.meant(grader.assignment, own))


def grade(own: str, **files: str) -> Report:
    """The report of a module that holds `own` and takes the rest from the reference."""
    return grade_files({"layers.py": reference_with(own), **files})


def grade_files(files: dict[str, str]) -> Report:
    """The report of a submission of several files."""
    handed_in = tuple(File(path, text.encode()) for path, text in files.items())
    return layers().grade(Submission("s", handed_in))


def exercise(report: Report, name: str) -> ExerciseResult:
    """The result of one exercise."""
    return next(result for result in report.exercises if result.name == name)


def check(report: Report, name: str) -> CheckResult:
    """The result of one check, named ``Affine.db_matches_reference``."""
    owner, _, own = name.partition(".")
    return next(result for result in exercise(report, owner).checks if result.name == own)


def message(report: Report, name: str) -> str:
    """What the finding of a check says."""
    finding = check(report, name).finding
    assert finding is not None
    return finding.message
