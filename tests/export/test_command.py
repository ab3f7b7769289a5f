"""``grader export`` as a user calls it."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import junitparser
import pytest

from grader import cli
from grader.cli.export_command import command
from grader.reports import write_reports
from tests.export import classes

GRADEBOOK = "Student,ID,SIS Login ID,Section,layers (42)\n    Points Possible,,,,{top}\nA,s1,a,Main,\n"
WORKSHEET = "Identifier,Full name,Email address,Status,Grade,Maximum Grade\nParticipant 77,S1,s1,,,200.00\n"


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Reports of a class, and the current folder outside of any course."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    write_reports(tmp_path / "out", classes.of(classes.wrong("s1"), classes.submission("s2")))
    write_reports(tmp_path / "one", classes.of(classes.wrong("s1")))
    return tmp_path / "out"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course whose grades are out of 20, in halves."""
    folder = tmp_path / "course"
    (folder / "solutions" / "layers").mkdir(parents=True)
    (folder / "solutions" / "layers" / "assignment.py").touch()
    (folder / "course.toml").write_text("[assignments.layers]\nscale = 20\nrounding = 0.5\n")
    return folder


def export(*words: str | Path) -> int:
    return cli.run(["export", *map(str, words)])


def test_junit_to_a_file(out: Path, tmp_path: Path) -> None:
    assert export("junit", out, "-o", tmp_path / "deep" / "junit.xml") == 0
    assert len(list(junitparser.JUnitXml.fromfile(str(tmp_path / "deep" / "junit.xml")))) == 20


def test_a_class_that_is_not_complete_is_said_to_be(out: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_reports(out, replace(classes.of(classes.wrong("s1")), waiting=2))
    assert export("csv", out) == 0
    told = capfd.readouterr()
    assert told.err.startswith("2 hand-ins are still to be graded")
    assert "still to be" not in told.out


def test_gradescope_to_standard_output(out: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert export("gradescope", out, "--student", "s1", "--visibility", "after_published") == 0
    data = json.loads(capfd.readouterr().out)
    assert data["score"] == 195
    assert {test["visibility"] for test in data["tests"]} == {"after_published"}


def test_github_annotates_one_submission_and_adds_to_the_summary(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert export("github", out.with_name("one") / "results.json", "--folder", "work") == 0
    printed = capfd.readouterr().out.splitlines()
    assert printed[0].startswith("::error file=work/layers.ipynb,title=Affine%3A")
    assert printed[1:] == ["Score: 195 / 200"]
    assert summary.read_text().startswith("before\n## layers\n\n**Score")


def test_github_sums_up_a_class(out: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert export("github", out, "--summary", tmp_path / "summary.md") == 0
    assert capfd.readouterr().out == ""
    assert "| s1 | Graded | 195 / 200 |" in (tmp_path / "summary.md").read_text()


def test_canvas_is_filled_in_place_on_the_course_scale(
    out: Path, course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "gradebook.csv"
    book.write_text(GRADEBOOK.format(top=20))
    assert export("canvas", out, book, "--course", course) == 0
    assert book.read_text() == GRADEBOOK.format(top=20).replace("Main,", "Main,19.5")
    assert "nothing is written for: s2" in capsys.readouterr().err


def test_a_course_above_the_current_folder_is_found(
    out: Path, course: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(course)
    assert export("csv", out) == 0
    assert "s1,,graded,19.5,20," in capfd.readouterr().out


def test_moodle_is_filled_into_another_file(out: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "worksheet.csv"
    sheet.write_text(WORKSHEET)
    assert export("moodle", out, sheet, "-o", tmp_path / "filled.csv") == 0
    assert sheet.read_text() == WORKSHEET
    assert (tmp_path / "filled.csv").read_text() == WORKSHEET.replace(",,200", ",195,200")


def test_nbgrader_and_csv(out: Path, tmp_path: Path) -> None:
    assert export("nbgrader", out, "-o", tmp_path / "nb.csv") == 0
    assert export("csv", out, "-o", tmp_path / "plain.csv") == 0
    assert (tmp_path / "nb.csv").read_text().startswith("assignment,duedate,")
    assert (tmp_path / "plain.csv").read_bytes().startswith(b"\xef\xbb\xbfstudent,name,status,grade,out_of,")


def test_pages_of_students_and_of_nobody_else(out: Path, tmp_path: Path) -> None:
    (tmp_path / "worksheet.csv").write_text(WORKSHEET)
    (tmp_path / "downloaded").mkdir()
    (tmp_path / "downloaded" / "s_1_2_layers.py").touch()
    assert export("pages-moodle", out, tmp_path / "worksheet.csv", "-o", tmp_path / "moodle.zip") == 0
    assert export("pages-canvas", out, tmp_path / "downloaded", "-o", tmp_path / "canvas.zip") == 0
    assert export("pages-canvas", out, tmp_path / "canvas.zip", "-o", tmp_path / "again.zip") == 2
    with zipfile.ZipFile(tmp_path / "moodle.zip") as archive:
        assert archive.namelist() == ["S1_77_assignsubmission_file_/layers.html"]
        assert archive.read(archive.namelist()[0]) == (out / "students" / "s1.html").read_bytes()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["junit", "nowhere"], "nowhere: it cannot be read: No such file"),
        (["junit", "bad.json"], "bad.json: this is not a results.json"),
        (["junit", "latin.json"], "latin.json: it is not UTF-8 text"),
        (["gradescope", "out"], "The results hold 2 submissions; name one with --student."),
        (["gradescope", "out", "--student", "s\n9"], "The results hold no submission of s\\n9."),
        (["github", "out"], "name it with --student, or give --summary FILE"),
        (["canvas", "out", "nowhere.csv"], "nowhere.csv: it cannot be read"),
        (["canvas", "out", "book.csv"], "book.csv: its full score is 20, but grades are exported out of 200"),
        (["moodle", "out", "book.csv"], "book.csv: it has no column 'grade'"),
        (["pages-canvas", "out", "book.csv", "-o", "x.zip"], "book.csv: it is no folder and no zip"),
        (["csv", "out", "--course", "out"], "No course at out"),
        (["csv", "out", "--course", "nowhere"], "No course at nowhere"),
        (["nonsense"], "No such command"),
    ],
)
def test_a_users_mistake_is_one_line_and_exit_code_2(
    words: list[str], told: str, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert out.is_dir()
    (tmp_path / "bad.json").write_text("{}")
    (tmp_path / "latin.json").write_bytes(b"\xff")
    (tmp_path / "book.csv").write_text(GRADEBOOK.format(top=20))
    assert export(*words) == 2
    error = capsys.readouterr().err
    assert told in error
    assert "Traceback" not in error
    assert (tmp_path / "book.csv").read_text() == GRADEBOOK.format(top=20)


def test_our_own_fault_writes_nothing(tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_reports(out, classes.of(classes.unjudged("s9")))
    assert export("gradescope", out, "-o", tmp_path / "results.json") == 3
    assert not (tmp_path / "results.json").exists()
    assert "s9 was not judged whole, by our fault" in capsys.readouterr().err


@pytest.mark.parametrize("name", list(command.commands))
def test_every_format_has_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert export("--help") == 0
    assert f"grader export {name} out/" in " ".join(capsys.readouterr().out.split())
    assert export(name, "--help") == 0
    assert f"Example: grader export {name} out/" in " ".join(capsys.readouterr().out.split())
