"""The command: exit codes, one clear line for every mistake, output that programs can read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from grader import cli
from tests.layers import ROOT, reference_with

GRADE = ["grade", "layers"]


def grader(*args: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it."""
    command = [sys.executable, "-c", "from grader.cli import main; main()", *map(str, args)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def one_line(text: str) -> bool:
    return len(text.strip().splitlines()) == 1 and "Traceback" not in text


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    folder = tmp_path / "handed in"
    folder.mkdir()
    (folder / "right.py").write_text(reference_with(""), encoding="utf-8")
    (folder / "wrong.py").write_text(reference_with("def softmax(x):\n    return x\n"), encoding="utf-8")
    return folder


def test_grade_writes_reports_and_says_where_they_are(handed_in: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = grader(*GRADE, handed_in, "-o", out)
    assert done.returncode == 0, done.stderr
    assert str(out / "index.html") in done.stdout
    assert "100 / 100" in done.stdout
    assert "\x1b[" not in done.stdout + done.stderr
    results = json.loads((out / "results.json").read_text())
    assert results["sandbox"] == "bubblewrap"
    assert [(row["student"], row["score"]) for row in results["submissions"]] == [
        ("right", 100),
        ("wrong", 92),
    ]


def test_grade_fails_only_where_it_is_told_to(handed_in: Path, tmp_path: Path) -> None:
    assert grader(*GRADE, handed_in, "-o", tmp_path / "a", "--fail-under", "95").returncode == 1
    assert grader(*GRADE, handed_in, "-o", tmp_path / "b", "--fail-under", "90").returncode == 0


def test_a_second_run_into_the_same_folder_meets_the_same_cases(handed_in: Path, tmp_path: Path) -> None:
    def seed() -> str:
        assert grader(*GRADE, handed_in / "right.py", "-o", tmp_path / "out").returncode == 0
        return str(json.loads((tmp_path / "out" / "results.json").read_text())["seed"])

    first = seed()
    assert first.startswith("sha256:")
    assert seed() == first


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["grade", "nothing", "examples"], "There is no assignment 'nothing'"),
        (["grade", "layers", "no/such/folder"], "no/such/folder"),
        (["--course", "/usr", "list"], "No such option"),
        (["list", "--course", "/usr"], "No course"),
        (["grades"], "No such command"),
    ],
)
def test_a_users_mistake_is_one_line_and_exit_code_2(args: list[str], words: str) -> None:
    done = grader(*args)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_assignment_is_told_with_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "solutions" / "odd"
    folder.mkdir(parents=True)
    (folder / "assignment.py").write_text("from grader.assignment import Assigment\n")
    done = grader("list", cwd=tmp_path)
    assert done.returncode == 2
    assert one_line(done.stderr)
    assert "assignment.py" in done.stderr


def test_without_the_sandbox_that_is_asked_for_nothing_is_graded(handed_in: Path, tmp_path: Path) -> None:
    script = "import os; os.environ['PATH'] = '/nonexistent'; from grader.cli import main; main()"
    words = [*GRADE, str(handed_in), "-o", str(tmp_path / "out"), "--sandbox", "bubblewrap"]
    command = [sys.executable, "-c", script, *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert one_line(done.stderr)
    assert "apt-get install" in done.stderr
    assert not (tmp_path / "out" / "results.json").exists()


def test_list_names_assignments_and_their_exercises() -> None:
    assert "layers" in grader("list").stdout
    (layers,) = [one for one in json.loads(grader("list", "--json").stdout) if one["name"] == "layers"]
    assert layers["max_score"] == 100
    assert len(layers["exercises"]) == 10


def test_a_bundle_holds_what_is_committed_and_more(tmp_path: Path) -> None:
    done = grader("release", "layers", "-o", tmp_path, "--no-wheel")
    assert done.returncode == 0, done.stderr
    committed = ROOT / "assignments" / "layers"
    assert {path.name for path in tmp_path.iterdir()} == {
        "layers.key.npz",
        *(path.name for path in committed.iterdir() if path.is_file()),
    }
    assert (tmp_path / "layers.py").read_bytes() == (committed / "layers.py").read_bytes()
    assert (
        (tmp_path / "README.md").read_text("utf-8").startswith((committed / "README.md").read_text("utf-8"))
    )
    own, theirs = (
        json.loads((f / "layers.ipynb").read_text("utf-8"))["cells"] for f in (tmp_path, committed)
    )
    assert own[: len(theirs)] == theirs
    assert [cell["id"] for cell in own[len(theirs) :]] == ["check-yourself", "check-key", "check-all"]


@pytest.mark.parametrize("name", list(cli.COMMANDS))
def test_every_command_has_help_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([name, "--help"]) == 0
    assert f"Example: grader {name}" in " ".join(capsys.readouterr().out.split())


def test_our_own_fault_is_exit_code_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocked = tmp_path / "out"
    blocked.write_text("a file where a folder should be made")
    code = cli.run([*GRADE, str(ROOT / "examples" / "class" / "s001.ipynb"), "-o", str(blocked / "below")])
    assert code == 3
    assert "Traceback" not in capsys.readouterr().err
