"""Collecting a class: every file is accounted for, every student has a row."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from grader.cli import run
from grader.submissions import NothingHandedIn, sources
from grader.submissions.collect import Collected, collect
from grader.submissions.roster import read_roster
from grader.submissions.times import read_times
from tests.layers import ROOT, reference_with
from tests.night import CLASS, NAMES, night
from tests.submissions.making import xlsx, zip_in, zipped
from tests.submissions.test_find import CODE, lay, paths
from tests.submissions.test_matching import listed


def told(found: Collected) -> list[tuple[str, str, str]]:
    return [(row.path, row.became, row.student) for row in found.rows]


OUTSIDE = 3
MEMBERS = night(lambda _number, attempt: f"x = {attempt}")


@pytest.fixture
def grading_night(tmp_path: Path) -> Path:
    """The zip, its roster (two never handed in, three are not on it) and Moodle's worksheet with one late time."""
    there = [
        [f"2026{number:03d}", name] for number, name in enumerate([*NAMES[:-OUTSIDE], "缺席者", "旁听生"])
    ]
    rows = [["软件学院 名单"], ["学号", "姓名"], *there]
    worksheet = "Identifier,Full name,Last modified (submission)\n" + "".join(
        f'Participant {1000 + number},{name},"Thursday, {5 if number == 5 else 1} October 2026, 9:00 PM"\n'
        for number, name in enumerate(NAMES)
        if number != 4
    )
    return lay(
        tmp_path,
        {
            "moodle.zip": zip_in("gbk", MEMBERS),
            "名单.xlsx": xlsx(*rows),
            "worksheet.csv": worksheet.encode("utf-8-sig"),
        },
    )


def of_night(folder: Path) -> Collected:
    return collect(
        folder / "moodle.zip",
        "layers",
        read_roster(folder / "名单.xlsx"),
        read_times(folder / "worksheet.csv"),
    )


def test_a_grading_night_every_file_is_accounted_for(grading_night: Path) -> None:
    found = of_night(grading_night)
    listed_once = Counter(row.path for row in found.rows if row.path)
    members = {"__MACOSX" if "__MACOSX" in name else name for name in MEMBERS}
    assert listed_once == Counter(members)
    assert Counter(row.became for row in found.rows) == {
        "handed in": len(members) - 4,
        "earlier attempt": 1,
        "passed over": 3,
        "missing": 2,
    }
    assert [row.name for row in found.rows if row.became == "missing"] == ["缺席者", "旁听生"]
    outside = {row.student: row.name for row in found.rows if row.on_roster is False}
    assert outside == {str(1000 + number): NAMES[number] for number in range(CLASS - OUTSIDE, CLASS)}
    assert found.summary() == [
        "Collected: 60 hand-ins, 57 of the 59 students on the roster",
        "Missing: 2 (2026057 and 2026058)",
        "Not on the roster, graded all the same: 3 (1057, 1058 and 1059)",
        "With earlier attempts: 1 (2026004)",
        "Passed over: 3 files (郑甲文_1006_assignsubmission_onlinetext_/onlinetext.html, __MACOSX and 成绩.xlsx)",
    ]


def test_a_grading_night_every_student_has_a_row(grading_night: Path) -> None:
    found = of_night(grading_night)
    handles = {handle.student: handle for handle in found.latest}
    assert len(handles) == len(found.handles) - 1 == CLASS + 2
    assert [handles[f"2026{number:03d}"].about.name for number in range(5)] == NAMES[:5]
    read = {number: handles[f"2026{number:03d}"].read() for number in range(9)}
    assert {number: paths(read[number]) for number in (0, 1, 2, 3, 7)} == {
        0: ["layers.ipynb"],
        1: ["layers.ipynb"],
        2: ["layers(1).ipynb"],
        3: ["layers.ipynb", "工具.py", "报告.pdf", "data/x.csv"],
        7: ["层.py"],
    }
    first, second = (handle for handle in found.handles if handle.student == "2026004")
    assert (first.about.attempt, second.about.attempt) == (1, 2)
    assert b"x = 2" in second.read().files[0].data
    due = datetime(2026, 10, 2).astimezone()
    late = [one.student for one in found.latest if one.about.handed_in and one.about.handed_in > due]
    assert late == ["2026005"]
    assert {one.student for one in found.latest if one.about.handed_in is None} == {
        *("2026004", "2026057", "2026058"),
    }
    with pytest.raises(NothingHandedIn):
        sources(handles["2026057"].read())


