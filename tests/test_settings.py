"""``course.toml``, and courses of one's own."""

from __future__ import annotations

import re
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from grader import key, newcourse, settings
from grader.assignment import Assignment, Layer
from grader.checks import battery
from grader.cli import run
from grader.course import Course
from grader.drivers import Exercise
from grader.errors import UsageError
from grader.grading import Grader
from grader.model import CheckResult, Report, Verdict
from grader.sandbox.inprocess import InProcess
from grader.submissions import File, Submission
from grader.validate import specimens
from tests.courses import COURSE, assignment

LAYERS, EIGHT = assignment("layers"), assignment("eight_weights")


def changed(tmp_path: Path, text: str, name: str = "layers") -> Assignment:
    """An assignment under a course.toml with this text below its heading."""
    path = tmp_path / "course.toml"
    path.write_text(f"[assignments.{name}]\n{text}\n", encoding="utf-8")
    return settings.read(path).applied(name, assignment(name))


def shares(loaded: Assignment, name: str) -> dict[str, float]:
    return dict(loaded.by_name[name].shares)


def copied(folder: Path, name: str, text: str) -> Course:
    """A course of one assignment with this course.toml."""
    shutil.copytree(COURSE.folder(name), folder / "solutions" / name)
    (folder / "course.toml").write_text(text, encoding="utf-8")
    return Course(folder)


def graded(course: Course, name: str, module: str) -> Report:
    sandbox, reference, loaded = InProcess(), course.reference(name), course.load(name)
    grader = Grader(loaded, reference, key.build(loaded, reference, sandbox, 271828), sandbox)
    return grader.grade(Submission("s", (File(f"{name}.py", module.encode()),)))


def test_without_a_file_nothing_changes(tmp_path: Path) -> None:
    assert settings.read(tmp_path / "course.toml").applied("layers", LAYERS) is LAYERS


def test_another_assignment_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "course.toml").write_text("[assignments.layers]\nerrata = 'advice'\n")
    assert settings.read(tmp_path / "course.toml").applied("eight_weights", EIGHT) is EIGHT


def test_a_number_of_points_is_split_as_before(tmp_path: Path) -> None:
    loaded = changed(tmp_path, "points = { Affine = 10, softmax = 4 }")
    assert shares(loaded, "Affine") == {name: one / 2 for name, one in shares(LAYERS, "Affine").items()}
    assert shares(loaded, "softmax") == {"value": 4}
    assert loaded.max_score == 100 - 10 - 4


def test_points_by_name_take_the_place_of_all(tmp_path: Path) -> None:
    loaded = changed(tmp_path, "points.Relu = { forward = 1, dx = 4.5, accepts_one_sample = 0 }")
    assert shares(loaded, "Relu") == {"forward": 1, "dx": 4.5, "accepts_one_sample": 0}


def test_strict_gives_points_to_advice(tmp_path: Path) -> None:
    loaded = changed(tmp_path, "strict.Relu.leaves_dout_alone = 2\npoints.Relu = 5")
    assert loaded.by_name["Relu"].max_score == 7
    (check,) = (one for one in battery(loaded.by_name["Relu"]) if one.name == "leaves_dout_alone")
    assert (check.points, check.advice) == (2, False)


def test_strict_costs_points(tmp_path: Path) -> None:
    course = copied(tmp_path, "layers", "[assignments.layers.strict]\nRelu.leaves_dout_alone = 2\n")
    mutant = (course.folder("layers") / "mutants" / "relu_writes_into_dout.py").read_text()
    own = course.reference("layers").cells[0].text + mutant
    report = graded(course, "layers", own)
    assert (report.score, report.max_score) == (100, 102)


def test_dropped_exercises_are_gone_and_so_are_their_mutants(tmp_path: Path) -> None:
    course = copied(tmp_path, "layers", "[assignments.layers]\ndrop = ['buy_apple_orange', 'Relu']\n")
    loaded = course.load("layers")
    assert LAYERS.by_name.keys() - loaded.by_name.keys() == {"buy_apple_orange", "Relu"}
    assert loaded.max_score == 84
    found = specimens(loaded, course.reference("layers"), course.folder("layers"))
    broken = {expected.exercise for specimen in found for expected in specimen.expectations}
    assert broken == set(loaded.by_name)
    assert graded(course, "layers", course.reference("layers").cells[0].text).score == 84


def test_aliases_are_added(tmp_path: Path) -> None:
    assert changed(tmp_path, "aliases.Relu = ['Rectifier']").by_name["Relu"].aliases == ("ReLU", "Rectifier")


