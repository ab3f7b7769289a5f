"""A grading night tried whole, as an instructor has it: Moodle's zip in, Moodle's worksheet and pages out."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from grader import cli
from grader.newcourse import write_example
from tests.night import (
    CLASS,
    COPY,
    DOCUMENT,
    LATE,
    NAMES,
    RAR,
    SEVERAL,
    TWICE,
    ZIPPED,
    night,
    of,
    participant,
)
from tests.submissions.making import zip_in

RIGHT = """class Square:
    def forward(self, x):
        self.x = x
        return x * x

    def backward(self, dout):
        return 2 * self.x * dout
"""
WRONG = RIGHT.replace("2 * ", "")
ALIAS = RIGHT.replace("Square", "Squaring")
GRACED, EXTENDED, RENAMED, APPEALED = 9, 10, 11, 12
GROUP = (40, 41, 42)  # the first hands in for all
OUTSIDE = (57, 58, 59)
ABSENT = ("2026098", "缺席者")
COURSE = """\
[assignments.squares]
due = 2026-10-01T23:59:00
attempts = "best"
scale = 20
rounding = 0.5

[assignments.squares.late]
grace = 15
percent = 10

[assignments.squares.extensions]
2026010 = 2026-10-08
"""
TIMES = {
    LATE: ("Samstag, 3. Oktober 2026, 8:05", "2026年10月3日 星期六 08:05"),
    GRACED: ("Freitag, 2. Oktober 2026, 00:09", "2026年10月2日 星期五 00:09"),
    EXTENDED: ("Mittwoch, 7. Oktober 2026, 21:09", "2026年10月7日 星期三 21:09"),
}
IN_TIME = ("Donnerstag, 1. Oktober 2026, 21:05", "2026年10月1日 星期四 21:05")
GERMAN, CHINESE = 0, 1
HEADERS = (
    "ID,Vollständiger Name,ID-Nummer,Status,Bewertung,Bestwertung,Zuletzt geändert (Abgabe),Feedback als Kommentar",
    "标识符,全名,学号,状态,成绩,最高分,上次修改（作业）,反馈意见",
)
WORDS = ("Teilnehmer/in", "参与人")
GRADE, FEEDBACK = 4, 7


def student(number: int) -> str:
    """The id in the roster, or, of those who are not on it, Moodle's own."""
    return str(participant(number)) if number in OUTSIDE else f"2026{number:03}"


def text(number: int, attempt: int) -> str:
    """Every fifth is wrong, and so is the first of two attempts; one called the class otherwise."""
    wrong = attempt == 1 if number == TWICE else number % 5 == 2
    return f"# {number}\n" + (ALIAS if number == RENAMED else WRONG if wrong else RIGHT)


def members() -> dict[str, bytes]:
    alone = [of(number, "/layers.ipynb") for number in GROUP[1:]]
    return {name: data for name, data in night(text).items() if name not in alone}


def roster() -> str:
    rows = [["软件学院2026级名单", "", ""], ["学号", "姓名", "小组"]]
    of_roster = [number for number in range(CLASS) if number not in OUTSIDE]
    rows += [[student(number), NAMES[number], "第一组" * (number in GROUP)] for number in of_roster]
    return written([*rows, [*ABSENT, ""]])


