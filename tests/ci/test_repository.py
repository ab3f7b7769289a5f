"""What a student's repository gets: its steps are run as a runner runs them, by the shell, in a clone."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from junitparser import JUnitXml

from grader import ci
from grader.ci.repository import SANDBOX
from grader.language import use
from grader.release.wheel import wheel
from tests.ci.environments import OFFLINE, environment
from tests.courses import ROOT
from tests.frozen.keys import public_key
from tests.selfcheck.handouts import notebook, right, starter, wrong

WORKFLOW = ".github/workflows/grader-layers.yml"
# What a runner does with a line: commands are read until they are stopped, and from the token on again.
STOP = re.compile(r"::stop-commands::(\w{32})")
MUTANT = "affine_db_not_summed"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    program = wheel()
    return {**ci.github(public_key("layers"), program), **ci.gitlab(public_key("layers"), program)}


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a runner's Python, for which a registry has the core's libraries and the sandbox's only."""
    return environment(tmp_path_factory.mktemp("runner") / "python", "pip", "numpy", "click", "msgspec")


@dataclass
class Runner:
    """A machine with a clone of a student's repository."""

    clone: Path
    temporary: Path
    programs: Path

    @property
    def variables(self) -> dict[str, str]:
        return {
            **OFFLINE,
            "PATH": f"{self.programs}:/usr/bin:/bin",
            "HOME": str(self.temporary),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "RUNNER_TEMP": str(self.temporary),
            **{f"GITHUB_{name}": str(self.temporary / name) for name in ("STEP_SUMMARY", "OUTPUT", "ENV")},
        }

    def shell(self, script: str, **more: str) -> tuple[int, str]:
        """The exit code of a script and all that it says, as both systems start it."""
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.clone,
            env={**self.variables, **more},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return done.returncode, done.stdout

    def github(self, **more: str) -> tuple[list[int], dict[str, str]]:
        """Runs the steps: one that failed keeps those from running that do not ask for it. What is installed by an
        earlier run is not installed again. Exit codes, and what was said, by the step's name."""
        job = yaml.safe_load((self.clone / WORKFLOW).read_text("utf-8"))["jobs"]["check"]
        installed = (self.programs / "grader").exists()
        codes = [0] if installed else []
        said = {}
        for step in (one for one in job["steps"] if "run" in one):
            if installed and step["name"] == "Install the grader":
                continue
            if not any(codes) or step.get("if") == "${{ !cancelled() }}":
                code, said[step["name"]] = self.shell(step["run"], **{**job["env"], **more})
                codes.append(code)
        return codes, said

    @property
    def summary(self) -> str:
        return (self.temporary / "STEP_SUMMARY").read_text("utf-8")


@pytest.fixture
def runner(tmp_path: Path, files: dict[str, bytes], programs: Path) -> Runner:
    repository = tmp_path / "their repository"
    for name, content in files.items():
        path = repository / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "temporary").mkdir()
    return Runner(repository, tmp_path / "temporary", programs)


def commands(said: str) -> list[str]:
    """The lines that GitHub's runner takes for commands."""
    stopped, found = "", []
    for line in map(str.strip, said.splitlines()):
        if stopped:
            stopped = "" if line == f"::{stopped}::" else stopped
        elif opened := STOP.fullmatch(line):
            stopped = opened[1]
        elif line.startswith("::") or "##[" in line:
            found.append(line)
    assert not stopped
    return found


def test_a_module_with_a_mistake_is_annotated_at_its_line(runner: Runner) -> None:
    text = wrong("layers", MUTANT)
    (runner.clone / "layers.py").write_text(text, "utf-8")
    codes, said = runner.github()
    assert codes == [0, 0, 1, 0]
    (annotation,) = [one for one in commands("".join(said.values())) if "db is summed" in one]
    found = re.match(
        r"::error file=layers\.py,line=(\d+),title=Affine%3A db is summed[^:]*::Failed%0A", annotation
    )
    assert found
    lines = text.splitlines()
    assert lines[int(found[1]) - 1] == "        self.db = dout"
    assert "Score: 96 / 100" in said["Report"]
    assert "Score\\: 96 / 100" in runner.summary
    assert "hidden cases, which may differ" in runner.summary
    report = JUnitXml.fromfile(str(runner.temporary / "junit.xml"))
    assert (report.failures, report.errors) == (2, 0)
    assert json.loads((runner.temporary / "results.json").read_text())["sandbox"] in (
        "bubblewrap",
        "landlock",
    )


def test_a_notebook_with_a_mistake_is_annotated_with_its_cell(runner: Runner) -> None:
    own = (ROOT / "solutions" / "layers" / "mutants" / f"{MUTANT}.py").read_text("utf-8")
    (runner.clone / "layers.ipynb").write_text(notebook(right("layers"), "1 + 1", own), "utf-8")
    (runner.clone / "layers.py").write_text(starter("layers"), "utf-8")
    codes, said = runner.github()
    assert codes == [0, 0, 1, 0]
    (annotation,) = [one for one in commands("".join(said.values())) if "db is summed" in one]
    found = re.match(
        r"::error file=layers\.ipynb,title=Affine.*\(cell 3%2C line (\d+)\)::Failed%0A", annotation
    )
    assert found
    assert own.splitlines()[int(found[1]) - 1] == "        self.db = dout"


