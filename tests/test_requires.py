"""Assignments that need a library or more memory: told where the library is not installed, lent with their imports."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from grader import cli, key
from grader.box.program import Cell, Job, Reply, Source, Step, Value, Wanted
from grader.course import lendable
from grader.errors import SandboxUnavailable
from grader.grading import Grader
from grader.sandbox.base import Limits, Setup
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.choose import TIERS
from grader.sandbox.inprocess import InProcess, InProcessBox
from grader.sandbox.session import Session
from grader.submissions import File, Submission
from tests.courses import COURSE, assignment, course_grader

ODD = """
from grader.assignment import Assignment, Function, N, draw

assignment = Assignment(
    "odd",
    title="Odd",
    requires=("no_such_library", "numpy"),
    exercises=[Function(name="f", inputs={"x": draw.normal(N)}, points=1)],
)
"""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "solutions" / "odd"
    folder.mkdir(parents=True)
    (folder / "assignment.py").write_text(ODD, encoding="utf-8")
    (folder / "odd.py").write_text("import no_such_library\n\ndef f(x):\n    return x\n", encoding="utf-8")
    (tmp_path / "s.py").write_text("def f(x):\n    return x\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("args", [["grade", "odd", "s.py", "-o", "out"], ["validate", "odd"]])
def test_a_library_that_is_not_installed_is_told_in_one_line(
    args: list[str], course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(args) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line == "grader: odd needs no_such_library: pip install 'backprop-grader[no_such_library]'"
    assert not (course / "out" / "results.json").exists()


def test_list_marks_it(course: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001
    assert cli.run(["list"]) == 0
    assert "cannot be graded here: odd needs no_such_library" in capsys.readouterr().out
    assert cli.run(["list", "--json"]) == 0
    (odd,) = json.loads(capsys.readouterr().out)
    assert "pip install" in odd["missing"]


def test_what_is_installed_is_not_missing() -> None:
    assert assignment("torch_linear").missing == ""
    assert replace(assignment("layers"), requires=("numpy", "json")).missing == ""


@dataclass
class Remembering(InProcess):
    """Keeps what boxes are opened with."""

    setups: list[Setup] = field(default_factory=list)

    def open(self, setup: Setup) -> InProcessBox:
        self.setups.append(setup)
        return super().open(setup)


@pytest.mark.parametrize(("needed", "given", "expected"), [(0, 5, 5), (7, 5, 7), (7, 9, 9)])
def test_a_box_has_the_memory_that_the_assignment_needs(needed: int, given: int, expected: int) -> None:
    usual, sandbox = course_grader("eight_weights"), Remembering()
    demanding = replace(usual.assignment, memory=needed)
    grader = Grader(demanding, usual.reference, usual.key, sandbox, Limits(memory=given, call=3.0))
    grader.grade(Submission("s", (File("eight_weights.py", b"def sigmoid(z): return z\n"),)))
    assert {setup.limits for setup in sandbox.setups} == {Limits(memory=expected, call=3.0)}


def test_every_box_imports_what_the_assignment_requires() -> None:
    usual, sandbox = course_grader("eight_weights"), Remembering()
    demanding = replace(usual.assignment, requires=("json", "os.path"))
    key.build(demanding, usual.reference, sandbox, hidden_seed=1)
    right = b"def sigmoid(z): return z\n"
    Grader(demanding, usual.reference, usual.key, sandbox).grade(Submission("s", (File("e.py", right),)))
    assert [setup.modules for setup in sandbox.setups] == [("json", "os.path")] * 2


def test_what_is_offered_is_imported_where_it_is_installed() -> None:
    offering = replace(assignment("layers"), requires=("numpy",), offers=("json", "no_such_library.part"))
    assert offering.modules == ("numpy", "json")
    assert offering.missing == ""
    assert "scipy.signal" in assignment("fc_conv").modules


@pytest.mark.parametrize("tier", TIERS)
def test_pytorch_runs_in_every_sandbox(tier: str) -> None:
    usual = course_grader("torch_linear")
    grader = replace(usual, sandbox=TIERS[tier](()))
    report = grader.grade(Submission("s", (File("torch_linear.py", usual.reference.cells[0].text.encode()),)))
    assert report.score == report.max_score == 100


DOUBLE = """
import torch

torch.set_default_dtype(torch.float64)

class LinearModel(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(1, 1)

    def forward(self, x):
        return self.linear(x.double())
"""


def test_how_a_library_is_told_to_work_belongs_to_the_definitions() -> None:
    # In a box, since it would hold for all that follows in this process.
    grader = replace(course_grader("torch_linear"), sandbox=Bubblewrap())
    train = (COURSE.folder("torch_linear") / "variants" / "epochs_in_closures.py").read_text(encoding="utf-8")
    report = grader.grade(Submission("s", (File("torch_linear.py", (DOUBLE + train).encode()),)))
    assert report.score == 100


LATE = """
import sys
before = set(sys.modules)

def late():
    model = LinearModel()
    train(model, X_DATA, Y_DATA, 2)
    return len({name for name in sys.modules if name not in before and "." in name})
"""


def test_nothing_of_pytorch_is_imported_on_the_time_of_a_submission() -> None:
    one = assignment("torch_linear")
    text = LATE + COURSE.reference("torch_linear").cells[0].text.replace(
        "from __future__ import annotations", ""
    )
    source = Source("m.py", (Cell(text),))
    late, job = (Wanted("late", "function"),), Job((Step("late", ["call", ["exercise", "late"]]),))
    limits = Limits(memory=one.memory)
    with Session(
        Bubblewrap(), {"m.py": text.encode()}, (source,), late, limits, modules=one.requires
    ) as asked:
        (reply,) = asked.observe([job])
    assert isinstance(reply, Reply)
    (late_ones,) = reply.outcomes.values()
    assert isinstance(late_ones, Value)
    # The first optimizer used to bring 800 modules of its own.
    assert late_ones.value < 5


@pytest.mark.parametrize("tier", TIERS)
def test_a_library_that_cannot_be_imported_in_a_box_is_our_own_fault(tier: str) -> None:
    setup = Setup({}, (), (), modules=("json", "no_such_library"))
    with pytest.raises(
        SandboxUnavailable, match=r"a box could not be started: .*No module named 'no_such_library'"
    ):
        TIERS[tier](()).open(setup)


MODULE = Source(
    "m.py",
    (
        Cell(
            "import math\nimport json\nimport numpy as np\nfrom os import path as place, sep\n\n"
            "def root(x):\n    return math.sqrt(x)\n\n"
            "def twice(x):\n    return 2 * root(np.abs(x)), place\n\n"
            "def alone(x):\n    return np.abs(x)\n"
        ),
    ),
)


@pytest.mark.parametrize(
    ("name", "imports"),
    [
        ("root", {"import math"}),
        ("twice", {"import math", "from os import path as place, sep"}),
        ("alone", set()),
    ],
)
def test_what_is_lent_brings_the_imports_that_it_uses(name: str, imports: set[str]) -> None:
    text = lendable(MODULE, name)
    assert {line for line in text.splitlines() if "import" in line} == imports
    compile(text, "lent", "exec")
