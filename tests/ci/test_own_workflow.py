"""This project's own workflow, as far as it can be held against the project here."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import yaml

from tests.ci.environments import environment
from tests.courses import ROOT

# pytest and hypothesis with what they need themselves.
INSTALLED = ("pytest", "hypothesis", "pluggy", "iniconfig", "packaging", "pygments", "sortedcontainers")


def test_what_it_runs_elsewhere_needs_the_core_only(tmp_path: Path) -> None:
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text("utf-8"))["jobs"]
    install, run = [step["run"] for step in jobs["self-check"]["steps"] if "run" in step]
    assert install == "python -m pip install . pytest hypothesis"
    python, *words = shlex.split(run)
    assert python == "python"
    for word in words:
        path, _, name = word.partition("::")
        if path.startswith("tests/"):
            assert (ROOT / path).exists()
            assert f"def {name}(" in (ROOT / path).read_text("utf-8") if name else True
    programs = environment(tmp_path / "python", "numpy", "click", *INSTALLED)
    collect = [str(programs / "python"), *words, "--collect-only", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(collect, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "test_check_command.py::test_starter_right_and_half" in done.stdout
    assert "test_in_the_sandbox" not in done.stdout
