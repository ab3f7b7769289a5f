"""What students get of every assignment is what its reference gives, and it runs as it is."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.release import items_of, release
from grader.release.starter import regions
from tests.courses import COURSE, NAMES, ROOT, assignment

STUB = re.compile(r'^ *raise NotImplementedError\("([\w.]+) is not written yet"\)$', re.MULTILINE)
PROMISED = {
    "eight_weights": r"^after 10 steps: error 0\.146531$",
    "fc_conv": r"^after 60 epochs: loss 0\.\d+, (9\d|100)% of the new images are named right$",
    "layers": r"price \(should be 715\): 715\.0",
    "torch_linear": r"^after  100 epochs: w 1\.8820\d\d, b 0\.2680\d\d, loss 0\.0309\d\d, at x = 4: 7\.7963\d\d$",
    "two_layer_net": r"^accuracy on new images [89]\d\.\d%$",
}
WAITING = "is not written yet. Write it, then run this example again."

every_assignment = pytest.mark.parametrize("name", NAMES)


def reference(name: str) -> Path:
    return COURSE.folder(name) / f"{name}.py"


def handed_out(name: str) -> Path:
    return ROOT / "assignments" / name


def starter(name: str) -> str:
    return (handed_out(name) / f"{name}.py").read_text(encoding="utf-8")


def cells(name: str) -> list[dict[str, Any]]:
    """The cells of the committed notebook."""
    text = (handed_out(name) / f"{name}.ipynb").read_text(encoding="utf-8")
    notebook: dict[str, Any] = json.loads(text)
    nbformat.validate(notebook)
    return list(notebook["cells"])


def names_of(name: str) -> set[str]:
    """Everything that students have to define."""
    return {one for item in items_of(assignment(name)) for one in item.names}


def examples(name: str) -> int:
    """How many examples a starter runs; each says one line as long as something is missing."""
    return len(re.findall(r"^show\(", starter(name), re.MULTILINE))


def run(path: Path) -> str:
    """What a module prints, run as a script; it must end well and without a warning."""
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", str(path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_every_assignment_of_the_course_is_handed_out_and_nothing_else() -> None:
    assert sorted(path.name for path in (ROOT / "assignments").iterdir()) == NAMES


@every_assignment
def test_what_is_handed_out_is_what_the_reference_gives(name: str, tmp_path: Path) -> None:
    """After a change of the reference: ``grader release NAME``."""
    written = release(COURSE.folder(name), tmp_path, items_of(assignment(name)))
    assert sorted(path.name for path in written) == sorted(path.name for path in handed_out(name).iterdir())
    drifted = [
        path.name for path in written if path.read_bytes() != (handed_out(name) / path.name).read_bytes()
    ]
    assert drifted == []


@every_assignment
def test_the_readme_names_all_that_has_to_be_written_once(name: str) -> None:
    rows = re.findall(r"^\| (`.*) \|", (handed_out(name) / "README.md").read_text(encoding="utf-8"), re.M)
    assert sorted(re.findall(r"`(\w+)`", " ".join(rows))) == sorted(names_of(name))
    assert len(rows) == len(assignment(name).exercises)


@every_assignment
def test_the_starter_notebook_runs_cell_by_cell(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in cells(name):
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    assert names_of(name) <= set(names)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == examples(name)
    assert [line for line in lines if not line.endswith(WAITING)] == []


@every_assignment
def test_every_exercise_of_the_starter_is_a_stub_that_says_its_name(name: str) -> None:
    stubs = Counter(STUB.findall(starter(name)))
    assert stubs.total() == len(list(regions(reference(name).read_text(encoding="utf-8"))))
    assert {stub.partition(".")[0] for stub in stubs} == names_of(name)
    for wanted in assignment(name).sought:
        assert {f"{wanted.name}.{method}" for method in wanted.methods} <= set(stubs)

    names: dict[str, Any] = {"__name__": name}
    exec(starter(name), names)
    for stub in stubs:
        owner, _, method = stub.partition(".")
        made = names[owner].__new__(names[owner]) if method else None
        function = getattr(made, method) if method else names[owner]
        needed = [p for p in inspect.signature(function).parameters.values() if p.default is p.empty]
        with pytest.raises(NotImplementedError, match=rf"^{stub} is not written yet$"):
            function(*[None] * len(needed))


@every_assignment
def test_no_line_of_a_solution_is_handed_out(name: str) -> None:
    text = reference(name).read_text(encoding="utf-8")
    lines = text.split("\n")
    solution = {line.strip() for region in regions(text) for line in lines[region.first : region.last - 1]}
    telling = {line for line in solution if len(line) >= 10}
    assert len(telling) > 2 * len(assignment(name).exercises)
    notebook = "\n".join("".join(cell["source"]) for cell in cells(name))
    for handed in (starter(name), notebook):
        assert {line for line in telling if line in handed} == set()


@every_assignment
def test_run_as_a_script_the_starter_says_what_is_missing(name: str) -> None:
    lines = run(handed_out(name) / f"{name}.py").splitlines()
    assert len(lines) == examples(name)
    assert [line for line in lines if not line.endswith(WAITING)] == []


@every_assignment
def test_run_as_a_script_the_reference_shows_what_its_text_promises(name: str) -> None:
    assert re.search(PROMISED[name], run(reference(name)), re.MULTILINE)
