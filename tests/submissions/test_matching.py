"""Whose a hand-in is: told by ids and names, never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.submissions.collect import collect
from grader.submissions.roster import Roster, Student
from tests.submissions.test_find import CODE, lay
from tests.submissions.test_lms import of_moodle


def listed(*rows: str) -> Roster:
    """A roster of rows ``id name|other keys|group``."""
    students = []
    for row in rows:
        who, keys, group = [*row.split("|"), "", ""][:3]
        key, _, name = who.partition(" ")
        students.append(Student(key, name, frozenset({key, *keys.split()}), group))
    return Roster(tuple(students))


ROSTER = listed(
    "2021001 张三",
    "2021002 李四",
    "20210010 王小明",
    "2021004 Jane Doe|jd17 jane@x.edu",
    "2021005 Mary Jane Doe",
    "2021006 陈晨",
    "2021007 陈晨",
    "2021008 Ann",
    "2021009 Zoë Müller",
    "12 Short Id",
)


def whose(tmp_path: Path, entry: str, roster: Roster = ROSTER) -> str:
    """The id in the row of the only entry of a class."""
    found = collect(lay(tmp_path, {entry: CODE}), roster=roster)
    (row,) = [row for row in found.rows if row.path]
    assert row.became == "handed in"
    return row.student if row.on_roster else f"? {row.student}"


@pytest.mark.parametrize(
    ("entry", "student"),
    [
        ("2021001.py", "2021001"),
        ("2021001_张三/a.py", "2021001"),
        ("作业6-2021002-李四-layers.zip.py", "2021002"),
        ("hw2021002.ipynb", "2021002"),
        ("20210010.py", "20210010"),
        ("张三.ipynb", "2021001"),
        ("作业6_张三_final.ipynb", "2021001"),
        ("layers张三.py", "2021001"),
        ("JD17.py", "2021004"),
        ("Jane Doe.py", "2021004"),
        ("Doe, Jane.py", "2021004"),
        ("doe_jane.py", "2021004"),
        ("hw6_Jane Doe_v2.py", "2021004"),
        ("Mary Jane Doe.py", "2021005"),
        ("Zoe\u0308 Mu\u0308ller.py", "2021009"),
        ("ann.py", "2021008"),
        ("12.py", "12"),
        ("submission/2021002.ipynb", "2021002"),
        # An id outranks a name.
        ("2021002_张三.py", "2021002"),
    ],
)
def test_ids_and_names_are_found(tmp_path: Path, entry: str, student: str) -> None:
    assert whose(tmp_path, entry) == student


@pytest.mark.parametrize(
    "entry",
    [
        "12021001.py",
        "2021001_2021002.py",
        "xjd17.py",
        "jd17b.py",
        "陈晨.py",
        "张三丰.py",
        "ann_smith.py",
        "Peggy Jane Doe.py",
        "layers-12.py",
        "张三 李四.py",
        "layers.py",
    ],
)
def test_what_is_not_sure_is_nobodys(tmp_path: Path, entry: str) -> None:
    assert whose(tmp_path, entry) == f"? {Path(entry).stem}"


def test_a_key_of_two_students_is_nobodys(tmp_path: Path) -> None:
    roster = listed("1001 A B|1002", "1002 C D")
    assert whose(tmp_path, "1002.py", roster) == "? 1002 (2)"
    assert whose(tmp_path / "x", "1001.py", roster) == "1001"


def test_an_lms_own_ids_decide_alone(tmp_path: Path) -> None:
    roster = listed("17 Jane Doe", "18 Bo Li")
    files = {of_moodle("Jane Doe", 99, "/2021001.py"): CODE, of_moodle("Somebody", 18, "/a.py"): CODE}
    rows = collect(lay(tmp_path, files), roster=roster).rows
    assert [(row.student, row.became, row.on_roster) for row in rows] == [
        ("17", "missing", True),
        ("18", "handed in", True),
        ("99", "handed in", False),
    ]
    assert rows[1].name == "Bo Li"


def test_names_serve_where_no_id_of_the_lms_is_on_the_roster(tmp_path: Path) -> None:
    files = {of_moodle("Jane Doe", 17, "/a.py"): CODE, of_moodle("陈晨", 18, "/2021006.py"): CODE}
    rows = collect(lay(tmp_path, files), roster=ROSTER).rows
    assert {row.path.partition("_")[0]: row.student for row in rows if row.path} == {
        "Jane Doe": "2021004",
        "陈晨": "2021006",
    }


def test_two_ids_of_the_lms_are_never_one_student(tmp_path: Path) -> None:
    files = {of_moodle("Jane Doe", 17, "/a.py"): CODE, of_moodle("Doe Jane", 18, "/b.py"): CODE}
    rows = collect(lay(tmp_path, files), roster=ROSTER).rows
    assert {row.student: row.on_roster for row in rows if row.path} == {"17": False, "18": False}


def test_a_file_inside_cannot_take_anothers_place(tmp_path: Path) -> None:
    files = {"2021001/a.py": CODE, "x/2021001.py": CODE, "y/2021002.py": CODE, "z/2021002.py": CODE}
    rows = collect(lay(tmp_path, files), roster=ROSTER).rows
    assert {row.path: row.student for row in rows if row.path} == {
        "2021001/a.py": "2021001",
        "x/2021001.py": "x",
        "y/2021002.py": "y",
        "z/2021002.py": "z",
    }


@pytest.mark.parametrize(
    ("name", "group"),
    [("Team 3-Jane Doe", "Team 3"), ("A-B-Jane Doe", "A-B"), ("Jane Doe", ""), ("Team-Janet Doe", "")],
)
def test_moodles_groups(tmp_path: Path, name: str, group: str) -> None:
    roster = listed("17 Jane Doe", "18 Anna-Lena Li")
    found = collect(
        lay(
            tmp_path,
            {of_moodle(name, 17, "/a.py"): CODE, of_moodle("Team 3-Anna-Lena Li", 18, "/a.py"): CODE},
        ),
        roster=roster,
    )
    assert [handle.about.group for handle in found.handles] == [group, "Team 3"]
    assert [handle.about.name for handle in found.handles] == ["Jane Doe", "Anna-Lena Li"]
