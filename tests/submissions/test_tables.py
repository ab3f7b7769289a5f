"""Rosters and tables of times, of every encoding and shape that people keep them in."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.submissions.moments import moment
from grader.submissions.roster import Roster, Student, read_roster
from grader.submissions.tables import MAX_ROWS
from grader.submissions.times import read_times
from tests.submissions.making import xlsx, zipped

CHINESE = "学号,姓名,班级\n2026001,张三,一班\n2026002,李四,一班\n"
STUDENTS = [("2026001", "张三"), ("2026002", "李四")]


def roster(tmp_path: Path, data: bytes | str, name: str = "roster.csv") -> Roster:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_roster(path)


def people(found: Roster) -> list[tuple[str, str]]:
    return [(student.id, student.name) for student in found.students]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    assert people(roster(tmp_path, CHINESE.encode(encoding))) == STUDENTS


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(tmp_path: Path, separator: str, end: str) -> None:
    text = CHINESE.replace(",", separator).replace("\n", end)
    assert people(roster(tmp_path, text)) == STUDENTS


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        ("Student ID,Name,17", "x1,Jane Doe,", "Jane Doe"),
        ("Full Name;ID", "Jane Doe;x1", "Jane Doe"),
        ("Matrikel-Nr.;Vorname;Nachname", "x1;Jane;Doe", "Jane Doe"),
        ("Last name,First name,Username,Email address", "Doe,Jane,x1,j@x.edu", "Jane Doe"),
        ("SIS User ID,Student", 'x1,"Doe, Jane"', "Doe, Jane"),
        ("identifier,github_username,name", "x1,jd,Jane Doe", "Jane Doe"),
        ("E-Mail-Adresse,Vollständiger Name", "x1,Jane Doe", "Jane Doe"),
        ("student,status", "x1,graded", ""),
        ("学生学号\t学生姓名", "x1\t张三", "张三"),
    ],
)
def test_headers(tmp_path: Path, header: str, row: str, name: str) -> None:
    assert people(roster(tmp_path, f"{header}\n{row}\n")) == [("x1", name)]


def test_a_canvas_gradebook_and_a_moodle_worksheet_are_rosters(tmp_path: Path) -> None:
    canvas = (
        "Student,ID,SIS User ID,SIS Login ID,Section,HW (7)\n    Points Possible,,,,,10\n"
        '"Doe, Jane",101,s101,jane@x.edu,A,\n'
    )
    found = roster(tmp_path, canvas)
    assert found.students == (Student("101", "Doe, Jane", frozenset({"101", "s101", "jane@x.edu"})),)
    assert found.notes == ("Rows of roster.csv without an id were passed over: 2.",)
    for word in ("Participant ", "Teilnehmer/in", "参与者"):
        sheet = f"Identifier,Full name,Email address,Status\n{word}17,Jane Doe,j@x.edu,\n"
        assert roster(tmp_path, sheet).students == (Student("17", "Jane Doe", frozenset({"17", "j@x.edu"})),)


def test_groups_and_several_ids(tmp_path: Path) -> None:
    found = roster(tmp_path, "学号,姓名,小组,邮箱\n1001,张三,A,z@x.cn\n1002,李四,,\n")
    assert found.students == (
        Student("1001", "张三", frozenset({"1001", "z@x.cn"}), "A"),
        Student("1002", "李四", frozenset({"1002"})),
    )


def test_the_header_may_stand_below_a_title_and_on_a_later_sheet(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["深度学习 成绩单"],
        [],
        ["学号", "姓名"],
        [2026001, "张三"],
        ["2026002", "李四"],
        [],
    ]
    assert people(roster(tmp_path, xlsx(*rows, sheets=["说明", "名单"]), "r.xlsx")) == STUDENTS
    deep: list[list[object]] = [["x"]] * 15
    with pytest.raises(UsageError, match="has no header that is known here"):
        roster(tmp_path, xlsx(*deep, *rows), "r.xlsx")


def test_numbers_of_a_workbook_are_ids(tmp_path: Path) -> None:
    assert people(roster(tmp_path, xlsx(["ID"], [7], formats="0000"), "r.xlsx")) == [("0007", "")]
    assert people(roster(tmp_path, xlsx(["ID"], [2026001.0]), "r.xlsx")) == [("2026001", "")]


def test_a_format_down_to_the_last_row_is_no_row(tmp_path: Path) -> None:
    data = xlsx(["ID"], ["x1"])
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert b"</sheetData>" in files[sheet]
    files[sheet] = files[sheet].replace(
        b"</sheetData>", b'<row r="1048576"><c r="A1048576"/></row></sheetData>'
    )
    assert people(roster(tmp_path, zipped(files), "r.xlsx")) == [("x1", "")]


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(9):
            packed.writestr(f"xl/{number}.xml", bytes(16 << 20))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "has no header that is known here"),
        (b"a,b\n1,2\n", "has no header that is known here"),
        (b"ID,Name\n", "lists no student below its header"),
        (b"ID,Name\n1\0,x\n", "is no text in UTF-8"),
        (b"ID,Name\n\xff\xff\n", "is no text in UTF-8"),
        (b"ID\n" + b"x" * 200_000, "is no table: field larger than field limit"),
        (b"ID\n" + b"1\n" * (MAX_ROWS + 1), f"has more than {MAX_ROWS} rows"),
        (bytes((16 << 20) + 1), "is larger than 16 MiB"),
        (b"ID,Name\n1,Ann\n1,Bo\n", "row 3: the id 1 stands for Ann and for Bo"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Excel file or locked"),
        (b"PK\x03\x04 cut", "cannot be read as an Excel file"),
        (zipped({"a.txt": b"x"}), "cannot be read as an Excel file"),
        (bomb(), "unpacks to far more than a list of a class"),
        (zipped({f"{number}.xml": b"" for number in range(2001)}), "unpacks to far more"),
    ],
)
def test_what_is_no_roster_is_told_in_a_line(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(UsageError, match=f"roster.csv.*{words}") as told:
        roster(tmp_path, data)
    assert "\n" not in str(told.value)


def test_a_roster_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        read_roster(tmp_path / "none.csv")


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"", b"ID,Name\n", b"PK\x03\x04", b"\xff\xfe"]))
def test_any_bytes_are_a_roster_or_told(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes
) -> None:
    try:
        found = roster(tmp_path_factory.mktemp("any"), head + data)
    except UsageError:
        return
    assert found.students
    assert all(student.id for student in found.students)


EAST = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-10-01T10:00:00Z", datetime.fromisoformat("2026-10-01T10:00:00Z")),
        ("2026-10-01 10:00:05.123456789 +0800", datetime(2026, 10, 1, 10, 0, 5, tzinfo=EAST)),
        ("2026-10-01 10:00 Asia/Shanghai", datetime(2026, 10, 1, 10, tzinfo=EAST)),
        ("2026/10/1 9:05", datetime(2026, 10, 1, 9, 5).astimezone()),
        ("2026年10月1日 9：05", datetime(2026, 10, 1, 9, 5).astimezone()),
        ("1.10.2026, 09:05", datetime(2026, 10, 1, 9, 5).astimezone()),
        ("Thursday, 1 October 2026, 9:05 PM", datetime(2026, 10, 1, 21, 5).astimezone()),
        ("Sonntag, 1. März 2026, 21:05", datetime(2026, 3, 1, 21, 5).astimezone()),
        ("2026年10月1日 星期四 21:05", datetime(2026, 10, 1, 21, 5).astimezone()),
        ("2026年10月1日 Thursday 21:05", datetime(2026, 10, 1, 21, 5).astimezone()),
        ("", None),
        (" - ", None),
    ],
)
def test_moments(text: str, wanted: datetime | None) -> None:
    found = moment(text)
    assert found == wanted
    assert found is None or found.tzinfo is not None


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "2026-10-01",
        "10/01/2026 9:05",
        "2026-13-01 9:05",
        "2026-10-01 25:00",
        "2026-10-01 9:05 Mars/Base",
        "2026-10-01 9:05 +99:00",
        "0001-01-01 00:00Z",
        "Xday, 31 February 2026, 9:05 PM",
        "Xtag, 31. Februar 2026, 21:05",
        "Xtag, 1. Brumaire 2026, 21:05",
        "२०२६-10-01 9:05",
    ],
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no moment|must be in|out of range|no time zone|strictly between"):
        moment(text)


def test_times_by_file_and_by_student(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        "file,学号,提交时间\na/Layers.py,,2026-10-01 10:00Z\n,Participant 17,2026-10-02 10:00Z\n,18,-\n"
    )
    times = read_times(path)
    first, second = (datetime.fromisoformat(f"2026-10-0{day}T10:00Z") for day in (1, 2))
    assert times.of_files(["x/y.py", "a/layers.py"]) == first
    assert times.of_files(["layers.py"]) is None
    assert times.of_student(["x", "17"]) == second
    assert times.of_student(["18"]) is None


def test_times_in_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(xlsx(["id", "time"], ["17", datetime(2026, 10, 1, 9, 5)]))
    assert read_times(path).of_student(["17"]) == datetime(2026, 10, 1, 9, 5).astimezone()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id\n1\n", "has no header"),
        ("time\n2026-10-01 10:00\n", "names neither files nor students"),
        ("id,time\n1,soon\n", "row 2: 'soon' is no moment"),
        (
            "id,time\n1,2026-10-01 10:00\n1,2026-10-02 10:00\n",
            "row 3: a second time for 1; a column of files",
        ),
    ],
)
def test_what_is_no_table_of_times_is_told(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(UsageError, match=words):
        read_times(tmp_path / "t.csv")