def test_documents_beside_code_are_passed_over_whatever_they_are_called(tmp_path: Path) -> None:
    roster = listed("2021001 张三")
    found = collect(lay(tmp_path, {"2021001.py": CODE, "张三_报告.docx": b"PK"}), roster=roster)
    assert [(row.path, row.became) for row in found.rows] == [
        ("2021001.py", "handed in"),
        ("张三_报告.docx", "passed over"),
    ]
    (handle,) = found.handles
    assert handle.about.notes == ("Not read, because it lies beside code: 张三_报告.docx.",)


def test_attempts_go_by_time_then_by_the_numbers_of_copies(tmp_path: Path) -> None:
    roster = listed("2021001 A B", "2021002 C D", "2021003 E F")
    names = [
        "2021001.py",
        "2021001 (1).py",
        "2021001 (2).py",
        "2021002.py",
        "x_2021002.py",
        "2021003.py",
        "2021003_b.py",
    ]
    place = lay(tmp_path / "class", dict.fromkeys(names, CODE))
    lay(tmp_path, {"t.csv": b"file,time\nx_2021002.py,2026-10-01 10:00\n2021002.py,2026-10-02 10:00\n"})
    found = collect(place, roster=roster, times=read_times(tmp_path / "t.csv"))
    assert [(one.student, one.about.attempt, one.about.path) for one in found.handles] == [
        ("2021001", 1, "2021001.py"),
        ("2021001", 2, "2021001 (1).py"),
        ("2021001", 3, "2021001 (2).py"),
        ("2021002", 1, "x_2021002.py"),
        ("2021002", 2, "2021002.py"),
        ("2021003", 1, "2021003.py"),
        ("2021003 (2)", 1, "2021003_b.py"),
    ]
    assert "More than one entry of this student" in found.handles[-1].about.notes[0]


def test_a_time_of_a_student_is_of_no_attempt_in_particular(tmp_path: Path) -> None:
    place = lay(tmp_path / "class", {"2021001.py": CODE, "2021001 (1).py": CODE, "2021002.py": CODE})
    lay(
        tmp_path,
        {"t.csv": b"id,time\n2021001,2026-10-01 10:00\nmail@x,2026-10-02 10:00\ntypo,2026-10-02 10:00\n"},
    )
    roster = listed("2021001 A B", "2021002 C D|mail@x")
    found = collect(place, roster=roster, times=read_times(tmp_path / "t.csv"))
    assert [one.about.handed_in for one in found.handles] == [
        None,
        None,
        datetime(2026, 10, 2, 10).astimezone(),
    ]
    assert found.notes == ("Times of nothing that was handed in: typo.",)


GROUPS = listed(
    "1001 A B||red", "1002 C D||red", "1003 E F||blue", "1004 G H||blue", "1005 I J", "1006 K L||green"
)


def test_one_hand_in_of_a_group_is_everybodys(tmp_path: Path) -> None:
    files = {"1001.py": b"a = 1", "1003.py": CODE, "1004.py": CODE, "1005.py": CODE}
    found = collect(lay(tmp_path, files), roster=GROUPS)
    assert [(one.student, one.about.name, one.about.group, one.about.path) for one in found.handles] == [
        ("1001", "A B", "red", "1001.py"),
        ("1002", "C D", "red", "1001.py"),
        ("1003", "E F", "blue", "1003.py"),
        ("1004", "G H", "blue", "1004.py"),
        ("1005", "I J", "", "1005.py"),
        ("1006", "K L", "green", ""),
    ]
    assert found.handles[0].read().files == found.handles[1].read().files
    assert [row for row in told(found) if row[0] == "1001.py"] == [
        ("1001.py", "handed in", "1001"),
        ("1001.py", "handed in", "1002"),
    ]


@pytest.mark.parametrize(
    ("times", "path"),
    [("", ""), ("file,time\n1001.py,2026-10-02 10:00\n1002.py,2026-10-01 10:00\n", "1001.py")],
)
def test_of_two_hand_ins_of_a_group_the_last_is_shared_if_it_is_known(
    tmp_path: Path, times: str, path: str
) -> None:
    roster = listed("1001 A B||red", "1002 C D||red", "1003 E F||red")
    place = lay(tmp_path / "class", {"1001.py": CODE, "1002.py": CODE})
    lay(tmp_path, {"t.csv": times.encode()})
    found = collect(place, roster=roster, times=read_times(tmp_path / "t.csv") if times else None)
    assert [one.about.path for one in found.handles] == ["1001.py", "1002.py", path]


def test_an_instructors_files_are_passed_over_and_told(tmp_path: Path) -> None:
    files = {"s1/a.py": CODE, "s1/venv/x.py": CODE, "README.md": b"", ".DS_Store": b"", "s2/": b""}
    assert told(collect(lay(tmp_path, files))) == [
        ("s1/a.py", "handed in", "s1"),
        ("s2", "handed in", "s2"),
        (".DS_Store", "passed over", ""),
        ("README.md", "passed over", ""),
        ("s1/venv", "passed over", ""),
    ]


