"""A class to be shown to others: what is left of it, and that nothing names a student."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from grader import language
from grader.model import Adjustment, ClassReport, Report, Verdict
from grader.reports import from_json, without_names, write_shared
from tests.reports import specimens
from tests.reports.pages import Page
from tests.reports.specimens import exercise, wrong


def telling() -> Report:
    """A submission that names its student wherever something is not ours."""
    said = wrong(
        "runs", Verdict.CRASHED, "Relu raised OSError: C:\\Users\\lovelace\\x.npy [Relu(x 2), case 1]"
    )
    typed = wrong("dx_matches_reference", Verdict.FAILED, "dx is an object of type LovelaceArray or ada_list")
    unread = wrong("is_defined", Verdict.MISSING, "Affine (in Ada's file.py) is broken")
    return replace(
        specimens.struggling(),
        exercises=(
            replace(exercise("Relu", said), found_as="LovelaceRelu"),
            exercise("Sigmoid", typed, specimens.passed("runs", "it runs", 0.0, note="as Ada says")),
            exercise("Affine", unread, specimens.db_not_summed(), specimens.dW_hidden()),
        ),
        files=("Ada Lovelace/my layers.ipynb", "lovelace.tar"),
        late=True,
        adjustments=(Adjustment("Relu", 2.0, "Ada was right"), Adjustment(None, -9.0, "late, Ada")),
        comments=("Well done, Ada.",),
        release="0123456789",
        result="fedcba9876",
    )


CLASS = replace(
    specimens.class_report(),
    submissions=tuple(
        telling() if one.student == "s002" else one for one in specimens.class_report().submissions
    ),
)
NAMES = {one.student: f"anon-{number}" for number, one in enumerate(reversed(CLASS.submissions), 1)}
NAMING = (
    *("s001", "s002", "s003", "calc'!A0", "passwd", "etc", "张伟", "evil"),
    *("ada", "lovelace", "tar", "my layers", "layers.ipynb", "is not a notebook"),
    *("0123456789", "fedcba9876", "alert", "epoch", "numpy", specimens.SECRET, str(specimens.SECRET_NUMBER)),
)


def by_name(report: ClassReport) -> dict[str, Report]:
    return {one.student: one for one in report.submissions}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shared")
    write_shared(folder, without_names(CLASS, NAMES))
    return folder


def test_no_file_and_no_name_of_a_file_tells_who_it_was(shared: Path) -> None:
    files = [path for path in shared.rglob("*") if path.is_file()]
    assert len(files) == 4 + len(CLASS.submissions)
    for path in files:
        text = path.read_text("utf-8")
        if path.suffix == ".html":
            page = Page(text)
            text = page.text + " ".join(page.values("href"))
        told = f"{path.relative_to(shared)} {text}".lower()
        assert [word for word in NAMING if re.search(rf"(?<![a-z]){re.escape(word.lower())}", told)] == []


def test_what_the_class_did_is_still_there(shared: Path) -> None:
    before, after = by_name(CLASS), by_name(from_json((shared / "results.json").read_text("utf-8")))
    for student, name in NAMES.items():
        old, new = before[student], after[name]
        assert (new.score, new.max_score, new.status, new.late) == (
            *(old.score, old.max_score, old.status),
            old.late,
        )
        assert [[check.verdict for check in one.checks] for one in new.exercises] == [
            [check.verdict for check in one.checks] for one in old.exercises
        ]
    page = (shared / f"students/{NAMES['s002']}.html").read_text("utf-8")
    assert "db.shape=(5, 4), but should be (4,)" in page
    assert "Compare the shape of b" in page
    assert "Relu raised OSError" in page
    assert "dx is an object of type …" in page
    assert "Array" not in page
    assert "file1.ipynb" in page
    assert "neither code nor arrays" in page


def test_the_order_is_not_that_of_the_class_and_flags_keep_their_kind(shared: Path) -> None:
    data = json.loads((shared / "results.json").read_text("utf-8"))
    students = [one["student"] for one in data["submissions"]]
    assert students == sorted(NAMES.values())
    flagged = next(one for one in data["submissions"] if one["student"] == NAMES["s002"])
    assert [flag["id"] for flag in flagged["flags"]] == ["own-finite-differences", "frame-walk"]
    assert [one["why"] for one in flagged["adjustments"]] == ["adjustment", "adjustment"]
    assert flagged["total"] == flagged["score"] - 7


def test_a_finding_of_ours_is_not_mistaken_for_a_name() -> None:
    max_3 = replace(specimens.report("3", exercise("Affine", specimens.db_not_summed())), name="Lu Relu")
    (one,) = without_names(replace(CLASS, submissions=(max_3,)), {"3": "anon-1"}).submissions
    (db,) = (c.finding for e in one.exercises for c in e.checks if c.finding)
    assert db is not None
    assert db.message == "db.shape=(5, 4), but should be (4,) [Affine(W 3x4, b 4).backward(dout 5x4)]"


def test_in_chinese_what_python_said_is_left_out_too() -> None:
    said = wrong("runs", Verdict.CRASHED, "Relu 抛出了 OSError：/home/张伟（第 3 行）")
    language.use("zh_CN")
    report = specimens.report("s1", exercise("Relu", said), adjustments=(Adjustment(None, 1.0, "张伟"),))
    (one,) = without_names(replace(CLASS, submissions=(report,)), {"s1": "anon-1"}).submissions
    (crash,) = (c.finding for e in one.exercises for c in e.checks if c.finding)
    assert crash is not None
    assert crash.message == "Relu 抛出了 OSError"
    assert one.adjustments == (Adjustment(None, 1.0, "调整"),)
