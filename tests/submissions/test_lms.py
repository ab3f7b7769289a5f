"""The names that learning management systems give to what they pack."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from grader.submissions.collect import collect
from tests.submissions.making import zipped
from tests.submissions.test_find import CODE, lay, paths, read_all


def of_moodle(name: str, number: int, file: str, kind: str = "file_") -> str:
    return f"{name}_{number}_assignsubmission_{kind}{file}"


def test_moodles_folders(tmp_path: Path) -> None:
    files = {
        of_moodle("Jane Doe", 17, "/layers.ipynb"): CODE,
        of_moodle("Jane Doe", 17, "/sub/data.py"): CODE,
        of_moodle("Jane Doe", 17, "/onlinetext.html", "onlinetext_"): b"<p>",
        of_moodle("O'Neil_2", 18, "/a.py"): CODE,
        of_moodle("Text Only", 19, "/onlinetext.html", "onlinetext"): b"<p>",
    }
    found = collect(lay(tmp_path, {"m.zip": zipped(files)}) / "m.zip")
    assert [(handle.student, handle.about.name) for handle in found.handles] == [
        ("17", "Jane Doe"),
        ("18", "O'Neil_2"),
        ("19", "Text Only"),
    ]
    jane = found.handles[0].read()
    assert paths(jane) == ["layers.ipynb", "sub/data.py"]
    assert jane.notes == ("Not read, because it lies beside code: Jane Doe_17_assignsubmission_onlinetext_.",)
    assert (jane.late, jane.handed_in) == (None, None)


def test_moodles_files_side_by_side_are_one_hand_in(tmp_path: Path) -> None:
    files = {
        of_moodle("Jane Doe", 17, "layers.ipynb"): CODE,
        of_moodle("Jane Doe", 17, "util.py"): CODE,
        of_moodle("Bo", 18, "layers(1).ipynb"): CODE,
        of_moodle("Bo", 18, "onlinetext.html", "onlinetext_"): b"",
    }
    assert read_all(lay(tmp_path, files)) == {"17": ["layers.ipynb", "util.py"], "18": ["layers(1).ipynb"]}


def test_a_second_download_of_moodles_is_a_second_attempt(tmp_path: Path) -> None:
    files = {of_moodle("Bo", 18, " (1)/b.py"): CODE, of_moodle("Bo", 18, "/a.py"): CODE}
    found = collect(lay(tmp_path, files))
    assert [(one.student, one.about.attempt, paths(one.read())) for one in found.handles] == [
        ("18", 1, ["a.py"]),
        ("18", 2, ["b.py"]),
    ]
    assert [one.about.attempt for one in found.latest] == [2]


CANVAS = {
    "doejane_LATE_101_9001_layers.ipynb": CODE,
    "doejane_101_9002_data_2.py": CODE,
    "roejohn_102_9003_layers-1.py": CODE,
    "anon_aB3xZ_9005_z.py": CODE,
    "103_9006_nameless.py": CODE,
}


def test_canvas(tmp_path: Path) -> None:
    found = collect(lay(tmp_path, CANVAS))
    assert {handle.student: paths(handle.read()) for handle in found.handles} == {
        "101": ["data_2.py", "layers.ipynb"],
        "102": ["layers-1.py"],
        "103": ["nameless.py"],
        "anon_aB3xZ": ["z.py"],
    }
    assert [(one.about.name, one.about.late) for one in found.handles] == [
        ("doejane", True),
        ("roejohn", False),
        ("", False),
        ("", False),
    ]


def test_files_of_one_name_keep_their_prefix(tmp_path: Path) -> None:
    files = {"a_1_11_x.py": b"a = 1", "a_1_12_X.py": b"a = 2", "b_2_13_..": CODE, "b_2_14_a\\b.py": CODE}
    first, second = (handle.read() for handle in collect(lay(tmp_path, files)).handles)
    assert {file.path: file.data for file in first.files} == {"x.py": b"a = 1", "a_1_12_X.py": b"a = 2"}
    assert sorted(paths(second)) == ["a/b.py", "b_2_13_.."]


@pytest.mark.parametrize(
    "names",
    [
        ["hw_6_2021001_ann.ipynb", "hw_6_2021002_bo.ipynb"],
        ["lab_1_2021001_x.py", "lab_2_2021002_x.py"],
        ["ann_1_5_x.py", "bo_1_6_x.py"],
        ["ann_1_5_x.py", "bo_2_5_x.py"],
        ["ann_1_5_x.py", "bo.py", "cy.py"],
        ["ann_1_5_x.py", "bo_2_6_x.py", "ann_1_5_folder/x.py"],
    ],
)
def test_what_only_looks_like_canvas_is_plain(tmp_path: Path, names: list[str]) -> None:
    found = collect(lay(tmp_path, dict.fromkeys(names, CODE)))
    assert {one.student for one in found.handles} == {Path(name.partition("/")[0]).stem for name in names} - {
        ""
    }


def test_blackboard(tmp_path: Path) -> None:
    files = {
        "HW_6_ann_attempt_2026-10-01-10-00-00.txt": b"Name: Ann",
        "HW_6_ann_attempt_2026-10-01-10-00-00_old.py": CODE,
        "HW_6_ann_attempt_2026-10-02-10-00-00.txt": b"Name: Ann",
        "HW_6_ann_attempt_2026-10-02-10-00-00_new.py": CODE,
        "HW_6_ann_attempt_2026-10-02-10-00-00_data.py": CODE,
        "HW_6_bo_attempt_2026-13-99-10-00-00.txt": b"Name: Bo",
    }
    found = collect(lay(tmp_path, files))
    assert [(one.student, one.about.attempt, paths(one.read())) for one in found.handles] == [
        ("ann", 1, ["old.py"]),
        ("ann", 2, ["data.py", "new.py"]),
        ("bo", 1, ["HW_6_bo_attempt_2026-13-99-10-00-00.txt"]),
    ]
    assert [one.about.handed_in for one in found.handles] == [
        datetime(2026, 10, 1, 10).astimezone(),
        datetime(2026, 10, 2, 10).astimezone(),
        None,
    ]


def test_nbgraders_own_time(tmp_path: Path) -> None:
    files = {
        "submitted/ann/layers/a.ipynb": b"{}",
        "submitted/ann/layers/timestamp.txt": b"2026-10-01 10:00:00.123456 UTC\n",
        "submitted/bo/layers/timestamp.txt": b"\xff",
        "submitted/cy/other/a.ipynb": b"{}",
    }
    found = collect(lay(tmp_path, files), "layers")
    times = {one.student: one.about.handed_in for one in found.handles}
    assert times == {"ann": datetime.fromisoformat("2026-10-01T10:00:00Z"), "bo": None, "cy": None}
    assert [row.became for row in found.rows if row.student == "cy"] == ["missing"]
