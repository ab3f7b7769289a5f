"""The project's own course for tests: graded without a sandbox, which is all that our own code needs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from grader import course, key
from grader.assignment import Assignment
from grader.grading import Grader
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
