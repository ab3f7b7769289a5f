"""The example classes are what examples/README.md says, and come out as it says."""

from __future__ import annotations

import ast
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from grader import cli
from tests.courses import NAMES, ROOT

EXAMPLES = ROOT / "examples"
CLASS = EXAMPLES / "class"
ROW = re.compile(r"^\| (s\d{3}) \|.*\| (?P<expect>[^|]*) \| (\d+) \|$", re.MULTILINE)


@dataclass(frozen=True)
class Told:
    """What the README tells of a class: the scores, and who cannot be read."""

    folder: str
    assignment: str
    text: str

    @property
    def scores(self) -> dict[str, float]:
        return {student: float(score) for student, _, score in ROW.findall(self.text)}

    @property
    def unreadable(self) -> set[str]:
        return {student for student, expect, _ in ROW.findall(self.text) if "`unreadable`" in expect}


def told(section: str) -> Told:
    """A section of the README, whose heading names the folder and the assignment."""
    heading, _, text = section.partition("\n")
    folder, assignment = re.findall(r"`(\w+)`", heading)
    return Told(folder, assignment, text)


_, *SECTIONS = (EXAMPLES / "README.md").read_text("utf-8").split("\n## ")
CLASSES = [told(section) for section in SECTIONS]
every_class = pytest.mark.parametrize("one", CLASSES, ids=lambda one: one.folder)


def students(folder: str) -> list[str]:
    return sorted(path.name.partition(".")[0] for path in (EXAMPLES / folder).iterdir())


def stem(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


def test_every_assignment_has_an_example_class_and_every_class_a_table() -> None:
    assert sorted(one.assignment for one in CLASSES) == NAMES
    assert {one.folder for one in CLASSES} == {path.name for path in EXAMPLES.iterdir() if path.is_dir()}
    assert {one.folder for one in CLASSES if one.folder != one.assignment} == {"class"}


@every_class
def test_the_readme_explains_every_submission(one: Told) -> None:
    rows = re.findall(r"^\| (s\d+) ", one.text, re.MULTILINE)
    assert rows == students(one.folder) == list(one.scores)
    assert f"\ngrader grade {one.assignment} examples/{one.folder}\n" in one.text


@every_class
def test_a_class_has_the_scores_that_its_table_says(one: Told, tmp_path: Path) -> None:
    folder = str(EXAMPLES / one.folder)
    assert cli.run(["grade", one.assignment, folder, "-o", str(tmp_path)]) == 0
    rows = json.loads((tmp_path / "results.json").read_text("utf-8"))["submissions"]
    assert {row["student"]: row["score"] for row in rows} == one.scores
    assert {row["student"] for row in rows if row["status"] == "unreadable"} == one.unreadable
    assert all(row["note"] for row in rows if row["status"] != "graded")


def test_sixteen_students_handed_in_and_half_of_them_notebooks() -> None:
    assert students("class") == [f"s{number:03}" for number in range(1, 17)]
    assert len(list(CLASS.glob("*.ipynb"))) == 8
    with zipfile.ZipFile(CLASS / "s015.zip") as archive:
        zipped = [name for name in archive.namelist() if re.fullmatch(r"[^/.]+/layers\S+\.ipynb", name)]
    assert len(zipped) == 1, zipped


@pytest.mark.parametrize("path", sorted(EXAMPLES.rglob("*.ipynb")), ids=stem)
def test_notebooks_are_valid_except_those_that_are_none(path: Path) -> None:
    if path == CLASS / "s013.ipynb":
        assert path.read_bytes().startswith(b"%PDF-")
        return
    text = path.read_text("utf-8")
    if path == EXAMPLES / "fc_conv" / "s006.ipynb":
        with pytest.raises(json.JSONDecodeError):
            json.loads(text)
        return
    raw = json.loads(text)
    assert raw["nbformat"] == (3 if path == CLASS / "s014.ipynb" else 4)
    nbformat.validate(raw, version=raw["nbformat"])


def test_the_odd_files_are_as_odd_as_they_should_be() -> None:
    chinese = (CLASS / "s011.py").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        chinese.decode("utf-8")
    text = chinese.decode("gb18030")
    assert all(sign in text for sign in ("\u3000", "\t", "\r\n"))
    assert not (CLASS / "s009" / "common").exists()
    assert (CLASS / "s004" / "common" / "functions.py").exists()


@pytest.mark.parametrize("name", ["class/s010", "eight_weights/s006", "two_layer_net/s006"])
def test_modules_with_syntax_errors_are_no_python(name: str) -> None:
    with pytest.raises(SyntaxError):
        ast.parse((EXAMPLES / f"{name}.py").read_text("utf-8"))


def test_one_library_was_handed_in_as_seven_files() -> None:
    names = {path.stem for path in (EXAMPLES / "fc_conv" / "s002").iterdir()}
    assert names == {
        *("layer", "fc_layer", "activation_layer", "conv_layer"),
        *("activations", "losses", "network"),
    }


def test_files_of_the_classes_are_small() -> None:
    assert max(path.stat().st_size for path in EXAMPLES.rglob("*") if path.is_file()) < 1 << 15
