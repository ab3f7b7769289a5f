"""The instructor's day at the command line, on a small course of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from grader import cli, language
from grader.gradebook import FILE
from grader.newcourse import write_example

RIGHT = (
    "class Square:\n    def forward(self, x):\n        self.x = x\n        return x * x\n\n"
    "    def backward(self, dout):\n        return 2 * self.x * dout\n"
)
WRONG = RIGHT.replace("2 * ", "")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with a class of two that was graded, to be worked on in order."""
    folder = tmp_path_factory.mktemp("course")
    course = folder / "course"
    write_example(course)
    handed = folder / "handed in"
    handed.mkdir()
    (handed / "anna.py").write_text(RIGHT)
    (handed / "bert.py").write_text(WRONG)
    assert cli.run(["grade", "squares", str(handed), "--course", str(course)]) == 0
    return course


@pytest.fixture
def course(graded: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, as the current folder."""
    monkeypatch.chdir(graded)
    return graded


def rows(course: Path) -> dict[str, dict[str, Any]]:
    data = json.loads((course / "reports/squares/results.json").read_text("utf-8"))
    return {row["student"]: row for row in data["submissions"]}


def page(course: Path, student: str) -> str:
    return (course / f"reports/squares/students/{student}.html").read_text("utf-8")


def said(capsys: pytest.CaptureFixture[str], *args: str, code: int = 0) -> str:
    """What a command prints, its errors where it fails."""
    assert cli.run(list(args)) == code
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    return told.err if code else told.out


def test_the_gradebook_lies_beside_the_reports(course: Path) -> None:
    assert (course / "reports/squares" / FILE).stat().st_mode & 0o777 == 0o600
    assert not (course / "reports/squares/.hidden-seed").exists()
    assert rows(course)["anna"]["score"] > rows(course)["bert"]["score"]


def test_an_appeal_is_an_adjustment_with_its_reason(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = rows(course)["bert"]
    told = said(capsys, "adjust", "bert", "Square", "+2.5", "--why", "the factor is in a comment")
    assert told.startswith(f"bert Square: +2.5, now {before['score'] + 2.5:g} / {before['max_score']:g}")
    row = json.loads(said(capsys, "adjust", "bert", "-", "-0.5", "--why", "no name", "--json", "--who", "ta"))
    assert row["total"] == before["score"] + 2
    assert rows(course)["bert"] == row
    assert "the factor is in a comment" in page(course, "bert")


def test_more_points_than_there_are_is_a_slip_unless_it_is_meant(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = rows(course)["anna"]
    for points in ("+500", "-500"):
        told = said(capsys, "adjust", "anna", "-", points, "--why", "a slip", code=2)
        assert f"{points} is more than all of squares" in told
        assert "--allow-large" in told
    assert rows(course)["anna"] == before
    for points in ("+500", "-500"):
        said(capsys, "adjust", "anna", "-", points, "--why", "meant", "--allow-large")
    assert rows(course)["anna"]["total"] == before["score"]


def test_a_comment_stands_on_the_page_at_once(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "noted" in said(capsys, "comment", "anna", "<em>well</em> done")
    assert "&lt;em&gt;well&lt;/em&gt; done" in page(course, "anna")


def test_publish_gives_an_id_that_stands_on_pages_and_in_results(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = re.findall(r"as ([0-9a-f]{10});", said(capsys, "publish"))[0]
    assert key in page(course, "anna")
    assert {row["release"] for row in rows(course).values()} == {key}
    again = json.loads(said(capsys, "publish", "--json"))
    assert (again["release"], again["new"]) == (key, False)
    assert again["students"]["bert"]["total"] == rows(course)["bert"]["total"]


def test_report_writes_again_what_is_gone_and_keeps_what_is_there(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reports = course / "reports/squares"
    kept, before = page(course, "anna"), (reports / "index.html").read_text("utf-8")
    for name in ("students/bert.html", "index.html", "students.csv"):
        (reports / name).unlink()
    assert "2 submissions: " in said(capsys, "report")
    assert (reports / "index.html").read_text("utf-8") == before
    assert (
        (reports / "students.csv")
        .read_text("utf-8-sig")
        .startswith("student,status,score,max_score,Square,late,total")
    )
    assert page(course, "anna") == kept
    assert "neither code nor arrays" in page(course, "bert")
    assert "neither code nor arrays" not in kept
    assert cli.run(["grade", "squares", str(course.parent / "handed in")]) == 0
    assert "neither code nor arrays" not in page(course, "bert")


def test_report_is_in_the_language_in_which_it_was_graded(
    graded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(graded)
    out = tmp_path / "chinese"
    handed = str(graded.parent / "handed in")
    assert cli.run(["grade", "squares", handed, "-o", str(out), "--lang", "zh_CN"]) == 0
    language.use("en")
    said(capsys, "report", str(out), "-o", str(tmp_path / "again"))
    assert '<html lang="zh-CN">' in (tmp_path / "again/students/bert.html").read_text("utf-8")
    language.use("en")
    said(capsys, "adjust", "bert", "-", "1", "--why", "x", "-o", str(out))
    assert "总分" in (out / "students/bert.html").read_text("utf-8")


def test_a_report_without_names_has_the_same_pseudonyms_each_time(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def shared(name: str) -> dict[str, float]:
        out = tmp_path / name
        said(capsys, "report", "--anonymous", "-o", str(out))
        assert not re.search("anna|bert", (out / "index.html").read_text("utf-8"))
        found = json.loads((out / "results.json").read_text("utf-8"))["submissions"]
        files = sorted(path.stem for path in (out / "students").iterdir())
        assert files == sorted(row["student"] for row in found)
        return {row["student"]: row["score"] for row in found}

    first = shared("first")
    assert first == shared("second")
    assert sorted(first.values()) == sorted(row["score"] for row in rows(course).values())
    assert all(re.fullmatch("anon-[0-9a-f]{8}", name) for name in first)


def test_regrade_after_a_check_was_mended(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    handed = str(course.parent / "handed in")
    assert "Nothing moved" in said(capsys, "regrade", "squares", handed)
    old = rows(course)["bert"]["score"]
    (course / "course.toml").write_text("[assignments.squares]\npoints = { Square = 4 }\n")
    moves = json.loads(said(capsys, "regrade", "squares", handed, "--json"))
    assert {move["student"]: move["held"] for move in moves} == {"anna": True, "bert": True}
    assert rows(course)["bert"]["score"] == old
    told = said(capsys, "regrade", "squares", handed, "--allow-lower")
    assert f"Square {old:g} ->" in told
    assert rows(course)["bert"]["score"] < old
    assert len(rows(course)["bert"]["adjustments"]) == 2


@pytest.mark.usefixtures("course")
def test_history_tells_all_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "history", "bert")
    assert [line.split("  ")[3] for line in told.splitlines()] == [
        *("graded", "adjusted", "adjusted", "published", "held", "graded"),
    ]
    events = json.loads(said(capsys, "history", "bert", "--json", "--assignment", "squares"))
    assert [event["who"] for event in events if event["what"] == "adjusted"][1] == "ta"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["adjust", "bert", "Square", "much", "--why", "x"], "'much' is not a valid float"),
        (["adjust", "bert", "Square", "2"], "Missing option '--why'"),
        (["adjust", "carl", "Square", "2", "--why", "x"], "knows no student 'carl'"),
        (["report", "--anonymous"], "needs a new or empty folder"),
        (["report", "--anonymous", "-o", "solutions"], "needs a new or empty folder"),
        (["history", "carl"], "student 'carl'"),
        (["publish", "--assignment", "cubes"], "no 'cubes' in the gradebook"),
        (["publish", "-o", "elsewhere"], "There is no gradebook at elsewhere"),
        (["publish", "--gradebook", "mysql://a:secret@b/c"], "not mysql"),
    ],
)
def test_a_users_mistake_is_told_in_a_line(
    course: Path, capsys: pytest.CaptureFixture[str], args: list[str], words: str
) -> None:
    told = said(capsys, *args, code=2)
    assert words in told
    assert "secret" not in told
    assert not (course / "elsewhere").exists()


def test_without_any_gradebook_there_is_nothing_to_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "solutions").mkdir()
    monkeypatch.chdir(tmp_path)
    assert "There is no gradebook below" in said(capsys, "publish", code=2)