def test_the_command_tells_and_grades_nothing(
    grading_night: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    args = [
        "collect",
        "layers",
        str(grading_night / "moodle.zip"),
        "--roster",
        str(grading_night / "名单.xlsx"),
    ]
    assert run([*args, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert len(rows) == len(of_night(grading_night).rows)
    assert rows[0] | {"group": ""} == {
        **{"path": "", "became": "missing", "student": "2026057", "name": "缺席者", "on_roster": True},
        **{"attempt": None, "handed_in": None, "late": None, "group": "", "why": ""},
    }
    assert run(args) == 0
    assert "Missing: 2 (2026057 and 2026058)" in capsys.readouterr().out
    assert sorted(path.name for path in grading_night.iterdir()) == [
        "moodle.zip",
        "worksheet.csv",
        "名单.xlsx",
    ]


def test_every_file_has_a_line_whatever_the_width_of_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    long = f"1001/{'x' * 100}.py"
    lay(tmp_path / "class", {long: b"x = 1\n", "1002.py": b"x = 1\n"})
    lay(tmp_path, {"r.csv": "ID,Name\n1001,张伟\n".encode()})
    monkeypatch.setenv("COLUMNS", "40")
    assert run(["collect", "layers", str(tmp_path / "class"), "--roster", str(tmp_path / "r.csv")]) == 0
    assert capsys.readouterr().out.splitlines()[:4] == [
        "student  name  became     file",
        f"1001     张伟  handed in  {long}",
        "1002           handed in  1002.py (not on the roster)",
        "",
    ]


def test_graded_with_a_roster_every_student_has_a_row_and_every_file_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = reference_with("").encode()
    files = {"1001.py": right, "=cmd.txt": b"", "guest.py": b"x = 1\n"}
    place = lay(tmp_path / "class", files)
    lay(tmp_path, {"r.csv": b"ID,Name,Group\n1001,Ann,g\n1002,Bo,g\n1003,Cy,\n"})
    out = tmp_path / "out"
    assert run(["grade", "layers", str(place), "-o", str(out), "--roster", str(tmp_path / "r.csv")]) == 0
    results = json.loads((out / "results.json").read_text())["submissions"]
    assert [(one["student"], one.get("name"), one["status"], one["score"]) for one in results] == [
        ("1001", "Ann", "graded", 100),
        ("1002", "Bo", "graded", 100),
        ("1003", "Cy", "missing", 0),
        ("=cmd", None, "unreadable", 0),
        ("guest", None, "graded", 0),
    ]
    assert results[0]["exercises"] == results[1]["exercises"]
    assert [one["flags"] for one in results[:2]] == [[], []]
    rows = list(csv.DictReader(io.StringIO((out / "collected.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["student"], row["path"], row["became"], row["on_roster"]) for row in rows] == [
        ("1003", "", "missing", "yes"),
        ("1001", "1001.py", "handed in", "yes"),
        ("1002", "1001.py", "handed in", "yes"),
        ("'=cmd", "'=cmd.txt", "handed in", "no"),
        ("guest", "guest.py", "handed in", "no"),
    ]
    assert "Collected: 4 hand-ins, 2 of the 3 students on the roster" in capsys.readouterr().out


@pytest.mark.parametrize("option", ["--roster", "--times"])
def test_a_roster_that_is_none_is_one_line_and_exit_code_2(
    tmp_path: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(tmp_path, {"s1.py": CODE, "r.csv": b"a,b\n"})
    assert run(["collect", "layers", str(tmp_path), option, str(tmp_path / "r.csv")]) == 2
    error = capsys.readouterr().err
    assert "r.csv has no header that is known here" in error
    assert len(error.splitlines()) == 1


def test_reading_submissions_needs_no_library_for_tables_or_exports() -> None:
    code = "import sys, grader.submissions; print(sorted({'yaml', 'openpyxl', 'pandas'} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert shown.stdout.strip() == "[]"


def test_a_class_in_an_archive_is_told_as_one_in_a_folder(tmp_path: Path) -> None:
    files = {"hw/s1/a.py": CODE, "hw/notes.md": b"", "hw/s1/__pycache__/a.pyc": b"", "__MACOSX/hw/x": b""}
    lay(tmp_path, {"c.zip": zipped(files)})
    assert told(collect(tmp_path / "c.zip")) == [
        ("hw/s1/a.py", "handed in", "s1"),
        ("__MACOSX", "passed over", ""),
        ("hw/notes.md", "passed over", ""),
        ("hw/s1/__pycache__", "passed over", ""),
    ]