def test_dates_scale_rounding_and_language_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "course.toml"
    path.write_text(
        "language = 'zh_CN'\n[assignments.a]\ndue = 2026-10-01T23:59:00+02:00\nscale = 20\nrounding = 0.5\n"
        "[assignments.b]\ndue = 2026-10-01\n"
    )
    found = settings.read(path)
    due = datetime.fromisoformat("2026-10-01T23:59:00+02:00")
    assert found.language == "zh_CN"
    assert found.assignments["a"] == settings.Changes(due=due, scale=20, rounding=0.5)
    assert found.assignments["b"].due == date(2026, 10, 1)


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "course.toml"
    path.write_text("\ufefflanguage = 'zh_CN'\n", encoding="utf-8")
    assert settings.read(path).language == "zh_CN"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "pionts = {}",
            "assignments.layers.pionts: there is no such key; known are aliases, attempts, drop,",
        ),
        ("points = 5", "assignments.layers.points: should be a table, but is 5"),
        (
            "points.Rellu = 5",
            "assignments.layers.points.Rellu: there is no such exercise; there are softmax,",
        ),
        ("points.Relu = 0", "assignments.layers.points.Relu: should be above 0"),
        ("points.Relu = -1", "assignments.layers.points.Relu: should be a number of points, but is -1"),
        ("points.Relu = true", "assignments.layers.points.Relu: should be a number of points, but is True"),
        ("points.Relu = nan", "assignments.layers.points.Relu: should be a number of points, but is nan"),
        (
            "points.Relu = { dz = 4 }",
            "assignments.layers: Relu has no check 'dz'; it has accepts_one_sample,",
        ),
        ("points.Relu = { dx = 0 }", "assignments.layers: Relu: points must be positive"),
        ("points.Relu.dx = 'all'", "assignments.layers.points.Relu.dx: should be a number of points, but is"),
        (
            "strict.Relu.runs = 1",
            "assignments.layers.strict.Relu.runs: this is no advice of it; its advice is",
        ),
        (
            "strict.softmax.runs = 1",
            "assignments.layers.strict.softmax.runs: this is no advice of it; it has",
        ),
        ("drop = ['MulLayer']", "assignments.layers.drop: buy_apple uses MulLayer; drop both or neither"),
        ("drop = 'Relu'", "assignments.layers.drop: should be a list of names, but is 'Relu'"),
        (f"drop = {list(LAYERS.by_name)}", "assignments.layers.drop: no exercise is left"),
        ("aliases.Relu = ['Sigmoid']", "assignments.layers.aliases.Relu: Sigmoid is a name of Sigmoid"),
        ("errata = 'free'", "assignments.layers.errata: should be one of fail, advice, but is 'free'"),
        ("errata = []", "assignments.layers.errata: should be one of fail, advice, but is []"),
        (
            "due = 'soon'",
            "assignments.layers.due: should be a date such as 2026-10-01T23:59:00+02:00, but is",
        ),
        ("attempts = 'first'", "assignments.layers.attempts: should be one of last, best, but is 'first'"),
        (
            "late.percent = 120",
            "assignments.layers.late.percent: should be per cent, from 0 to 100, but is 120",
        ),
        ("late.cap = true", "assignments.layers.late.cap: should be per cent, from 0 to 100, but is True"),
        ("late.grace = -5", "assignments.layers.late.grace: should be minutes, but is -5"),
        (
            "late.days = 3",
            "assignments.layers.late.days: there is no such key; known are cap, grace, percent",
        ),
        ("extensions.s007 = 'May'", "assignments.layers.extensions.s007: should be a date such as"),
        ("scale = 0", "assignments.layers.scale: should be above 0"),
        ("due =", "Invalid value (at line 2, column 6)"),
    ],
)
def test_a_slip_is_told_with_file_and_key(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UsageError, match=f"^{re.escape(str(tmp_path))}/course.toml: {re.escape(words)}"):
        changed(tmp_path, text)


def test_aliases_of_a_pair_are_those_of_its_functions(tmp_path: Path) -> None:
    affine = changed(tmp_path, "aliases.affine = ['linear']", "two_layer_net").by_name["affine"]
    assert [wanted.aliases for wanted in affine.sought] == [("linear_forward",), ("linear_backward",)]


def test_a_slip_is_one_line_and_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = copied(tmp_path, "layers", "[assignments.layer]\n")
    assert run(["list", "--course", str(course.root)]) == 2
    told = capsys.readouterr().err
    assert "course.toml: assignments.layer: there is no such assignment; there are layers" in told
    assert len(told.splitlines()) == 1


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "course.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match=r"course\.toml: "):
        settings.read(tmp_path / "course.toml")


def published(course: Course) -> str:
    """The hand-in with the published mistake of back_propagate, all else from the reference."""
    mutants = course.folder("eight_weights") / "mutants"
    wrong = (mutants / "back_published_erratum.py").read_text(encoding="utf-8")
    return course.reference("eight_weights").cells[0].text + "\n\n" + wrong


def checks(report: Report) -> dict[str, CheckResult]:
    return {f"{e.name}.{check.name}": check for e in report.exercises for check in e.checks}


def test_an_erratum_costs_its_points_unless_the_course_says_otherwise(tmp_path: Path) -> None:
    report = graded(copied(tmp_path, "eight_weights", ""), "eight_weights", published(COURSE))
    assert report.score == 100 - 4 * 6
    wrong = checks(report)["back_propagate.d_w1_matches_reference"]
    assert (wrong.verdict, wrong.advice) == (Verdict.FAILED, False)