def written(rows: list[list[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


def worksheet(language: int) -> str:
    rows = [HEADERS[language].split(",")]
    for number, name in enumerate(NAMES):
        when = "-" if number in GROUP[1:] else TIMES.get(number, IN_TIME)[language]
        top = ("20,00", "20.00")[language]
        key = "" if number in OUTSIDE else student(number)
        rows.append([f"{WORDS[language]}{participant(number)}", name, key, "-", "", top, when, ""])
    return "\ufeff" + written(rows)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of one's own with everything that was downloaded, worked on in order."""
    folder = tmp_path_factory.mktemp("night")
    write_example(folder)
    (folder / "course.toml").write_text(COURSE)
    (folder / "moodle.zip").write_bytes(zip_in("gbk", members()))
    (folder / "名单.csv").write_bytes(roster().encode("gbk"))
    for language, name in enumerate(("de", "zh")):
        (folder / f"{name}.csv").write_text(worksheet(language), encoding="utf-8", newline="")
    return folder


@pytest.fixture
def course(graded: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, as the current folder."""
    monkeypatch.chdir(graded)
    return graded


def said(capsys: pytest.CaptureFixture[str], *args: str, code: int = 0) -> str:
    """What a command prints, its errors where it fails."""
    assert cli.run(list(args)) == code
    told = capsys.readouterr()
    return told.err if code else told.out


def rows(course: Path) -> dict[str, dict[str, Any]]:
    data = json.loads((course / "reports/squares/results.json").read_text("utf-8"))
    return {row["student"]: row for row in data["submissions"]}


def total(row: Mapping[str, Any]) -> float:
    return float(row.get("total", row["score"]))


def test_every_file_and_every_student_is_accounted_for(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = said(capsys, "grade", "squares", "moodle.zip", "--roster", "名单.csv", "--times", "de.csv")
    assert "Collected: 60 hand-ins, 57 of the 58 students on the roster" in told
    assert f"Missing: 1 ({ABSENT[0]})" in told
    assert "Not on the roster, graded all the same: 3 (1057, 1058 and 1059)" in told
    # Of one who handed in twice, nobody can say of which attempt Moodle's time is.
    assert "No time is known here of 1 of 60 hand-ins" in told
    with (course / "reports/squares/collected.csv").open(encoding="utf-8-sig", newline="") as stream:
        accounts = list(csv.DictReader(stream))
    once = Counter({"__MACOSX" if "__MACOSX" in name else name: 1 for name in members()})
    once[of(GROUP[0], "/layers.ipynb")] = len(GROUP)
    assert Counter(row["path"] for row in accounts if row["path"]) == once
    assert set(rows(course)) == {*map(student, range(CLASS)), ABSENT[0]}


def test_what_was_handed_in_oddly_is_graded_as_it_is(course: Path) -> None:
    found = rows(course)
    status = {key: row["status"] for key, row in found.items() if row["status"] != "graded"}
    assert status == {student(DOCUMENT): "unreadable", ABSENT[0]: "missing"}
    judged = {number: found[student(number)] for number in range(CLASS) if number != DOCUMENT}
    wrong = {number for number, row in judged.items() if row["score"] < row["max_score"]}
    assert wrong == {number for number in judged if number % 5 == 2 and number not in GROUP} | {RENAMED}
    assert [judged[number]["files"][0] for number in (RAR, COPY, ZIPPED)] == [
        *("layers.ipynb", "layers(1).ipynb", "层.py"),
    ]
    assert judged[SEVERAL]["files"] == ["layers.ipynb", "工具.py"]
    assert [judged[number]["exercises"] for number in GROUP] == [judged[GROUP[0]]["exercises"]] * 3
    assert judged[TWICE]["score"] == judged[TWICE]["max_score"]


def test_only_who_was_late_pays(course: Path) -> None:
    found = rows(course)
    assert {key for key, row in found.items() if row.get("late")} == {student(LATE)}
    assert total(found[student(LATE)]) == found[student(LATE)]["score"] - 2
    assert [found[student(number)]["late"] for number in (GRACED, EXTENDED)] == [False, False]
    assert "late" not in found[student(TWICE)]


def test_an_appeal_and_a_mended_check_move_whom_they_should(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    why = ("Square", "+0.75", "--why", "理由在注释中")
    told = said(capsys, "adjust", NAMES[APPEALED], *why, code=2)
    assert f"That is the name of {student(APPEALED)}." in told
    assert "+0.75, now" in said(capsys, "adjust", student(APPEALED), *why)
    before = {key: total(row) for key, row in rows(course).items()}
    with (course / "course.toml").open("a") as settings:
        settings.write('\n[assignments.squares.aliases]\nSquare = ["Squaring"]\n')
    again = ("regrade", "squares", "moodle.zip", "--roster", "名单.csv", "--json")
    moves = json.loads(said(capsys, *again))
    assert [(move["student"], move["new"]) for move in moves] == [(student(RENAMED), 10)]
    # The table of times was forgotten, and nobody is pardoned by that.
    assert {key: total(row) for key, row in rows(course).items()} == {**before, student(RENAMED): 10}


def test_what_is_made_known_stands_in_moodles_own_worksheets(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Released 61 scores" in said(capsys, "publish")
    for language, name in enumerate(("de", "zh")):
        said(capsys, "export", "moodle", "reports/squares", f"{name}.csv")
        old, new = (
            list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
            for text in (worksheet(language), (course / f"{name}.csv").read_bytes().decode())
        )
        kept = [index for index in range(len(old[0])) if index not in (GRADE, FEEDBACK)]
        assert [[row[index] for index in kept] for row in old] == [
            [row[index] for index in kept] for row in new
        ]
        found, mark = rows(course), ",."[language]
        grades = [float(row[GRADE].replace(mark, ".")) for row in new[1:]]
        assert grades == [2 * total(found[student(number)]) for number in range(CLASS)]
        assert new[1 + APPEALED][GRADE].endswith(f"{mark}5")
        assert (
            "-2 of 10 points: Handed in late (1 d 8 h): 20 per cent of 10 points" in new[1 + LATE][FEEDBACK]
        )
        assert "+0.75 of 10 points, for Square: 理由在注释中" in new[1 + APPEALED][FEEDBACK]


def test_pages_go_back_under_moodles_names(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "export", "pages-moodle", "reports/squares", "zh.csv", "-o", "pages.zip")
    with zipfile.ZipFile(course / "pages.zip") as packed:
        assert set(packed.namelist()) == {of(number, "/squares.html") for number in range(CLASS)}
        page = packed.read(of(LATE, "/squares.html")).decode()
    assert "Handed in late" in page
    assert rows(course)[student(LATE)]["release"] in page
