"""Flags as reports tell them: what was noticed in one submission, and files that are equal in a class."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.box import flags as ids
from grader.box.program import Cell, Note, Place, Source, Wanted
from grader.flags import SAME, Entry, entry, flags_of
from grader.model import Flag, Report
from grader.submissions import File, Submission, sources
from tests.batches import run_batch
from tests.layers import grade, layers, reference_with
from tests.submissions.making import notebook

REFERENCE = Source("layers.py", (Cell("import numpy as np\n"),))
WANTED = (Wanted("softmax", "function", ("Softmax",)), Wanted("Relu", "class"))
CODE = "def softmax(x):\n    return np.exp(x) / np.sum(np.exp(x))\n"


def note(id: str = ids.AUTOGRAD, detail: str = "torch", place: Place | None = Place("a.py", 3)) -> Note:  # noqa: B008
    return Note(id, detail, place)


def test_a_flag_says_where() -> None:
    assert flags_of([note()], REFERENCE) == (Flag(ids.AUTOGRAD, "a.py, line 3"),)
    cell = note(place=Place("a.ipynb", 7, 3))
    assert flags_of([cell], REFERENCE) == (Flag(ids.AUTOGRAD, "a.ipynb, cell 3, line 7"),)


@pytest.mark.parametrize(
    "line", ["import torch", "import numpy, torch.nn", "from torch.nn import functional"]
)
def test_a_library_of_the_reference_is_no_flag(line: str) -> None:
    own = Source("layers.py", (Cell(f"def late():\n    {line}\n"),))
    assert flags_of([note(), note(detail="jax")], own) == (Flag(ids.AUTOGRAD, "a.py, line 3"),)
    assert flags_of([note()], own) == ()


def test_what_the_box_makes_up_is_bounded() -> None:
    forged = [note("made-up"), note("tabs"), note(place=None), *[note()] * 9]
    forged += [note(ids.FRAMES, place=Place("a.py", line)) for line in range(9)]
    assert [flag.id for flag in flags_of(forged, REFERENCE)] == [ids.AUTOGRAD, *[ids.FRAMES] * 3]


def test_a_flag_is_in_the_report_and_costs_nothing() -> None:
    report = grade("import ctypes\n")
    assert [flag.id for flag in report.flags] == [ids.MACHINE]
    assert report.score == report.max_score
    assert not any("ctypes" in mend or ids.MACHINE in mend for mend in report.mends)


def handed(*files: tuple[str, str]) -> tuple[Source, ...]:
    found, _ = sources(Submission("s", tuple(File(path, text.encode()) for path, text in files)))
    return found


def digest(text: str, path: str = "a.py") -> bytes:
    found = entry(handed((path, text)), WANTED)
    assert found is not None
    return found.digest


def test_comments_white_space_and_cells_make_no_difference() -> None:
    same = [
        CODE.replace("\n", "\r\n"),
        "# mine\n\n" + CODE.replace("    ", "\t").replace(" / ", "/"),
        CODE.replace("(x):", "(x):  # 作者"),
    ]
    assert {digest(text) for text in same} == {digest(CODE)}
    assert digest(notebook("# hello", CODE), "a.ipynb") == digest(CODE)


def test_names_and_numbers_make_a_difference() -> None:
    assert digest(CODE.replace("(x)", "(z)")) != digest(CODE)
    assert digest(CODE + "y = 1\n") != digest(CODE + "y = 2\n")


def test_the_entry_defines_most_exercises() -> None:
    both = CODE + "class  Relu(object):\n    pass\n"
    found = entry(handed(("data.py", "x = 1"), ("functions.py", CODE), ("layers.py", both)), WANTED)
    assert found is not None
    assert found.path == "layers.py"
    assert entry(handed(("a.py", "class Softmax:\n    pass\n")), WANTED) is not None


@pytest.mark.parametrize(
    "text", ["x = 1\n", "softmax = 1\n", "def softmax2(x):\n    pass\n", "# def softmax\n"]
)
def test_a_file_without_exercises_is_no_entry(text: str) -> None:
    assert entry(handed(("a.py", text)), WANTED) is None


@dataclass(frozen=True)
class Handed:
    student: str
    text: str
    path: str = "layers.py"

    def read(self) -> Submission:
        return Submission(self.student, (File(self.path, self.text.encode()),))


def batch(folder: Path, *submissions: Handed) -> dict[str, Report]:
    report = run_batch(layers(), folder, submissions)
    return {one.student: one for one in report.submissions}


def test_equal_files_are_flagged_on_both_rows_and_on_no_students_page(tmp_path: Path) -> None:
    text = reference_with("")
    found = batch(
        tmp_path,
        Handed("anna", text),
        Handed("bert", reference_with("def softmax(x):\n    return x\n")),
        Handed("carl", "# my own work\n" + text, "mine.py"),
    )
    assert found["anna"].flags == (Flag(SAME, "layers.py, like that of carl"),)
    assert found["bert"].flags == ()
    assert found["carl"].flags == (Flag(SAME, "mine.py, like that of anna"),)
    for student, other in (("anna", "carl"), ("carl", "anna")):
        assert other in (tmp_path / "instructor" / f"{student}.html").read_text("utf-8")
        own = (tmp_path / "students" / f"{student}.html").read_text("utf-8")
        assert other not in own
        assert SAME not in own
    rows = json.loads((tmp_path / "results.json").read_text("utf-8"))["submissions"]
    assert [len(row["flags"]) for row in rows] == [1, 0, 1]


def test_what_earns_nothing_is_everybodys(tmp_path: Path) -> None:
    text = "def softmax(x):\n    raise NotImplementedError\n"
    found = batch(tmp_path, *(Handed(name, text) for name in ("anna", "bert", "carl")))
    assert [report.flags for report in found.values()] == [()] * 3


def test_of_many_equal_files_a_few_owners_are_told(tmp_path: Path) -> None:
    text = "class AddLayer:\n    def forward(self, x, y):\n        return x + y\n"
    found = batch(tmp_path, *(Handed(f"s{number}", text) for number in range(6)))
    assert found["s0"].score > 0
    (flag,) = found["s0"].flags
    assert flag.where == "layers.py, like that of s1, s2, s3 and 2 more"


def test_an_entry_is_light() -> None:
    assert entry(handed(("a.py", CODE * 1000)), WANTED) == Entry("a.py", digest(CODE * 1000))
    assert len(digest(CODE * 1000)) == 32
