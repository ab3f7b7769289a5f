"""Gradescope's autograder: a zip with which hidden cases are asked in a container of the instructor's."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.ci.filling import filled, requirement, word
from grader.course import Course
from grader.frozen.packed import packed
from grader.language import _, current
from grader.settings import NAME

_PROGRAMS = ("setup.sh", "run_autograder")
_LEFT_OUT = frozenset({"mutants", "variants", "unnamed", "__pycache__"})


def gradescope(
    course: Course, assignment: str, program: tuple[str, bytes], seed: int, visibility: str
) -> bytes:
    """The zip that is uploaded: scripts, the assignment with its solution, the hidden seed, and `program`, the wheel's
    name and contents.

    `visibility` is when students see the tests, one of `export.VISIBILITIES`. Raises UsageError for an assignment that
    does not exist.
    """
    loaded = course.load(assignment)
    values = {"assignment": word(assignment), "lang": current(), "visibility": visibility}
    wheel = requirement(program[0], loaded, ["grade"])
    files = {
        "setup.sh": filled("setup.sh", wheel=wheel),
        "run_autograder": filled("run_autograder", **values),
        "not_judged.json": _not_judged(),
        "hidden-seed": f"{seed}\n".encode("ascii"),
        **dict([program]),
        **{f"course/{name}": content for name, content in sorted(_course(course, assignment).items())},
    }
    return packed(files, _PROGRAMS)


def _not_judged() -> bytes:
    """Results without a score and without tests, of which Gradescope makes no score either."""
    said = {
        "output": _(
            "Your submission was not judged, by our fault: there is no score. Ask your instructor, who sees why."
        ),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _course(course: Course, assignment: str) -> Mapping[str, bytes]:
    """The files of a course of this assignment, by their paths. Others that its settings speak of are there by name."""
    paths = list(_own(course.folder(assignment)))
    settings = course.settings
    if settings.path.is_file():
        others = settings.assignments.keys() - {assignment}
        paths += [course.root / NAME, *(course.folder(name) / "assignment.py" for name in others)]
    return {path.relative_to(course.root).as_posix(): path.read_bytes() for path in paths}


def _own(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part in _LEFT_OUT or part.startswith(".") for part in parts):
            yield path
