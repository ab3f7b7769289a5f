"""Gradescope's autograder, set up and run in the folders of its container: as root, where there is no network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader import ci
from grader.release.wheel import wheel
from tests.ci.environments import OFFLINE, bring
from tests.courses import COURSE, HIDDEN_SEED
from tests.export.test_gradescope import valid
from tests.selfcheck.handouts import notebook, right, wrong

# What root may do in a container of Docker's.
CAPABILITIES = (
    *("CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP"),
    *("NET_BIND_SERVICE", "SYS_CHROOT", "MKNOD", "AUDIT_WRITE", "SETFCAP"),
)
LOOPING = "\n\nclass Relu:\n    def forward(self, x):\n        while True:\n            pass\n"
DYING = "\n\nclass Sigmoid:\n    def forward(self, x):\n        import ctypes\n        ctypes.string_at(0)\n"
# Without what they cannot get from anywhere; the libraries of `grade` come from those of the tests.
STUBS = {"apt-get": "#!/bin/sh\n", "python3": f'#!/bin/sh\nexec "{Path(sys.executable).resolve()}" "$@"\n'}


@dataclass(frozen=True)
class Container:
    """The image that Gradescope builds: `folder` holds what its disk has beside the system's own files."""

    folder: Path

    def run(self, *command: str, binds: Mapping[str, Path] | None = None) -> subprocess.CompletedProcess[str]:
        """Runs a program in it."""
        own = {name: self.folder / name[1:] for name in ("/autograder", "/opt", "/stubs")}
        libraries = Path(pytest.__file__).parents[1]
        words = ["bwrap", "--die-with-parent", "--unshare-net", "--unshare-pid", "--clearenv"]
        if os.geteuid() == 0:
            words += [word for name in CAPABILITIES for word in ("--cap-add", f"CAP_{name}")]
        words += ["--ro-bind", "/usr", "/usr", "--ro-bind", "/etc", "/etc", "--tmpfs", "/tmp"]
        words += [
            word for name in ("bin", "lib", "lib64") for word in ("--symlink", f"usr/{name}", f"/{name}")
        ]
        words += ["--proc", "/proc", "--dev", "/dev"]
        for name, path in {**own, **(binds or {})}.items():
            words += ["--bind", str(path), name]
        for name, path in (("/libraries", libraries), (sys.base_prefix, Path(sys.base_prefix))):
            words += ["--ro-bind", str(path), name]
        for name, value in {**OFFLINE, "PIP_NO_DEPS": "1", "PATH": "/stubs:/usr/bin:/bin"}.items():
            words += ["--setenv", name, value]
        return subprocess.run(
            [*words, "--chdir", "/autograder", *command], capture_output=True, text=True, check=False
        )

    def graded(self, place: Path, files: Mapping[str, str], *before: str) -> tuple[str, dict[str, Any]]:
        """What the autograder printed on a submission, and the results that it left."""
        for name in ("submission", "results"):
            (place / name).mkdir(parents=True)
        for name, text in files.items():
            (place / "submission" / name).write_text(text, "utf-8")
        binds = {f"/autograder/{name}": place / name for name in ("submission", "results")}
        done = self.run(*before, "/autograder/run_autograder", binds=binds)
        assert [path.name for path in (place / "results").iterdir()] == ["results.json"]
        found: dict[str, Any] = json.loads((place / "results" / "results.json").read_text("utf-8"))
        return done.stdout + done.stderr, found