def test_what_is_right_passes(runner: Runner) -> None:
    (runner.clone / "mine.py").write_text(right("layers"), "utf-8")
    codes, said = runner.github()
    assert codes == [0, 0, 0, 0]
    assert commands("".join(said.values())) == []
    assert "Score: 100 / 100" in said["Report"]


def test_nothing_of_a_student_is_a_command(runner: Runner) -> None:
    evil = (
        "\n\nclass Relu:\n    def forward(self, x):\n        print('::error::printed\\n##[error]printed')\n"
        "        raise ValueError('::error::raised\\n::set-output name=a::b\\n"
        "##[group]raised \\x1b[31m%0A::warning::x')\n"
    )
    (runner.clone / "layers.py").write_text(right("layers") + evil, "utf-8")
    codes, said = runner.github()
    assert codes == [0, 0, 1, 0]
    whole = "".join(said.values())
    assert "::error::raised" in said["Check"]
    assert "\x1b" not in whole
    ours = re.compile(r"::(error|notice) file=layers\.py,line=\d+,title=(Advice%3A )?Relu[^:]*::Crashed%0A")
    assert len(commands(whole)) >= 4
    assert all(map(ours.match, commands(whole)))


def test_one_clear_line_and_no_score_where_nothing_can_be_judged(runner: Runner) -> None:
    for stop in ("no file", "no sandbox"):
        if stop == "no sandbox":
            (runner.clone / "layers.py").write_text(right("layers"), "utf-8")
            (runner.clone / "msgspec.py").write_text("raise ImportError(name='msgspec')", "utf-8")
        codes, said = runner.github(**({"PYTHONPATH": str(runner.clone)} if stop == "no sandbox" else {}))
        assert (sum(map(bool, codes)), codes[-1]) == (1, 0)
        assert commands("".join(said.values())) == [
            "::error::Nothing was judged, so there is no score; what is said above tells why."
        ]
        assert "Score" not in "".join(said.values())
        assert not (runner.temporary / "junit.xml").exists()


def test_an_unreadable_file_is_told_as_such(runner: Runner) -> None:
    (runner.clone / "layers.ipynb").write_text('{"cells": [', "utf-8")
    codes, said = runner.github(FILE="layers.ipynb")
    assert codes == [0, 0, 2, 0]
    (told,) = commands("".join(said.values()))
    assert told.startswith("::error::layers.ipynb is damaged or cut off")
    assert "damaged or cut off" in runner.summary


def gitlab(runner: Runner) -> tuple[int, str]:
    job = yaml.safe_load((runner.clone / ".gitlab-ci.yml").read_text("utf-8"))["grader"]
    assert job["artifacts"] == {"when": "always", "reports": {"junit": "junit.xml"}}
    return runner.shell("\n".join(job["script"]), **job["variables"])


def test_gitlabs_job_reports(runner: Runner) -> None:
    (runner.clone / "layers.py").write_text(wrong("layers", MUTANT), "utf-8")
    code, said = gitlab(runner)
    assert (code, "db is summed over the batch: failed" in said) == (1, True)
    report = JUnitXml.fromfile(str(runner.clone / "junit.xml"))
    assert (report.failures, report.errors) == (2, 0)


def test_gitlabs_job_says_when_nothing_was_judged(runner: Runner) -> None:
    code, said = gitlab(runner)
    assert code == 2
    assert said.splitlines()[-1] == "Nothing was judged, so there is no score; what is said above tells why."
    assert not (runner.clone / "junit.xml").exists()


def test_a_workflow_may_only_read(files: dict[str, bytes]) -> None:
    workflow: dict[Any, Any] = yaml.safe_load(files[WORKFLOW])
    assert workflow["permissions"] == {"contents": "read"}
    uses = [step["uses"] for step in workflow["jobs"]["check"]["steps"] if "uses" in step]
    assert uses == ["actions/checkout@v5", "actions/setup-python@v6", "actions/upload-artifact@v6"]
    assert b"solutions" not in files[WORKFLOW]
    # A title that the runner would fill in from what was pushed could hold a program.
    assert re.findall(rb"\$\{\{ *(.*?) *\}\}", files[WORKFLOW]) == [
        b"!cancelled()",
        b"!cancelled()",
        b"runner.temp",
    ]


def test_the_sandboxs_library_is_the_one_of_the_package() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert SANDBOX in extras["grade"]


def test_it_speaks_the_language_of_the_bundle() -> None:
    use("zh_CN")
    try:
        made = ci.github(public_key("layers"), wheel())
    finally:
        use("en")
    assert "--lang zh_CN" in made[WORKFLOW].decode()
    assert "没有" in made[WORKFLOW].decode()
    assert yaml.safe_load(made[WORKFLOW])["name"] == "grader: layers"
