"""Courses that a page of the documentation tells how to write."""

from __future__ import annotations

from pathlib import Path

from grader import key
from grader.course import Course
from grader.grading import Grader
from grader.sandbox.inprocess import InProcess
from grader.validate import Proof, prove, specimens


def written(folder: Path, found: dict[str, str]) -> Path:
    """The folder, with these files in it."""
    for path, text in found.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def grader_of(root: Path, name: str) -> Grader:
    """A grader for an assignment of a course, in this process."""
    course, sandbox = Course(root), InProcess()
    loaded, reference = course.load(name), course.reference(name)
    return Grader(loaded, reference, key.build(loaded, reference, sandbox, 31415), sandbox)


def proofs(root: Path, name: str, only: str = "") -> list[Proof]:
    """The proof of an assignment; with `only`, of the mutants and variants whose names hold it."""
    grader = grader_of(root, name)
    found = specimens(grader.assignment, grader.reference, Course(root).folder(name))
    return list(prove(grader, [one for one in found if only in one.name or "/" not in one.name], workers=1))
