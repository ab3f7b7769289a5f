"""`layers` as the other graders want it: test cells for nbgrader, test files for otter, a hand-in for each."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.classes import Cell, Student, as_cell, notebook, shipped
from benchmarks.peer_running import TESTS

_PRELUDE = "from typing import Any\n\nimport numpy as np\n"


def for_nbgrader(cells: Sequence[Cell]) -> bytes:
    """The notebook with a place for each answer, and below it a locked cell for each test."""
    made: list[dict[str, Any]] = []
    for cell in cells:
        made.append(as_cell(cell, len(made)))
        if cell.exercise:
            made[-1]["metadata"] = _noted(f"answer-{cell.exercise}", solution=True)
        for test in TESTS if cell.exercise else ():
            if test.exercise == cell.exercise:
                text = f"{_PRELUDE}\n\n{test.text}\n\n{test.name}({test.exercise})"
                made.append(as_cell(Cell(text), len(made)))
                made[-1]["metadata"] = _noted(test.name, points=1)
    return notebook(made)


def _noted(name: str, *, solution: bool = False, points: int | None = None) -> dict[str, Any]:
    own = {
        "schema_version": 3,
        "grade_id": name,
        "grade": points is not None,
        "solution": solution,
        "locked": not solution,
        "task": False,
    }
    return {"nbgrader": own if points is None else own | {"points": points}}


def nbgrader_course(folder: Path, students: Sequence[Student]) -> Path:
    """A course with the assignment's source and what was handed in; `generate_assignment` is still to be run."""
    source = folder / "source" / "layers"
    source.mkdir(parents=True)
    (source / "layers.ipynb").write_bytes(for_nbgrader(shipped().solved))
    (folder / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'bench'\n")
    for student in students:
        own = folder / "submitted" / student.name / "layers"
        own.mkdir(parents=True)
        (own / "layers.ipynb").write_bytes(for_nbgrader(student.cells))
    return folder


def otter_tests(folder: Path) -> Path:
    """One file of test cases an exercise, for `otter generate`."""
    folder.mkdir()
    for exercise in shipped().exercises:
        cases = "\n\n".join(
            f'@test_case(points=1, name="{test.name}")\n{test.text}'
            for test in TESTS
            if test.exercise == exercise
        )
        head = (
            f'from otter.test_files import test_case\n{_PRELUDE}\nOK_FORMAT = False\n\nname = "{exercise}"\n'
        )
        (folder / f"{exercise}.py").write_text(f"{head}points = None\n\n\n{textwrap.dedent(cases)}", "utf-8")
    return folder
