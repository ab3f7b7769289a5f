"""``grader ci``: what it writes, and what it leaves alone."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import jsonschema
import pytest

from grader import ci, cli, newcourse
from grader.course import Course
from grader.gradebook import FILE, hidden_seed, opened
from tests.courses import ROOT
from tests.selfcheck.handouts import folder, wrong


def files(content: bytes) -> dict[str, bytes]:
    """The files of a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A course of one small assignment, which is the current folder."""
    newcourse.write_example(tmp_path / "course")
    monkeypatch.chdir(tmp_path / "course")
    return Course(tmp_path / "course")


@pytest.mark.usefixtures("own")
def test_it_fits_into_the_folder_of_a_bundle() -> None:
    assert cli.run(["release", "squares", "-o", "out"]) == 0
    for system in ("github", "gitlab"):
        assert cli.run(["ci", system, "squares", "-o", "out"]) == 0
    assert {path.relative_to("out").as_posix() for path in Path("out").rglob("*") if path.is_file()} == {
        *(".github/workflows/grader-squares.yml", ".gitlab-ci.yml", "README.md", "squares.ipynb"),
        *("squares.py", "squares.key.npz", "backprop_grader-0.1.0-py3-none-any.whl"),
    }


@pytest.mark.usefixtures("own")
def test_what_is_there_is_written_over_only_when_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    Path(".gitlab-ci.yml").write_text("theirs", "utf-8")
    assert cli.run(["ci", "gitlab", "squares", "-o", "."]) == 2
    told = capsys.readouterr().err
    assert told == "grader: .gitlab-ci.yml: is there already and differs; --force writes over it\n"
    assert Path(".gitlab-ci.yml").read_text("utf-8") == "theirs"
    assert not Path("squares.key.npz").exists()
    for _ in range(2):
        assert cli.run(["ci", "gitlab", "squares", "-o", ".", "--force"]) == 0
    assert cli.run(["ci", "gitlab", "squares", "-o", "."]) == 0


def test_gradescope_asks_the_hidden_cases_of_the_course(own: Course) -> None:
    reports = own.root / "reports" / "squares"
    with opened(reports / FILE) as book:
        seed = hidden_seed(book, "squares", reports)
    made = []
    for options in ([], ["--force"], ["--seed", str(seed), "--lang", "zh_CN", "--force"]):
        assert cli.run(["ci", "gradescope", "squares", "-o", "out", *options]) == 0
        made.append(Path("out/squares-autograder.zip").read_bytes())
    assert made[0] == made[1] != made[2]
    other = ["--gradebook", "other.sqlite", "--force"]
    assert cli.run(["ci", "gradescope", "squares", "-o", "out", *other]) == 0
    assert files(Path("out/squares-autograder.zip").read_bytes())["hidden-seed"] != f"{seed}\n".encode()
    for found in map(files, made):
        assert found["hidden-seed"] == f"{seed}\n".encode()
        assert {name for name in found if name.startswith("course/")} == {
            *("course/course.toml", "course/solutions/squares/assignment.py"),
            "course/solutions/squares/squares.py",
        }
    assert "没有得分" in json.loads(files(made[2])["not_judged.json"])["output"]


def test_settings_may_speak_of_other_assignments(own: Course, tmp_path: Path) -> None:
    other = own.solutions / "cubes"
    other.mkdir()
    text = (own.solutions / "squares" / "assignment.py").read_text("utf-8")
    (other / "assignment.py").write_text(text.replace("squares", "cubes"), "utf-8")
    (other / "cubes.py").write_text("secret = 1\n", "utf-8")
    (own.root / "course.toml").write_text(
        "[assignments.cubes]\nscale = 10\n[assignments.squares]\nscale = 20\n", "utf-8"
    )
    made = ci.gradescope(own, "squares", ("a.whl", b""), 1, "visible")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        archive.extractall(tmp_path / "unpacked")
    unpacked = Course(tmp_path / "unpacked" / "course")
    assert unpacked.settings.assignments["squares"].scale == 20
    assert unpacked.load("squares").name == "squares"
    assert not (unpacked.solutions / "cubes" / "cubes.py").exists()


def test_libraries_that_an_assignment_needs_are_installed() -> None:
    made = ci.gradescope(Course(ROOT), "torch_linear", ("a.whl", b""), 1, "visible")
    assert b"'./a.whl[grade,torch]'" in files(made)["setup.sh"]


def test_a_self_check_writes_results_for_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schema = json.loads((ROOT / "tests" / "reports" / "results.schema.json").read_text("utf-8"))
    place = folder(tmp_path, "layers")
    monkeypatch.chdir(place)
    (place / "layers.py").write_text(wrong("layers", "affine_db_not_summed"), "utf-8")
    (place / "cut.ipynb").write_text('{"cells": [', "utf-8")
    found = {}
    for name, code in (("layers.py", 1), ("cut.ipynb", 2)):
        assert cli.run(["check", name, "-o", f"{name}.json"]) == code
        results = json.loads((place / f"{name}.json").read_text("utf-8"))
        jsonschema.validate(results, schema)
        (found[name],) = results["submissions"]
        assert found[name]["files"] == [name]
    assert found["layers.py"]["score"] == 96
    assert (found["cut.ipynb"]["status"], found["cut.ipynb"]["max_score"]) == ("unreadable", 100)
    assert "damaged or cut off" in found["cut.ipynb"]["note"]


def test_help_has_an_example_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    for system in ("github", "gitlab", "gradescope"):
        assert cli.run(["ci", system, "--help"]) == 0
        assert f"Example: grader ci {system} layers -o " in capsys.readouterr().out