@pytest.fixture(scope="module")
def container(tmp_path_factory: pytest.TempPathFactory) -> Container:
    """The image, built as Gradescope builds it."""
    folder = tmp_path_factory.mktemp("image")
    for name in ("autograder/source", "autograder/submission", "autograder/results", "opt", "stubs"):
        (folder / name).mkdir(parents=True)
    for name, text in STUBS.items():
        (folder / "stubs" / name).write_text(text)
        (folder / "stubs" / name).chmod(0o755)
    uploaded = folder / "autograder.zip"
    uploaded.write_bytes(ci.gradescope(COURSE, "layers", wheel(), HIDDEN_SEED, "after_published"))
    with zipfile.ZipFile(uploaded) as archive:
        archive.extractall(folder / "autograder" / "source")
        modes = {entry.filename: entry.external_attr >> 16 & 0o777 for entry in archive.infolist()}
    assert (modes["setup.sh"], modes["run_autograder"], modes["hidden-seed"]) == (0o755, 0o755, 0o644)
    program = folder / "autograder" / "run_autograder"
    shutil.copy(folder / "autograder" / "source" / "run_autograder", program)
    program.chmod(0o755)
    made = Container(folder)
    done = made.run("bash", "/autograder/source/setup.sh")
    assert done.returncode == 0, done.stderr
    (site,) = (folder / "opt" / "backprop-grader").glob("lib/python*/site-packages")
    bring("numpy", site)
    (site / "libraries.pth").write_text("/libraries\n")
    return made


SUBMISSIONS = {
    "right": {"layers.py": right("layers"), "README.md": "mine"},
    "wrong": {"作业.ipynb": notebook(wrong("layers", "affine_db_not_summed"))},
    "unreadable": {"layers.ipynb": '{"cells": ['},
    "looping": {"layers.py": right("layers") + LOOPING},
    "dying": {"layers.py": right("layers") + DYING},
}


@pytest.fixture(scope="module")
def graded(container: Container, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The results of all submissions; the machine waits most of the time, so they run beside each other."""
    top = tmp_path_factory.mktemp("graded")
    with ThreadPoolExecutor() as pool:
        runs = {name: pool.submit(container.graded, top / name, files) for name, files in SUBMISSIONS.items()}
    return {name: run.result()[1] for name, run in runs.items()}


def test_every_submission_has_its_score(graded: dict[str, dict[str, Any]]) -> None:
    assert {name: data["score"] for name, data in graded.items()} == {
        "right": 100,
        "wrong": 96,
        "unreadable": 0,
        "looping": 90,
        "dying": 90,
    }
    for data in graded.values():
        assert valid(json.dumps(data)) == data
        assert {test["visibility"] for test in data["tests"]} <= {"after_published"}
        assert data["stdout_visibility"] == "hidden"


def test_results_say_what_went_wrong(graded: dict[str, dict[str, Any]]) -> None:
    failed = {
        name: [test for test in data["tests"] if test.get("status") == "failed"]
        for name, data in graded.items()
    }
    assert failed["right"] == []
    assert any("Compare the shape of b with the shape of your db" in one["output"] for one in failed["wrong"])
    assert "damaged or cut off" in graded["unreadable"]["output"]
    assert all(test["score"] == 0 for test in graded["unreadable"]["tests"])
    assert {one["name"].partition(":")[0].split()[0] for one in failed["looping"]} == {"Relu"}
    assert any("Timed out" in one["output"] for one in failed["looping"])
    assert {one["name"].partition(":")[0].split()[0] for one in failed["dying"]} == {"Sigmoid"}
    assert any("Crashed" in one["output"] for one in failed["dying"])


def test_without_a_sandbox_there_is_no_score(container: Container, tmp_path: Path) -> None:
    # A machine of which no table of system calls is known has no sandbox.
    said, data = container.graded(tmp_path, SUBMISSIONS["right"], "linux32")
    assert data.keys() == {"output", "output_format", "visibility", "stdout_visibility"}
    assert data["output"].startswith("Your submission was not judged, by our fault: there is no score.")
    assert len(said.strip().splitlines()) == 1
    assert "Traceback" not in said


def test_the_zip_holds_one_assignment_and_always_the_same_bytes() -> None:
    made = ci.gradescope(COURSE, "layers", wheel(), 1, "visible")
    assert made == ci.gradescope(COURSE, "layers", wheel(), 1, "visible")
    assert made != ci.gradescope(COURSE, "layers", wheel(), 2, "visible")
