"""Records of submissions, observed as the grader does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from grader import fakes
from grader.box.program import Cell, Source
from grader.checks import Record
from grader.grading import Grader
from grader.observing import observe
from grader.sandbox.session import Session
from tests.courses import course_grader


def grader_of(assignment: str) -> Grader:
    return course_grader(assignment)


@cache
def records_of(assignment: str, own: str) -> Mapping[str, Record]:
    """The records of the exercises that `own` defines, the rest being the reference's."""
    meant = fakes.meant(course_grader(assignment).assignment, own)
    return observed(assignment, module_with(assignment, own), meant)


def module_with(assignment: str, own: str) -> str:
    """The reference, with what `own` defines in place of its own."""
    grader = course_grader(assignment)
    return fakes.beside(grader.reference.cells[0].text, own, fakes.meant(grader.assignment, own))


def observed(assignment: str, text: str, names: set[str]) -> Mapping[str, Record]:
    """The records of a module, of the exercises to which these names belong."""
    grader = course_grader(assignment)
    exercises = [
        exercise
        for exercise in grader.assignment.exercises
        if names & {wanted.name for wanted in exercise.sought}
    ]
    source = Source(f"{assignment}.py", (Cell(text),))
    files = {source.path: text.encode()}
    with Session(grader.sandbox, files, (source,), grader.assignment.sought, grader.limits) as session:
        return observe(session, grader.key, exercises).records
