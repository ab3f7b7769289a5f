"""What students get of `layers` is what its reference gives, and it runs as it is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.course import Course
from grader.release import release
from grader.release.starter import regions

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "solutions" / "layers" / "layers.py"
HANDOUT = ROOT / "assignments" / "layers"
EXERCISES = Course(ROOT).load("layers").exercises


# What has to be written: its name, how many values its class is made with, and how many it is called with.
STUBS = [
    ("softmax", 0, 1),
    ("cross_entropy_error", 0, 2),
    ("buy_apple", 0, 3),
    ("buy_apple_orange", 0, 5),
    *((f"{name}.forward", 0, 2) for name in ("MulLayer", "AddLayer", "SoftmaxWithLoss")),
    *((f"{name}.forward", 0, 1) for name in ("Relu", "Sigmoid")),
    *((f"{name}.backward", 0, 1) for name in ("MulLayer", "AddLayer", "Relu", "Sigmoid", "SoftmaxWithLoss")),
    *((f"Affine.{method}", 2, 1) for method in ("forward", "backward")),
]


def cells() -> list[dict[str, Any]]:
    """The cells of the committed notebook."""
    notebook: dict[str, Any] = json.loads((HANDOUT / "layers.ipynb").read_text(encoding="utf-8"))
    nbformat.validate(notebook)
    return list(notebook["cells"])


def test_what_is_handed_out_is_what_the_reference_gives(tmp_path: Path) -> None:
    """After a change of the reference: ``grader release layers``."""
    points = [(exercise.name, exercise.max_score) for exercise in EXERCISES]
    for path in release(REFERENCE.parent, tmp_path, points):
        assert (HANDOUT / path.name).read_bytes() == path.read_bytes(), f"{path.name} has drifted"


def test_the_starter_notebook_runs_cell_by_cell(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in cells():
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    assert {exercise.name for exercise in EXERCISES} <= set(names)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) >= len(EXERCISES)
    assert all(line.endswith("is not written yet. Write it, then run this example again.") for line in lines)


def test_every_exercise_of_the_starter_module_is_a_stub() -> None:
    assert {what.partition(".")[0] for what, _, _ in STUBS} == {exercise.name for exercise in EXERCISES}
    names: dict[str, Any] = {"__name__": "layers"}
    exec((HANDOUT / "layers.py").read_text(encoding="utf-8"), names)
    for what, make, inputs in STUBS:
        owner, _, method = what.partition(".")
        call = getattr(names[owner](*[None] * make), method) if method else names[owner]
        with pytest.raises(NotImplementedError, match=rf"^{what} is not written yet$"):
            call(*[None] * inputs)


def test_no_line_of_a_solution_is_handed_out() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    lines = text.split("\n")
    solution = {line.strip() for region in regions(text) for line in lines[region.first : region.last - 1]}
    telling = {line for line in solution if len(line) >= 10}
    assert len(telling) > 30
    handed = [
        (HANDOUT / "layers.py").read_text(encoding="utf-8"),
        "\n".join("".join(cell["source"]) for cell in cells()),
    ]
    for starter in handed:
        assert {line for line in telling if line in starter} == set()


@pytest.mark.parametrize("path", [REFERENCE, HANDOUT / "layers.py"], ids=["reference", "starter"])
def test_run_as_a_script_every_example_ends_well(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert ("price (should be 715): 715.0" in done.stdout) == (path == REFERENCE)