def test_an_erratum_as_advice_is_shown_and_costs_nothing(tmp_path: Path) -> None:
    course = copied(tmp_path, "eight_weights", "[assignments.eight_weights]\nerrata = 'advice'\n")
    report = graded(course, "eight_weights", published(course))
    assert (report.score, report.max_score) == (100, 100)
    wrong = [
        name for name, check in checks(report).items() if check.verdict is Verdict.FAILED and check.max_score
    ]
    assert wrong == [f"back_propagate.d_w{n}_matches_reference" for n in (1, 2, 3, 4)]
    for name in wrong:
        check = checks(report)[name]
        assert check.advice
        assert check.note == "a known mistake of a published text, which costs no points here"
        assert check.finding is not None
        assert "widely published text" in check.finding.message
    assert next(e for e in report.exercises if e.name == "update_w").lent == ("back_propagate",)


def test_any_other_mistake_costs_its_points_all_the_same(tmp_path: Path) -> None:
    course = copied(tmp_path, "eight_weights", "[assignments.eight_weights]\nerrata = 'advice'\n")
    mutant = (course.folder("eight_weights") / "mutants" / "back_d_w2_d_w3_swapped.py").read_text()
    report = graded(course, "eight_weights", course.reference("eight_weights").cells[0].text + mutant)
    assert report.score == 100 - 2 * 6


def test_an_author_may_say_it_too() -> None:
    relu: Exercise = LAYERS.by_name["Relu"]
    assert isinstance(relu, Layer)
    with pytest.raises(UsageError, match="errata should be one of fail, advice"):
        Assignment("a", "A", [relu], errata="never")


def test_init_copies_what_is_named(tmp_path: Path) -> None:
    own = tmp_path / "mine"
    assert run(["init", str(own), "--only", "eight_weights", "--course", str(COURSE.root)]) == 0
    copy = Course(own)
    assert copy.names() == ["eight_weights"]
    for room in ("solutions", "assignments"):
        there, here = COURSE.root / room / "eight_weights", own / room / "eight_weights"
        wanted = {
            p.relative_to(there): p.read_bytes()
            for p in there.rglob("*")
            if p.is_file() and p.suffix != ".pyc"
        }
        assert {p.relative_to(here): p.read_bytes() for p in here.rglob("*") if p.is_file()} == wanted
    assert copy.load("eight_weights").max_score == 100
    assert "# [assignments.eight_weights]\n" in (own / "course.toml").read_text(encoding="utf-8")


def test_init_copies_all_when_none_is_named(tmp_path: Path) -> None:
    assert (
        newcourse.copy(COURSE, (), tmp_path / "mine") == COURSE.names() == Course(tmp_path / "mine").names()
    )


@pytest.mark.parametrize("named", ["layers", "other"])
def test_init_takes_settings_along_that_speak_of_nothing_else(
    tmp_path: Path, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source = copied(tmp_path / "source", "layers", f"[assignments.{named}]\ndue = 2026-10-01\n")
    shutil.copytree(COURSE.folder("eight_weights"), source.solutions / "other")
    assert run(["init", str(tmp_path / "mine"), "--only", "layers", "--course", str(source.root)]) == 0
    assert (tmp_path / "mine" / "course.toml").exists() == (named == "layers")
    assert ("stays behind" in capsys.readouterr().out) == (named == "other")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["full", "--empty"], "full is not an empty folder"),
        (["full/file", "--empty"], "full/file is not an empty folder"),
        (["full"], "full is not an empty folder"),
        (["new", "--only", "nothing"], "There is no assignment 'nothing'"),
        (["new", "--only", "layers", "--empty"], "--empty copies nothing"),
        (["source/solutions/layers/new"], "source/solutions/layers/new lies in what is to be copied"),
        (["new", "--course", "full"], "No course at full"),
        (["new", "--course", "bare"], "bare holds no assignment"),
    ],
)
def test_init_writes_nothing_where_it_cannot(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    args: list[str],
    words: str,
) -> None:
    source = copied(tmp_path / "source", "layers", "")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("kept")
    (tmp_path / "bare" / "solutions").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    given = [] if "--course" in args or "--empty" in args else ["--course", str(source.root)]
    assert run(["init", *args, *given]) == 2
    assert words in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


def test_the_settings_of_the_example_take_effect_without_their_marks(tmp_path: Path) -> None:
    newcourse.write_example(tmp_path)
    assert Course(tmp_path).load("squares").max_score == 10
    path = tmp_path / "course.toml"
    head, blank, marked = path.read_text(encoding="utf-8").partition("\n\n")
    path.write_text(head + blank + re.sub("^# ", "", marked, flags=re.MULTILINE), encoding="utf-8")
    loaded = Course(tmp_path).load("squares")
    assert loaded.max_score == 22
    assert loaded.by_name["Square"].aliases == ("Squared",)
