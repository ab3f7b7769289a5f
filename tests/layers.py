"""Grading the assignment `layers` in tests."""

from __future__ import annotations

import threading
from functools import cache

from grader import fakes
from grader.grading import Grader
from grader.model import CheckResult, ExerciseResult, Report
from grader.submissions import File, Submission
from tests.courses import ROOT as ROOT
from tests.courses import course_grader

_PARSING = threading.Lock()


def layers() -> Grader:
    """A grader for the assignment `layers`."""
    return course_grader("layers")


@cache
def reference_with(own: str) -> str:
    """The reference, with what `own` defines in place of its own."""
    grader = layers()
    # Python 3.11's parser does not bear several threads at a time.
    with _PARSING:
        return _combined(grader, own)


def _combined(grader: Grader, own: str) -> str:
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
