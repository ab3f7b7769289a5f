"""The self-check where there is no process, no thread, no signal and no library but numpy and click."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from grader.frozen import SUFFIX
from tests.courses import ROOT
from tests.frozen.keys import NUMPY_ONLY, written
from tests.selfcheck.handouts import right, starter


def test_every_assignment_is_checked_within_these_limits(tmp_path: Path) -> None:
    for name in NUMPY_ONLY:
        place = tmp_path / f"作业 {name}"
        place.mkdir()
        (place / f"{name}{SUFFIX}").write_bytes(written(name))
        (place / "right.py").write_text(right(name), encoding="utf-8")
        (place / "starter.py").write_text(starter(name), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [
            sys.executable,
            "-X",
            "dev",
            "-W",
            "error",
            str(Path(__file__).with_name("limits.py")),
            *sorted(map(str, tmp_path.iterdir())),
        ],
        env=environment,
        capture_output=True,
        timeout=300,
        check=False,
    )
    said = done.stdout.decode("gbk")
    assert (done.returncode, done.stderr.decode("gbk")) == (0, "")
    found = [
        json.loads(line.removeprefix("found ")) for line in said.splitlines() if line.startswith("found ")
    ]
    assert [one["codes"] for one in found] == [[0, 1]] * len(NUMPY_ONLY)
    assert all(one["passed"] and one["shown"].startswith("this notebook: ") for one in found)
