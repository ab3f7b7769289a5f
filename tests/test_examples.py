"""The example class comes out as examples/README.md says."""

from __future__ import annotations

import json
import re
from pathlib import Path

from grader import cli
from tests.layers import ROOT

ROW = re.compile(r"^\| (s\d+) \|.*\| (\d+) \|$", re.MULTILINE)


def test_the_example_class_has_the_scores_that_its_table_says(tmp_path: Path) -> None:
    told = {
        student: float(score) for student, score in ROW.findall((ROOT / "examples" / "README.md").read_text())
    }
    assert len(told) == 16
    assert cli.run(["grade", "layers", str(ROOT / "examples" / "class"), "-o", str(tmp_path)]) == 0
    rows = json.loads((tmp_path / "results.json").read_text())["submissions"]
    assert {row["student"]: row["score"] for row in rows} == told
    assert {row["student"] for row in rows if row["status"] == "unreadable"} == {"s013"}
    assert all(row["note"] for row in rows if row["status"] != "graded")
