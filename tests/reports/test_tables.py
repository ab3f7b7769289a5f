from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.model import Adjustment, ClassReport, Status
from grader.reports import checks_csv, students_csv
from grader.reports.tables import cell
from tests.reports import specimens


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline="")))


def test_one_row_a_student_with_a_column_an_exercise() -> None:
    table = rows(students_csv(specimens.class_report()))
    assert list(table[0]) == ["student", "status", "score", "max_score", *specimens.TITLES]
    assert len(table) == len(specimens.class_report().submissions)
    assert table[2] == {
        **dict.fromkeys(specimens.TITLES, "20.0"),
        "student": "s003",
        "status": "graded",
        "score": "195.0",
        "max_score": "200.0",
        "Affine": "15.0",
    }


def test_lateness_and_totals_come_last_where_anything_stands_beside_a_score() -> None:
    late = replace(specimens.report("a"), late=True, adjustments=(Adjustment(None, -20.0, "late"),))
    found = rows(students_csv(replace(specimens.class_report(), submissions=(late, specimens.report("b")))))
    assert list(found[0]) == ["student", "status", "score", "max_score", *specimens.TITLES, "late", "total"]
    assert [(one["score"], one["late"], one["total"]) for one in found] == [
        ("200.0", "True", "180.0"),
        ("200.0", "", "200.0"),
    ]


def test_what_has_no_exercises_has_empty_cells() -> None:
    crashed = rows(students_csv(specimens.class_report()))[4]
    assert crashed["status"] == "crashed"
    assert crashed["score"] == "0.0"
    assert all(crashed[name] == "" for name in specimens.TITLES)


def test_one_row_a_student_and_check() -> None:
    table = rows(checks_csv(specimens.class_report()))
    expected = sum(len(e.checks) for s in specimens.class_report().submissions for e in s.exercises)
    assert len(table) == expected
    found = [r for r in table if (r["student"], r["exercise"], r["verdict"]) == ("s003", "Affine", "failed")]
    assert found == [
        {
            "student": "s003",
            "exercise": "Affine",
            "check": "db_matches_reference",
            "title": "db is summed over the batch",
            "verdict": "failed",
            "score": "0.0",
            "max_score": "5.0",
            "advice": "False",
            "finding": "db.shape=(5, 4), but should be (4,) [Affine(W 3x4, b 4).backward(dout 5x4)]",
            "file": "layers.ipynb",
            "cell": "12",
            "line": "18",
            "diagnoses": "not-summed",
        }
    ]


def test_ids_are_text() -> None:
    report = replace(specimens.class_report(), submissions=(specimens.report("0042"),))
    assert rows(students_csv(report))[0]["student"] == "0042"
    assert rows(checks_csv(report))[0]["student"] == "0042"


def test_no_cell_of_a_hostile_class_is_a_formula() -> None:
    for text in (students_csv(specimens.class_report()), checks_csv(specimens.class_report())):
        values = [value for row in rows(text) for value in row.values()]
        assert not [value for value in values if value.startswith(tuple("=+-@\t\r\n"))]
    assert "'=cmd|' /C calc'!A0" in {r["student"] for r in rows(students_csv(specimens.class_report()))}


@pytest.mark.parametrize("start", [*"=+-@\t\n＝＋－＠"])
def test_a_formula_gets_an_apostrophe(start: str) -> None:
    assert cell(f"{start}cmd()") == f"'{start}cmd()"


def test_a_formula_behind_a_terminal_sequence_or_return_gets_one_too() -> None:
    assert cell("\x1b[0m=cmd()") == "'=cmd()"
    assert cell("\rcmd") == "'\ncmd"


@pytest.mark.parametrize("number", ["-1.5", "+8613800000000", "1e-7", "-.5", "0042"])
def test_numbers_are_left_alone(number: str) -> None:
    assert cell(number) == number


@given(st.lists(st.text(st.characters(), max_size=40), min_size=1, max_size=4))
def test_any_id_stays_in_its_cell(students: list[str]) -> None:
    report: ClassReport = replace(
        specimens.class_report(),
        submissions=tuple(
            specimens.report(student, status=Status.CRASHED, exercises=()) for student in students
        ),
    )
    text = students_csv(report)
    text.encode("utf-8")
    assert [row["student"] for row in rows(text)] == [cell(student) for student in students]
    assert {row["status"] for row in rows(text)} == {"crashed"}


def test_points_are_written_as_they_are_whatever_was_written_before() -> None:
    whole = specimens.exercise("Relu")
    checks = tuple(replace(whole.checks[4], max_score=top) for top in (5, 5.0))
    found = replace(
        specimens.class_report(), submissions=(specimens.report("s1", replace(whole, checks=checks)),)
    )
    rows = [row for row in csv.reader(StringIO(checks_csv(found))) if row[1] == "Relu"]
    assert [row[6] for row in rows] == ["5", "5.0"]
