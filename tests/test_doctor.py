"""`grader doctor`, and the options that choose a sandbox."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from grader import cli
from grader.cli.doctor_command import EXTRAS
from tests.layers import ROOT, reference_with


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    path = tmp_path / "right.py"
    path.write_text(reference_with(""), encoding="utf-8")
    return path


def test_it_tells_what_this_machine_can_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["doctor"]) == 0
    told = capsys.readouterr().out
    assert "ok  bubblewrap" in told
    assert "ok  landlock" in told
    assert "Submissions are run in: bubblewrap" in told


def test_programs_can_read_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["doctor", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["sandbox"] == "bubblewrap"
    assert [(one["name"], one["ok"]) for one in found["sandboxes"]] == [
        ("bubblewrap", True),
        ("landlock", True),
    ]
    assert found["extras"][0] == {"name": "grade", "ok": True, "detail": ""}


def test_what_is_missing_is_told_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(EXTRAS, "torch", ("no-such-distribution",))
    assert cli.run(["doctor"]) == 0
    told = capsys.readouterr().out
    assert "no  bubblewrap: bubblewrap is not installed: apt-get install bubblewrap" in told
    assert "no  torch: needs no-such-distribution: pip install 'backprop-grader[torch]'" in told
    assert "Submissions are run in: landlock" in told


def test_without_any_sandbox_its_exit_code_is_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("grader.box.landlock.version", lambda: 0)
    assert cli.run(["doctor"]) == 3
    assert "cannot be graded here" in capsys.readouterr().out


def test_it_works_where_the_extra_is_not_installed() -> None:
    code = """
import sys
class Bare:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in sys.stdlib_module_names | {"numpy", "click", "grader"}:
            raise ModuleNotFoundError(f"not installed here: {name}", name=name)
sys.meta_path.insert(0, Bare())
from grader.cli import run
raise SystemExit(run(["doctor"]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "needs msgspec: pip install 'backprop-grader[grade]'" in done.stdout


def test_the_extra_is_the_one_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {line.partition(">")[0] for line in project["optional-dependencies"]["grade"]}
    assert set(EXTRAS["grade"]) == needed


@pytest.mark.parametrize("tier", ["bubblewrap", "landlock"])
def test_a_sandbox_can_be_insisted_on(handed_in: Path, tmp_path: Path, tier: str) -> None:
    out = tmp_path / "out"
    assert cli.run(["grade", "layers", str(handed_in), "-o", str(out), "--sandbox", tier]) == 0
    results = json.loads((out / "results.json").read_text(encoding="utf-8"))
    assert results["sandbox"] == tier
    assert results["submissions"][0]["score"] == 100


def test_grading_without_a_sandbox_is_stamped_on_every_report(
    handed_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    out = tmp_path / "out"
    assert cli.run(["grade", "layers", str(handed_in), "-o", str(out), "--unsafe-no-sandbox"]) == 0
    assert json.loads((out / "results.json").read_text(encoding="utf-8"))["sandbox"] == "none"
    pages = list(out.rglob("*.html"))
    assert len(pages) >= 3
    assert all("--unsafe-no-sandbox" in page.read_text(encoding="utf-8") for page in pages)


@pytest.mark.parametrize(
    ("variable", "more", "words"),
    [
        ("CI", [], "refused where the environment variable CI is set"),
        ("X", ["--sandbox", "landlock"], "exclude each"),
    ],
)
def test_going_without_a_sandbox_can_be_refused(
    handed_in: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    variable: str,
    more: list[str],
    words: str,
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setitem(os.environ, variable, "")
    out = tmp_path / "out"
    assert cli.run(["grade", "layers", str(handed_in), "-o", str(out), "--unsafe-no-sandbox", *more]) == 2
    (line,) = capsys.readouterr().err.strip().splitlines()[-1:]
    assert words in line
    assert not out.exists()
